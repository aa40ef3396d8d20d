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
from luwes.apps.attendance.queries import PresenceLine
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting.form_queries import HeadCount, head_counts
from luwes.apps.reporting.tellable import Tellable
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators import suppress
from luwes.core.indicators.realised import Chosen, Realised, Source, choose
from luwes.core.indicators.sums import ratio
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY

# Planned flexible half days, half days planned on duty, and the days they were planned for.
Plan = tuple[int, int, int]
# What a source says, and of how many people on a usual day.
Said = tuple[Realised, int]
KINDS = (DayKind.FLEXIBLE, DayKind.OTHER)
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class RealisedLine:
    """A unit with all below it on the days of one kind (None: all of the month); `chosen` None: nothing tells.

    `planners` people stand behind the plan and `people` behind what was chosen, on a usual day.
    """

    unit: UnitRow
    kind: DayKind | None
    plan: Plan
    planners: int
    chosen: Chosen | None
    people: int

    @property
    def planned(self) -> Fraction | None:
        """The share that was planned; None where nothing was, and for fewer than five people."""
        return None if suppress.hides(self.planners) else ratio(self.plan[0], self.plan[1])

    @property
    def real(self) -> Fraction | None:
        """The share that is known; None where nothing tells, and for fewer than five people."""
        return None if self.chosen is None or suppress.hides(self.people) else self.chosen.figure.share


def realised_shown(told: Tellable, line: RealisedLine) -> tuple[Fraction | None, Fraction | None]:
    """The planned and the real share of a line, each None where it is hidden of its unit."""
    kinds = line.kind is not None
    punched = line.chosen is not None and Source.PUNCHES in line.chosen.figure.sources
    no_plan = told.plans.hides(line.unit.key, kinds=kinds)
    # A recap and a head speak of the people who are planned.
    no_real = told.presence.hides(line.unit.key, kinds=kinds) if punched else no_plan
    return None if no_plan else line.planned, None if no_real else line.real


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
        for kind in (None, *KINDS):
            plan = _plan(plans[unit.pk], kind)
            said: dict[Source, Said] = {}
            if unit.key in punched:
                said[Source.PUNCHES] = _punched(punched[unit.key], kind)
            if kind is None and unit.pk in recaps:
                flexible, present, people = recaps[unit.pk]
                said[Source.RECAP] = _of(Source.RECAP, flexible, present, plan), people
            if unit.pk in counted:
                said[Source.HEAD] = _counted(counted[unit.pk], kind, month, plan)
            chosen = choose([(source, figure) for source, (figure, _people) in said.items()])
            if chosen is not None or plan[1]:
                people = said[next(iter(chosen.figure.sources))][1] if chosen else 0
                found.append(RealisedLine(unit, kind, plan, suppress.people(plan[1], 2 * plan[2]), chosen, people))
    return found


def _of(source: Source, flexible: int, on_duty: int, plan: Plan) -> Realised:
    return Realised(frozenset({source}), on_duty, flexible, 0, plan[0], plan[1])


def _plans(month: date, pks: Sequence[int]) -> Mapping[int, Mapping[DayKind, Plan]]:
    found: dict[int, dict[DayKind, Plan]] = defaultdict(lambda: defaultdict(lambda: (0, 0, 0)))
    rows = ExposureDay.objects.filter(unit__in=pks, day__gte=month, day__lte=month_end(month))
    for unit, kind, flexible, on_duty in rows.values_list("unit_id", "kind", "flexible", "on_duty"):
        if unit is not None:
            before = found[unit][DayKind(kind)]
            found[unit][DayKind(kind)] = (before[0] + flexible, before[1] + on_duty, before[2] + (on_duty > 0))
    return found


def _plan(plans: Mapping[DayKind, Plan], kind: DayKind | None) -> Plan:
    wanted = [plans[each] for each in DayKind] if kind is None else [plans[kind]]
    return sum(one[0] for one in wanted), sum(one[1] for one in wanted), sum(one[2] for one in wanted)


def _punched(lines: Mapping[DayKind, PresenceLine], kind: DayKind | None) -> Said:
    asked = [lines[each] for each in DayKind] if kind is None else [lines[kind]]
    figure = reduce(add, (line.realised for line in asked))
    return figure, suppress.people(figure.on_duty, sum(line.known for line in asked))


def _recaps(month: date, units: Sequence[UnitRow], tree: Sequence[UnitRow]) -> Mapping[int, tuple[int, int, int]]:
    """Days away, days present and people by unit, of the rows that say the days and can be."""
    pks = {row.key: row.pk for row in tree}
    above = {pks[key]: unit.pk for unit in units for key in below(unit.key, tree)}
    found: dict[int, tuple[int, int, int]] = {}
    rows = RecapRow.objects.filter(superseded_at=None, month=month, unit__in=above)
    rows = rows.exclude(flexible_days=None).exclude(present=None)
    for unit, flexible, present, staff in rows.values_list("unit_id", "flexible_days", "present", "staff"):
        if flexible is not None and present is not None and flexible <= present:
            away, there, people = found.get(above[unit], (0, 0, 0))
            found[above[unit]] = (away + flexible, there + present, people + staff)
    return found


def _counted(head: HeadCount, kind: DayKind | None, month: date, plan: Plan) -> Said:
    flexible, other = (head.flexible_elsewhere, head.flexible_on_duty), (head.other_elsewhere, head.other_on_duty)
    both = (flexible[0] + other[0], flexible[1] + other[1])
    away, on_duty = both if kind is None else flexible if kind is DayKind.FLEXIBLE else other
    # The head says no number of days: there were at most as many as the month has without its Sundays.
    days = sum((month + n * DAY).weekday() != SUNDAY for n in range(month_end(month).day))
    return _of(Source.HEAD, away, on_duty, plan), suppress.people(both[1], days)
