"""The reckoning of a month: day by day, provisional as often as asked, final once, reopened with a reason.

A run is worked off in several units of work, so that a page can show how far it is and a run that died goes on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from psycopg import sql

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance.models import DayRecord, MonthRun, PresenceDay, ServicePresenceDay
from luwes.apps.attendance.reckoning import Judged, ReckonedDay, Reckoner
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.calendars import queries as calendars
from luwes.apps.people.staff import swift
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY

LOCK = "attendance.run"
# A run that wrote nothing for so long has died, and is gone on with.
DIED_AFTER = timedelta(minutes=10)
PUNCHES = "punches"


class RunUnderWay(Refused):
    """The month is being reckoned right now."""

    code = "run_under_way"


class MonthFinal(Refused):
    """The month was closed; it must be reopened, with a reason, before it is reckoned again."""

    code = "month_final"


class MonthNotOver(Refused):
    """A month is closed when its last day has passed."""

    code = "month_not_over"


class CalendarMissing(Refused):
    """No calendar of the year is known, so nobody can say which days are worked."""

    code = "calendar_missing"


class NoRun(Refused):
    """The month was never reckoned, or is not closed."""

    code = "no_run"


class ReasonMissing(Refused):
    """Who reopens a closed month says why."""

    code = "reason_missing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: its number, the last day written, and whether it is done."""

    run: int
    month: date
    through: date | None
    done: bool


def start_run(*, month: date, final: bool = False, reason: str = "") -> Progress:
    """Begin to reckon the month anew, or go on with a run that died. `final` closes the month with this run.

    Needs MANAGE_ATTENDANCE over the whole. Raises RunUnderWay, MonthFinal, MonthNotOver, CalendarMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ATTENDANCE)
    month = month.replace(day=1)
    if month.year not in calendars.known_years():
        raise CalendarMissing(str(month.year))
    locking.lock_rows({}, names=[LOCK])
    runs = MonthRun.objects.filter(month=month).order_by("number")
    if runs.filter(final=True, reopened_at=None, finished_at__isnull=False).exists():
        raise MonthFinal(month.isoformat())
    if final and work.today <= month_end(month):
        raise MonthNotOver(month.isoformat())
    open_run = runs.filter(finished_at=None).first()
    if open_run is not None and open_run.touched_at > work.now - DIED_AFTER:
        raise RunUnderWay(month.isoformat())
    if open_run is not None:
        open_run.touched_at = work.now
        open_run.save(update_fields=["touched_at"])
        return Progress(open_run.pk, month, open_run.through, done=False)
    last = runs.last()
    made = MonthRun.objects.create(
        month=month,
        number=last.number + 1 if last else 1,
        final=final,
        reason=reason.strip(),
        run_by=work.actor.id,
        run_at=work.now,
        touched_at=work.now,
    )
    return Progress(made.pk, month, None, done=False)


def go_on(*, run: int, reckoner: Reckoner, days: Iterable[date]) -> None:
    """Write some days of a run, each anew; doing a day twice changes nothing."""
    work = current()
    row = locking.lock_row(MonthRun, run)
    if row is None or row.finished_at is not None:
        raise NoRun(str(run))
    counts = Counter(row.counts)
    for day in days:
        if row.through is not None and day <= row.through:
            continue
        reckoned = reckoner.day(day, closed=day < work.today)
        _write(row.pk, reckoned, work.now)
        counts.update(_counted(reckoned))
        row.through = day
    row.counts, row.touched_at = dict(counts), work.now
    row.save(update_fields=["counts", "touched_at", "through"])


def finish(*, run: int) -> None:
    """End a run: its counts stand, and the audit trail says what it came to."""
    work = current()
    row = locking.lock_row(MonthRun, run)
    if row is None or row.finished_at is not None:
        raise NoRun(str(run))
    row.finished_at = row.touched_at = work.now
    row.save(update_fields=["finished_at", "touched_at"])
    record(
        action="month.closed" if row.final else "month.reckoned",
        subject=row.month.isoformat(),
        facts={"number": row.number, "counts": dict(sorted(row.counts.items()))},
        basis=row.reason,
    )


def reopen(*, month: date, reason: str) -> None:
    """Make a closed month reckonable again; the closed run stays, with when and why.

    Needs MANAGE_ATTENDANCE over the whole. Raises NoRun, ReasonMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ATTENDANCE)
    if not reason.strip():
        raise ReasonMissing
    locking.lock_rows({}, names=[LOCK])
    row = MonthRun.objects.filter(month=month.replace(day=1), final=True, reopened_at=None).first()
    if row is None:
        raise NoRun(month.isoformat())
    row.reopened_at, row.reopened_reason = work.now, reason.strip()
    row.save(update_fields=["reopened_at", "reopened_reason"])
    record(action="month.reopened", subject=row.month.isoformat(), facts={"number": row.number}, basis=reason.strip())


def days_of(month: date, today: date, after: date | None = None) -> list[date]:
    """The days of the month to reckon: those that have begun, after the last one written."""
    first = month if after is None else after + DAY
    last = min(month_end(month), today)
    return [first + n * DAY for n in range((last - first).days + 1)]


def _write(run: int, reckoned: ReckonedDay, now: datetime) -> None:
    day = reckoned.day
    for model in (DayRecord, ServicePresenceDay):
        model._default_manager.filter(day=day)._raw_delete("default")
    PresenceDay.objects.filter(day=day, source=PUNCHES)._raw_delete("default")
    _copy_people(run, day, reckoned.people)
    swift.insert(
        PresenceDay,
        [
            PresenceDay(
                unit_id=unit,
                day=day,
                source=PUNCHES,
                **tally.counts(),
                sums=dict(sorted(tally.sums.items())),
                computed_at=now,
            )
            for unit, tally in reckoned.units.items()
            if tally.staff
        ],
    )
    swift.insert(
        ServicePresenceDay,
        [
            ServicePresenceDay(service_id=service, day=day, at_office=there, promised=promised, computed_at=now)
            for service, (there, promised) in reckoned.services.items()
        ],
    )


COLUMNS = (
    *("employee_id", "unit_id", "day", "status", "required", "flexible", "owed", "gross", "worked", "first_in"),
    *("last_out", "late", "early", "late_band", "early_band", "where", "excused", "run_id"),
)


def _copy_people(run: int, day: date, people: Iterable[Judged]) -> None:
    """By COPY and as plain tuples: a month of a province is a third of a million rows."""
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(DayRecord._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    )
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(command) as copy:
        for one in people:
            copy.write_row(_row(run, day, one))


def _row(run: int, day: date, one: Judged) -> tuple[Any, ...]:
    told = one.result
    return (
        *(one.employee, one.unit, day, told.status.value, told.required, told.flexible, told.owed, told.gross),
        *(told.worked, told.first_in, told.last_out, told.late, told.early, told.late_band, told.early_band),
        *(told.where.value, told.excused, run),
    )


def _counted(reckoned: ReckonedDay) -> Counter[str]:
    """The day's sums over everybody, once each: by status, and the numbers that add."""
    statuses = Counter(one.result.status for one in reckoned.people)
    counted = Counter({f"status.{status.value}": count for status, count in statuses.items()})
    counted.update(reckoned.whole.counts())
    return counted
