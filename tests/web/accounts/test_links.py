"""Job links as the admin issues and closes them."""

import re
from datetime import datetime

import pytest
from django.test import Client

from luwes.apps.accounts.models import JobLink
from luwes.apps.accounts.roles import Role
from tests.web.accounts.test_profile import shown_secret
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, bring_figures, client_as, give_link, plant_units

pytestmark = pytest.mark.django_db
PATH = "/pengguna/tautan/baru/"


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def browser(present: datetime) -> Client:
    return client_as(present, Role.ADMIN)


def fields(units: Units, **more: str) -> dict[str, str]:
    return {
        "job": "catatan_anggaran",
        "scope": units.health,
        "person_name": "Wulan Sekar",
        "person_post": "Kepala Subbagian Keuangan",
        "days": "14",
    } | more


def test_the_address_is_shown_once_and_opens_the_job(browser: Client, units: Units, present: datetime) -> None:
    bring_figures(present)
    answer = send(browser, PATH, **fields(units))
    assert "no-store" in answer["Cache-Control"]
    html = answer.content.decode()
    address = shown_secret(html)
    assert address.startswith("http://testserver/tugas/")
    job = Client().get(address.removeprefix("http://testserver"))
    assert "Dinas Kesehatan" in job.content.decode()
    listed = browser.get("/pengguna/tautan/").content.decode()
    assert "Wulan Sekar, Kepala Subbagian Keuangan" in listed
    assert address.rsplit("/", 2)[1] not in listed


def test_the_text_to_share_names_no_person(browser: Client, units: Units) -> None:
    html = send(browser, PATH, **fields(units)).content.decode()
    shared = re.search(r'data-text="([^"]*)"', html)
    assert shared
    assert "Dinas Kesehatan" in shared[1]
    assert "/tugas/" in shared[1]
    assert "Wulan" not in shared[1]


def test_a_double_submit_issues_one_link(browser: Client, units: Units) -> None:
    sent = fresh() | fields(units)
    addresses = {shown_secret(browser.post(PATH, sent).content.decode()) for _ in range(2)}
    assert len(addresses) == 1
    assert JobLink.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"scope": ""},
        {"scope": "tidakada"},
        {"person_name": " "},
        {"person_post": ""},
        {"days": "61"},
        {"job": "lain"},
        {"once": ""},
    ],
)
def test_a_wrong_form_issues_nothing(browser: Client, units: Units, more: dict[str, str]) -> None:
    answer = browser.post(PATH, fresh() | fields(units) | more)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    assert not JobLink.objects.exists()


def test_the_government_itself_gets_no_link(browser: Client, units: Units) -> None:
    assert browser.post(PATH, fresh() | fields(units, scope=units.government)).status_code == 422


def test_the_form_takes_the_unit_it_was_opened_for(browser: Client, units: Units) -> None:
    html = browser.get(PATH, {"unit": units.works}).content.decode()
    assert f'<option value="{units.works}" selected>' in html


def test_a_link_is_closed(browser: Client, units: Units, present: datetime) -> None:
    link = give_link(present, units.health)
    path = f"/pengguna/tautan/{link}/cabut/"
    sent = hidden_fields(browser.get("/pengguna/tautan/").content.decode(), path)
    assert "Tautan dicabut" in browser.post(path, sent, follow=True).content.decode()
    assert Client().get("/tugas/alamat-rahasia/").status_code == 404
    assert path not in browser.get("/pengguna/tautan/").content.decode()
    unknown = browser.post("/pengguna/tautan/tidakada/cabut/", fresh(), follow=True)
    assert "tidak berlaku lagi" in unknown.content.decode()


def test_the_list_is_paged(browser: Client, units: Units, present: datetime) -> None:
    for i in range(51):
        give_link(present, units.health, f"rahasia-{i}")
    first = browser.get("/pengguna/tautan/").content.decode()
    assert first.count("row-title") == 50
    following = re.search(r'href="(/pengguna/tautan/\?sesudah=[a-z0-9]+)"', first)
    assert following
    assert browser.get(following[1]).content.decode().count("row-title") == 1
