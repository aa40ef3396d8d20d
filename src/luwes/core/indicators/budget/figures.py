"""What a recap states about one unit at one date, and the targets it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

_HUNDREDTH = Decimal("0.01")
# No budget is spent ten thousand times over: beyond this a column was misread.
_LARGEST_PCT = Decimal(1_000_000)
_YEARS = range(1945, 2200)
# Wide enough for any rupiah amount; the default 28 digits would refuse absurd but legal input.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


class BudgetDataError(ValueError):
    """Figures that cannot be judged; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class BudgetFigure:
    """One unit's budget at the end of one day, in whole rupiah and percent.

    `reported_pct` is the source's own financial percentage, `own_target_pct` its own target.
    `as_of` may fall in January of the next year, when the year's last recap is made.
    Raises BudgetDataError: unit_missing, year_invalid, ceiling_negative, realised_negative,
    as_of_outside_year, reported_pct_invalid, physical_pct_invalid, own_target_pct_invalid.
    """

    unit: str
    as_of: date
    year: int
    ceiling: int
    realised: int
    reported_pct: Decimal | None = None
    physical_pct: Decimal | None = None
    own_target_pct: Decimal | None = None

    def __post_init__(self) -> None:
        if not self.unit.strip():
            raise BudgetDataError("unit_missing", "a figure belongs to a unit")
        if self.year not in _YEARS:
            raise BudgetDataError("year_invalid", f"{self.unit}: {self.year}")
        if self.ceiling < 0:
            raise BudgetDataError("ceiling_negative", f"{self.unit}: {self.ceiling}")
        if self.realised < 0:
            raise BudgetDataError("realised_negative", f"{self.unit}: {self.realised}")
        if not date(self.year, 1, 1) <= self.as_of <= date(self.year + 1, 1, 31):
            raise BudgetDataError("as_of_outside_year", f"{self.unit}: {self.as_of} for {self.year}")
        _require_pct("reported_pct", self.unit, self.reported_pct)
        _require_pct("physical_pct", self.unit, self.physical_pct)
        _require_pct("own_target_pct", self.unit, self.own_target_pct)
        if self.own_target_pct is not None and self.own_target_pct > 100:
            raise BudgetDataError("own_target_pct_invalid", f"{self.unit}: {self.own_target_pct}")


def _require_pct(name: str, unit: str, value: Decimal | None) -> None:
    if value is not None and (not value.is_finite() or not 0 <= value <= _LARGEST_PCT):
        raise BudgetDataError(f"{name}_invalid", f"{unit}: {value}")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A share of the ceiling (percent) that must be realised by a day of every year."""

    month: int
    day: int
    pct: Decimal


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A milestone on the date it falls due in one budget year."""

    on: date
    pct: Decimal


# Targets read out at TEPRA meetings (rakor TEPRA Kalimantan Tengah, 31 October 2025).
TEPRA_MILESTONES = (
    Milestone(3, 31, Decimal(20)),
    Milestone(6, 30, Decimal(50)),
    Milestone(9, 30, Decimal(85)),
    Milestone(11, 15, Decimal(100)),
)


def due_milestone(as_of: date, year: int, milestones: Sequence[Milestone] = TEPRA_MILESTONES) -> DueMilestone | None:
    """Give the last milestone of `year` that has fallen due on `as_of`, or None before the first.

    A milestone counts on its own day. Nothing is interpolated between two milestones.
    """
    return max((m for m in _in_year(milestones, year) if m.on <= as_of), key=lambda m: m.on, default=None)


def next_milestone(as_of: date, year: int, milestones: Sequence[Milestone] = TEPRA_MILESTONES) -> DueMilestone | None:
    """Give the first milestone of `year` still to come after `as_of`, or None after the last."""
    return min((m for m in _in_year(milestones, year) if m.on > as_of), key=lambda m: m.on, default=None)


def _in_year(milestones: Sequence[Milestone], year: int) -> list[DueMilestone]:
    return [DueMilestone(on=date(year, m.month, m.day), pct=m.pct) for m in milestones]


def two_decimals(value: Decimal) -> Decimal:
    """Round a percentage half up to the two decimals in which percentages are published.

    >>> two_decimals(Decimal("61.285"))
    Decimal('61.29')
    """
    return value.quantize(_HUNDREDTH, context=_WIDE)


def share_pct(part: int, whole: int) -> Decimal | None:
    """Give part ÷ whole in percent at two decimals; None when there is nothing to divide by.

    >>> share_pct(1, 3)
    Decimal('33.33')
    """
    if whole == 0:
        return None
    return two_decimals(_WIDE.divide(Decimal(100 * part), Decimal(whole)))


def rupiah_of_pct(pct: Decimal, ceiling: int) -> int:
    """Give `pct` percent of `ceiling` in whole rupiah, rounded half up."""
    exact = _WIDE.divide(_WIDE.multiply(pct, Decimal(ceiling)), Decimal(100))
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))
