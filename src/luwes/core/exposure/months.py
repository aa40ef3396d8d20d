"""Days summed to month × kind of day: the grain on which effects are estimated."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from luwes.core.exposure.shares import DayKind, Exposure, Tally, day_kind


@dataclass(frozen=True, slots=True)
class MonthSum:
    """Sums over the days of one kind in one month: never a mean, so that months and units can be added.

    `exposure` is the sum of the daily exposures, `largest` of the daily largest links; divide by `days`.
    """

    days: int = 0
    tally: Tally = field(default_factory=Tally)
    exposure: Fraction = Fraction(0)
    largest: Fraction = Fraction(0)

    def plus(self, day: Exposure) -> "MonthSum":
        """These sums with one more day."""
        return MonthSum(
            self.days + 1,
            self.tally + day.tally,
            self.exposure + (day.mean or 0),
            self.largest + (day.largest or 0),
        )

    @property
    def mean(self) -> Fraction | None:
        """The mean daily exposure; None without days or where it is undefined on every one of them."""
        return self.exposure / self.days if self.days and self.tally.on_duty else None


# First of the month, kind of day, and the threshold by which it was told.
MonthKey = tuple[date, DayKind, Fraction]


def month_sums(days: Iterable[tuple[date, Exposure, Fraction]]) -> dict[MonthKey, MonthSum]:
    """Sum (day, exposure, threshold) by month, kind and threshold. Every day is in exactly one sum."""
    found: dict[MonthKey, MonthSum] = {}
    for day, exposure, at_least in days:
        key = (day.replace(day=1), day_kind(exposure.mean, at_least), at_least)
        found[key] = found.get(key, MonthSum()).plus(exposure)
    return found
