"""Declared failures of the presensi system: who could not punch, when, and what that excuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.accounts import access
from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance.models import DayRecord, MonthRun, Outage
from luwes.apps.attendance.tasks import ask_for
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import queries as people
from luwes.apps.people.staff.queries import below
from luwes.core.workdays.periods import DAY


class PeriodEmpty(Refused):
    """The outage ends before it begins."""

    code = "period_empty"


class CauseMissing(Refused):
    """An outage without a cause excuses nothing."""

    code = "cause_missing"


class InTheFuture(Refused):
    """A failure is declared when it has happened."""

    code = "in_the_future"


class NoSuchUnit(Refused):
    """The unit does not stand on that day."""

    code = "no_such_unit"


class NoSuchOutage(Refused):
    """There is no such declaration, or it was revoked."""

    code = "no_such_outage"


@dataclass(frozen=True, slots=True)
class OutageRow:
    """A declaration; `unit_name` is "" where it concerns everybody."""

    id: str
    unit_key: str
    unit_name: str
    day: date
    from_minute: int
    to_minute: int
    cause: str
    declared_by: str
    declared_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a window would excuse, as the days stand now: late arrivals in it, early departures, missing ends."""

    late: int
    early: int
    missing: int


def declare_outage(*, unit_key: str, day: date, from_minute: int, to_minute: int, cause: str) -> str:
    """Declare that punching failed for a unit and all below it, or ("") for everybody; gives the declaration's id.

    A month already reckoned is reckoned anew in the background while it is open. Needs MANAGE_ATTENDANCE over the
    whole. Raises PeriodEmpty, CauseMissing, InTheFuture, NoSuchUnit.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ATTENDANCE)
    if not 0 <= from_minute < to_minute <= 24 * 60:
        raise PeriodEmpty
    if not cause.strip():
        raise CauseMissing
    if day > work.today:
        raise InTheFuture
    unit = people.unit_on(unit_key, day) if unit_key else None
    if unit_key and unit is None:
        raise NoSuchUnit(unit_key)
    user = accounts.user_by_id(work.actor.id)
    made = Outage.objects.create(
        unit_id=unit.pk if unit else None,
        day=day,
        from_minute=from_minute,
        to_minute=to_minute,
        cause=cause.strip(),
        declared_by=user.name if user else work.actor.id,
        declared_at=work.now,
    )
    facts: dict[str, Fact] = {
        "unit": unit_key,
        "day": day.isoformat(),
        "from_minute": from_minute,
        "to_minute": to_minute,
    }
    record(action="outage.declared", subject=made.public_id, facts=facts, basis=cause.strip())
    _reckon_anew(day)
    return made.public_id


def revoke_outage(*, outage_id: str, reason: str) -> None:
    """Take a declaration back; it stays readable. Raises NoSuchOutage, CauseMissing."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ATTENDANCE)
    if not reason.strip():
        raise CauseMissing
    found = Outage.objects.filter(public_id=outage_id).first()
    row = locking.lock_row(Outage, found.pk) if found else None
    if row is None or row.revoked_at is not None:
        raise NoSuchOutage(outage_id)
    row.revoked_at = work.now
    row.save(update_fields=["revoked_at"])
    record(action="outage.revoked", subject=outage_id, facts={"day": row.day.isoformat()}, basis=reason.strip())
    _reckon_anew(row.day)


def _reckon_anew(day: date) -> None:
    ask_for(MonthRun.objects.filter(month=day.replace(day=1)).values_list("month", flat=True))


def outages(since: date, until: date) -> Sequence[OutageRow]:
    """Declarations about the days of `[since, until)`, newest day first, revoked ones too."""
    rows = Outage.objects.filter(day__gte=since, day__lt=until).select_related("unit").order_by("-day", "-pk")
    names = {row.key: row.name for row in people.units_on(until - DAY)}
    return [
        OutageRow(
            row.public_id,
            row.unit.key if row.unit else "",
            names.get(row.unit.key, "") if row.unit else "",
            row.day,
            row.from_minute,
            row.to_minute,
            row.cause,
            row.declared_by,
            row.declared_at,
            row.revoked_at,
        )
        for row in rows
    ]


def affected(*, unit_key: str, day: date, from_minute: int, to_minute: int) -> Affected:
    """Whom the window concerns, from the days as last reckoned: a look before it is declared."""
    rows = DayRecord.objects.filter(day=day, required=True)
    if unit_key:
        rows = rows.filter(unit__key__in=below(unit_key, people.units_on(day)))
    return Affected(
        late=rows.filter(late__gt=0, first_in__gte=from_minute, first_in__lt=to_minute).count(),
        early=rows.filter(early__gt=0, last_out__gte=from_minute, last_out__lt=to_minute).count(),
        missing=rows.filter(status__in=("missing_in", "missing_out", "absent")).count(),
    )
