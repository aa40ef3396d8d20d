"""The first page leads each role to where its work begins."""

from datetime import datetime

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from tests.world import add_person, client_as, give_role, plant_units, scope_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.LEADER, "/pimpinan/"),
        (Role.ORGANISATION, "/pimpinan/"),
        (Role.ADMIN, "/sumber/"),
        (Role.INSPECTOR, "/jejak/"),
        (Role.OPERATOR, "/sistem/"),
    ],
)
def test_a_role_begins_where_its_work_is(role: Role, place: str, present: datetime) -> None:
    answer = client_as(present, role).get("/")
    assert (answer.status_code, answer["Location"]) == (302, place)


def test_a_head_begins_at_the_own_unit(present: datetime) -> None:
    units = plant_units(present)
    answer = client_as(present, Role.HEAD, units.works).get("/")
    assert answer["Location"] == f"/pimpinan/pd/{units.works}/"


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.SUPERVISOR])
def test_where_nothing_waits_the_page_says_so(role: Role, present: datetime) -> None:
    html = client_as(present, role, scope_for(role, "")).get("/").content.decode()
    assert "Tidak ada yang menunggu Anda" in html
    assert "belum memegang peran" not in html


def test_without_a_role_the_page_says_who_can_give_one(present: datetime, client: Client) -> None:
    client.force_login(add_person(present, "x@contoh.go.id"))
    assert "Minta Admin BKD memberi peran" in client.get("/").content.decode()


def test_with_several_roles_one_is_chosen_first(present: datetime, client: Client) -> None:
    user = add_person(present, "x@contoh.go.id")
    give_role(present, user, Role.LEADER)
    give_role(present, user, Role.OPERATOR)
    client.force_login(user)
    assert client.get("/")["Location"] == "/peran/"
