"""Budget figures of the invented province at any date of a year."""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luwes.core.indicators.budget import due_milestone, share_pct
from luwes.examples.invented.names import UNIT_NAMES

# The mid-year revision (APBD perubahan) holds from this day on.
REVISION_MONTH, REVISION_DAY = 9, 1
_SMALLEST = 4_500_000_000


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of a recap: whole rupiah, percent with two decimals, None where a recap has no value."""

    year: int
    as_of: date
    code: str
    name: str
    ceiling: int
    realised: int
    financial_pct: Decimal | None
    physical_pct: Decimal | None
    target_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one unit spends its year, drawn once and the same at every date."""

    first_ceiling: int
    revised_ceiling: int
    final_share: float
    slowness: float
    physical_lead: float


def budget_rows(seed: int, year: int, as_of: date, n_units: int = 40) -> tuple[BudgetRow, ...]:
    """Give one row per unit as it stood on `as_of`; the same seed and year tell one story at all dates.

    Ceilings are heavy-tailed and fall or rise at the revision; realised amounts never fall. Raises
    ValueError when `as_of` is outside the year or its closing January, or without units.
    """
    if not date(year, 1, 1) <= as_of <= date(year + 1, 1, 31):
        raise ValueError(f"{as_of} does not belong to budget year {year}")
    if n_units < 1:
        raise ValueError("a province has at least one unit")
    chance = random.Random(f"{seed}/{year}/{n_units}")
    # Sorted, so that the largest budgets meet the names that plausibly hold them.
    sizes = sorted((_SMALLEST * chance.paretovariate(0.7) for _ in range(n_units)), reverse=True)
    return tuple(_row(index, _plan(chance, min(size, 2.5e12)), year, as_of) for index, size in enumerate(sizes))


def _plan(chance: random.Random, size: float) -> _Plan:
    first = round(size / 1000) * 1000
    change = chance.choice((-0.25, -0.2, -0.18, -0.15, -0.1, 0.0, 0.06))
    # One unit in ten builds faster than it pays: the gap an inspector asks about.
    lead = chance.uniform(21, 34) if chance.random() < 0.1 else chance.uniform(0, 9)
    return _Plan(
        first_ceiling=first,
        revised_ceiling=round(first * (1 + change) / 1000) * 1000,
        final_share=chance.uniform(0.8, 0.99),
        slowness=chance.uniform(0.45, 1.7),
        physical_lead=lead,
    )


def _row(index: int, plan: _Plan, year: int, as_of: date) -> BudgetRow:
    revised = as_of >= date(year, REVISION_MONTH, REVISION_DAY)
    ceiling = plan.revised_ceiling if revised else plan.first_ceiling
    elapsed = min((as_of - date(year, 1, 1)).days / 364, 1.0)
    realised = round(plan.revised_ceiling * plan.final_share * elapsed**plan.slowness)
    financial = share_pct(realised, ceiling)
    lead = Decimal(str(round(plan.physical_lead * min(elapsed * 2, 1.0), 2)))
    physical = None if financial is None else min(financial + lead, Decimal(100))
    due = due_milestone(as_of, year)
    return BudgetRow(
        year=year,
        as_of=as_of,
        code=f"PC-{index + 1:02d}",
        name=UNIT_NAMES[index] if index < len(UNIT_NAMES) else f"Unit Kerja Contoh {index + 1}",
        ceiling=ceiling,
        realised=realised,
        financial_pct=financial,
        physical_pct=physical,
        target_pct=None if due is None else due.pct,
    )
