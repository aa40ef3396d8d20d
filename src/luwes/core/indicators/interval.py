"""The shared 95 % interval of a share: Clopper-Pearson.

Why not Wilson: published standards ask for 90 % and more, and near 1 Wilson's interval covers the truth less often
than it says (84 times in 100 at some shares and a hundred cases). Clopper-Pearson never covers it less than 95 times,
so a wrong "meets the standard" happens at most 2.5 times in 100. It is wider, which costs data, not honesty.
Cases are taken as independent; where a bad day spoils many at once, it is still too narrow.
Source: Clopper and Pearson (1934), Biometrika 26.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor

from scipy.special import betaincinv

# Half of what is left outside, at each end.
TAIL = 0.025
_GRID = 10**6


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both inside, exact."""

    low: Fraction
    high: Fraction

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value <= self.high


class NotAShare(ValueError):
    """`kept` does not lie between 0 and `of`."""

    code = "not_a_share"


@lru_cache(maxsize=1 << 16)
def share_interval(kept: int, of: int) -> Interval | None:
    """Give the 95 % interval of a share, `kept` of `of` independent cases, as shares of 1; None when `of` is 0.

    The ends are rounded outwards to millionths. Raises NotAShare.

    >>> ends = share_interval(36, 36)
    >>> float(ends.low), float(ends.high)
    (0.902606, 1.0)
    """
    if not 0 <= kept <= of:
        raise NotAShare(f"{kept}/{of}")
    if of == 0:
        return None
    low = _lower(kept, of) if kept > 0 else Fraction(0)
    high = 1 - _lower(of - kept, of) if kept < of else Fraction(1)
    return Interval(low, high)


def _lower(kept: int, of: int) -> Fraction:
    """The lower end: the share under which so many kept, or more, would come in `TAIL` of all samples."""
    return Fraction(floor(float(betaincinv(kept, of - kept + 1, TAIL)) * _GRID), _GRID)
