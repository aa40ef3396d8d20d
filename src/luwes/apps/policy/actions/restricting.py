"""Figures of units from the apps that own them, and restrictions that stand on their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range, make_room
from luwes.apps.people.models import Unit
from luwes.apps.policy.access import NoSuchSubject
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import announce
from luwes.apps.policy.consequences import follow_figures
from luwes.apps.policy.models import DecisionFigure, Effect, Restriction
from luwes.apps.policy.rows import cut, period_of, touching
from luwes.core.workdays.periods import Period

LOCK = "policy.restrictions"


class ShareUnfit(Refused):
    """Lowering a share names a percentage from 0 to 100; closing and warning name none."""

    code = "restriction_share_unfit"


class NoSuchRestriction(Refused):
    """There is no such restriction, it follows a clause, was lifted already, or ends before that day."""

    code = "no_such_restriction"


@dataclass(frozen=True, slots=True)
class Reported:
    """One unit's figure. `source` is an opaque name of the file or reckoning behind it."""

    unit_key: str
    value: float
    as_of: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """Figures for the days of a period. `whole`: of a unit left out nothing is known; else it keeps what was said."""

    period: Period
    figures: Collection[Reported]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """How many figures came, changed or went, and how many restrictions of clauses began or ended with them."""

    figures: int
    began: int
    ended: int


def report_figures(*, metric: str, told: Collection[Told]) -> Followed:
    """Say what a figure of units is on some days; the guards and data clauses in force follow it.

    Doing it again changes nothing but restrictions whose clause has changed meanwhile. One audit entry when anything
    did. Raises NoSuchSubject, EmptyPeriod.
    """
    work = current()
    access.require_whole(work.actor, Right.RESTRICT_UNITS)
    locking.lock_rows({}, names=[LOCK])
    named = {one.unit_key for part in told for one in part.figures}
    units = dict(Unit.objects.filter(key__in=named).values_list("key", "pk"))
    if strange := named - set(units):
        raise NoSuchSubject(", ".join(sorted(strange)))
    figures = began = ended = 0
    for part in told:
        figures += _tell(metric, part, units)
        new, gone = follow_figures(metric=metric, period=part.period)
        began, ended = began + new, ended + gone
    if figures or began or ended:
        facts: dict[str, Fact] = {"metric": metric, "entries": figures, "began": began, "ended": ended}
        record(action="figures.reported", subject="", facts=facts)
    return Followed(figures, began, ended)


def _tell(metric: str, part: Told, units: Mapping[str, int]) -> int:
    """Record what is new of one period; how many units it is about."""
    changed = _changed(metric, part, units)
    rows = DecisionFigure.objects.filter(metric=metric)
    gone = list[str]()
    if part.whole:
        left = touching(rows, part.period).exclude(unit__key__in=[one.unit_key for one in part.figures])
        gone = sorted(set(left.values_list("unit__key", flat=True)))
    make_room(rows.filter(unit__key__in=[*gone, *(one.unit_key for one in changed)]), part.period)
    DecisionFigure.objects.bulk_create(
        DecisionFigure(
            unit_id=units[one.unit_key],
            metric=metric,
            value=one.value,
            as_of=one.as_of,
            source=one.source,
            period=as_range(part.period),
            recorded_at=current().now,
        )
        for one in changed
    )
    for key in sorted({*gone, *(one.unit_key for one in changed)}):
        announce(kind="figure", subject=metric, scope=f"unit:{key}", period=part.period)
    return len(gone) + len(changed)


def restrict(*, unit_key: str, period: Period, effect: Effect, basis: str, flex_max: int | None = None) -> str:
    """Close a unit's days, lower its share, or warn; `unit_key` "" is everybody. For figures no clause speaks of.

    `basis` says what it rests on. Gives the public id. Raises NoSuchSubject, ShareUnfit, ReasonMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.RESTRICT_UNITS)
    if not basis.strip():
        raise ReasonMissing
    lowers = effect == Effect.LOWER
    if lowers != (flex_max is not None) or (flex_max is not None and not 0 <= flex_max <= 100):
        raise ShareUnfit
    unit = Unit.objects.filter(key=unit_key).first()
    if unit_key and unit is None:
        raise NoSuchSubject(unit_key)
    made = Restriction.objects.create(
        unit=unit,
        effect=effect.value,
        flex_max=flex_max,
        basis=basis.strip(),
        period=as_range(period),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    announce(kind="restriction", subject=made.public_id, scope=_scope(made), period=period)
    facts: dict[str, str | int] = {"unit": unit_key, "effect": effect.value, **_days(period)}
    if flex_max is not None:
        facts["share"] = flex_max
    record(action="restriction.set", subject=made.public_id, facts=facts, basis=made.basis)
    return made.public_id


def lift_restriction(*, restriction_id: str, on: date, reason: str) -> None:
    """End a restriction that stands on its own from `on`; the days before keep it. Raises NoSuchRestriction,
    ReasonMissing."""
    access.require_whole(current().actor, Right.RESTRICT_UNITS)
    if not reason.strip():
        raise ReasonMissing
    found = Restriction.objects.filter(public_id=restriction_id, rule="").first()
    rows = locking.lock_rows({Restriction: [found.pk] if found else []}, names=[LOCK])[Restriction]
    row = next(iter(rows.values()), None)
    if not isinstance(row, Restriction) or row.superseded_at is not None or not period_of(row).overlaps(Period(on)):
        raise NoSuchRestriction(restriction_id)
    was = period_of(row)
    row.lifted_reason = reason.strip()
    cut([row], Period(on))
    ended = Period(max(on, was.start), was.end)
    announce(kind="restriction", subject=restriction_id, scope=_scope(row), period=ended)
    record(action="restriction.lifted", subject=restriction_id, facts=_days(ended), basis=reason.strip())


def _changed(metric: str, part: Told, units: Mapping[str, int]) -> list[Reported]:
    """Those figures that are not on record already for every day of the period."""
    here = [units[one.unit_key] for one in part.figures]
    rows = touching(DecisionFigure.objects.filter(metric=metric, unit_id__in=here), part.period)
    kept = {row.unit_id: row for row in rows if _covers(row, part.period)}
    found = []
    for one in part.figures:
        row = kept.get(units[one.unit_key])
        if row is None or (row.value, row.as_of, row.source) != (one.value, one.as_of, one.source):
            found.append(one)
    return found


def _covers(row: DecisionFigure, period: Period) -> bool:
    was = period_of(row)
    return was.start <= period.start and (was.end is None or (period.end is not None and period.end <= was.end))


def _scope(row: Restriction) -> str:
    return f"unit:{row.unit.key}" if row.unit else ""


def _days(period: Period) -> dict[str, str]:
    return {"since": period.start.isoformat(), "until": period.end.isoformat() if period.end else ""}
