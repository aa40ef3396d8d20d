"""Everything a monthly report stands on, read once: sums of one unit with all below it, or of the whole government."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luwes.apps.attendance import queries as attendance
from luwes.apps.attendance.queries import PresenceLine
from luwes.apps.evaluation.queries import RunRow
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.people.programmes.queries import ProgramRow, programs
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import form_queries
from luwes.apps.reporting.form_queries import BoardRow, FormState
from luwes.apps.reporting.heard import services_heard
from luwes.apps.reporting.impact import found_by
from luwes.apps.reporting.realised import RealisedLine, realised_month
from luwes.apps.reporting.standards import ServiceStandard, standards
from luwes.apps.reporting.tellable import Tellable, tellable
from luwes.apps.results import queries as budget
from luwes.apps.results import work_queries
from luwes.apps.results.models.bills import Utility
from luwes.apps.results.queries import BudgetFact
from luwes.apps.results.service_queries import ServiceMonth
from luwes.apps.results.services import complaints
from luwes.apps.results.work_queries import Used
from luwes.apps.sources import breaks
from luwes.apps.sources.breaks import BreakRow
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.complaints import ComplaintSums
from luwes.core.indicators.energy import change
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.suppress import Suppressed, hides
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY, Period


@dataclass(frozen=True, slots=True)
class Meters:
    """One utility in the month; `change` compares with the same month of last year over units with both bills whole.

    `compared` counts those units. `quantity_milli` in thousandths of the utility's unit.
    """

    utility: Utility
    quantity_milli: Fraction
    rupiah: Fraction | None
    units: int
    unfinished: int
    compared: int
    change: Fraction | None


@dataclass(frozen=True, slots=True)
class MonthlyFacts:
    """The facts of one month. `unit` None is the whole government; `keys` and `pks` are the units it speaks of.

    `impact` is what an evaluation of the whole government found by then; it says nothing of one unit alone.
    `form` is what a perangkat daerah filled in itself, `board` (of the whole government) how far all of them are.
    """

    unit: UnitRow | None
    government: UnitRow | None
    month: date
    today: date
    keys: frozenset[str]
    pks: frozenset[int]
    standards: Sequence[ServiceStandard]
    services: Sequence[ServiceMonth]
    presence: Mapping[DayKind, PresenceLine]
    realised: Sequence[RealisedLine]
    told: Tellable
    outputs: Mapping[str, OutputSums | Suppressed]
    complaints: ComplaintSums | None
    meters: Sequence[Meters]
    budget: Sequence[BudgetFact]
    programs: Sequence[ProgramRow]
    breaks: Sequence[BreakRow]
    form: FormState | None
    board: Sequence[BoardRow]
    impact: RunRow | None

    @property
    def key(self) -> str:
        """The unit's key, or the government's."""
        return self.told.top if self.unit is None else self.unit.key

    @property
    def complaints_hidden(self) -> bool:
        """Whether there are complaints whose number is not told."""
        return self.complaints is not None and (hides(self.complaints.total) or not self.told.complaints_told(self.key))

    @property
    def end(self) -> date:
        """The first day after the month."""
        return next_month(self.month)

    @property
    def over(self) -> bool:
        """Whether the month has ended."""
        return self.today >= self.end


def read(unit_key: str, month: date, today: date) -> MonthlyFacts:
    """The facts of a unit ("": the whole government) in the month that begins on `month`; about 35 queries."""
    end = next_month(month)
    # Units are taken as they stood when the month ended, or as they stand while it runs.
    day = min(end - DAY, max(today, month))
    tree = people.units_on(day)
    keys = frozenset(below(unit_key, tree) if unit_key else {row.key for row in tree})
    rows = [row for row in tree if row.key in keys]
    pks = frozenset(row.pk for row in rows)
    above = None if not unit_key else {*keys, *people.above(unit_key, day)}
    unit = people.unit_on(unit_key, day) if unit_key else None
    told = tellable(month, today)
    hidden = told.hidden_labels(unit_key)
    recaps = [found for (pk, _month), found in complaints.sums([month]).items() if pk in pks]
    return MonthlyFacts(
        unit=unit,
        government=people.government(day),
        month=month,
        today=today,
        keys=keys,
        pks=pks,
        standards=standards(month, until=today, owners=keys),
        services=services_heard(month, pks),
        presence=attendance.presence_month(unit_key, month),
        realised=realised_month(month, [unit] if unit else [row for row in tree if row.kind == UnitKind.AGENCY], tree),
        told=told,
        outputs={
            label: Suppressed() if label in hidden else one
            for label, one in work_queries.outputs_by_label(month, end, pks).items()
        },
        complaints=sum(recaps, ComplaintSums()) if recaps else None,
        meters=[found for utility in Utility if (found := _meters(utility, month, pks)) is not None],
        budget=_budget(keys, end - DAY, month.year),
        programs=[
            row
            for row in programs()
            if row.facts.period.overlaps(Period(month, end)) and keys & {row.facts.owner, *row.facts.team}
        ],
        breaks=breaks.breaks(KINDS, above, _year_before(month), end),
        form=form_queries.form_of(unit, month) if unit is not None and unit.kind == UnitKind.AGENCY else None,
        board=[] if unit_key else form_queries.board(month, today),
        impact=None if unit_key else found_by(month),
    )


# The kinds of file whose figures this report and the page of a unit show.
KINDS = ("budget", "tickets", "queue", "survey", "complaints", "openings", "punches", "outputs", "bills", "flexdays")


def _year_before(month: date) -> date:
    return month.replace(year=month.year - 1)


def _budget(keys: frozenset[str], last: date, year: int) -> Sequence[BudgetFact]:
    """The newest figures of the year by the month's end; a unit that did not report on that date is absent."""
    newest = next((one for one in budget.budget_dates() if one.as_of <= last and one.year == year), None)
    if newest is None:
        return []
    return [fact for fact in budget.budget_on(newest.as_of, newest.year) if fact.unit_key in keys]


def _meters(utility: Utility, month: date, pks: frozenset[int]) -> Meters | None:
    before = _year_before(month)
    used = work_queries.used(utility.value, [before, month], pks)
    now = {pk: found for (pk, at), found in used.items() if at == month}
    last = {pk: found for (pk, at), found in used.items() if at == before}
    if not now:
        return None
    both = [pk for pk in now if pk in last and _whole(now[pk]) and _whole(last[pk])]
    priced = [found.rupiah for found in now.values() if found.rupiah is not None]
    return Meters(
        utility=utility,
        quantity_milli=sum((found.quantity_milli for found in now.values()), Fraction(0)),
        rupiah=sum(priced, Fraction(0)) if len(priced) == len(now) else None,
        units=len(now),
        unfinished=sum(not _whole(found) for found in now.values()),
        compared=len(both),
        change=change(
            sum((last[pk].quantity_milli for pk in both), Fraction(0)),
            sum((now[pk].quantity_milli for pk in both), Fraction(0)),
        ),
    )


def _whole(used: Used) -> bool:
    return used.billed_days >= used.days
