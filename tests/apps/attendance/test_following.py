"""Open months older than the last are reckoned again when something below them moves, and only those."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from luwes.apps.attendance import runs, tasks
from luwes.apps.attendance.following import open_months, touched
from luwes.apps.attendance.models import DayRecord, MonthRun
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars import rulebooks
from luwes.apps.people.calendars.actions import add_holiday, set_ramadan
from luwes.apps.people.calendars.working_time import assign_working_time
from luwes.apps.people.models import CalendarVersion
from luwes.core.workdays.calendar import HolidayKind
from luwes.core.workdays.periods import Period
from tests.apps.attendance.world import full_day
from tests.apps.schedule.days import build
from tests.apps.staff_files import YOSE, confirm, stage
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


@pytest.fixture
def units(now: datetime) -> Units:
    units = build(now)
    read_off(now)
    return units


def run(now: datetime, month: date, *, final: bool = False) -> None:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=month, final=final)
    tasks.work_off(started, clock=lambda: now)


def known(now: datetime, *months: date) -> None:
    for month in months:
        MonthRun.objects.create(month=month, number=1, run_by="x", run_at=now, touched_at=now, finished_at=now)


def read_off(now: datetime) -> dict[date, frozenset[str]]:
    with unit_of_work(SETUP, now):
        return dict(touched())


def waiting() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name="attendance.begin", status="todo").order_by("id")
    return [dict(job.args) for job in jobs]


def holiday(now: datetime, units: Units) -> None:
    version = CalendarVersion.objects.get(year=2026, superseded_at=None).public_id
    with unit_of_work(SETUP, now):
        add_holiday(
            version=version,
            day=date(2026, 8, 5),
            name="Libur daerah",
            kind=next(iter(HolidayKind)),
            decree="Keputusan",
            number="1",
            issued=date(2026, 7, 30),
        )


def hours(now: datetime, units: Units) -> None:
    schedule, found = next(iter(rulebooks.schedules().items()))
    with unit_of_work(SETUP, now):
        assign_working_time(
            unit_key=units.health,
            schedule=schedule,
            pattern=next(iter(found.patterns)),
            period=Period(date(2026, 8, 10), date(2026, 8, 12)),
        )


def leave(now: datetime, units: Units) -> None:
    rows = f"NIP;Tanggal mulai;Tanggal selesai\n{YOSE};05-08-2026;06-08-2026"
    confirm(stage(rows.encode(), now, kind="leave", source="Cuti"), now)


@pytest.mark.parametrize(("change", "kind"), [(holiday, "calendar"), (hours, "working_time"), (leave, "days")])
def test_only_the_month_that_a_change_touches_is_asked_for(
    now: datetime, units: Units, change: Callable[[datetime, Units], None], kind: str
) -> None:
    known(now, JULY, AUGUST, SEPTEMBER)
    assert read_off(now) == {}
    change(now, units)
    assert read_off(now) == {AUGUST: frozenset({kind})}
    assert read_off(now) == {}, "what was read off is not read again"


def test_a_ramadan_that_moves_touches_the_days_it_leaves_as_well(now: datetime, units: Units) -> None:
    months = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    known(now, *months)
    with unit_of_work(SETUP, now):
        set_ramadan(hijri=1447, first=date(2026, 2, 28), last=date(2026, 3, 29), basis="Sidang isbat")
    assert sorted(read_off(now)) == months[1:3]
    with unit_of_work(SETUP, now):
        set_ramadan(hijri=1447, first=date(2026, 3, 1), last=date(2026, 3, 30), basis="Sidang isbat")
    assert sorted(read_off(now)) == months[1:3], "28 February was Ramadan before and is none now"


def test_a_closed_month_is_left_alone_and_a_reopened_one_is_not(now: datetime, units: Units) -> None:
    for month in (JULY, AUGUST):
        run(now, month, final=True)
    with unit_of_work(SETUP, now):
        runs.reopen(month=JULY, reason="Berkas menyusul")
    assert open_months() == [JULY]
    leave(now, units)
    assert read_off(now) == {}


def test_an_old_month_is_reckoned_anew_at_night_and_says_why(now: datetime, units: Units) -> None:
    full_day(YOSE, date(2026, 8, 5))
    run(now, AUGUST)
    run(now, JULY)
    before = DayRecord.objects.get(employee__nip=YOSE, day=date(2026, 8, 5))
    assert before.required
    holiday(now, units)
    tasks.nightly(timestamp=0)
    (asked,) = [one for one in waiting() if one["month"] in (JULY.isoformat(), AUGUST.isoformat())]
    assert asked["month"] == AUGUST.isoformat()
    tasks.begin(**asked)
    (job,) = ProcrastinateJob.objects.filter(task_name="attendance.reckon").values_list("args", flat=True)
    tasks.reckon(**job)
    after = DayRecord.objects.filter(employee__nip=YOSE, day=date(2026, 8, 5)).first()
    assert after is None or not after.required
    newest = MonthRun.objects.filter(month=AUGUST).latest("number")
    assert newest.reason == "Dihitung lagi karena ada perubahan: hari libur."
    entry = AuditEntry.objects.filter(action="month.reckoned").latest("pk")
    assert newest.reason in entry.body
    ProcrastinateJob.objects.all().delete()
    tasks.nightly(timestamp=0)
    assert AUGUST.isoformat() not in [one["month"] for one in waiting()]


def test_the_reason_waits_with_a_run_under_way(units: Units) -> None:
    clock = timezone.now()
    with unit_of_work(SETUP, clock):
        runs.start_run(month=AUGUST)
    later = (clock + timedelta(seconds=1)).isoformat()
    tasks.begin(month=AUGUST.isoformat(), since=later, reason="Libur")
    assert waiting() == [{"month": AUGUST.isoformat(), "since": later, "reason": "Libur"}]
