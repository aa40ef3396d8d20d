"""What the guards and data clauses in force make of the figures on record: restrictions that follow a clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import queries as people
from luwes.apps.people.dated import as_range
from luwes.apps.policy import queries
from luwes.apps.policy.changes import announce
from luwes.apps.policy.models import DecisionFigure, Effect, Restriction
from luwes.apps.policy.queries import ARRIVED
from luwes.apps.policy.rows import period_of, touching
from luwes.core.policy.clauses import Clause, Data, Guard
from luwes.core.policy.facts import matches
from luwes.core.policy.stack import Held, Rules
from luwes.core.workdays.periods import DAY, Period

EFFECTS = {"warn": Effect.WARN, "refuse": Effect.CLOSE, "quota": Effect.LOWER}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A restriction that should be on record."""

    unit: int
    unit_key: str
    rule: str
    effect: str
    flex_max: int | None
    figure: int
    period: Period
    basis: str

    @property
    def same(self) -> tuple[Any, ...]:
        """What makes two of them one."""
        return self.unit, self.rule, self.effect, self.flex_max, self.figure, self.period


def follow_figures(*, metric: str, period: Period) -> tuple[int, int]:
    """Bring the restrictions of one metric into line with its figures and the clauses; how many began and ended.

    Of an open period only its first month is looked at: figures are renewed every month.
    """
    wanted = {one.same: one for one in _wanted(metric, period)}
    rows = list(
        touching(Restriction.objects.filter(figure__metric=metric).exclude(rule=""), period).select_related("unit")
    )
    kept = {_same(row): row for row in rows}
    now = current().now
    ended = [row for key, row in kept.items() if key not in wanted]
    Restriction.objects.filter(pk__in=[row.pk for row in ended]).update(superseded_at=now)
    began = [one for key, one in wanted.items() if key not in kept]
    Restriction.objects.bulk_create(
        Restriction(
            unit_id=one.unit,
            effect=one.effect,
            flex_max=one.flex_max,
            rule=one.rule,
            figure_id=one.figure,
            basis=one.basis,
            period=as_range(one.period),
            recorded_by=current().actor.id,
            recorded_at=now,
        )
        for one in began
    )
    for row in ended:
        key = row.unit.key if row.unit else ""
        announce(kind="restriction", subject=row.rule, scope=f"unit:{key}", period=period_of(row))
    for one in began:
        announce(kind="restriction", subject=one.rule, scope=f"unit:{one.unit_key}", period=one.period)
    return len(began), len(ended)


def _wanted(metric: str, period: Period) -> Iterator[Wanted]:
    days = _days(period)
    rules = queries.rules(days[0], current().now, until=days[-1])
    spans = _spans(rules, days, metric)
    if not spans:
        return
    above = _above(days[0])
    rows = touching(DecisionFigure.objects.filter(metric=metric), period).select_related("unit").order_by("pk")
    for row in rows:
        tags = frozenset(f"unit:{key}" for key in above.get(row.unit.key, (row.unit.key,)))
        for held, span in spans:
            clause = held.clause
            # Only units by their keys are looked at: a clause about some of its people restricts the unit too.
            asked = (*clause.who.any, *clause.who.all, *clause.who.none)
            unknown = frozenset(tag for tag in asked if tag.removeprefix("unit:") not in above)
            both = _meet(period_of(row), span)
            if both is None or matches(clause.who, tags, unknown) is False:
                continue
            broken = _broken(clause, row)
            if broken is not None:
                effect, share = broken
                yield Wanted(row.unit_id, row.unit.key, held.rule, effect, share, row.pk, both, clause.basis)


def _broken(clause: Clause, row: DecisionFigure) -> tuple[str, int | None] | None:
    """What the clause does about the figure; None where it does nothing."""
    if isinstance(clause, Data):
        return None if row.value else (Effect.CLOSE.value, None)
    if isinstance(clause, Guard) and row.value < clause.below:
        return EFFECTS[clause.effect].value, clause.flex_max if clause.effect == "quota" else None
    return None


def _spans(rules: Rules, days: list[date], metric: str) -> list[tuple[Held, Period]]:
    """The clauses that speak of the metric, each with every run of days it holds."""
    runs: list[tuple[Held, Period]] = []
    open_runs: dict[Held, date] = {}
    for day in days:
        held = {one for one in rules.on(day).held if one.enforced and _speaks(one.clause, metric)}
        for one in open_runs.keys() - held:
            runs.append((one, Period(open_runs.pop(one), day)))
        for one in held:
            open_runs.setdefault(one, day)
    runs += [(one, Period(first, days[-1] + DAY)) for one, first in open_runs.items()]
    return sorted(runs, key=lambda run: (run[0].rule, run[1].start))


def _speaks(clause: Clause, metric: str) -> bool:
    if isinstance(clause, Data):
        return metric.startswith(ARRIVED) and metric.removeprefix(ARRIVED) in clause.facts
    return isinstance(clause, Guard) and clause.metric == metric


def _days(period: Period) -> list[date]:
    """The days of the period, at most a month and a day."""
    last = period.last or period.start + 31 * DAY
    return [period.start + step * DAY for step in range(min((last - period.start).days, 31) + 1)]


def _meet(one: Period, other: Period) -> Period | None:
    if not one.overlaps(other):
        return None
    ends = [end for end in (one.end, other.end) if end is not None]
    return Period(max(one.start, other.start), min(ends, default=None))


def _above(day: date) -> dict[str, list[str]]:
    """Every unit of the day with those above it, in one query."""
    parents = {row.key: row.parent_key for row in people.units_on(day)}
    found: dict[str, list[str]] = {}
    for start in parents:
        key, chain = start, list[str]()
        while key in parents and key not in chain:
            chain.append(key)
            key = parents[key]
        found[start] = chain
    return found


def _same(row: Restriction) -> tuple[Any, ...]:
    return row.unit_id, row.rule, row.effect, row.flex_max, row.figure_id, period_of(row)
