"""Errors of a regression when few clusters share their shocks: CR0, CR1, the jackknife CV3, and the wild bootstrap.

With few treated clusters CR1 is far too small; CV3 with t(C-1) is the best of the closed forms (MacKinnon, Nielsen and
Webb 2023). The restricted wild bootstrap is a check only: with two or three treated clusters it never finds anything.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.stats import t as student

from luwes.core.evaluation.panel import Floats, Ints, PanelError, pseudo_inverse


@dataclass(frozen=True, slots=True, eq=False)
class Clustered:
    """A least-squares fit with fixed effects already out: cluster sums are all that is kept.

    `inner` (C × k × k) and `cross` (C × k) are each cluster's sums of squares and products, `rows` the observations.
    """

    inner: Floats
    cross: Floats
    rows: int

    @classmethod
    def of(cls, design: Floats, outcome: Floats, cluster: Ints) -> "Clustered":
        """Fit `outcome` (N) on `design` (N × k) in `cluster`s (from 0). Raises PanelError shape, one_cluster, rank."""
        rows, columns = design.shape
        if outcome.shape != (rows,) or cluster.shape != (rows,):
            raise PanelError("shape", f"{design.shape} {outcome.shape} {cluster.shape}")
        clusters = int(cluster.max(initial=-1)) + 1
        if clusters < 2:
            raise PanelError("one_cluster", str(clusters))
        inner, cross = np.zeros((clusters, columns, columns)), np.zeros((clusters, columns))
        np.add.at(inner, cluster, design[:, :, None] * design[:, None, :])
        np.add.at(cross, cluster, design * outcome[:, None])
        values = np.linalg.eigvalsh(inner.sum(0))
        if values.min() <= 1e-10 * values.max():
            raise PanelError("rank", str(values))
        return cls(inner, cross, rows)

    @property
    def coefficients(self) -> Floats:
        """The fit (k)."""
        return np.asarray(np.linalg.solve(self.inner.sum(0), self.cross.sum(0)))

    def cr0(self) -> Floats:
        """The sandwich without correction (k × k)."""
        bread = np.linalg.inv(self.inner.sum(0))
        scores = self.cross - self.inner @ self.coefficients
        return np.asarray(bread @ (scores.T @ scores) @ bread)

    def cr1(self) -> Floats:
        """CR0 times C/(C-1) · (N-1)/(N-k)."""
        clusters, columns = self.cross.shape
        return np.asarray(self.cr0() * clusters / (clusters - 1) * (self.rows - 1) / (self.rows - columns))

    def cv3(self) -> Floats:
        """The cluster jackknife around the full fit (k × k).

        A cluster without which a coefficient is not identified (the only treated one) leaves its variance infinite.
        """
        clusters, columns = self.cross.shape
        full = self.coefficients
        moved = np.zeros((clusters, columns))
        unsure = np.zeros(columns, dtype=bool)
        for place in range(clusters):
            inner = self.inner.sum(0) - self.inner[place]
            inverse = pseudo_inverse(inner)
            unsure |= np.abs(np.diag(inverse @ inner) - 1) > 1e-6
            moved[place] = inverse @ (self.cross.sum(0) - self.cross[place]) - full
        found = np.asarray((clusters - 1) / clusters * (moved.T @ moved))
        found[unsure, unsure] = inf
        return found

    def interval(self, column: int, level: float) -> tuple[float, float]:
        """CV3 with t(C-1), two-sided `level` left outside; without limits where CV3 is infinite."""
        width = float(np.sqrt(self.cv3()[column, column])) * float(student.isf(level / 2, self.cross.shape[0] - 1))
        effect = float(self.coefficients[column])
        return effect - width, effect + width

    def wild(self, column: int, signs: Floats) -> float:
        """Two-sided p of "no effect" by the restricted wild cluster bootstrap with `signs` (B × C, ±1).

        Counts the real statistic as one draw. Raises PanelError shape.
        """
        clusters, columns = self.cross.shape
        if signs.shape[1:] != (clusters,):
            raise PanelError("shape", str(signs.shape))
        others = [place for place in range(columns) if place != column]
        restricted = np.zeros(columns)
        if others:
            total = self.inner.sum(0)[np.ix_(others, others)]
            restricted[others] = np.linalg.solve(total, self.cross.sum(0)[others])
        left = self.cross - self.inner @ restricted
        drawn = np.concatenate([np.ones((1, clusters)), signs])[:, :, None] * left[None]
        bread = np.linalg.inv(self.inner.sum(0))
        fitted = drawn.sum(1) @ bread
        scores = drawn - np.einsum("cij,bj->bci", self.inner, fitted)
        error = np.sqrt(((scores @ bread[column]) ** 2).sum(1))
        statistic = np.abs(fitted[:, column]) / np.maximum(error, 1e-12)
        return float((statistic >= statistic[0] - 1e-9).mean())


def before_after(outcome: Floats, exposed: Floats) -> float:
    """The naive line: mean under exposure minus mean without (nan: missing). Never a verdict."""
    return float(np.nanmean(outcome[exposed > 0]) - np.nanmean(outcome[exposed == 0]))


def two_way(outcome: Floats, exposed: Floats) -> float:
    """The naive line: two-way fixed effects on a full U × T panel. With staggered starts it can hide most of a harm.

    Raises PanelError rank where exposure does not differ beyond unit and period effects.
    """
    plain = exposed - exposed.mean(1, keepdims=True) - exposed.mean(0) + exposed.mean()
    own = float((plain**2).sum())
    if own <= 1e-10:
        raise PanelError("rank", str(own))
    return float((plain * outcome).sum() / own)
