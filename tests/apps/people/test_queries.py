"""How units are offered for choice."""

from datetime import datetime

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import Unit, UnitKind
from luwes.apps.people.queries import choices
from tests.world import SETUP, plant_units

pytestmark = pytest.mark.django_db


def test_a_unit_whose_code_nobody_knows_is_offered_with_the_unit_above_it(now: datetime) -> None:
    units = plant_units(now)
    with unit_of_work(SETUP, now):
        for number, parent in enumerate((units.health, units.works)):
            code = f"F5F2FF8621CF84CF79A82D056C{number}"
            create_unit(code=code, name="Bidang Pelayanan", kind=UnitKind.UNIT, parent=Unit.objects.get(key=parent))
    assert [label for _key, label in choices(now.date())] == [
        "Provinsi Contoh (0)",
        "Bidang Pelayanan, Dinas Kesehatan",
        "Bidang Pelayanan, Dinas Pekerjaan Umum",
        "Dinas Kesehatan (1.02)",
        "Dinas Pekerjaan Umum (1.03)",
        "UPT Laboratorium (1.02.1)",
    ]
