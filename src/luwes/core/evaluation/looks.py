"""How often one may look: levels per look that together spend what was planned, and no more.

Slow to reassure (O'Brien-Fleming type), fast to warn (Pocock type), by the spending functions of Lan and DeMets (1983)
with the recursive integration of Armitage, McPherson and Rowe (1969). Looks at no planned date use a boundary that
holds at all times at once (normal mixture, Robbins 1970).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import e, inf, log, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from luwes.core.evaluation.panel import Floats

_POINTS = 801
_WIDE = 8.0
_FAR = 12.0


class Spending(StrEnum):
    """By which function the level is spent."""

    OBRIEN_FLEMING = "obrien_fleming"
    POCOCK = "pocock"


class LooksError(ValueError):
    """Looks that cannot be planned; `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, eq=False)
class _Reached:
    """The density of the score at a look among the paths that have not crossed: points, weights times density."""

    at: float
    points: Floats
    mass: Floats


def spent(fraction: float, level: float, spending: Spending) -> float:
    """How much of the one-sided `level` is spent when `fraction` (0 to 1] of the information is in.

    >>> round(spent(1.0, 0.05, Spending.POCOCK), 6)
    0.05
    """
    if spending is Spending.POCOCK:
        return level * log(1 + (e - 1) * fraction)
    return float(2 * norm.sf(norm.isf(level / 2) / sqrt(fraction)))


def boundaries(fractions: Sequence[float], level: float, spending: Spending) -> tuple[float, ...]:
    """One-sided boundaries on z at looks with these fractions of the planned information (rising, up to 1).

    Infinite where a look has nothing worth integrating to spend. Raises LooksError fractions, level.
    """
    rising = all(a < b for a, b in zip([0.0, *fractions], fractions, strict=False))
    if not fractions or not rising or fractions[-1] > 1 + 1e-9:
        raise LooksError("fractions", str(list(fractions)))
    if not 0 < level < 0.5:
        raise LooksError("level", str(level))
    found: list[float] = []
    before = 0.0
    reached: _Reached | None = None
    for fraction in fractions:
        until = spent(min(fraction, 1.0), level, spending)
        boundary = _boundary(reached, fraction, until - before)
        reached = _continue(reached, fraction, min(boundary, _FAR))
        found.append(boundary)
        before = until
    return tuple(found)


def levels(fractions: Sequence[float], level: float, spending: Spending) -> tuple[float, ...]:
    """The nominal one-sided level of each look: what p, or one end of an interval, is held against there."""
    return tuple(float(norm.sf(boundary)) for boundary in boundaries(fractions, level, spending))


def unscheduled(fraction: float, level: float, expected: float = 0.5) -> float:
    """The boundary on z for a look at any time and after any number of looks; tightest at `expected` information.

    The two-sided level is `level`, so either side alone keeps it strictly. Raises LooksError fractions, level.
    """
    if fraction <= 0 or expected <= 0:
        raise LooksError("fractions", f"{fraction} {expected}")
    if not 0 < level < 1:
        raise LooksError("level", str(level))
    # A prior variance near expected / 10 is close to the best for 5 % (Howard et al. 2021, section 3.5).
    prior = expected / (2 * log(1 / level) + log(1 + 2 * log(1 / level)))
    ratio = (fraction + prior) / prior
    return sqrt((fraction + prior) / fraction * (log(ratio) + 2 * log(1 / level)))


def policy_spending(plans: Sequence[float]) -> float:
    """What the plans of one policy have spent together: an extension is a new plan with a level of its own.

    >>> round(policy_spending([0.05, 0.05]), 4)
    0.1
    """
    return min(1.0, sum(plans))


def _boundary(reached: _Reached | None, fraction: float, level: float) -> float:
    # Below this the integration's own error is larger than what there is to spend.
    if level < 1e-12:
        return inf
    if reached is None:
        return float(norm.isf(level))
    held, step = reached, sqrt(fraction - reached.at)

    def over(boundary: float) -> float:
        return float((held.mass * norm.sf((boundary * sqrt(fraction) - held.points) / step)).sum()) - level

    return inf if over(_FAR) > 0 else float(brentq(over, -_FAR, _FAR))


def _continue(reached: _Reached | None, fraction: float, boundary: float) -> _Reached:
    scale = sqrt(fraction)
    points = np.linspace(-_WIDE * scale, boundary * scale, _POINTS)
    weights = _simpson(points)
    if reached is None:
        return _Reached(fraction, points, weights * norm.pdf(points / scale) / scale)
    step = sqrt(fraction - reached.at)
    density = (norm.pdf((points[:, None] - reached.points[None, :]) / step) / step) @ reached.mass
    return _Reached(fraction, points, weights * density)


def _simpson(points: Floats) -> Floats:
    weights = np.full(points.size, 2 / 3)
    weights[1:-1:2] = 4 / 3
    weights[[0, -1]] = 1 / 3
    return np.asarray(weights * (points[1] - points[0]))
