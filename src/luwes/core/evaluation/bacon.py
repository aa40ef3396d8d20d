"""What two-way fixed effects are made of (Goodman-Bacon 2021): every pair of cohorts, its weight and its estimate.

A diagnosis for the labelled naive line: units that already started serve as comparison for later ones, with weights
that no reader would choose. Never a verdict.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from luwes.core.evaluation.panel import Floats, Ints, PanelError
from luwes.core.evaluation.staggered import NEVER


class Pair(StrEnum):
    """Who is compared with whom."""

    NEVER = "with_never"
    LATER = "with_later"
    EARLIER = "with_earlier"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cohort that starts in `start` against the one of `other` (NEVER: none), with its weight and estimate."""

    pair: Pair
    start: int
    other: int
    weight: float
    effect: float


def comparisons(outcome: Floats, start: Ints) -> list[Comparison]:
    """All pairs of a full panel (U × T); weights add up to 1, and weighted estimates to the two-way estimate.

    Raises PanelError shape, not_finite, no_comparison.
    """
    if start.shape != outcome.shape[:1]:
        raise PanelError("shape", f"{outcome.shape} {start.shape}")
    if not np.isfinite(outcome).all():
        raise PanelError("not_finite", "outcome")
    periods = outcome.shape[1]
    cohorts = [int(one) for one in np.unique(start)]
    means = {one: outcome[start == one].mean(0) for one in cohorts}
    share = {one: float((start == one).mean()) for one in cohorts}
    under = {one: 0.0 if one == NEVER else (periods - one) / periods for one in cohorts}
    found = []
    for first in (one for one in cohorts if one != NEVER and one > 0):
        for other in (one for one in cohorts if one != first):
            pair, since, until, weight = _pair(first, other, periods, under)
            weight *= share[first] * share[other]
            effect = _difference(means[first], means[other], first, since, until)
            found.append(Comparison(pair, first, other, weight, effect))
    if not found:
        raise PanelError("no_comparison", str(cohorts))
    total = sum(one.weight for one in found)
    return [Comparison(one.pair, one.start, one.other, one.weight / total, one.effect) for one in found]


def _pair(first: int, other: int, periods: int, under: dict[int, float]) -> tuple[Pair, int, int, float]:
    """The kind, the periods compared, and the part of the weight that the times of treatment make."""
    mine, theirs = under[first], under[other]
    if other == NEVER:
        return Pair.NEVER, 0, periods, mine * (1 - mine)
    if first < other:
        return Pair.LATER, 0, other, (mine - theirs) * (1 - mine)
    return Pair.EARLIER, other, periods, mine * (theirs - mine)


def _difference(mine: Floats, theirs: Floats, start: int, since: int, until: int) -> float:
    own = mine[start:until].mean() - mine[since:start].mean()
    return float(own - (theirs[start:until].mean() - theirs[since:start].mean()))
