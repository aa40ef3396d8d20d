"""How flexible the days of each unit really were, beside the plan, by the best evidence there is and named by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add

from luwes.apps.attendance import queries as attendance
from luwes.apps.attendance.models import RecapRow
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting.form_queries import HeadCount, head_counts
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.realised import Chosen, Realised, Source, choose
from luwes.core.indicators.sums import ratio
from luwes.core.workdays.months import month_end

# Planned flexible half days, and half days planned on duty.
Plan = tuple[int, int]
KINDS = (DayKind.FLEXIBLE, DayKind.OTHER)


@dataclass(frozen=True, slots=True)
class RealisedLine:
    """A unit with all below it on the days of one kind (None: all of the month); `chosen` None: nothing tells."""

    unit: UnitRow
    kind: DayKind | None
    plan: Plan
    chosen: Chosen | None

    @property
    def planned(self) -> Fraction | None:
        """The share that was planned; None where nothing was."""
        return ratio(*self.plan)


def realised_month(month: date, units: Sequence[UnitRow], tree: Sequence[UnitRow]) -> Sequence[RealisedLine]:
    """Each of these units: the whole month, then flexible and other days; units without plan or evidence are left out.

    A recap does not say on which kind of day somebody was away, so it speaks of the whole month alone.
    """
    pks = [unit.pk for unit in units]
    plans = _plans(month, pks)
    punched = attendance.presence_months(month, [unit.key for unit in units])
    counted, recaps = head_counts(month, pks), _recaps(month, units, tree)
    found = []
    for unit in units:
        lines = {kind: punched[unit.key][kind].realised for kind in DayKind} if unit.key in punched else {}
        head = counted.get(unit.pk)
        for kind in (None, *KINDS):
            plan = _plan(plans[unit.pk], kind)
            sources: list[tuple[Source, Realised]] = []
            if lines:
                sources.append((Source.PUNCHES, lines[kind] if kind else reduce(add, lines.values())))
            if kind is None and unit.pk in recaps:
                flexible, present = recaps[unit.pk]
                sources.append((Source.RECAP, _of(Source.RECAP, flexible, present, plan)))
            if head is not None:
                sources.append((Source.HEAD, _of(Source.HEAD, *_counted(head, kind), plan)))
            chosen = choose(sources)
            if chosen is not None or plan[1]:
                found.append(RealisedLine(unit, kind, plan, chosen))
    return found


def _of(source: Source, flexible: int, on_duty: int, plan: Plan) -> Realised:
    return Realised(frozenset({source}), on_duty, flexible, 0, *plan)


def _plans(month: date, pks: Sequence[int]) -> Mapping[int, Mapping[DayKind, Plan]]:
    found: dict[int, dict[DayKind, Plan]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    rows = ExposureDay.objects.filter(unit__in=pks, day__gte=month, day__lte=month_end(month))
    for unit, kind, flexible, on_duty in rows.values_list("unit_id", "kind", "flexible", "on_duty"):
        if unit is not None:
            before = found[unit][DayKind(kind)]
            found[unit][DayKind(kind)] = (before[0] + flexible, before[1] + on_duty)
    return found


def _plan(plans: Mapping[DayKind, Plan], kind: DayKind | None) -> Plan:
    wanted = [plans[each] for each in DayKind] if kind is None else [plans[kind]]
    return sum(one[0] for one in wanted), sum(one[1] for one in wanted)


def _recaps(month: date, units: Sequence[UnitRow], tree: Sequence[UnitRow]) -> Mapping[int, Plan]:
    """Days away and days present by unit, of the rows that say both and can be."""
    pks = {row.key: row.pk for row in tree}
    above = {pks[key]: unit.pk for unit in units for key in below(unit.key, tree)}
    found: dict[int, Plan] = {}
    rows = RecapRow.objects.filter(superseded_at=None, month=month, unit__in=above)
    for unit, flexible, present in (
        rows.exclude(flexible_days=None).exclude(present=None).values_list("unit_id", "flexible_days", "present")
    ):
        if flexible is not None and present is not None and flexible <= present:
            away, there = found.get(above[unit], (0, 0))
            found[above[unit]] = (away + flexible, there + present)
    return found


def _counted(head: HeadCount, kind: DayKind | None) -> Plan:
    flexible, other = (head.flexible_elsewhere, head.flexible_on_duty), (head.other_elsewhere, head.other_on_duty)
    if kind is None:
        return flexible[0] + other[0], flexible[1] + other[1]
    return flexible if kind is DayKind.FLEXIBLE else other
