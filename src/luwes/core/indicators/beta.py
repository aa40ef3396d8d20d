"""The regularised incomplete beta function and what statistics takes from it, without a library."""

from collections.abc import Callable
from math import exp, lgamma, log, log1p, sqrt

_ENOUGH = 1e-15
_TINY = 1e-300
_MOST_STEPS = 100_000


def beta_below(x: float, a: float, b: float) -> float:
    """Give P(Beta(a, b) ≤ x) for a, b > 0, good to about 1e-9 for a + b up to ten millions.

    Continued fraction by the modified Lentz method (DLMF 8.17.22).
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    # The fraction converges quickly only on this side of the mean; the other side mirrors it.
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _continued(x, a, b)


def _continued(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    value, m, change = d, 0, 0.0
    while abs(change - 1) > _ENOUGH and m < _MOST_STEPS:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for step in (even, odd):
            d = 1 / _nonzero(1 + step * d)
            c = _nonzero(1 + step / c)
            change *= d * c
        value *= change
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def crossing(below: Callable[[float], bool], steps: int = 60) -> tuple[float, float]:
    """Enclose in [0, 1] where `below`, true from 0 up to some point, turns false."""
    low, high = 0.0, 1.0
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low, high


def t_quantile(degrees: int, outside: float) -> float:
    """Give t such that |T| > t has probability `outside` (0.05: for a 95 % interval); degrees ≥ 1.

    >>> round(t_quantile(10, 0.05), 4)
    2.2281
    """
    x, _ = crossing(lambda at: beta_below(at, degrees / 2, 0.5) < outside)
    return sqrt(degrees * (1 - x) / x)
