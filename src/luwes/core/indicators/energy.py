"""Running cost in kWh, m³, GB and litres per open day: never rupiah, which a tariff moves without anybody saving.

Nothing here can show that a policy saved anything. It can show that a claim is impossible, or that offices
without the policy fell just as much.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.sums import ratio
from luwes.core.workdays.periods import Period

# Servers, guards, pumps: what a building takes when it is closed. An assumption until a meter says better.
USUAL_BASE = Fraction(3, 10)


class EnergyError(ValueError):
    """Quantities or days that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Consumption:
    """What meters of one kind counted over some days: thousandths of kWh, m³, GB or litre, and the open days.

    Additive over time for one place; over places only the quantity means something. Raises EnergyError
    quantity_negative, days_negative.
    """

    quantity_milli: Fraction = Fraction(0)
    open_days: int = 0

    def __post_init__(self) -> None:
        if self.quantity_milli < 0:
            raise EnergyError("quantity_negative", str(self.quantity_milli))
        if self.open_days < 0:
            raise EnergyError("days_negative", str(self.open_days))

    def __add__(self, other: "Consumption") -> "Consumption":
        return Consumption(self.quantity_milli + other.quantity_milli, self.open_days + other.open_days)

    @property
    def per_open_day(self) -> Fraction | None:
        """Quantity (kWh, m³, GB, litre) per open day; None without one."""
        return ratio(self.quantity_milli / 1000, self.open_days)


def part_in(bill: Period, quantity_milli: int, month: Period) -> Fraction:
    """The part of a bill that falls into a month, by calendar days: bills rarely start on the first.

    The parts of a bill over months that cover it add up to the bill. Raises EnergyError period_open.
    """
    if bill.end is None or month.end is None:
        raise EnergyError("period_open", f"{bill} {month}")
    shared = (min(bill.end, month.end) - max(bill.start, month.start)).days
    return Fraction(quantity_milli * max(shared, 0), (bill.end - bill.start).days)


def change(before: Fraction, after: Fraction) -> Fraction | None:
    """Give the change relative to before (−1/5: a fifth less); None when there was nothing before."""
    return ratio(after - before, before)


def change_per_open_day(same_month_last_year: Consumption, now: Consumption) -> Fraction | None:
    """The change per open day against the same month of last year; None where a figure is missing.

    The same month, since seasons and Ramadan move consumption more than any policy.
    """
    before, after = same_month_last_year.per_open_day, now.per_open_day
    return None if before is None or after is None else change(before, after)


def plausible_ceiling(closed_days: int, open_days: int, base_share: Fraction = USUAL_BASE) -> Fraction:
    """The most that closing `closed_days` of `open_days` can save of a building's consumption, as a share of 1.

    `base_share` (0 to 1) is what the building takes anyway. Raises EnergyError days_invalid, base_invalid.

    >>> plausible_ceiling(1, 5, Fraction(0)), plausible_ceiling(1, 5)
    (Fraction(1, 5), Fraction(7, 50))
    """
    if not 0 <= closed_days <= open_days or open_days == 0:
        raise EnergyError("days_invalid", f"{closed_days} of {open_days}")
    if not 0 <= base_share <= 1:
        raise EnergyError("base_invalid", str(base_share))
    return Fraction(closed_days, open_days) * (1 - base_share)


class Claim(StrEnum):
    """What can be said about a claimed fall without comparing places. None of these says that it is true."""

    NO_FALL = "no_fall"
    POSSIBLE = "possible"
    ABOVE_CEILING_WITH_BASE = "above_ceiling_with_base"
    ABOVE_CEILING = "above_ceiling"


def check_claim(fall: Fraction, closed_days: int, open_days: int, base_share: Fraction = USUAL_BASE) -> Claim:
    """Check a claimed fall (1/5: a fifth less) against the ceilings with and without base load.

    ABOVE_CEILING needs another cause whatever the base load; ABOVE_CEILING_WITH_BASE one unless the building takes
    less when closed than assumed. Raises as `plausible_ceiling`.
    """
    if fall <= 0:
        return Claim.NO_FALL
    if fall > plausible_ceiling(closed_days, open_days, Fraction(0)):
        return Claim.ABOVE_CEILING
    if fall > plausible_ceiling(closed_days, open_days, base_share):
        return Claim.ABOVE_CEILING_WITH_BASE
    return Claim.POSSIBLE


class Saving(StrEnum):
    """What a comparison with places that did not adopt allows to say."""

    NO_COMPARISON = "no_comparison"
    NO_SAVING_CAN_BE_CREDITED = "no_saving_can_be_credited"
    NOT_YET_CONCLUDED = "not_yet_concluded"


@dataclass(frozen=True, slots=True)
class Difference:
    """The change of adopters minus the change of the others, as a share of 1 (negative: adopters fell more)."""

    verdict: Saving
    difference: Fraction | None


def against_others(adopters: Fraction | None, others: Fraction | None) -> Difference:
    """Compare the changes of adopters and of others over the same months; None: not known.

    Where the others fell as much or more, no saving can be credited to the policy. Where adopters fell more it is
    not yet concluded: one difference without interval proves nothing, that is for an evaluation.
    """
    if adopters is None or others is None:
        return Difference(Saving.NO_COMPARISON, None)
    difference = adopters - others
    unearned = difference >= 0 or adopters >= 0
    return Difference(Saving.NO_SAVING_CAN_BE_CREDITED if unearned else Saving.NOT_YET_CONCLUDED, difference)
