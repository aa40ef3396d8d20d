"""What size of harm the checks can show by when: said before they start, so that silence is not read as safety."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

# One-sided: only harm is looked for. A harm of the stated size is found four times in five.
LEVEL = 0.05
POWER = 0.8


class PlanWrong(ValueError):
    """The numbers describe no plan of checks."""

    code = "plan_wrong"


@dataclass(frozen=True, slots=True)
class Reach:
    """After so many working days and checks of both kinds of day, harm of `harm` (share of 1) or more is found.

    `harm` is how much more often than on other days service fails; None where even total failure is not shown.
    """

    days: int
    flexible: int
    other: int
    harm: float | None


def detectable(base: float, flexible: int, other: int) -> float | None:
    """The smallest rise above `base` found at LEVEL with POWER by so many checks of each kind; None where none is.

    Normal approximation of the difference of two shares. Raises PlanWrong.

    >>> round(detectable(0.03, 264, 264), 3)
    0.049
    """
    if not 0 <= base < 1 or flexible < 0 or other < 0:
        raise PlanWrong(f"{base} {flexible} {other}")
    if not flexible or not other or not _found(1.0, base, flexible, other):
        return None
    low, high = base, 1.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if _found(middle, base, flexible, other) else (middle, high)
    return high - base


def reach(base: float, *, per_day: int, flexible_share: float, days: Iterable[int]) -> Sequence[Reach]:
    """What `per_day` checks can show after each of the numbers of working days.

    `flexible_share` is the share of checks that falls on flexible days. Raises PlanWrong.
    """
    if per_day < 1 or not 0 <= flexible_share <= 1:
        raise PlanWrong(f"{per_day} {flexible_share}")
    found = []
    for count in days:
        flexible = round(per_day * count * flexible_share)
        other = per_day * count - flexible
        found.append(Reach(count, flexible, other, detectable(base, flexible, other)))
    return found


def _found(harmed: float, base: float, flexible: int, other: int) -> bool:
    pooled = (harmed * flexible + base * other) / (flexible + other)
    under_none = sqrt(pooled * (1 - pooled) * (1 / flexible + 1 / other))
    under_harm = sqrt(harmed * (1 - harmed) / flexible + base * (1 - base) / other)
    return harmed - base >= float(ndtri(1 - LEVEL)) * under_none + float(ndtri(POWER)) * under_harm
