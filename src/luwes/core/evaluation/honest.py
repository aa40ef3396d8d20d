"""How wrong may parallel trends be before a verdict turns (Rambachan and Roth 2023)?

Smoothness: the trend's slope changes by at most M from period to period; the shortest fixed-length interval of an
affine estimator. Relative magnitudes: the jump after the start is at most `bound` times the largest before; here by a
Bonferroni split, which holds its level but is wider than theirs, so it can withhold a verdict and never grant one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, minimize, minimize_scalar
from scipy.stats import ncx2, norm

from luwes.core.evaluation.panel import Floats, PanelError

_STEPS = 12
_DOUBLINGS = 40
_HALVINGS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Event effects before and after the reference period, oldest first, and their covariance.

    `effects` (k) are of the periods -before … -1, 1 … after about the reference (0, left out); `target` (after) weighs
    the effects after the start that a verdict is about. Raises PanelError shape, no_period_before.
    """

    effects: Floats
    covariance: Floats
    before: int
    target: Floats

    def __post_init__(self) -> None:
        size = self.before + self.target.size
        if self.effects.shape != (size,) or self.covariance.shape != (size, size):
            raise PanelError("shape", f"{self.effects.shape} {self.covariance.shape} {size}")
        if self.before < 1:
            raise PanelError("no_period_before", "")

    @property
    def times(self) -> Floats:
        """The period of each effect about the reference."""
        return np.concatenate([np.arange(-float(self.before), 0.0), np.arange(1.0, self.target.size + 1.0)])

    @property
    def bends(self) -> Floats:
        """How each change of slope (at -before+1 … after-1) moves each effect (k × changes), the slope aside."""
        knots = np.arange(-self.before + 1, self.target.size)
        times = self.times[:, None]
        ahead = np.where((times > 0) & (knots > 0) & (knots < times), times - knots, 0.0)
        back = np.where((times < 0) & (knots <= 0) & (knots > times), knots - times, 0.0)
        return np.asarray(ahead + back)


def smooth(path: Path, change: float, level: float) -> tuple[float, float]:
    """The interval when the slope changes by at most `change` per period. Raises PanelError level, change."""
    _checked(level, change)
    weights = _best(path, change, level)
    middle, width = float(weights @ path.effects), _half(path, weights, change, level)
    return middle - width, middle + width


def relative(path: Path, bound: float, level: float) -> tuple[float, float]:
    """The interval when every step after the start is at most `bound` times the largest before it.

    Half of `level` goes to the largest step before, half to the effect. Raises PanelError level, change.
    """
    _checked(level, bound)
    series = np.r_[path.effects[: path.before], 0.0]
    covariance = np.zeros((path.before + 1, path.before + 1))
    covariance[:-1, :-1] = path.covariance[: path.before, : path.before]
    step = np.diff(np.eye(path.before + 1), axis=0)
    errors = np.sqrt(np.diag(step @ covariance @ step.T))
    # The bound of the truly largest step is among these: no correction for their number is needed.
    largest = float((np.abs(step @ series) + norm.isf(level / 2) * errors).max())
    after = slice(path.before, None)
    middle = float(path.target @ path.effects[after])
    error = float(np.sqrt(path.target @ path.covariance[after, after] @ path.target))
    drift = bound * largest * float(np.abs(np.cumsum(path.target[::-1])).sum())
    width = float(norm.isf(level / 4)) * error + drift
    return middle - width, middle + width


def breakdown(interval: Callable[[float], tuple[float, float]], floor: float, *, first: float) -> float:
    """The largest M up to which the lower limit stays above `floor`; 0 when it does not even at 0, `first` a scale.

    Infinite when it is still above at many times `first`.
    """
    if not interval(0.0)[0] > floor:
        return 0.0
    low, high = 0.0, first
    for _ in range(_DOUBLINGS):
        if not interval(high)[0] > floor:
            break
        low, high = high, high * 2
    else:
        return float("inf")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if interval(middle)[0] > floor else (low, middle)
    return low


