"""Telling policy what a rulebook may ask of a unit: its budget pace, and whether its figures keep arriving.

Metrics a rulebook can name: "budget_pace" in a guard, the deviation from the target in points (negative: behind);
"budget" and "outputs" in a data clause. Of a month that has begun nothing is told anew: what was known the night
before it began stands, and a unit that sends its figures late has its days again from the next month on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import UnitRow
from luwes.apps.policy import queries as policy
from luwes.apps.policy.actions.restricting import Followed, Reported, Told, report_figures
from luwes.apps.policy.queries import ARRIVED
from luwes.apps.results import queries as results
from luwes.apps.results import work_queries
from luwes.apps.results.queries import BudgetFact
from luwes.core.indicators.budget import pace
from luwes.core.workdays.months import month_before, month_end, next_month
from luwes.core.workdays.periods import DAY, Period

PACE = "budget_pace"
BUDGET, OUTPUTS = f"{ARRIVED}budget", f"{ARRIVED}outputs"
METRICS = (PACE, BUDGET, OUTPUTS)
# A recap comes monthly; an older figure says nothing of how the unit stands.
STALE_DAYS = 45


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest budget figure of a unit that has come."""

    fact: BudgetFact

    @property
    def source(self) -> str:
        """The file behind it, by its opaque id and row."""
        return f"{self.fact.batch_id}/{self.fact.row_number}"


def tell(*, metric: str, today: date, now: datetime) -> Followed:
    """Report one metric for next month, and for this month where nothing was said of a unit yet.

    Dates decide, so a missed night is made up for by the next. Policy takes its locks once, so each metric is told
    in a unit of work of its own.
    """
    coming = next_month(today)
    told = _figures(metric, today)
    # Looked at a day at a time this month: a unit is new to it when policy knows nothing of it today.
    silent = _silent(metric, [one.unit_key for one in told], today, now)
    spans = [Told(Period(coming, next_month(coming)), told, whole=True)]
    if silent:
        spans.append(Told(Period(today, coming), [one for one in told if one.unit_key in silent]))
    return report_figures(metric=metric, told=spans)


def _figures(metric: str, today: date) -> Sequence[Reported]:
    units = people.units_on(today)
    if metric == PACE:
        return _pace(today)
    if metric == BUDGET:
        return _budget_arrived(units, today)
    return _outputs_arrived(units, today)


def _pace(today: date) -> Sequence[Reported]:
    """Units whose figure is fresh and has a target; of the others nothing is known, which never lets pass."""
    found = []
    for key, newest in _newest(today).items():
        deviation = pace(newest.fact.figure).deviation
        as_of = newest.fact.figure.as_of
        if deviation is not None and (today - as_of).days <= STALE_DAYS:
            found.append(Reported(key, float(deviation), as_of, newest.source))
    return found


def _budget_arrived(units: Sequence[UnitRow], today: date) -> Sequence[Reported]:
    """Every perangkat daerah, and every other unit that reports for itself."""
    newest = _newest(today)
    since = month_before(today)
    came = {key for key, one in newest.items() if one.fact.figure.as_of >= since}
    expected = {one.key for one in units if one.kind == UnitKind.AGENCY} | (set(newest) & {one.key for one in units})
    arrived = _arrived(came, set(newest), units)
    return [_arrival(key, arrived, newest.get(key)) for key in sorted(expected)]


def _outputs_arrived(units: Sequence[UnitRow], today: date) -> Sequence[Reported]:
    """Every unit: whether results of work of last month or this one have come from it."""
    keys = {one.pk: one.key for one in units}
    came = {keys[pk] for pk in work_queries.units_with_outputs(month_before(today), today + DAY) if pk in keys}
    ever = {keys[pk] for pk in work_queries.units_with_outputs(today - 365 * DAY, today + DAY) if pk in keys}
    arrived = _arrived(came, ever, units)
    return [_arrival(key, arrived, None) for key in sorted(keys.values())]


def _arrival(key: str, arrived: Collection[str], newest: Newest | None) -> Reported:
    as_of = newest.fact.figure.as_of if newest else None
    return Reported(key, 1.0 if key in arrived else 0.0, as_of, newest.source if newest else "")


def _arrived(came: set[str], own: set[str], units: Sequence[UnitRow]) -> set[str]:
    """Units whose own figures came; of a unit that never had any of its own, those of a unit below it will do."""
    parents = {one.key: one.parent_key for one in units}
    found = set(came)
    for start in came:
        key, seen = parents.get(start, ""), {start}
        while key and key not in seen:
            seen.add(key)
            if key not in own:
                found.add(key)
            key = parents.get(key, "")
    return found


def _newest(today: date) -> Mapping[str, Newest]:
    """The newest figure of each unit that has come, of this budget year or the one before."""
    found: dict[str, Newest] = {}
    for one in reversed(results.budget_dates()):
        if one.as_of <= today and one.year >= today.year - 1:
            for fact in results.budget_on(one.as_of, one.year):
                found[fact.unit_key] = Newest(fact)
    return found


def _silent(metric: str, keys: Collection[str], today: date, now: datetime) -> set[str]:
    """Those units of which policy knows nothing for today."""
    known = policy.unit_facts(keys, today, month_end(today), now)

    def said(facts: policy.UnitFacts) -> bool:
        dated = [*facts.tags, *facts.late]
        return metric in facts.measures(today) or any(one.name == metric and one.holds(today) for one in dated)

    return {key for key in keys if key not in known or not said(known[key])}
