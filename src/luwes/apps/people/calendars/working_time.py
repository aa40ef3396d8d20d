"""Which working hours hold where: an assignment takes its days from the one before it."""

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.calendars import rulebooks
from luwes.apps.people.changes import announce
from luwes.apps.people.models import Unit, WorkingTimeAssignment
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.periods import Period, without

LOCK = "people.working_time"


class NoSuchSchedule(Refused):
    """No schedule has this code, or it does not set this pattern's hours."""

    code = "no_such_schedule"


def assign_working_time(*, unit_key: str, schedule: str, pattern: Pattern, period: Period, basis: str = "") -> None:
    """From now on the schedule holds in the period for a unit and all below it, or ("") for everybody.

    Other assignments of the same season and unit keep the days outside the period. Raises NoSuchSchedule,
    NoSuchUnit.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_CALENDAR)
    chosen = rulebooks.schedules().get(schedule)
    if chosen is None or pattern not in chosen.patterns:
        raise NoSuchSchedule(schedule)
    unit = Unit.objects.filter(key=unit_key).first()
    if unit_key and unit is None:
        raise NoSuchUnit(unit_key)
    locking.lock_rows({}, names=[LOCK])
    season = chosen.season.value
    span = DateRange(period.start, period.end, "[)")
    standing = WorkingTimeAssignment.objects.filter(unit=unit, season=season, superseded_at=None, period__overlap=span)
    kept = [
        (row.schedule, row.pattern, part)
        for row in standing
        for part in without(Period(row.period.lower, row.period.upper), period)
    ]
    standing.update(superseded_at=work.now)
    WorkingTimeAssignment.objects.bulk_create(
        WorkingTimeAssignment(
            unit=unit,
            schedule=code,
            season=season,
            pattern=days,
            period=DateRange(part.start, part.end, "[)"),
            recorded_at=work.now,
        )
        for code, days, part in [*kept, (schedule, pattern.value, period)]
    )
    announce(kind="working_time", subject=schedule, unit=unit_key, period=period)
    facts = {
        "unit": unit_key,
        "schedule": schedule,
        "pattern": pattern.value,
        "since": period.start.isoformat(),
        "until": period.end.isoformat() if period.end else "",
    }
    record(action="working_time.assigned", subject=unit_key, facts=facts, basis=basis or chosen.basis)
