"""Short ways to write invented figures, shared by the tests of this folder."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from luwes.core.indicators.budget import BudgetFigure

JUNE = date(2025, 6, 30)
OCTOBER = date(2025, 10, 31)


def figure(
    unit: str = "PC-01",
    *,
    ceiling: int = 1_000_000,
    realised: int = 450_000,
    as_of: date = JUNE,
    year: int = 2025,
    reported: str | None = None,
    physical: str | None = None,
    target: str | None = None,
) -> BudgetFigure:
    return BudgetFigure(
        unit=unit,
        as_of=as_of,
        year=year,
        ceiling=ceiling,
        realised=realised,
        reported_pct=None if reported is None else Decimal(reported),
        physical_pct=None if physical is None else Decimal(physical),
        own_target_pct=None if target is None else Decimal(target),
    )


amounts = st.integers(0, 10**14)
percentages = st.decimals(0, 100, places=2, allow_nan=False)
