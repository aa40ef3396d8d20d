"""A person's own results: by kind, on days elsewhere and on others, with their files; nobody else's."""

from datetime import date, datetime

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import Employee
from luwes.apps.schedule.models import PersonDay
from luwes.apps.sources.models import ImportBatch
from tests.apps.staff_files import MARUF, RINA, YOSE, confirm, stage
from tests.world import Units, add_person, give_role, plant_units, staff_of

pytestmark = pytest.mark.django_db
HEADERS = "nip;kode_unit;unit;tanggal;bulan;hasil;jumlah;target;mutu"


@pytest.fixture
def units(present: datetime) -> Units:
    planted = plant_units(present)
    staff_of(present, planted)
    return planted


def brought(now: datetime, *rows: str) -> ImportBatch:
    return confirm(stage("\n".join([HEADERS, *rows]).encode(), now, kind="outputs", source="BKD"), now)


def client_of(now: datetime, nip: str | None) -> Client:
    user = add_person(now, "pegawai@contoh.go.id", nip=nip)
    give_role(now, user, Role.EMPLOYEE)
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str = "/hasil-kerja/?bulan=2026-10") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_results_are_told_by_kind_and_by_where_the_day_was_planned(present: datetime, units: Units) -> None:
    batch = brought(
        present,
        f"{RINA};;;05/10/2026;;Surat;4;5;",
        f"{RINA};;;06/10/2026;;Surat;6;5;",
        f"{RINA};;;06/10/2026;;Sampel;3;;",
        f"{MARUF};;;06/10/2026;;Jembatan;9;;",
    )
    for day, state, yields in ((6, "home", ""), (7, "other_place", ""), (5, "home", "leave"), (8, "office", "")):
        PersonDay.objects.create(
            employee=Employee.objects.get(nip=RINA),
            day=date(2026, 10, day),
            part=0,
            state=state,
            origin="flexdays",
            yields_to=yields,
            batch=batch,
            row_number=1,
            recorded_at=present,
        )
    page = text(client_of(present, RINA))
    assert "9 hasil pada 2 hari" in page, "the sixth, and the seventh without a result"
    assert "4 hasil pada 1 hari" in page
    assert "Selasa, 6 Oktober 2026" in page
    assert "Rabu, 7 Oktober 2026" in page
    assert "belum ada hasil" in page
    assert "Senin, 5 Oktober 2026" not in page, "leave was granted that day"
    assert "100 %" in page.replace("100,0", "100")
    assert batch.file_name in page
    assert "Jembatan" not in page


def test_nothing_is_compared_without_a_day_elsewhere(present: datetime, units: Units) -> None:
    brought(present, f"{RINA};;;05/10/2026;;Surat;4;5;")
    page = text(client_of(present, RINA))
    assert ">4</td>" in page
    assert "hasil pada" not in page


def test_a_month_as_a_whole_has_no_days(present: datetime, units: Units) -> None:
    brought(present, f"{YOSE};;;;2026-10;Surat;40;;")
    page = text(client_of(present, YOSE))
    assert ">40</td>" in page
    assert "hasil pada" not in page


def test_what_is_missing_is_said_with_who_can_help(present: datetime, units: Units) -> None:
    client = client_of(present, RINA)
    assert "belum pernah diterima" in text(client)
    brought(present, f"{YOSE};;;;2026-10;Surat;40;;")
    assert "terakhir diterima" in text(client)
    assert "Lihat hasil kerja saya" in text(client, "/")


@pytest.mark.parametrize("nip", [None, "199001012015011009"])
def test_an_account_of_no_employee_is_told_so(present: datetime, units: Units, nip: str | None) -> None:
    assert "belum terhubung dengan data pegawai" in text(client_of(present, nip))
