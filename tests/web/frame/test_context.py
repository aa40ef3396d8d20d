"""The frame: agency, person with role and capacity, and at most four ways to go."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from luwes.apps.accounts.roles import Capacity, Role
from luwes.web.frame import params
from luwes.web.frame.context import frame
from luwes.web.frame.moments import local_date, moment, time_of
from tests.world import add_person, client_as, give_role, plant_units, scope_for

pytestmark = pytest.mark.django_db

PLACES = {
    Role.EMPLOYEE: ["Beranda", "Profil"],
    Role.SUPERVISOR: ["Pegawai", "Profil"],
    Role.HEAD: ["Unit saya", "Pegawai", "Layanan", "Profil"],
    Role.ADMIN: ["Ringkasan", "Sumber data", "Pengguna", "Pegawai"],
    Role.ORGANISATION: ["Ringkasan", "Sumber data", "Pegawai", "Profil"],
    Role.INSPECTOR: ["Ringkasan", "Sumber data", "Jejak audit", "Pegawai"],
    Role.LEADER: ["Ringkasan", "Layanan", "Profil"],
    Role.OPERATOR: ["Sumber data", "Sistem", "Profil"],
}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_places_and_never_more_than_four(role: Role, present: datetime) -> None:
    units = plant_units(present)
    answer = client_as(present, role, scope_for(role, units.health)).get("/profil/")
    shown = answer.context["frame"]
    assert [item.label for item in shown.nav] == PLACES[role]
    assert len(shown.nav) <= 4
    # With four places already, the profile is reached from the menu of the person alone.
    assert [item.label for item in shown.nav if item.current] == [label for label in PLACES[role] if label == "Profil"]
    assert shown.agency_name == "Provinsi Contoh"


def test_an_acting_head_is_named_with_capacity_and_unit(present: datetime) -> None:
    units = plant_units(present)
    user = add_person(present, "plt@contoh.go.id", name="Rangga Wirya")
    until = timezone.localdate(present) + timedelta(days=5)
    give_role(present, user, Role.HEAD, units.health, until=until, capacity=Capacity.ACTING, basis="SP 1")
    client = Client()
    client.force_login(user)
    person = client.get("/profil/").context["frame"].person
    assert (person.name, person.role, person.unit) == (
        "Rangga Wirya",
        "Plt. Kepala perangkat daerah",
        "Dinas Kesehatan",
    )


def test_a_visitor_has_the_agency_from_the_settings_and_no_places(client: Client) -> None:
    shown = client.get("/masuk/").context["frame"]
    assert shown.agency_name == settings.AGENCY_NAME
    assert (shown.person, shown.nav, shown.person_menu) == (None, [], [])
    assert len(shown.request_id) == 12


def test_an_error_before_the_middleware_still_has_a_frame() -> None:
    found = frame(RequestFactory().get("/"))
    assert "once" in found
    assert found["frame"].person is None  # type: ignore[union-attr]


def test_the_dead_scope_of_a_role_is_said(present: datetime) -> None:
    user = add_person(present, "k@contoh.go.id")
    give_role(present, user, Role.HEAD, "tidakada")
    client = Client()
    client.force_login(user)
    assert client.get("/profil/").context["frame"].person.unit == "Unit yang tidak berlaku lagi"


def test_instants_are_told_on_the_governments_clock() -> None:
    late = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert time_of(late) == "01.05 WIB"
    assert local_date(late) == "25 Nov 2026"
    assert moment(late) == "Rabu, 25 November 2026 pukul 01.05 WIB"
    with timezone.override("Asia/Jayapura"):
        assert moment(late) == "Rabu, 25 November 2026 pukul 03.05 WIT"
    with timezone.override("Europe/Berlin"):
        assert time_of(late) == "19.05 Europe/Berlin"
    with translation.override("en"):
        assert "25 November 2026" in moment(late)


@pytest.mark.parametrize(("sent", "words"), [("  kata ", "kata"), ("a\x00b", "ab"), ("x" * 300, "x" * 200), ("", "")])
def test_words_from_the_address_are_safe_to_ask_for(sent: str, words: str) -> None:
    assert params.text(RequestFactory().get("/", {"cari": sent}), "cari") == words
    assert params.text(RequestFactory().get("/"), "cari") == ""
