"""A unit's people and its services lead to one another."""

from datetime import datetime

import pytest

from luwes.apps.accounts.roles import Role
from tests.world import client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db


def test_people_and_services_of_a_unit_lead_to_one_another(present: datetime) -> None:
    units = plant_units(present)
    key, _point = plant_service(present, units.section)
    admin = client_as(present, Role.ADMIN)
    services, people = f"/layanan/unit/{units.section}/", f"/pegawai/unit/{units.section}/"
    assert services in admin.get(people).content.decode()
    assert people in admin.get(services).content.decode()
    page = admin.get(f"/layanan/rincian/{key}/").content.decode()
    assert services in page
    assert people in page
