"""Letting an instrument rest, everywhere or in an area, taking it back from a day on, and lifting either."""

from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range
from luwes.apps.policy.access import NotATag, require_person
from luwes.apps.policy.actions.proposing import LOCK, ReasonMissing
from luwes.apps.policy.changes import announce
from luwes.apps.policy.models import Enactment, Instrument, Suspension, SuspensionKind
from luwes.apps.policy.rows import cut, period_of
from luwes.core.policy.reading import TAG
from luwes.core.workdays.periods import Period


class NotInForce(Refused):
    """The instrument was never enacted, so there is nothing to suspend."""

    code = "instrument_not_enacted"


class NoSuchSuspension(Refused):
    """There is no such suspension, it was lifted already, or it ends before that day."""

    code = "no_such_suspension"


def suspend(*, instrument: str, period: Period, reason: str, area: str = "") -> str:
    """Let an instrument (by key) rest for a period; `area` is a tag such as "unit:…", "" for everybody.

    Gives the suspension's public id. Raises NotInForce, NotATag, ReasonMissing, NotAPerson.
    """
    made = _rest(instrument, SuspensionKind.SUSPENDED, period, reason, area)
    facts = {"instrument": instrument, "area": area, **_days(period)}
    record(action="policy.suspended", subject=made.public_id, facts=facts, basis=made.reason)
    return made.public_id


def withdraw(*, instrument: str, on: date, reason: str) -> str:
    """Take an instrument back from a day on; the days before keep it. Gives the public id to lift it by.

    Raises NotInForce, ReasonMissing, NotAPerson.
    """
    made = _rest(instrument, SuspensionKind.WITHDRAWN, Period(on), reason, "")
    facts = {"instrument": instrument, "since": on.isoformat()}
    record(action="policy.withdrawn", subject=made.public_id, facts=facts, basis=made.reason)
    return made.public_id


def lift(*, suspension_id: str, on: date, reason: str) -> None:
    """Let the instrument hold again from `on`; the days before stay suspended. Raises NoSuchSuspension,
    ReasonMissing, NotAPerson."""
    require_person(current().actor, Right.ENACT_RULES)
    if not reason.strip():
        raise ReasonMissing
    found = Suspension.objects.filter(public_id=suspension_id).first()
    rows = locking.lock_rows({Suspension: [found.pk] if found else []}, names=[LOCK])[Suspension]
    row = next(iter(rows.values()), None)
    if not isinstance(row, Suspension) or row.superseded_at is not None or not period_of(row).overlaps(Period(on)):
        raise NoSuchSuspension(suspension_id)
    was = period_of(row)
    row.lifted_reason = reason.strip()
    cut([row], Period(on))
    announce(kind="suspension", subject=suspension_id, scope=row.area, period=Period(max(on, was.start), was.end))
    facts = {"since": max(on, was.start).isoformat()}
    record(action="policy.lifted", subject=suspension_id, facts=facts, basis=reason.strip())


def _rest(key: str, kind: SuspensionKind, period: Period, reason: str, area: str) -> Suspension:
    work = current()
    require_person(work.actor, Right.ENACT_RULES)
    if not reason.strip():
        raise ReasonMissing
    if area and TAG.fullmatch(area) is None:
        raise NotATag(area)
    locking.lock_rows({}, names=[LOCK])
    instrument = Instrument.objects.filter(key=key).first()
    enacted = Enactment.objects.filter(version__instrument=instrument, superseded_at=None)
    if instrument is None or not enacted.exists():
        raise NotInForce(key)
    made = Suspension.objects.create(
        instrument=instrument,
        kind=kind.value,
        area=area,
        period=as_range(period),
        reason=reason.strip(),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    announce(kind="suspension", subject=made.public_id, scope=area, period=period)
    return made


def _days(period: Period) -> dict[str, str]:
    return {"since": period.start.isoformat(), "until": period.end.isoformat() if period.end else ""}
