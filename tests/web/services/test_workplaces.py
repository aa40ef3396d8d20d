"""A unit's workplaces by form."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.services import places
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def head(present: datetime, units: Units) -> Client:
    return client_as(present, Role.HEAD, units.health)


def filled(**changed: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {"name": "Gedung Muara", "zone": "Asia/Makassar", "signal": "lemah", "since": today} | changed


def test_a_place_is_recorded_and_changed_by_its_name(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.section}/tempat/"
    assert send(head, here, **filled())["Location"] == f"/layanan/unit/{units.section}/"
    assert "WITA · sinyal lemah" in head.get(f"/layanan/unit/{units.section}/").content.decode()
    start = timezone.localdate() + timedelta(days=7)
    send(head, here, **filled(name="gedung MUARA", signal="", since=start.isoformat()))
    (now,), (later,) = (places.workplaces(day, [units.section]) for day in (timezone.localdate(), start))
    assert (now.key, now.signal, later.signal) == (later.key, "lemah", "")
    assert AuditEntry.objects.filter(action="workplace.set").count() == 2


def test_a_stale_tab_shows_the_places_that_stand(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.section}/tempat/"
    old = hidden_fields(head.get(here).content.decode())
    send(head, here, **filled())
    answer = head.post(here, old | fresh() | filled(zone="Asia/Jakarta"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "sudah diubah orang lain" in page
    assert "Gedung Muara" in page
    assert places.workplaces(timezone.localdate(), [units.section])[0].zone == "Asia/Makassar"
    head.post(here, hidden_fields(page) | filled(zone="Asia/Jakarta"))
    assert places.workplaces(timezone.localdate(), [units.section])[0].zone == "Asia/Jakarta"


@pytest.mark.parametrize("changed", [{"name": " "}, {"zone": "UTC"}, {"signal": "kuat"}, {"since": "kemarin"}])
def test_what_is_no_place_is_not_stored(head: Client, units: Units, changed: dict[str, str]) -> None:
    assert send(head, f"/layanan/unit/{units.section}/tempat/", **filled(**changed)).status_code == 422
    assert places.workplaces(timezone.localdate()) == []


def test_a_point_is_given_one_of_the_places_of_its_unit(present: datetime, head: Client, units: Units) -> None:
    key, point = plant_service(present, units.section)
    send(head, f"/layanan/unit/{units.section}/tempat/", **filled())
    send(head, f"/layanan/unit/{units.health}/tempat/", **filled(name="Kantor dinas"))
    (place,) = places.workplaces(timezone.localdate(), [units.section])
    today = timezone.localdate().isoformat()
    sent = {"name": "Loket 1", "unit": "UPT Laboratorium", "place": place.key, "hours": "", "since": today}
    other = send(head, f"/layanan/titik/{point}/", **(sent | {"unit": "Dinas Kesehatan"}))
    assert "bukan milik unit itu" in other.content.decode()
    send(head, f"/layanan/titik/{point}/", **sent)
    assert "Gedung Muara" in head.get(f"/layanan/rincian/{key}/").content.decode()


def test_places_of_others_are_out_of_reach(present: datetime, units: Units) -> None:
    stranger = client_as(present, Role.HEAD, units.works)
    assert stranger.get(f"/layanan/unit/{units.section}/tempat/").status_code == 404
