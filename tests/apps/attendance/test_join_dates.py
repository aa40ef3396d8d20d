"""Whoever joins or leaves in mid-month owes the working days in service, no more and no fewer, whatever the year."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luwes.apps.attendance.overview import Reason, people_of
from luwes.apps.attendance.reckoning import ReckonedDay, Reckoner
from luwes.apps.attendance.runs import days_of, go_on, start_run
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Employee, EmployeeVersion, Posting, Unit
from luwes.core.workdays.months import month_end
from luwes.core.worktime.day import Status
from tests.apps.attendance.world import OCTOBER, full_day
from tests.apps.schedule.days import build
from tests.apps.staff_files import RINA, YOSE
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
LAST = month_end(OCTOBER)
LONG_AGO = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class World:
    """The working days of the month; Rina is at work on all of them, so that her agency's machines are known to run."""

    now: datetime
    working: Sequence[date]
    yose: int
    unit: int
    agency: int


@pytest.fixture
def world(now: datetime) -> World:
    units: Units = build(now)
    for model in (Posting, EmployeeVersion):
        model.objects.update(period=DateRange(LONG_AGO, None))
    days = days_of(OCTOBER, now.date())
    reckoner = Reckoner.read(OCTOBER, LAST)
    working = [day for day in days if reckoner.day(day, closed=True).people]
    for day in working:
        full_day(RINA, day)
    pks = dict(Unit.objects.values_list("key", "pk"))
    return World(now, working, Employee.objects.get(nip=YOSE).pk, pks[units.section], pks[units.health])


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """One example leaves nothing to the next; marked as a test's own, or no unit of work could open inside."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def month(since: date, until: date | None, yose: int) -> Sequence[ReckonedDay]:
    for model in (Posting, EmployeeVersion):
        model.objects.filter(employee=yose).update(period=DateRange(since, until))
    reckoner = Reckoner.read(OCTOBER, LAST)
    return [reckoner.day(day, closed=True) for day in days_of(OCTOBER, LAST)]


NEAR = st.dates(OCTOBER - timedelta(days=3), LAST + timedelta(days=3))
JOINED = NEAR | st.dates(date(2020, 1, 1), date(2026, 10, 31))
# The same day of the month in every year before: a month is never compared without its year.
SAME_DAY = st.builds(date, st.integers(2020, 2026), st.just(10), st.integers(1, 31))


@given(since=JOINED | SAME_DAY, stays=st.none() | st.integers(1, 45) | st.integers(46, 3_000))
@example(since=date(2025, 10, 22), stays=None)
@example(since=date(2026, 10, 22), stays=None)
@example(since=OCTOBER, stays=31)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_required_days_are_the_working_days_in_service(world: World, since: date, stays: int | None) -> None:
    until = None if stays is None else since + timedelta(days=stays)
    served = [day for day in world.working if since <= day and (until is None or day < until)]
    with undone():
        found = month(since, until, world.yose)
        own = [(one.day, row.result) for one in found for row in one.people if row.employee == world.yose]
        assert [day for day, result in own if result.required] == served
        assert {result.status for day, result in own if day in served} <= {Status.ABSENT}
        assert {result.status for day, result in own if day not in served} <= {Status.NOT_IN_SERVICE}
        assert not any(result.owed for day, result in own if day not in served), "outside service nothing is owed"
        for unit in (world.unit, world.agency):
            staff = sum(one.units[unit].staff for one in found if unit in one.units)
            required = sum(one.units[unit].required for one in found if unit in one.units)
            assert staff == required == len(world.working) + len(served), "the denominator holds those in service alone"


@pytest.mark.parametrize(
    ("since", "until", "required", "reason", "on"),
    [
        (date(2025, 10, 22), None, 22, Reason.NEVER, None),
        (date(2026, 10, 22), None, 7, Reason.JOINED, date(2026, 10, 22)),
        (LONG_AGO, date(2026, 10, 12), 7, Reason.LEFT, date(2026, 10, 12)),
    ],
)
def test_part_of_a_month_is_listed_with_its_reason(
    world: World, since: date, until: date | None, required: int, reason: Reason, on: date | None
) -> None:
    for model in (Posting, EmployeeVersion):
        model.objects.filter(employee=world.yose).update(period=DateRange(since, until))
    with unit_of_work(SETUP, world.now):
        started = start_run(month=OCTOBER)
    with unit_of_work(SETUP, world.now):
        go_on(run=started.run, reckoner=Reckoner.read(OCTOBER, LAST), days=days_of(OCTOBER, LAST))
    listed = {one.name: one for one in people_of(OCTOBER).rows}
    yose = listed["Yosé Limbong"]
    assert (yose.required, yose.reason, yose.on) == (required, reason, on)
    assert listed["Rina D'Arcy"].required == 22
