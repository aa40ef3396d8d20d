"""Reads of results of work and of running cost, on which reports stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import BigIntegerField, Count, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncMonth

from luwes.apps.people.models import UnitKind, UnitVersion
from luwes.apps.results import outputs_store
from luwes.apps.results.models import Bill, BudgetRow, OutputRow, UnitFigure
from luwes.apps.sources.kinds import Coverage
from luwes.core.indicators.energy import part_in
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.suppress import Suppressed, shown
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY, Period

# What the stored sums of results hold, besides the persons.
ADDED = ("count", "targeted", "target", "quality", "rated")


@dataclass(frozen=True, slots=True)
class OutputDay:
    """Results of one unit on one day, or (`monthly`) in the month that begins on it; `persons` who had any.

    `sums` has no staff-days: those come from the planned days of all staff.
    """

    unit_pk: int
    day: date
    monthly: bool
    sums: OutputSums
    persons: int


def outputs(since: date, until: date, unit_pks: Collection[int] | None = None) -> Sequence[OutputDay]:
    """The sums per unit and day in [since, until), daily and monthly apart; None: every unit."""
    rows = UnitFigure.objects.filter(
        measure__in=(outputs_store.DAILY, outputs_store.MONTHLY), day__gte=since, day__lt=until
    )
    if unit_pks is not None:
        rows = rows.filter(unit__in=unit_pks)
    return [_output_day(row) for row in rows.order_by("day", "unit", "measure")]


def units_with_outputs(since: date, until: date) -> set[int]:
    """The units that have any results in [since, until)."""
    rows = UnitFigure.objects.filter(
        measure__in=(outputs_store.DAILY, outputs_store.MONTHLY), day__gte=since, day__lt=until
    )
    return set(rows.values_list("unit_id", flat=True).distinct())


def outputs_total(since: date, until: date, unit_pks: Collection[int] | None = None) -> tuple[OutputSums, int] | None:
    """All results in [since, until) in one sum, and how many units have any; None without results. None: every unit."""
    rows = UnitFigure.objects.filter(
        measure__in=(outputs_store.DAILY, outputs_store.MONTHLY), day__gte=since, day__lt=until
    )
    if unit_pks is not None:
        rows = rows.filter(unit__in=unit_pks)
    added = {name: Sum(Cast(KT(f"sums__{name}"), BigIntegerField())) for name in ADDED}
    found = rows.aggregate(units=Count("unit", distinct=True), **added)
    if not found["units"]:
        return None
    return OutputSums(**{name: found[name] or 0 for name in ADDED}), found["units"]


def _output_day(row: UnitFigure) -> OutputDay:
    sums = dict(row.sums)
    persons = int(sums.pop("persons"))
    return OutputDay(row.unit_id, row.day, row.measure == outputs_store.MONTHLY, OutputSums(**sums), persons)


def outputs_by_label(since: date, until: date, unit_pks: Collection[int]) -> Mapping[str, OutputSums | Suppressed]:
    """Results by their label in [since, until): different kinds of result do not add. Daily and monthly rows alike.

    Results of fewer than five people are suppressed; a file that speaks of units as a whole names none.
    """
    rows = outputs_store.counted().filter(unit__in=unit_pks, since__gte=since, since__lt=until)
    return {
        row["label"]: shown(
            row["persons"],
            OutputSums(row["all"], row["targeted"], row["target_sum"], row["quality_sum"], row["rated"]),
        )
        for row in outputs_store.summed(rows, "label")
    }


@dataclass(frozen=True, slots=True)
class Used:
    """What the meters of one unit counted in one month, prorated exactly by calendar days.

    `quantity_milli` in thousandths of kWh, m³, GB or litre; `rupiah` None where a bill states no amount.
    `billed_days` of `days` are covered by a bill of every meter that has one in the month: fewer means not all
    has come.
    """

    quantity_milli: Fraction
    rupiah: Fraction | None
    billed_days: int
    days: int
    meters: int


def used(
    utility: str, months: Sequence[date], unit_pks: Collection[int] | None = None
) -> Mapping[tuple[int, date], Used]:
    """Month sums by (unit pk, first day of month) of one utility; a month without a bill is absent, never zero."""
    if not months:
        return {}
    rows = Bill.objects.filter(
        superseded_at=None, utility=utility, since__lt=next_month(max(months)), until__gt=min(months)
    )
    if unit_pks is not None:
        rows = rows.filter(unit__in=unit_pks)
    grouped: dict[tuple[int, date], list[Bill]] = {}
    for bill in rows.order_by("pk"):
        for month in months:
            if bill.since < next_month(month) and month < bill.until:
                grouped.setdefault((bill.unit_id, month), []).append(bill)
    return {key: _used(bills, key[1]) for key, bills in grouped.items()}


def _used(bills: Sequence[Bill], month: date) -> Used:
    span = Period(month, next_month(month))
    quantity, rupiah = Fraction(0), Fraction(0)
    priced = True
    covered: dict[str, int] = {}
    for bill in bills:
        period = Period(bill.since, bill.until)
        quantity += part_in(period, bill.quantity_milli, span)
        priced = priced and bill.rupiah is not None
        rupiah += part_in(period, bill.rupiah or 0, span)
        days = (min(bill.until, next_month(month)) - max(bill.since, month)).days
        covered[bill.meter] = covered.get(bill.meter, 0) + days
    return Used(
        quantity_milli=quantity,
        rupiah=rupiah if priced else None,
        billed_days=min(covered.values()),
        days=(next_month(month) - month).days,
        meters=len(covered),
    )


def outputs_coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah have results of themselves or of a unit below, by month."""
    span = (min(months), next_month(max(months)))
    rows = OutputRow.objects.filter(superseded_at=None, since__gte=span[0], since__lt=span[1])
    having: dict[date, set[int]] = {}
    for unit, month in rows.annotate(month=TruncMonth("since")).values_list("unit_id", "month").distinct():
        having.setdefault(month, set()).add(unit)
    return agencies(months, having)


