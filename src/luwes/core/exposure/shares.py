"""From half days to exposure: sums and counts, and a ratio only where it is shown or compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tally:
    """Half days of one unit on one day: planned flexible, of those planned on duty."""

    flexible: int = 0
    on_duty: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.flexible <= self.on_duty:
            raise ValueError(f"{self.flexible} of {self.on_duty} half days")

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.flexible + other.flexible, self.on_duty + other.on_duty)

    @property
    def share(self) -> Fraction | None:
        """Planned flexible ÷ planned on duty; None where nobody is on duty, which is not the same as 0."""
        return Fraction(self.flexible, self.on_duty) if self.on_duty else None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a service's chain on one day, and how heavily it weighs (> 0)."""

    tally: Tally
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Exposure:
    """A day's exposure: the mean share and the largest single one; both None where no link has anybody on duty.

    `tally` is the plain sum over the links, kept beside the mean because it adds up over days. `silent` counts the
    links left out for want of anybody on duty.
    """

    tally: Tally
    mean: Fraction | None
    largest: Fraction | None
    silent: int = 0


def service_exposure(links: Iterable[Link]) -> Exposure:
    """The mean of the links' shares by weight. A link with nobody on duty says nothing and is counted as silent.

    Raises ValueError for a weight that is not positive.

    >>> service_exposure([Link(Tally(4, 10), 1), Link(Tally(0, 6), 3)]).mean
    Fraction(1, 10)
    """
    total, weights, weighted = Tally(), 0, Fraction(0)
    shares: list[Fraction] = []
    silent = 0
    for link in links:
        if link.weight <= 0:
            raise ValueError(f"weight {link.weight}")
        total += link.tally
        share = link.tally.share
        if share is None:
            silent += 1
            continue
        shares.append(share)
        weights += link.weight
        weighted += link.weight * share
    if not shares:
        return Exposure(total, None, None, silent)
    return Exposure(total, weighted / weights, max(shares), silent)


def unit_exposure(tally: Tally) -> Exposure:
    """A unit's exposure is its own share."""
    return Exposure(tally, tally.share, tally.share, 0 if tally.on_duty else 1)


def roll_up(own: Mapping[str, Tally], parents: Mapping[str, str]) -> dict[str, Tally]:
    """The tally of each unit with everything below it; `parents` gives the unit above, "" or absent at the top.

    Raises ValueError where the tree runs in a circle.
    """
    found: dict[str, Tally] = {}
    for key, tally in own.items():
        seen: set[str] = set()
        at = key
        while at:
            if at in seen:
                raise ValueError(f"unit {at} lies below itself")
            seen.add(at)
            found[at] = found.get(at, Tally()) + tally
            at = parents.get(at, "")
    return found


class DayKind(StrEnum):
    """What kind of day it was to be, for the comparison the evaluation makes."""

    FLEXIBLE = "flexible"
    OTHER = "other"
    UNDEFINED = "undefined"  # nobody on duty: it belongs to neither side


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `since` on a day is flexible at this exposure or more."""

    since: date
    at_least: Fraction


# The date is that of PermenPANRB 4/2025; the value is a convention of the evaluation, printed with every figure.
THRESHOLDS: Sequence[Threshold] = (Threshold(date(2025, 1, 1), Fraction(1, 10)),)


class NoThreshold(LookupError):
    """No threshold holds on this day."""


def threshold_on(day: date, thresholds: Sequence[Threshold] = THRESHOLDS) -> Fraction:
    """The threshold of the day: the latest that has begun. Raises NoThreshold."""
    begun = [one for one in thresholds if one.since <= day]
    if not begun:
        raise NoThreshold(day.isoformat())
    return max(begun, key=lambda one: one.since).at_least


def day_kind(exposure: Fraction | None, at_least: Fraction) -> DayKind:
    """Flexible from the threshold on, itself included; undefined where nobody was on duty."""
    if exposure is None:
        return DayKind.UNDEFINED
    return DayKind.FLEXIBLE if exposure >= at_least else DayKind.OTHER
