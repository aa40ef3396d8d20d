"""From checks drawn by lot to the share among all counters and hours, with its interval.

Each check counts for as many cells as its probability says (Hájek's estimate). The variance is linearised with the
days as strata, because every day is drawn anew. Shares near 0 make the usual interval cover too little, so the
variance is turned into an effective number of checks and Jeffreys' interval is taken of it (Korn and Graubard 1998,
Survey Methodology 24; Brown, Cai and DasGupta 2001, Statistical Science 16). Clopper-Pearson's, used for promises,
is wider than it says; here the bar is that 95 means 95.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from scipy.special import betaincinv, stdtrit

TAIL = 0.025
NORMAL = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Checked:
    """One drawn check: `value` is what it found, None where nobody filed it."""

    day: date
    kind: str
    probability: Fraction
    value: bool | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all cells with its 95 % interval.

    `checks` were filed, `missing` drawn but never filed. `least` and `most` are the share if every missing check
    had found False or True: what silence could hide.
    """

    share: float
    low: float
    high: float
    checks: int
    missing: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, with the 95 % interval."""

    value: float
    low: float
    high: float


def estimate(checks: Sequence[Checked], *, kind: str | None = None) -> Estimate | None:
    """The share of cells (of one kind of day, or of all) for which the check found True; None without any filed.

    >>> one = [Checked(date(2026, 11, 2), "other", Fraction(1, 20), value) for value in (True, False)]
    >>> estimate(one).share
    0.5
    """
    inside = [one for one in checks if kind is None or one.kind == kind]
    filed = [one for one in inside if one.value is not None]
    if not filed:
        return None
    weights = sum(_weight(one) for one in filed)
    share = sum(_weight(one) for one in filed if one.value) / weights
    low, high = _interval(share, *_effective(checks, filed, kind, share, weights))
    silent = sum(_weight(one) for one in inside if one.value is None)
    return Estimate(
        share=share,
        low=low,
        high=high,
        checks=len(filed),
        missing=len(inside) - len(filed),
        least=share * weights / (weights + silent),
        most=(share * weights + silent) / (weights + silent),
    )


def difference(one: Estimate, other: Estimate) -> Difference:
    """`one` less `other`, two kinds of day: the interval from both intervals (Newcombe 1998, MOVER).

    >>> same = Estimate(0.5, 0.4, 0.6, 100, 0, 0.5, 0.5)
    >>> round(difference(same, same).low, 3)
    -0.141
    """
    value = one.share - other.share
    return Difference(
        value=value,
        low=value - sqrt((one.share - one.low) ** 2 + (other.high - other.share) ** 2),
        high=value + sqrt((one.high - one.share) ** 2 + (other.share - other.low) ** 2),
    )


def _weight(one: Checked) -> float:
    return float(1 / one.probability)


def _effective(
    checks: Iterable[Checked], filed: Sequence[Checked], kind: str | None, share: float, weights: float
) -> tuple[float, int]:
    """As how many independent checks these count, and the degrees of freedom of that."""
    days: dict[date, list[tuple[float, float]]] = defaultdict(list)
    for one in checks:
        if one.value is not None:
            counts = kind is None or one.kind == kind
            score = _weight(one) * (float(one.value) - share) / weights if counts else 0.0
            days[one.day].append((score, float(1 - one.probability)))
    # Days with a single check are judged against the whole: together they spend one degree of freedom.
    several = sum(len(scores) > 1 for scores in days.values())
    freedom = max(1, sum(map(len, days.values())) - several - (several < len(days)))
    variance = 0.0
    for scores in days.values():
        # A day with a single check has no spread of its own; its own distance from the whole stands for it.
        mean = sum(score for score, _ in scores) / len(scores) if len(scores) > 1 else 0.0
        spread = len(scores) / max(1, len(scores) - 1)
        variance += spread * sum(rest * (score - mean) ** 2 for score, rest in scores)
    even = weights**2 / sum(_weight(one) ** 2 for one in filed)
    # All alike: no spread to see, so only the unevenness of the weights counts.
    most = even if share in (0, 1) else 2.0 * len(filed)
    # Few events make the spread itself uncertain; more than twice the checks is luck, not knowledge.
    return (min(share * (1 - share) / variance, most) if variance > 0 else most), freedom


def _interval(share: float, effective: float, freedom: int) -> tuple[float, float]:
    effective *= (NORMAL / float(stdtrit(freedom, 1 - TAIL))) ** 2
    found, rest = share * effective, (1 - share) * effective
    low = 0.0 if share <= 0 else float(betaincinv(found + 0.5, rest + 0.5, TAIL))
    high = 1.0 if share >= 1 else float(betaincinv(found + 0.5, rest + 0.5, 1 - TAIL))
    return low, high