def budget_coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah have a budget figure as of a day of the month."""
    rows = BudgetRow.objects.filter(superseded_at=None, as_of__gte=min(months), as_of__lt=next_month(max(months)))
    having: dict[date, set[int]] = {}
    for unit, as_of in rows.values_list("unit_id", "as_of").distinct():
        having.setdefault(as_of.replace(day=1), set()).add(unit)
    return agencies(months, having)


def bills_coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah have an electricity, water, data or fuel bill in the month, themselves or below."""
    rows = Bill.objects.filter(superseded_at=None, since__lt=next_month(max(months)), until__gt=min(months))
    having: dict[date, set[int]] = {}
    for unit, since, until in rows.values_list("unit_id", "since", "until"):
        for month in months:
            if since < next_month(month) and month < until:
                having.setdefault(month, set()).add(unit)
    return agencies(months, having)


def agencies(months: Sequence[date], having: Mapping[date, Collection[int]]) -> Mapping[date, Coverage]:
    """Count the agencies standing at the end of each month, and those with anything at or below them."""
    versions = list(
        UnitVersion.objects.filter(superseded_at=None).values_list("unit_id", "parent_id", "kind", "period")
    )
    found: dict[date, Coverage] = {}
    for month in months:
        last = next_month(month) - DAY
        standing = {
            unit: (parent, kind)
            for unit, parent, kind, period in versions
            if period.lower <= last and (period.upper is None or last < period.upper)
        }
        agencies = {unit for unit, (_, kind) in standing.items() if kind == UnitKind.AGENCY}
        have = {_agency(unit, standing) for unit in having.get(month, ())} & agencies
        found[month] = Coverage(len(have), len(agencies))
    return found


def _agency(unit: int, standing: Mapping[int, tuple[int | None, str]]) -> int | None:
    """The perangkat daerah a unit belongs to, itself or above."""
    at: int | None = unit
    seen: set[int] = set()
    while at is not None and at in standing and at not in seen:
        seen.add(at)
        parent, kind = standing[at]
        if kind == UnitKind.AGENCY:
            return at
        at = parent
    return None
