"""What somebody signed in sees is kept by no browser and no proxy."""

from datetime import datetime

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from tests.world import client_as, plant_units

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/profil/", "/pengguna/", "/sumber/", "/tidak-ada/", "/jejak/", "/"])
def test_pages_of_the_signed_in_are_not_kept(path: str, present: datetime) -> None:
    plant_units(present)
    answer = client_as(present, Role.ADMIN).get(path)
    assert "no-store" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_the_way_out_is_not_kept_either(present: datetime) -> None:
    browser = client_as(present, Role.LEADER)
    plant_units(present)
    answer = browser.post("/keluar/")
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]


def test_answers_of_the_api_are_not_kept(client: Client) -> None:
    answer = client.get("/api/v1/saya")
    assert answer.status_code == 401
    assert "no-store" in answer["Cache-Control"]


def test_a_page_for_everybody_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get("/v/").get("Cache-Control", "")
