"""A month reckoned from punches: everybody listed, provisional until closed, every reckoning kept."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from luwes.apps.accounts.access import Forbidden, Refused
from luwes.apps.accounts.roles import Role
from luwes.apps.attendance import outages, runs, tasks
from luwes.apps.attendance.following import touched
from luwes.apps.attendance.models import DayRecord, MonthRun, PresenceDay, ServicePresenceDay
from luwes.apps.attendance.reckoning import Reckoner
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Link
from luwes.core.workdays.months import month_before
from tests.apps.attendance.world import (
    ELSEWHERE,
    MONDAY,
    NOVEMBER,
    OCTOBER,
    TUESDAY,
    WEDNESDAY,
    full_day,
    press,
)
from tests.apps.schedule.days import build, store
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, confirm, person, stage
from tests.world import SETUP, Units, plant_service

pytestmark = pytest.mark.django_db
WORKING_DAYS = 22


@pytest.fixture
def units(now: datetime) -> Units:
    return build(now)


def run(now: datetime, month: date = OCTOBER, *, final: bool = False) -> MonthRun:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=month, final=final)
    tasks.work_off(started, clock=lambda: now)
    return MonthRun.objects.get(pk=started.run)


def status(nip: str, day: date) -> str:
    return str(DayRecord.objects.get(employee__nip=nip, day=day).status)


def presence(key: str, day: date) -> PresenceDay:
    return PresenceDay.objects.get(unit__key=key, day=day)


def test_a_day_is_reckoned_and_summed_up_the_tree(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    press(RINA, MONDAY, "8:05 in", "15:00 out")
    done = run(now)
    rina = DayRecord.objects.get(employee__nip=RINA, day=MONDAY)
    assert (rina.status, rina.late, rina.late_band, rina.early, rina.early_band) == ("present", 35, "TL2", 60, "PSW2")
    lab, whole = presence(units.section, MONDAY), presence(units.government, MONDAY)
    assert (lab.staff, lab.required, lab.present, lab.late, lab.late_minutes, lab.at_office) == (2, 2, 2, 1, 35, 2)
    assert lab.sums == {"PSW2": 1, "TL2": 1}
    assert (whole.staff, whole.required, whole.present) == (3, 2, 2), "public works sent nothing: no data, not absent"
    assert whole.sums == {"PSW2": 1, "TL2": 1, "no_data": 1}
    assert (done.finished_at, done.final, done.number) == (now, False, 1)
    assert done.counts["present"] == 2
    assert AuditEntry.objects.filter(action="month.reckoned").count() == 1


def test_nobody_is_missing_for_want_of_a_row(now: datetime, units: Units) -> None:
    study = {"kedudukan_hukum_id": "03", "kedudukan_hukum_nama": "Tugas Belajar"}
    bring(now, person("199301012018011003", "Tahura Tugas", **study), source="BKD 2")
    store("leave", now, (RINA, "01/10/2026", "31/10/2026", ""))
    full_day(YOSE, MONDAY)
    run(now)
    assert (status(YOSE, TUESDAY), status(RINA, MONDAY), status(MARUF, MONDAY)) == ("no_data", "leave", "no_data")
    assert DayRecord.objects.filter(employee__nip=YOSE).count() == WORKING_DAYS
    lab = presence(units.section, MONDAY)
    assert lab.staff == lab.required + sum(lab.sums.get(name, 0) for name in ("leave", "away", "no_data"))


def test_somebody_without_a_punch_is_absent_where_colleagues_have_some(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    press(YOSE, TUESDAY, "7:20 in")
    run(now)
    assert (status(RINA, MONDAY), status(YOSE, TUESDAY)) == ("absent", "missing_out")
    assert presence(units.section, MONDAY).absent == 1


def test_a_flexible_day_is_judged_alike_and_its_place_told(now: datetime, units: Units) -> None:
    store(
        "flexdays",
        now,
        (YOSE, "05/10/2026", "Rumah", "Undian", "", "U-1"),
        (RINA, "05/10/2026", "Rumah", "Undian", "", "U-1"),
    )
    press(YOSE, MONDAY, "8:00 in", "16:00 out", place=ELSEWHERE)
    full_day(RINA, MONDAY)
    run(now)
    lab = presence(units.section, MONDAY)
    assert (lab.flexible, lab.flexible_kept, lab.flexible_unknown, lab.elsewhere, lab.at_office) == (2, 1, 0, 1, 1)
    assert (lab.late, lab.sums["flexible_late"], lab.sums["flexible_present"]) == (1, 1, 2)


def test_who_moved_counts_where_posted_on_the_day(now: datetime, units: Units) -> None:
    works = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}
    bring(now, person(YOSE, "Yosé Limbong", tmt_jabatan="06-10-2026", **works), person(RINA, "Rina D'Arcy"))
    for day in (MONDAY, TUESDAY):
        full_day(YOSE, day)
    run(now)
    assert presence(units.health, MONDAY).present == 1
    assert presence(units.works, TUESDAY).present == 1
    assert not PresenceDay.objects.filter(unit__key=units.health, day=TUESDAY, present__gt=0).exists()
    days = DayRecord.objects.filter(employee__nip=YOSE)
    assert (days.count(), days.values("day").distinct().count()) == (WORKING_DAYS, WORKING_DAYS)


def test_who_came_in_mid_month_is_in_no_total_before(now: datetime, units: Units) -> None:
    bring(now, person("199712012026101002", "Bela Baru", tmt_jabatan="07-10-2026"), source="BKD 2")
    full_day(YOSE, TUESDAY)
    press("199712012026101002", TUESDAY, "7:20 in", "16:05 out")
    run(now)
    assert status("199712012026101002", TUESDAY) == "not_in_service"
    assert presence(units.section, TUESDAY).staff == 2
    assert status("199712012026101002", WEDNESDAY) == "no_data"


def test_an_outage_turns_the_late_back_and_both_numbers_stay(now: datetime, units: Units) -> None:
    press(YOSE, MONDAY, "8:05 in", "16:05 out")
    press(RINA, MONDAY, "16:05 out")
    before = run(now)
    told = outages.affected(unit_key=units.health, day=MONDAY, from_minute=420, to_minute=510)
    assert (told.late, told.early, told.missing) == (1, 0, 1)
    with unit_of_work(SETUP, now):
        made = outages.declare_outage(
            unit_key=units.health, day=MONDAY, from_minute=420, to_minute=510, cause="Server mati"
        )
    after = run(now)
    assert [row.counts.get("late", 0) for row in (before, after)] == [1, 0]
    assert (before.counts["status.missing_in"], after.counts.get("status.missing_in")) == (1, None)
    assert status(RINA, MONDAY) == "present"
    with unit_of_work(SETUP, now):
        outages.revoke_outage(outage_id=made, reason="Salah tanggal")
    assert run(now).counts["late"] == 1
    (row,) = outages.outages(OCTOBER, NOVEMBER)
    assert (row.unit_name, row.cause, row.revoked_at) == ("Dinas Kesehatan", "Server mati", now)


def test_a_closed_month_is_reckoned_no_more_until_it_is_reopened(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    closed = run(now, final=True)
    with pytest.raises(runs.MonthFinal), unit_of_work(SETUP, now):
        runs.start_run(month=OCTOBER)
    with pytest.raises(runs.ReasonMissing), unit_of_work(SETUP, now):
        runs.reopen(month=OCTOBER, reason=" ")
    with unit_of_work(SETUP, now):
        runs.reopen(month=OCTOBER, reason="Presensi susulan")
    again = run(now, final=True)
    closed.refresh_from_db()
    assert (closed.reopened_reason, again.number, again.final) == ("Presensi susulan", 2, True)
    assert MonthRun.objects.filter(month=OCTOBER).count() == 2


def test_a_month_is_closed_when_it_is_over(now: datetime, units: Units) -> None:
    with pytest.raises(runs.MonthNotOver), unit_of_work(SETUP, now):
        runs.start_run(month=NOVEMBER, final=True)
    with pytest.raises(runs.NoRun), unit_of_work(SETUP, now):
        runs.reopen(month=NOVEMBER, reason="x")
    run(now, NOVEMBER)
    assert DayRecord.objects.order_by("-day")[0].day == date(2026, 11, 25), "nothing is said about days to come"


def test_a_second_start_is_refused_and_a_dead_run_goes_on(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    with unit_of_work(SETUP, now):
        first = runs.start_run(month=OCTOBER)
    days = runs.days_of(OCTOBER, date(2026, 11, 25))
    with unit_of_work(SETUP, now):
        runs.go_on(run=first.run, reckoner=Reckoner.read(days[0], days[-1]), days=days[:6])
    with pytest.raises(runs.RunUnderWay), unit_of_work(SETUP, now):
        runs.start_run(month=OCTOBER)
    later = now + timedelta(minutes=11)
    with unit_of_work(SETUP, later):
        again = runs.start_run(month=OCTOBER)
    assert (again.run, again.through) == (first.run, days[5])
    tasks.work_off(again, clock=lambda: later)
    done = MonthRun.objects.get()
    assert done.finished_at is not None
    assert done.counts["present"] == 1
    assert DayRecord.objects.filter(employee__nip=YOSE).count() == WORKING_DAYS


def test_the_same_month_twice_is_the_same(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    first = run(now)
    days = list(PresenceDay.objects.order_by("day", "unit").values("day", "unit", "present", "sums"))
    second = run(now)
    assert first.counts == second.counts
    assert list(PresenceDay.objects.order_by("day", "unit").values("day", "unit", "present", "sums")) == days


def test_a_day_takes_the_same_few_queries_for_any_number_of_people(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    reckoner = Reckoner.read(MONDAY, MONDAY)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        reckoner.day(MONDAY, closed=True)
    assert len(seen) == 3


def test_a_front_is_counted_against_the_implementers_promised(now: datetime, units: Units) -> None:
    plant_service(now, units.section)
    full_day(YOSE, MONDAY)
    run(now)
    row = ServicePresenceDay.objects.get(day=MONDAY)
    assert row.at_office == 1
    assert not ServicePresenceDay.objects.filter(day=TUESDAY).exists(), "without any punch nothing is known"


def test_somebody_on_leave_does_not_make_a_silent_front_an_empty_one(now: datetime, units: Units) -> None:
    plant_service(now, units.section)
    store("leave", now, (RINA, "05/10/2026", "06/10/2026", ""), (YOSE, "06/10/2026", "06/10/2026", ""))
    run(now)
    assert not ServicePresenceDay.objects.filter(day=MONDAY).exists(), "nobody knows whether Yosé came"
    assert ServicePresenceDay.objects.get(day=TUESDAY).at_office == 0, "both are known to be away"


def test_a_front_that_is_short_while_part_of_it_is_silent_is_not_known(now: datetime, units: Units) -> None:
    key, _point = plant_service(now, units.section)
    with unit_of_work(SETUP, now):
        services.set_chain(
            key=key, links=[Link("depan", units.section), Link("depan", units.works)], since=date(2026, 1, 1)
        )
    for nip in (YOSE, RINA):
        full_day(nip, MONDAY)
        full_day(nip, TUESDAY)
    full_day(MARUF, TUESDAY)
    run(now)
    assert not ServicePresenceDay.objects.filter(day=MONDAY).exists(), "two of three seen, the third sent no file"
    row = ServicePresenceDay.objects.get(day=TUESDAY)
    assert (row.at_office, row.promised) == (3, 3)


def test_only_who_keeps_attendance_may_reckon(now: datetime, units: Units) -> None:
    somebody = Actor(kind=ActorKind.PERSON, id="x", role=Role.ORGANISATION.value)
    with pytest.raises(Forbidden), unit_of_work(somebody, now):
        runs.start_run(month=OCTOBER)
    with pytest.raises(Forbidden), unit_of_work(somebody, now):
        outages.declare_outage(unit_key="", day=MONDAY, from_minute=0, to_minute=60, cause="x")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"from_minute": 60}, "period_empty"),
        ({"cause": " "}, "cause_missing"),
        ({"day": date(2027, 1, 4)}, "in_the_future"),
        ({"unit_key": "nobody"}, "no_such_unit"),
    ],
)
def test_an_outage_that_cannot_be_is_refused(now: datetime, units: Units, said: dict[str, object], code: str) -> None:
    usual: dict[str, object] = {"unit_key": "", "day": MONDAY, "from_minute": 0, "to_minute": 60, "cause": "Mati"}
    with pytest.raises(Refused) as refused, unit_of_work(SETUP, now):
        outages.declare_outage(**(usual | said))  # type: ignore[arg-type] # each case breaks one value
    assert refused.value.code == code
    with pytest.raises(outages.NoSuchOutage), unit_of_work(SETUP, now):
        outages.revoke_outage(outage_id="x", reason="y")


def waiting(task: str) -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("id")
    return [dict(job.args) for job in jobs]


def test_an_import_of_punches_has_its_open_months_reckoned(now: datetime, units: Units) -> None:
    rows = ["NIP;Waktu;Jenis", f"{YOSE};2026-10-05 07:20:00;I", f"{YOSE};2026-11-02 07:20:00;I"]
    data = "\n".join(rows).encode()
    confirm(stage(data, now, kind="punches", source="Mesin"), now)
    asked = waiting("attendance.begin")
    assert [one["month"] for one in asked] == ["2026-10-01", "2026-11-01"]
    # The same file again brings nothing.
    confirm(stage(data + b"\n", now, kind="punches", source="Mesin"), now)
    assert waiting("attendance.begin") == asked
    tasks.begin(**asked[0])
    (job,) = waiting("attendance.reckon")
    assert MonthRun.objects.get().month == OCTOBER
    tasks.reckon(**job)
    done = MonthRun.objects.get(month=OCTOBER)
    assert done.finished_at is not None
    assert not done.final
    assert status(YOSE, MONDAY) == "missing_out"
    # What a run begun later has read needs no other.
    tasks.begin(**asked[0])
    assert MonthRun.objects.filter(month=OCTOBER).count() == 1


def declared(now: datetime) -> str:
    with unit_of_work(SETUP, now):
        return outages.declare_outage(unit_key="", day=MONDAY, from_minute=420, to_minute=500, cause="Mati")


def test_an_outage_has_its_month_reckoned_if_it_was(now: datetime, units: Units) -> None:
    press(YOSE, MONDAY, "8:10 in", "16:31 out")
    declared(now)
    assert waiting("attendance.begin") == [], "nothing was reckoned yet, so nothing is out of date"
    run(now)
    outage = declared(now)
    assert [one["month"] for one in waiting("attendance.begin")] == ["2026-10-01"]
    ProcrastinateJob.objects.filter(task_name="attendance.begin").delete()
    with unit_of_work(SETUP, now):
        outages.revoke_outage(outage_id=outage, reason="Salah tanggal")
    assert [one["month"] for one in waiting("attendance.begin")] == ["2026-10-01"]


def test_what_comes_while_a_run_is_under_way_waits_for_it(now: datetime, units: Units) -> None:
    clock = timezone.now()
    with unit_of_work(SETUP, clock):
        runs.start_run(month=OCTOBER)
        tasks.ask_for([MONDAY, TUESDAY, OCTOBER])
    (asked,) = waiting("attendance.begin")
    ProcrastinateJob.objects.filter(task_name="attendance.begin").delete()
    later = (clock + timedelta(seconds=1)).isoformat()
    tasks.begin(month=asked["month"], since=later)
    (again,) = waiting("attendance.begin")
    assert again == {"month": "2026-10-01", "since": later}
    job = ProcrastinateJob.objects.get(task_name="attendance.begin")
    assert job.scheduled_at is not None
    assert job.scheduled_at > clock + timedelta(minutes=5)


def test_a_closed_month_and_one_without_a_calendar_are_left_alone(now: datetime, units: Units) -> None:
    run(now, final=True)
    since = timezone.now().isoformat()
    tasks.begin(month="2026-10-01", since=since)
    tasks.begin(month="1999-01-01", since=since)
    assert MonthRun.objects.count() == 1
    assert waiting("attendance.reckon") == []


def test_every_night_the_open_months_are_reckoned_once_more(units: Units) -> None:
    clock = timezone.now()
    today = timezone.localdate(clock)
    old = date(2026, 5, 1)
    for month in (old, month_before(today), today.replace(day=1)):
        MonthRun.objects.create(month=month, number=1, run_by="x", run_at=clock, touched_at=clock, finished_at=clock)
    with unit_of_work(SETUP, clock):
        touched()  # What made the world came before.
    tasks.nightly(timestamp=0)
    assert [one["month"] for one in waiting("attendance.begin")] == [
        month_before(today).isoformat(),
        today.replace(day=1).isoformat(),
    ]
