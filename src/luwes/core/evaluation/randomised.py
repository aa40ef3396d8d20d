"""The effect of a lot and what chance alone would make of it: randomisation inference, and its inverted interval.

The statistic is the estimate over its cluster-robust error, which stays right when units answer differently and when
few were treated (Young 2019; MacKinnon and Webb 2020). A value of the effect is inside the interval when the recorded
procedure, drawn again, would have given as large a statistic often enough; the interval that is shown decides.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.panel import DayPanel, Effects, Floats, PanelError

_CHUNK = 128
# Two draws of the same exposure give the same statistic up to rounding, and must count as equal.
_SAME = 1e-9
_GRID = 24
_REFINE = 30
_OUTWARD = 24
_SURE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Lottery:
    """Everything needed to judge any size of effect, per draw and cluster (R+1 × C); row 0 is the real draw.

    `cross` is the drawn exposure times the outcome, `tie` times the real exposure, `own` times itself; effects out.
    """

    cross: Floats
    tie: Floats
    own: Floats

    @classmethod
    def of(cls, panel: DayPanel, exposure: Floats, drawn: Floats) -> "Lottery":
        """Sum a panel under its real exposure (S × D) and under redraws of the lot (R × S × D).

        Raises PanelError shape, no_contrast (the exposure never differs within the comparison), one_cluster.
        """
        if exposure.shape != panel.total.shape or drawn.shape[1:] != panel.total.shape:
            raise PanelError("shape", f"{exposure.shape} {drawn.shape} {panel.total.shape}")
        if panel.clusters < 2:
            raise PanelError("one_cluster", str(panel.clusters))
        effects = Effects.of(panel)
        outcome = effects.residual(panel.means())
        real = effects.residual(exposure)
        rows = [_sums(panel, real[None], outcome, real)]
        for start in range(0, len(drawn), _CHUNK):
            rows.append(_sums(panel, effects.residual(drawn[start : start + _CHUNK]), outcome, real))
        cross, tie, own = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        if own[0].sum() <= _SAME:
            raise PanelError("no_contrast", "")
        kept = own.sum(1) > _SAME
        return cls(cross[kept], tie[kept], own[kept])

    @property
    def effect(self) -> float:
        """The estimate, per unit of exposure (a fully flexible day)."""
        return float(self.cross[0].sum() / self.own[0].sum())

    @property
    def error(self) -> float:
        """Its cluster-robust standard error (CR1), for orientation; the interval does not rest on it."""
        return float(_statistics(self.cross[:1], self.own[:1])[1][0])

    @property
    def smallest(self) -> float:
        """The smallest p that this lot can give at all: below it no alarm can ring and nobody can be reassured."""
        far = self.effect - 1e6 * max(self.error, 1.0)
        return self.above(far)

    def above(self, effect: float) -> float:
        """One-sided p of "the true effect is `effect` or less": the share of draws as high as the real one."""
        statistic = self._statistic(effect)
        return float((statistic >= statistic[0] - _SAME * (1 + abs(statistic[0]))).mean())

    def below(self, effect: float) -> float:
        """One-sided p of "the true effect is `effect` or more"."""
        statistic = self._statistic(effect)
        return float((statistic <= statistic[0] + _SAME * (1 + abs(statistic[0]))).mean())

    def interval(self, low_level: float, high_level: float) -> tuple[float, float]:
        """Limits whose one-sided levels are given apart, since reassurance and warning spend differently.

        A level under the smallest attainable p has no limit: it is minus or plus infinity.
        """
        step = max(self.error, _SAME)
        return (
            _limit(self.above, self.effect, -step, low_level),
            _limit(self.below, self.effect, step, high_level),
        )

    def _statistic(self, effect: float) -> Floats:
        return _statistics(self.cross - effect * self.tie, self.own)[0]


def drawn_effects(panel: DayPanel, effects: Effects, drawn: Floats) -> Floats:
    """What each of the exposures `drawn` (R × S × D) seems to have done; those without contrast are left out."""
    outcome = effects.residual(panel.means())
    found = []
    for start in range(0, len(drawn), _CHUNK):
        plain = effects.residual(drawn[start : start + _CHUNK]) * panel.weight
        own = (plain * drawn[start : start + _CHUNK]).sum((1, 2))
        cross = np.einsum("rsd,sd->r", plain, outcome)
        found.append(cross[own > _SAME] / own[own > _SAME])
    return np.concatenate(found)


def _sums(panel: DayPanel, drawn: Floats, outcome: Floats, real: Floats) -> tuple[Floats, Floats, Floats]:
    pick = np.eye(panel.clusters)[panel.cluster]
    weighted = drawn * panel.weight
    cross = np.einsum("rsd,sd->rs", weighted, outcome) @ pick
    tie = np.einsum("rsd,sd->rs", weighted, real) @ pick
    own = np.einsum("rsd,rsd->rs", weighted, drawn) @ pick
    return cross, tie, own


def _statistics(cross: Floats, own: Floats) -> tuple[Floats, Floats]:
    """The studentised estimate and its error, per draw."""
    held = own.sum(1)
    effect = cross.sum(1) / held
    score = cross - effect[:, None] * own
    clusters = cross.shape[1]
    error = np.sqrt((score**2).sum(1) * clusters / (clusters - 1)) / held
    # An error of nothing at all would make any estimate infinitely sure.
    return effect / np.maximum(error, _SAME), error


def _limit(p: Callable[[float], float], start: float, step: float, level: float) -> float:
    """The outermost effect from `start` towards `step` that is not rejected; p need not fall evenly."""
    inside, refused, outside = start, 0, start
    for doubling in range(_OUTWARD):
        tried = start + step * 2.0**doubling
        if p(tried) > level:
            inside, refused = tried, 0
            continue
        outside = tried if refused == 0 else outside
        refused += 1
        if refused == _SURE:
            return _edge(p, inside, outside, level)
    return float("-inf") if step < 0 else float("inf")


def _edge(p: Callable[[float], float], inside: float, outside: float, level: float) -> float:
    grid = np.linspace(inside, outside, _GRID)
    kept = [place for place, tried in enumerate(grid[:-1]) if place == 0 or p(float(tried)) > level]
    low, high = float(grid[kept[-1]]), float(grid[kept[-1] + 1])
    for _ in range(_REFINE):
        middle = (low + high) / 2
        low, high = (middle, high) if p(middle) > level else (low, middle)
    return high
