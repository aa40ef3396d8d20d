"""The page of the threshold: read by who sees the government, set by organisation and BKD, one form at a time."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from luwes.apps.schedule.models import ExposureThreshold
from tests.web.forms import fresh, hidden_fields, send
from tests.world import client_as

pytestmark = pytest.mark.django_db
PATH = "/paparan/ambang/"
FILLED = {"percent": "12,25", "since": "2027-01-01", "reason": "Disepakati sebelum percobaan"}


@pytest.fixture
def organisation(present: datetime) -> Client:
    return client_as(present, Role.ORGANISATION)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub("\xa0|&nbsp;", " ", answer.content.decode()))


def test_what_holds_is_told_with_where_it_comes_from(organisation: Client) -> None:
    html = text_of(organisation.get(PATH))
    assert "Hari dengan paparan 10,0 % atau lebih disebut hari fleksibel" in html
    assert "10,0 % sejak Rabu, 1 Januari 2025" in html
    assert "Bawaan Luwes" in html
    assert re.search(r'name="percent" value="10"', html)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ORGANISATION])
def test_it_is_set_and_stands_in_the_history(present: datetime, role: Role) -> None:
    client = client_as(present, role)
    done = send(client, PATH, **FILLED)
    assert (done.status_code, done.headers["Location"]) == (302, PATH)
    row = ExposureThreshold.objects.get()
    assert (row.since, row.at_least) == (date(2027, 1, 1), Decimal("0.1225"))
    html = text_of(client.get(PATH))
    assert "Ambang tersimpan. Bulan yang terkena sedang dihitung ulang." in html
    assert "12,25 % sejak Jumat, 1 Januari 2027" in html
    assert "Disepakati sebelum percobaan · Rangga Wirya, dicatat" in html
    assert "akan berlaku" in html


def test_states_follow_from_the_days(organisation: Client) -> None:
    send(organisation, PATH, **FILLED | {"since": "2025-06-01", "percent": "15"})
    send(organisation, PATH, **FILLED | {"since": "2025-06-01", "percent": "20"})
    html = text_of(organisation.get(PATH))
    assert "Hari dengan paparan 20,0 % atau lebih" in html
    told = re.findall(r"([\d,]+ %) sejak .*?</svg>\s*(?:<span>)?([a-z ]+)", html)
    assert told == [("20,0 %", "berlaku"), ("15,0 %", "diganti"), ("10,0 %", "berakhir")]
    assert "paparan 20,0 % atau lebih disebut hari fleksibel" in text_of(organisation.get("/paparan/"))


def test_a_form_from_before_somebody_elses_setting_is_refused(organisation: Client) -> None:
    old = hidden_fields(organisation.get(PATH).content.decode(), PATH)
    send(organisation, PATH, **FILLED)
    html = text_of(organisation.post(PATH, old | FILLED | {"percent": "30"}), 422)
    assert "Ambang sudah diubah orang lain" in html
    assert ExposureThreshold.objects.count() == 1


def test_sent_twice_it_is_set_once(organisation: Client) -> None:
    form = hidden_fields(organisation.get(PATH).content.decode(), PATH) | FILLED
    assert [organisation.post(PATH, form).status_code for _ in range(2)] == [302, 302]
    assert ExposureThreshold.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"percent": "0"}, "Tulis angka di atas 0"),
        ({"percent": "100,01"}, "paling banyak 100"),
        ({"percent": "sepuluh"}, "misalnya 10 atau 12,5"),
        ({"since": "31 Februari"}, 'id="id_since_error"'),
        ({"reason": ""}, 'id="id_reason_error"'),
        ({"since": "2024-12-31"}, "Sebelum 1 Januari 2025 tidak ada paparan"),
    ],
)
def test_what_does_not_fit_is_named(organisation: Client, change: dict[str, str], told: str) -> None:
    html = text_of(send(organisation, PATH, **FILLED | change), 422)
    assert told in html
    assert not ExposureThreshold.objects.exists()


def test_others_read_without_a_form_and_may_not_send(present: datetime) -> None:
    for role in (Role.LEADER, Role.INSPECTOR):
        client = client_as(present, role)
        html = text_of(client.get(PATH))
        assert "10,0 % sejak" in html
        assert "Simpan ambang" not in html
        assert client.post(PATH, fresh() | FILLED | {"version": "0"}).status_code == 403
        assert "Lihat riwayat ambang" in text_of(client.get("/paparan/"))
    assert client_as(present, Role.EMPLOYEE).get(PATH).status_code == 403
    assert not ExposureThreshold.objects.exists()
