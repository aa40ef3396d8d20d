"""The page of discipline proposals: sums, the step, the evidence; who may see whom; nothing imposed."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luwes.apps.accounts.roles import RIGHTS, Right, Role
from luwes.apps.attendance import discipline, runs, tasks, wording
from luwes.apps.attendance.models import DayRecord, MonthRun
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import DisciplineRecord, Employee, EmployeeVersion, Posting
from luwes.apps.sources.models import ImportBatch
from luwes.core.workdays.status import Status as Evidence
from luwes.core.worktime.day import Status
from luwes.core.worktime.discipline import LADDER, Proposal
from tests.apps.attendance.world import OCTOBER, full_day
from tests.apps.schedule.days import build
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.world import SETUP, Units, client_as

pytestmark = pytest.mark.django_db
ALL = "/presensi/disiplin/"
DAYS = [date(2026, 10, day) for day in (5, 6, 7, 8, 9)]


@pytest.fixture
def units(now: datetime) -> Units:
    """Rina came on five days; Yosé on the last of them alone, who works with her."""
    planted = build(now)
    for day in DAYS:
        full_day(RINA, day)
    full_day(YOSE, DAYS[-1])
    reckon(now)
    return planted


def reckon(now: datetime, *, final: bool = False) -> None:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=OCTOBER, final=final)
    tasks.work_off(started, clock=lambda: now)


def absent(nip: str, days: int) -> None:
    """So many days of September without a word, as if they had been reckoned."""
    one, run = Employee.objects.get(nip=nip), MonthRun.objects.first()
    posting = Posting.objects.get(employee=one, superseded_at=None)
    DayRecord.objects.bulk_create(
        DayRecord(
            employee=one,
            unit_id=posting.unit_id,
            day=date(2026, 9, day),
            status=Status.ABSENT.value,
            required=True,
            flexible=False,
            owed=450,
            run=run,
        )
        for day in range(1, days + 1)
    )


def test_the_days_the_step_and_the_evidence_are_shown(now: datetime, units: Units) -> None:
    html = client_as(now, Role.INSPECTOR).get(ALL).content.decode()
    assert "Yosé Limbong" in html
    assert "4–6 hari dalam setahun: teguran tertulis" in html
    assert "5 Okt 2026, 6 Okt 2026, 7 Okt 2026, 8 Okt 2026" in html
    assert "4 hari masih sementara" in html
    assert "tidak ada hukuman yang dijatuhkan" in html
    assert "Rina" not in html, "who was there is not listed"
    assert YOSE not in html, "no NIP on the page"
    reckon(now, final=True)
    assert "masih sementara" not in client_as(now, Role.INSPECTOR, email="b@uji.go.id").get(ALL).content.decode()


def test_days_of_which_nothing_is_known_count_nowhere(now: datetime, units: Units) -> None:
    [row] = discipline.year_of(2026, now.date()).rows
    assert (row.sums.absent, row.sums.longest, row.absent) == (4, 4, DAYS[:4])
    assert row.proposal == Proposal("written_reprimand", 4, Evidence.REPORTED)
    assert discipline.year_of(2025, now.date()).rows == []


def test_each_sees_the_own_unit_and_those_below(now: datetime, units: Units) -> None:
    absent(MARUF, 3)
    for role in (Role.SUPERVISOR, Role.HEAD):
        client = client_as(now, role, units.works, email=f"{role}@uji.go.id")
        led = client.get(ALL, follow=True)
        html = led.content.decode()
        assert led.redirect_chain[-1][0] == f"{ALL}{units.works}/"
        assert ("teguran lisan" in html, "Yosé" in html) == (True, False)
        assert client.get(f"{ALL}{units.health}/").status_code == 404


@pytest.mark.parametrize("role", sorted(role for role in Role if Right.SEE_DISCIPLINE not in RIGHTS[role]))
def test_nobody_else_sees_it(now: datetime, units: Units, role: Role) -> None:
    assert role in {Role.EMPLOYEE, Role.ORGANISATION, Role.LEADER, Role.OPERATOR}
    client = client_as(now, role)
    for url in (ALL, f"{ALL}{units.works}/"):
        answer = client.get(url)
        assert answer.status_code in (403, 404)
        assert "Yosé" not in answer.content.decode()


def test_the_ladder_is_for_civil_servants_alone(now: datetime, units: Units) -> None:
    yose = Employee.objects.get(nip=YOSE)
    EmployeeVersion.objects.filter(employee=yose).update(employment="pppk")
    html = client_as(now, Role.ADMIN).get(ALL).content.decode()
    assert "PPPK: menurut perjanjian kerjanya" in html
    assert "teguran" not in html


def test_a_measure_on_file_and_the_longest_row_are_told(now: datetime, units: Units) -> None:
    absent(YOSE, 10)
    batch = ImportBatch.objects.first()
    assert batch is not None
    DisciplineRecord.objects.create(
        employee=Employee.objects.get(nip=YOSE),
        level="ringan",
        starts=date(2026, 9, 20),
        in_process=True,
        batch=batch,
        row_number=2,
        recorded_at=now,
    )
    html = client_as(now, Role.INSPECTOR).get(ALL).content.decode()
    # The first days of October have no data, and nobody knows what they were.
    assert "10 hari kerja berturut-turut: pemberhentian" in html
    assert "dimulai tahun ini sudah tercatat" in html
    [row] = discipline.year_of(2026, now.date()).rows
    assert (row.sums.absent, row.sums.longest, row.open_days, row.on_record) == (14, 10, 14, True)


def test_most_days_come_first_page_by_page(now: datetime, units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    absent(MARUF, 9)
    client = client_as(now, Role.INSPECTOR)
    monkeypatch.setattr(discipline, "PAGE_SIZE", 1)
    first = client.get(ALL).content.decode()
    assert (Employee.objects.get(nip=MARUF).public_id in first, "Yosé" in first) == (True, False)
    assert "2 orang, hari terbanyak lebih dulu" in first
    assert "halaman=2" in first
    second = client.get(f"{ALL}?tahun=2026&halaman=2").content.decode()
    assert ("Yosé" in second, "halaman=3" in second) == (True, False)


@pytest.mark.parametrize("query", ["?tahun=abc", "?tahun=1999", "?halaman=0", "?halaman=x", "?halaman=99999999999"])
def test_an_odd_address_shows_the_usual_year(now: datetime, units: Units, query: str) -> None:
    assert "Yosé" in client_as(now, Role.ADMIN).get(ALL + query).content.decode()


def test_who_left_is_not_listed_and_nothing_reckoned_is_said(now: datetime, units: Units) -> None:
    client = client_as(now, Role.ADMIN)
    Posting.objects.filter(employee__nip=YOSE).update(superseded_at=now)
    assert "Tidak ada hari tanpa keterangan" in client.get(ALL).content.decode()
    DayRecord.objects.all().delete()
    MonthRun.objects.all().delete()
    assert "Belum ada angka presensi" in client.get(ALL).content.decode()


def test_a_page_of_people_costs_a_handful_of_queries(now: datetime, units: Units) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            discipline.year_of(2026, now.date(), unit_keys=[units.works, units.section, units.health])
        return len(seen)

    before = asked()
    absent(MARUF, 5)
    assert asked() == before <= 10


def test_every_step_has_its_words() -> None:
    codes = [*(step.code for step in LADDER), "dismissal_after_ten_in_a_row"]
    said = [wording.measure(code) for code in codes]
    assert len(set(said)) == len(codes)
    assert all(any(letter.isdigit() for letter in one) for one in said)