def _checked(level: float, bound: float) -> None:
    if not 0 < level < 1:
        raise PanelError("level", str(level))
    if not bound >= 0:
        raise PanelError("change", str(bound))


def _half(path: Path, weights: Floats, change: float, level: float) -> float:
    error = float(np.sqrt(weights @ path.covariance @ weights))
    bias = change * float(np.abs(path.bends.T @ weights).sum())
    return error * float(np.sqrt(ncx2.isf(level, 1, max((bias / error) ** 2, 1e-12))))


def _best(path: Path, change: float, level: float) -> Floats:
    """The weights with the shortest interval: for each allowed bias those with the least variance."""
    most, least = _weights(path, None), _weights(path, 0.0)
    if change == 0:
        return most
    spread = [float(np.abs(path.bends.T @ one).sum()) for one in (least, most)]

    def length(share: float) -> float:
        allowed = spread[0] + share * (spread[1] - spread[0])
        return _half(path, _weights(path, allowed), change, level)

    grid = np.linspace(0, 1, _STEPS)
    lengths = [length(float(one)) for one in grid]
    place = int(np.argmin(lengths))
    ends = (float(grid[max(place - 1, 0)]), float(grid[min(place + 1, _STEPS - 1)]))
    found = minimize_scalar(length, bounds=ends, method="bounded", options={"xatol": 1e-5})
    allowed = spread[0] + float(found.x) * (spread[1] - spread[0])
    chosen = _weights(path, allowed)
    return min((chosen, least, most), key=lambda one: _half(path, one, change, level))


def _weights(path: Path, allowed: float | None) -> Floats:
    """Weights unbiased under a straight trend with least variance, or (0: least bias at all) within `allowed` bias."""
    # Everything near 1, so that the solver's own tolerances mean something.
    inner = path.covariance / (np.trace(path.covariance) / path.effects.size)
    before, knots = path.before, path.bends.shape[1]

    def full(values: Floats) -> Floats:
        return np.concatenate([values[:before], path.target])

    def goal(values: Floats) -> float:
        return float(values[before:].sum()) if allowed == 0 else float(full(values) @ inner @ full(values))

    def slope(values: Floats) -> Floats:
        if allowed == 0:
            return np.concatenate([np.zeros(before), np.ones(knots)])
        return np.concatenate([2 * (inner @ full(values))[:before], np.zeros(knots)])

    begin = np.r_[np.zeros(before - 1), float(path.times[before:] @ path.target)]
    start: Floats = np.r_[begin, np.abs(path.bends.T @ full(begin))]
    limits = _limits(path, allowed)
    found = minimize(
        goal, start, jac=slope, constraints=limits, method="SLSQP", options={"maxiter": 500, "ftol": 1e-13}
    )
    weights = full(np.asarray(found.x))
    # Whatever the solver left of a slope would be bias that nobody counts: the last period before takes it up.
    weights[before - 1] += float(path.times @ weights)
    return weights


def _limits(path: Path, allowed: float | None) -> list[LinearConstraint]:
    """No bias from a straight trend; auxiliary values at least as large as each bend's bias, and their sum bounded."""
    before, bends, knots = path.before, path.bends, path.bends.shape[1]
    straight = -float(path.times[before:] @ path.target)
    fixed = bends[before:].T @ path.target
    pad = np.eye(knots)
    found = [
        LinearConstraint(np.r_[path.times[:before], np.zeros(knots)][None, :], [straight], [straight]),
        LinearConstraint(np.hstack([-bends[:before].T, pad]), fixed, np.inf),
        LinearConstraint(np.hstack([bends[:before].T, pad]), -fixed, np.inf),
    ]
    if allowed:
        found.append(LinearConstraint(np.r_[np.zeros(before), np.ones(knots)][None, :], [-np.inf], [allowed]))
    return found
