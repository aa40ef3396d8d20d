"""Reads of presence: months by kind of day, everybody with a reason, what came late, what fits nobody, the recap."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luwes.apps.attendance import floors, overview, queries, runs, tasks
from luwes.apps.attendance.models import MonthRun, Punch, RecapRow
from luwes.apps.attendance.overview import Reason
from luwes.apps.attendance.reconcile import reconcile
from luwes.apps.attendance.roster import Fit, stints
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, Employee, Unit
from luwes.apps.people.services import floors as people_floors
from luwes.apps.people.services.facts import Floor
from luwes.apps.sources.models import ImportBatch
from luwes.core.exposure.shares import DayKind
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import Period
from luwes.core.worktime.recap import Why
from tests.apps.attendance.world import ELSEWHERE, MONDAY, OCTOBER, TUESDAY, UNKNOWN, full_day, press
from tests.apps.schedule.days import build, store
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, person
from tests.world import SETUP, Units, plant_service

pytestmark = pytest.mark.django_db
RETIRED, STUDENT, STARTER = "197001011995031001", "199301012018011003", "199712012026101002"


@pytest.fixture
def units(now: datetime) -> Units:
    return build(now)


def reckon(now: datetime, month: date = OCTOBER, *, final: bool = False) -> MonthRun:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=month, final=final)
    tasks.work_off(started, clock=lambda: now)
    return MonthRun.objects.get(pk=started.run)


def test_a_month_is_summed_by_kind_of_day(now: datetime, units: Units) -> None:
    store(
        "flexdays",
        now,
        (YOSE, "05/10/2026", "Rumah", "Undian", "", "U-1"),
        (RINA, "05/10/2026", "Rumah", "Undian", "", "U-1"),
    )
    press(YOSE, MONDAY, "8:00 in", "16:05 out", place=ELSEWHERE)
    full_day(RINA, MONDAY, UNKNOWN)
    full_day(YOSE, TUESDAY)
    reckon(now)
    found = queries.presence_month(units.section, OCTOBER)
    flexible, other = found[DayKind.FLEXIBLE], found[DayKind.OTHER]
    assert (flexible.days, flexible.numbers["required"], flexible.numbers["late"]) == (1, 2, 1)
    assert (flexible.planned, flexible.planned_on_duty) == (4, 4), "half days, as exposure counts them"
    assert (flexible.realised.flexible, flexible.realised.unknown, flexible.realised.on_duty) == (1, 1, 2)
    assert flexible.presence.late_bands == {"TL1": 1}
    assert other.days == 21
    assert (other.presence.present, other.presence.absent, other.presence.required) == (1, 1, 2)
    assert (other.known, other.no_data) == (1, 40), "a missing file is nobody's absence"
    whole = queries.presence_month("", OCTOBER)
    assert sum(line.numbers["present"] for line in whole.values()) == 3


def test_months_of_all_units_take_two_queries(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    reckon(now)
    with CaptureQueriesContext(connection) as seen:
        found = queries.presence_months(OCTOBER)
    assert len(seen) == 2
    assert set(found) == {units.government, units.health, units.section, units.works}
    assert queries.months() == [OCTOBER]
    empty = queries.presence_month(units.health, date(2026, 9, 1))
    assert [line.days for line in empty.values()] == [0, 0, 0]
    assert empty[DayKind.OTHER].presence.attendance is None, "no days are no zero"


def test_years_are_not_mixed(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    reckon(now)
    assert queries.presence_month(units.health, date(2025, 10, 1))[DayKind.UNDEFINED].days == 0


def test_implementers_are_counted_against_their_promise(now: datetime, units: Units) -> None:
    key, _point = plant_service(now, units.section)
    full_day(YOSE, MONDAY)
    reckon(now)
    found = queries.implementers_month(key, OCTOBER)
    total = [sum(getattr(line, name) for line in found.values()) for name in ("days", "kept", "at_office", "promised")]
    assert total == [1, 0, 1, 3]
    assert sum(line.days for line in queries.implementers_month("x", OCTOBER).values()) == 0


def test_everybody_of_the_month_is_listed_with_the_reason(now: datetime, units: Units) -> None:
    study = {"kedudukan_hukum_id": "03", "kedudukan_hukum_nama": "Tugas Belajar"}
    bring(
        now,
        person(STUDENT, "Tahura Tugas", **study),
        person(STARTER, "Bela Baru", tmt_jabatan="07-10-2026"),
        source="BKD 2",
    )
    bring(now, person(RETIRED, "Pak Purna"), source="BKD 3")
    employee = Employee.objects.get(nip=RETIRED)
    employee.postings.update(period=(date(2020, 1, 1), date(2026, 10, 10)))
    employee.versions.update(period=(date(2020, 1, 1), date(2026, 10, 10)))
    store("leave", now, (RINA, "01/10/2026", "31/10/2026", ""))
    for day in (MONDAY, TUESDAY):
        full_day(YOSE, day)
    reckon(now)
    inside = [units.health, units.section, units.works]
    found = {one.name: one for one in overview.people_of(OCTOBER, unit_keys=inside).rows}
    assert {name: one.reason for name, one in found.items()} == {
        "Yosé Limbong": Reason.NONE,
        "Rina D'Arcy": Reason.LEAVE,
        "Ma’ruf": Reason.NO_DATA,
        "Tahura Tugas": Reason.AWAY,
        "Bela Baru": Reason.JOINED,
        "Pak Purna": Reason.LEFT,
    }
    assert found["Pak Purna"].on == date(2026, 10, 12), "the first working day out of service"
    assert found["Bela Baru"].on == date(2026, 10, 7)
    assert all(sum(one.statuses.values()) == 22 for one in found.values()), "each has the whole month"
    assert overview.people_of(OCTOBER, search="purna").total == 1


def test_who_never_punched_is_told_from_who_has_no_file(now: datetime, units: Units) -> None:
    day = OCTOBER
    while day < date(2026, 11, 1):
        full_day(YOSE, day)
        day += timedelta(days=1)
    reckon(now)
    found = {one.name: one.reason for one in overview.people_of(OCTOBER).rows}
    assert found["Rina D'Arcy"] is Reason.NEVER
    assert found["Ma’ruf"] is Reason.NO_DATA


def test_punches_outside_service_are_listed_and_counted_nowhere(now: datetime, units: Units) -> None:
    bring(now, person(STARTER, "Bela Baru", tmt_jabatan="07-10-2026"), source="BKD 2")
    full_day(STARTER, MONDAY)
    done = reckon(now)
    (stray,) = overview.strays(OCTOBER)
    assert (stray.name, stray.days) == ("Bela Baru", 1)
    assert done.counts.get("present", 0) == 0


def test_punches_after_closing_are_listed_by_file(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    assert overview.late_files(OCTOBER) == []
    reckon(now, final=True)
    assert overview.late_files(OCTOBER) == []
    full_day(RINA, MONDAY)
    Punch.objects.filter(employee__nip=RINA).update(recorded_at=now + timedelta(hours=1))
    (late,) = overview.late_files(OCTOBER)
    assert (late.punches, late.people, late.days) == (2, 1, 1)


def test_runs_tell_one_under_way_from_one_that_died(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        runs.start_run(month=OCTOBER)
    (run,) = overview.runs_of(OCTOBER, now)
    assert (run.running, run.died, run.closed) == (True, False, False)
    (run,) = overview.runs_of(OCTOBER, now + timedelta(minutes=11))
    assert (run.running, run.died) == (False, True)
    assert overview.months_with_punches() == [OCTOBER]


def test_no_month_between_the_first_and_the_last_is_left_out(now: datetime, units: Units) -> None:
    assert overview.months_with_punches() == []
    full_day(YOSE, date(2025, 11, 3))
    full_day(YOSE, date(2026, 2, 2))
    assert [f"{month:%y%m}" for month in overview.months_with_punches()] == ["2511", "2512", "2601", "2602"]


def paid(unit: str, nip: str | None, now: datetime, **said: object) -> None:
    RecapRow.objects.create(
        unit=Unit.objects.get(key=unit),
        employee=Employee.objects.get(nip=nip) if nip else None,
        month=OCTOBER,
        batch=ImportBatch.objects.all()[0],
        row_number=4,
        recorded_at=now,
        **said,
    )


def test_the_recap_is_compared_person_by_person(now: datetime, units: Units) -> None:
    for day in (MONDAY, TUESDAY):
        full_day(YOSE, day)
        press(RINA, day, "8:15 in", "16:05 out")
    reckon(now)
    paid(units.section, YOSE, now, present=2)
    paid(units.section, RINA, now, present=2, late={"TL1": 2})
    paid(units.works, MARUF, now, present=20)
    found = reconcile(OCTOBER)
    assert (found.compared, found.same) == (3, 1)
    told = {one.name: one for one in found.rows}
    assert told["Rina D'Arcy"].why == (Why.BAND,)
    assert [(one.what, one.paid, one.reckoned) for one in told["Rina D'Arcy"].differences] == [
        ("TL1", 2, 0),
        ("TL2", 0, 2),
    ]
    assert told["Ma’ruf"].why == (Why.NO_DATA,)
    assert [one.name for one in reconcile(OCTOBER, [units.works]).rows] == ["Ma’ruf"]


def test_the_recap_of_a_unit_is_compared_with_all_below_it(now: datetime, units: Units) -> None:
    for day in (MONDAY, TUESDAY):
        full_day(YOSE, day)
        full_day(RINA, day)
    reckon(now)
    paid(units.health, None, now, present=5, staff=2)
    (row,) = reconcile(OCTOBER).rows
    assert (row.person_id, row.name) == ("", "Dinas Kesehatan")
    assert [(one.paid, one.reckoned) for one in row.differences] == [(5, 4)]


def test_who_is_on_one_side_only_is_listed(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    paid(units.section, YOSE, now, present=1)
    before = reconcile(OCTOBER)
    assert [one.why for one in before.rows] == [(Why.NOT_RECKONED,)]
    reckon(now)
    assert {one.name: one.why for one in reconcile(OCTOBER).rows} == {"Rina D'Arcy": (Why.NOT_PAID,)}


def test_comparing_takes_the_same_queries_for_any_number_of_people(now: datetime, units: Units) -> None:
    full_day(YOSE, MONDAY)
    reckon(now)
    paid(units.section, YOSE, now, present=3)
    with CaptureQueriesContext(connection) as few:
        reconcile(OCTOBER)
    paid(units.section, RINA, now, present=3)
    paid(units.works, MARUF, now, present=3)
    with CaptureQueriesContext(connection) as many:
        reconcile(OCTOBER)
    assert len(many) <= len(few)


def test_confirmed_floors_stand_against_proposals(now: datetime, units: Units) -> None:
    _key, point = plant_service(now, units.section)
    today = date(2026, 11, 25)
    offered = {point: [Floor(Window(1, 480, 900), 1)]}
    with unit_of_work(SETUP, now):
        assert people_floors.propose_floors(floors=offered, source="presensi", since=today) == 1
    with unit_of_work(SETUP, now):
        again = {point: [Floor(Window(1, 480, 900), 2)]}
        assert people_floors.propose_floors(floors=again, source="presensi", since=today) == 1
    (row,) = people_floors.floors_of([point], today)[point]
    assert (row.floor.minimum, row.confirmed) == (2, False), "a newer proposal takes the place of the older"
    with unit_of_work(SETUP, now):
        people_floors.set_floors(
            point_key=point, floors=offered[point], source="SK", since=today, status=Counting.CONFIRMED
        )
    with unit_of_work(SETUP, now):
        assert people_floors.propose_floors(floors=again, source="presensi", since=today) == 0
    (row,) = people_floors.floors_of([point], today)[point]
    assert (row.floor.minimum, row.confirmed) == (1, True)


def test_three_whole_months_before_the_day() -> None:
    assert floors.three_months(date(2026, 11, 25)) == (date(2026, 8, 1), date(2026, 10, 31))
    assert floors.three_months(date(2027, 1, 1)) == (date(2026, 10, 1), date(2026, 12, 31))


def test_stints_cover_every_day_of_everybody_once(now: datetime, units: Units) -> None:
    works = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}
    bring(now, person(YOSE, "Yosé Limbong", tmt_jabatan="06-10-2026", **works), person(RINA, "Rina D'Arcy"))
    span = Period(OCTOBER, date(2026, 11, 1))
    by_person: dict[int, int] = {}
    for stint in stints(span):
        by_person[stint.employee] = by_person.get(stint.employee, 0) + (stint.until - stint.since).days
        assert stint.fit is Fit.SERVING
    assert set(by_person.values()) == {31}
    with pytest.raises(ValueError, match="without an end"):
        stints(Period(OCTOBER))
