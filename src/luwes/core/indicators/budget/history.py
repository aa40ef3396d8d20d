"""One unit over several dates, across changes of its ceiling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from luwes.core.indicators.budget.figures import BudgetDataError, BudgetFigure, share_pct
from luwes.core.indicators.budget.pace import pace


@dataclass(frozen=True, slots=True)
class RebasedPoint:
    """One date: `pct` of the ceiling of that date (as `pace` gives it), `pct_of_latest` of the latest.

    Only `pct_of_latest` may be compared or joined by a line when `Rebased.ceiling_changed`.
    `realised_fell`: less was realised than at the date before, which asks for a reason.
    """

    as_of: date
    ceiling: int
    realised: int
    pct: Decimal | None
    pct_of_latest: Decimal | None
    realised_fell: bool


@dataclass(frozen=True, slots=True)
class CeilingChange:
    """The ceiling found at `as_of` differs from the one at `previous_as_of`; change in percent."""

    previous_as_of: date
    as_of: date
    before: int
    after: int
    change_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class Rebased:
    """A unit's year, oldest date first."""

    unit: str
    year: int
    latest_ceiling: int
    points: tuple[RebasedPoint, ...]
    changes: tuple[CeilingChange, ...]

    @property
    def ceiling_changed(self) -> bool:
        """Whether percentages of different dates have different denominators."""
        return bool(self.changes)


def rebased(history: Iterable[BudgetFigure]) -> Rebased:
    """Put one unit's figures of one year in order and on one denominator.

    Where the ceiling is the latest, both percentages are the same; elsewhere `pct_of_latest` is
    computed from rupiah, for a reported percentage belongs to its own ceiling.
    Raises BudgetDataError: nothing_to_compare, units_mixed, years_mixed, date_twice.
    """
    figures = sorted(history, key=lambda one: one.as_of)
    if not figures:
        raise BudgetDataError("nothing_to_compare", "no figures")
    latest = figures[-1]
    if any(one.unit != latest.unit for one in figures):
        raise BudgetDataError("units_mixed", f"more than {latest.unit}")
    if any(one.year != latest.year for one in figures):
        raise BudgetDataError("years_mixed", latest.unit)
    steps = list(pairwise(figures))
    if any(before.as_of == after.as_of for before, after in steps):
        raise BudgetDataError("date_twice", latest.unit)
    fell = [False, *(after.realised < before.realised for before, after in steps)]
    return Rebased(
        unit=latest.unit,
        year=latest.year,
        latest_ceiling=latest.ceiling,
        points=tuple(_point(one, latest.ceiling, drop) for one, drop in zip(figures, fell, strict=True)),
        changes=tuple(_change(before, after) for before, after in steps if before.ceiling != after.ceiling),
    )


def _point(figure: BudgetFigure, latest_ceiling: int, fell: bool) -> RebasedPoint:
    pct = pace(figure).pct
    same = figure.ceiling == latest_ceiling
    return RebasedPoint(
        as_of=figure.as_of,
        ceiling=figure.ceiling,
        realised=figure.realised,
        pct=pct,
        pct_of_latest=pct if same else share_pct(figure.realised, latest_ceiling),
        realised_fell=fell,
    )


def _change(before: BudgetFigure, after: BudgetFigure) -> CeilingChange:
    return CeilingChange(
        previous_as_of=before.as_of,
        as_of=after.as_of,
        before=before.ceiling,
        after=after.ceiling,
        change_pct=share_pct(after.ceiling - before.ceiling, before.ceiling),
    )
