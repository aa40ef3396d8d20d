"""Writes of blackouts: added with their basis, withdrawn with a reason, never edited."""

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.calendars.actions import ReasonMissing
from luwes.apps.people.changes import announce
from luwes.apps.people.models import Blackout, Unit
from luwes.core.workdays.periods import Period


class NoSuchBlackout(Refused):
    """There is no such blackout, or it was withdrawn already."""

    code = "no_such_blackout"


def add_blackout(*, unit_key: str, period: Period, name: str, basis: str) -> str:
    """Close a period to flexible work for a unit and all below it, or ("") for everybody.

    Gives its public id. Overlaps with others are allowed and shown. Raises NoSuchUnit, ReasonMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_CALENDAR)
    if not (name.strip() and basis.strip()):
        raise ReasonMissing
    unit = Unit.objects.filter(key=unit_key).first()
    if unit_key and unit is None:
        raise NoSuchUnit(unit_key)
    blackout = Blackout.objects.create(
        unit=unit,
        period=DateRange(period.start, period.end, "[)"),
        name=name.strip(),
        basis=basis.strip(),
        recorded_at=work.now,
    )
    announce(kind="blackout", subject=blackout.public_id, unit=unit_key, period=period)
    facts = {"unit": unit_key, "since": period.start.isoformat(), "until": period.end.isoformat() if period.end else ""}
    record(action="blackout.added", subject=blackout.public_id, facts=facts, basis=blackout.basis)
    return blackout.public_id


def withdraw_blackout(*, blackout_id: str, reason: str) -> None:
    """Take a blackout back; what was known before stays readable. Raises NoSuchBlackout, ReasonMissing."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_CALENDAR)
    if not reason.strip():
        raise ReasonMissing
    found = Blackout.objects.filter(public_id=blackout_id).first()
    blackout = locking.lock_row(Blackout, found.pk) if found else None
    if blackout is None or blackout.superseded_at is not None:
        raise NoSuchBlackout(blackout_id)
    blackout.superseded_at, blackout.withdrawn_reason = work.now, reason.strip()
    blackout.save(update_fields=["superseded_at", "withdrawn_reason"])
    announce(
        kind="blackout",
        subject=blackout.public_id,
        unit=blackout.unit.key if blackout.unit else "",
        period=Period(blackout.period.lower, blackout.period.upper),
    )
    record(action="blackout.withdrawn", subject=blackout.public_id, basis=blackout.withdrawn_reason)
