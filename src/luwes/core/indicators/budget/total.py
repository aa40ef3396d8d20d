"""A government's total at one date, from its units and from its own total row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luwes.core.indicators.budget.figures import (
    TEPRA_MILESTONES,
    BudgetDataError,
    BudgetFigure,
    Milestone,
    share_pct,
    two_decimals,
)
from luwes.core.indicators.budget.pace import (
    DEFAULT_MARGIN,
    BudgetPace,
    Target,
    TargetBasis,
    judged,
    target_of,
)

# Units whose ceilings add up to the total row within this many points are the whole government.
COVERAGE_TOLERANCE = Decimal("0.5")


class HeadlineBasis(StrEnum):
    """Where the headline comes from: the source's own total row, or the sum of its units."""

    REPORTED = "reported"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """A government's headline and what its units add up to, never mixed.

    `coverage_pct` is the units' share of the headline's ceiling. The differences are headline −
    sum of units (rupiah, rupiah, points); they and `parts` are None when no units are listed, and
    the points also when a side has no denominator.
    """

    headline: BudgetPace
    headline_basis: HeadlineBasis
    parts: BudgetPace | None
    n_units: int
    coverage_pct: Decimal | None
    ceiling_difference: int | None
    realised_difference: int | None
    pct_difference: Decimal | None


def total(
    figures: Sequence[BudgetFigure],
    reported: BudgetFigure | None = None,
    *,
    unit: str = "TOTAL",
    margin: Decimal = DEFAULT_MARGIN,
    milestones: Sequence[Milestone] = TEPRA_MILESTONES,
) -> BudgetTotal:
    """Judge a government at one date; its own total row, when given, is the headline.

    The headline's target: the total row's own; else the units' targets weighted by ceiling, when
    the units are the whole government (COVERAGE_TOLERANCE); else the milestone due.
    `unit` names the sum. Raises BudgetDataError: nothing_to_total, dates_mixed, unit_twice.
    """
    _require_one_date(figures, reported)
    parts = _sum_of_units(figures, unit, margin, milestones) if figures else None
    if reported is None:
        if parts is None:
            raise BudgetDataError("nothing_to_total", "neither units nor a total row")
        headline, basis = parts, HeadlineBasis.SUM
    else:
        target = _headline_target(reported, parts, milestones)
        headline = judged(reported, target, margin=margin, milestones=milestones)
        basis = HeadlineBasis.REPORTED
    return _compared(headline, basis, parts, len(figures))


def _compared(headline: BudgetPace, basis: HeadlineBasis, parts: BudgetPace | None, n_units: int) -> BudgetTotal:
    if parts is None:
        return BudgetTotal(headline, basis, None, n_units, Decimal("0.00"), None, None, None)
    return BudgetTotal(
        headline=headline,
        headline_basis=basis,
        parts=parts,
        n_units=n_units,
        coverage_pct=share_pct(parts.figure.ceiling, headline.figure.ceiling),
        ceiling_difference=headline.figure.ceiling - parts.figure.ceiling,
        realised_difference=headline.figure.realised - parts.figure.realised,
        pct_difference=None if headline.pct is None or parts.pct is None else headline.pct - parts.pct,
    )


def _require_one_date(figures: Sequence[BudgetFigure], reported: BudgetFigure | None) -> None:
    rows = [*figures] if reported is None else [*figures, reported]
    moments: set[tuple[int, date]] = {(row.year, row.as_of) for row in rows}
    if len(moments) > 1:
        raise BudgetDataError("dates_mixed", ", ".join(f"{y}@{d}" for y, d in sorted(moments)))
    seen: set[str] = set()
    for row in rows:
        if row.unit in seen:
            raise BudgetDataError("unit_twice", row.unit)
        seen.add(row.unit)


def _sum_of_units(
    figures: Sequence[BudgetFigure], unit: str, margin: Decimal, milestones: Sequence[Milestone]
) -> BudgetPace:
    summed = BudgetFigure(
        unit=unit,
        as_of=figures[0].as_of,
        year=figures[0].year,
        ceiling=sum(one.ceiling for one in figures),
        realised=sum(one.realised for one in figures),
        physical_pct=_weighted([(one.physical_pct, one.ceiling) for one in figures]),
    )
    return judged(summed, _units_target(figures, milestones), margin=margin, milestones=milestones)


def _weighted(values: Sequence[tuple[Decimal | None, int]]) -> Decimal | None:
    # One funded unit without a value leaves the whole unknown: a mean of the rest would be a guess.
    whole = sum(ceiling for _, ceiling in values)
    known = [(value, ceiling) for value, ceiling in values if value is not None and ceiling]
    if whole == 0 or sum(ceiling for _, ceiling in known) != whole:
        return None
    return two_decimals(sum((value * ceiling for value, ceiling in known), Decimal(0)) / whole)


def _units_target(figures: Sequence[BudgetFigure], milestones: Sequence[Milestone]) -> Target | None:
    targets = [(target_of(one, milestones), one.ceiling) for one in figures]
    pct = _weighted([(None if target is None else target.pct, ceiling) for target, ceiling in targets])
    if pct is None:
        return None
    used = {target for target, ceiling in targets if ceiling and target is not None}
    return used.pop() if len(used) == 1 else Target(pct, TargetBasis.WEIGHTED)


def _headline_target(
    reported: BudgetFigure, parts: BudgetPace | None, milestones: Sequence[Milestone]
) -> Target | None:
    if reported.own_target_pct is None and parts is not None and parts.target is not None:
        covered = share_pct(parts.figure.ceiling, reported.ceiling)
        if covered is not None and abs(covered - 100) <= COVERAGE_TOLERANCE:
            return parts.target
    return target_of(reported, milestones)
