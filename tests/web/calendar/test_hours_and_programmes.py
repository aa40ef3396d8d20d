"""Working hours with what there is to say about them, and strategic programmes with their versions."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from luwes.apps.people.calendars import queries
from luwes.apps.people.programmes import queries as programmes
from luwes.core.workdays.periods import Period
from tests.web.forms import fresh, send
from tests.world import Units, client_as, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def admin(units: Units, present: datetime) -> Client:
    return client_as(present, Role.ADMIN)


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def program_fields(units: Units) -> dict[str, object]:
    return {
        "name": "Jalan desa",
        "owner": units.works,
        "team": [units.works, units.health],
        "first": "2026-09-01",
        "last": "2026-12-10",
        "milestones": "2026-10-01; Lelang; 2026-09-28\n01/11/2026; Aspal 40 km",
        "physical_target": "80",
        "physical_progress": "71,5",
        "money_target": "Rp90.000.000.000",
        "money_progress": "61000000000",
        "as_of": "2026-11-20",
    }


def test_every_schedule_is_shown_with_its_total_and_its_notices(admin: Client) -> None:
    html = html_of(admin, "/kalender/jam-kerja/")
    assert html.count("Lima hari kerja: 37,5 jam seminggu") == 2
    assert "Enam hari kerja: 33,0 jam seminggu" in html
    assert "melebihi ketentuan Perpres 21/2023" in html
    assert "Ada hari yang mulai sebelum pukul 07.30." in html
    assert "07.00–16.00" in html
    assert "05.30–07.00" in html
    assert "Belum ada penetapan; jam kerja nasional berlaku." in html


def test_hours_are_assigned_to_a_unit_from_a_day(admin: Client, units: Units) -> None:
    path = "/kalender/jam-kerja/tetapkan/"
    done = send(admin, path, unit=units.health, schedule="kalteng-normal", pattern="five", first="2026-12-01")
    assert (done.status_code, done.headers["Location"]) == (302, "/kalender/jam-kerja/")
    (one,) = queries.assigned_hours()
    assert (one.unit, one.period) == (units.health, Period(date(2026, 12, 1)))
    assert "Dinas Kesehatan · Lima hari kerja · Hari biasa · mulai Selasa, 1 Desember 2026" in html_of(
        admin, "/kalender/jam-kerja/"
    )
    refused = send(admin, path, unit="", schedule="kalteng-normal", pattern="six", first="2026-12-01")
    assert refused.status_code == 422
    assert "tidak mengatur pola" in refused.content.decode()


def test_an_emergency_tells_the_units_whose_pattern_it_leaves_out(admin: Client, units: Units) -> None:
    path = "/kalender/jam-kerja/tetapkan/"
    send(admin, path, unit=units.health, schedule="six-day-unit", pattern="six", first="2026-01-01")
    days = {"first": "2026-12-04", "last": "2026-12-05"}
    send(admin, path, unit=units.works, schedule="kalteng-haze-2023", pattern="five", **days)
    assert "Tidak mengatur pola kerja" not in html_of(admin, "/kalender/jam-kerja/")
    send(admin, path, unit="", schedule="kalteng-haze-2023", pattern="five", **days)
    assert html_of(admin, "/kalender/jam-kerja/").count("Tidak mengatur pola kerja Dinas Kesehatan:") == 1


def test_a_programme_is_recorded_shown_and_changed(admin: Client, units: Units, present: datetime) -> None:
    done = send(admin, "/kalender/program/tambah/", **program_fields(units))
    assert done.status_code == 302
    (row,) = programmes.programs()
    assert done.headers["Location"] == f"/kalender/program/{row.key}/"
    facts = row.facts
    assert (facts.team, facts.period) == ([units.health], Period(date(2026, 9, 1), date(2026, 12, 11)))
    assert (facts.physical_progress, facts.money_target) == (Decimal("71.50"), 90_000_000_000)
    reader = client_as(present, Role.EMPLOYEE)
    html = html_of(reader, f"/kalender/program/{row.key}/")
    for words in (
        "Dinas Pekerjaan Umum",
        "Kamis, 10 Desember 2026",
        "71,50\u00a0% dari target 80,00\u00a0%",
        "tercapai 28 Sep 2026",
    ):
        assert words.replace("\u00a0", " ") in html.replace("\u00a0", " "), words
    assert "Ubah program" not in html
    change = f"/kalender/program/{row.key}/ubah/"
    initial = admin.get(change).context["form"].initial
    assert initial["milestones"] == "2026-10-01; Lelang; 2026-09-28\n2026-11-01; Aspal 40 km"
    later = program_fields(units) | {"last": "2027-02-01", "reason": "SK 2"}
    assert send(admin, change, **later).status_code == 302
    assert [one.number for one in programmes.versions_of(row.key)] == [2, 1]
    stale = admin.post(change, fresh() | later | {"number": "1"})
    assert stale.status_code == 422
    assert "sudah diubah orang lain" in stale.content.decode()
    assert "Jalan desa" in html_of(admin, "/kalender/?tahun=2027")
    assert "Jalan desa" not in html_of(admin, "/kalender/?tahun=2025")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("money_target", "12,5 miliar", "Tulis rupiah utuh tanpa koma"),
        ("physical_progress", "101", "100"),
        ("last", "2026-08-01", "lebih awal daripada hari pertama"),
        ("as_of", "", "Capaian memerlukan tanggal"),
        ("milestones", "besok; Lelang", "Baris 1: tulis tanggal"),
        ("milestones", "2026-10-01; Lelang; kemarin", "Baris 1: tulis tanggal"),
        ("milestones", "2026-10-01; Lelang\n\n2026-10-01; Lelang", "Baris 3: tonggak ini sudah ada"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_form(
    admin: Client, units: Units, field: str, value: str, words: str
) -> None:
    answer = send(admin, "/kalender/program/tambah/", **(program_fields(units) | {field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert programmes.programs() == []


def test_figures_may_be_unknown(admin: Client, units: Units) -> None:
    bare = {name: program_fields(units)[name] for name in ("name", "owner", "first", "last")}
    done = send(admin, "/kalender/program/tambah/", **bare)
    assert "tidak ada data" in html_of(admin, done.headers["Location"])


def test_an_unknown_programme_is_not_found(admin: Client) -> None:
    for path in ("/kalender/program/tidakada/", "/kalender/program/tidakada/ubah/"):
        assert admin.get(path).status_code == 404
