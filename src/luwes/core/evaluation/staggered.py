"""Group-time effects for units that start at different times (Callaway and Sant'Anna 2021), from sums alone.

Without covariates everything is a function of cohort × cluster × period sums: the units are touched once, and a centre
can estimate over many governments without their unit rows. Errors are the analytic ones clustered by `cluster`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import ndtri

from luwes.core.evaluation.panel import Floats, Ints, PanelError

# The start of a unit that never starts.
NEVER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cohorts:
    """Sums of an outcome over the units of each cohort (first: never treated) and cluster.

    `starts` (K-1) are the periods in which cohorts start; `sums` (K × C × T); `units` (K × C).
    """

    starts: tuple[int, ...]
    sums: Floats
    units: Floats

    @classmethod
    def of(cls, outcome: Floats, start: Ints, cluster: Ints) -> "Cohorts":
        """Sum `outcome` (U × T) by start (period index, NEVER) and cluster (numbered from 0).

        Raises PanelError shape, not_finite, start (outside the periods).
        """
        units, periods = outcome.shape
        if start.shape != (units,) or cluster.shape != (units,):
            raise PanelError("shape", f"{outcome.shape} {start.shape} {cluster.shape}")
        if not np.isfinite(outcome.sum()):
            raise PanelError("not_finite", "outcome: use the imputation estimator where unit-periods are missing")
        if ((start != NEVER) & ((start < 0) | (start >= periods))).any():
            raise PanelError("start", str(np.unique(start)))
        found = np.unique(start[start != NEVER])
        cohort = np.where(start == NEVER, 0, np.searchsorted(found, start) + 1)
        cohorts, clusters = found.size + 1, int(cluster.max(initial=-1)) + 1
        row = cohort * clusters + cluster
        pick = csr_matrix((np.ones(units), (row, np.arange(units))), shape=(cohorts * clusters, units))
        return cls(
            tuple(int(one) for one in found),
            np.asarray(pick @ outcome).reshape(cohorts, clusters, periods),
            np.bincount(row, minlength=cohorts * clusters).reshape(cohorts, clusters).astype(np.float64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """An effect and its influence summed by cluster, divided by the units: its variance is their sum of squares."""

    effect: float
    influence: Floats

    @property
    def error(self) -> float:
        """The clustered standard error."""
        return float(np.sqrt((self.influence**2).sum()))


def group_time(cohorts: Cohorts, *, not_yet: bool = False) -> dict[tuple[int, int], Estimate]:
    """ATT(g, t) for every cohort and period but the first, with a varying base before the start.

    Compared with the never treated, or with `not_yet` also with those that start after t and after the base.
    Raises PanelError no_comparison when nobody is left to compare with in any period.
    """
    count = cohorts.units.sum(1)
    periods = cohorts.sums.shape[2]
    found = {}
    for place, start in enumerate(cohorts.starts, 1):
        for period in range(1, periods):
            base = start - 1 if period >= start else period - 1
            if base < 0:
                continue
            later = max(period, base)
            with_them = [0] + [
                other for other, begins in enumerate(cohorts.starts, 1) if not_yet and begins > later and other != place
            ]
            if count[with_them].sum() == 0:
                continue
            found[start, period] = _difference(cohorts, place, with_them, period, base)
    if not found:
        raise PanelError("no_comparison", str(cohorts.starts))
    return found


def _difference(cohorts: Cohorts, place: int, with_them: list[int], period: int, base: int) -> Estimate:
    change = cohorts.sums[:, :, period] - cohorts.sums[:, :, base]
    treated, those = cohorts.units[place], cohorts.units[with_them].sum(0)
    mine, others = change[place], change[with_them].sum(0)
    mean, compared = mine.sum() / treated.sum(), others.sum() / those.sum()
    influence = (mine - treated * mean) / treated.sum() - (others - those * compared) / those.sum()
    return Estimate(float(mean - compared), influence)


def weighted(cohorts: Cohorts, effects: Mapping[tuple[int, int], Estimate], keys: list[tuple[int, int]]) -> Estimate:
    """Effects put together with weights by the units of their cohorts, whose estimation counts in the error."""
    total = cohorts.units.sum()
    place = {start: number for number, start in enumerate(cohorts.starts, 1)}
    size = np.array([cohorts.units[place[start]].sum() / total for start, _ in keys])
    values = np.array([effects[key].effect for key in keys])
    held = size.sum()
    influence = np.asarray(sum(share / held * effects[key].influence for share, key in zip(size, keys, strict=True)))
    effect = float(values @ size / held)
    everyone = cohorts.units.sum(0)
    for share, value, (start, _) in zip(size, values, keys, strict=True):
        drift = (cohorts.units[place[start]] - share * everyone) / total
        influence = influence + (value - effect) / held * drift
    return Estimate(effect, influence)


def events(cohorts: Cohorts, effects: Mapping[tuple[int, int], Estimate]) -> dict[int, Estimate]:
    """Effects by time since the start (0 is the first period under it; negative ones should be nothing)."""
    times = sorted({period - start for start, period in effects})
    return {
        time: weighted(cohorts, effects, [key for key in sorted(effects) if key[1] - key[0] == time]) for time in times
    }


def simple(cohorts: Cohorts, effects: Mapping[tuple[int, int], Estimate]) -> Estimate:
    """The mean over all treated cohorts and periods, weighted by units. Raises PanelError no_period_after."""
    after = [key for key in sorted(effects) if key[1] >= key[0]]
    if not after:
        raise PanelError("no_period_after", "")
    return weighted(cohorts, effects, after)


def mean(parts: list[Estimate]) -> Estimate:
    """The plain mean of effects, for example over the times since the start. Raises PanelError no_period_after."""
    if not parts:
        raise PanelError("no_period_after", "")
    return Estimate(
        float(np.mean([one.effect for one in parts])),
        np.asarray(np.mean([one.influence for one in parts], axis=0)),
    )


def by_group(cohorts: Cohorts, effects: Mapping[tuple[int, int], Estimate]) -> Estimate:
    """The mean over cohorts of each cohort's own mean, weighted by units. Raises PanelError no_period_after."""
    own = {}
    for start in cohorts.starts:
        after = [one for (begins, period), one in sorted(effects.items()) if begins == start and period >= start]
        if after:
            own[start, start] = mean(after)
    if not own:
        raise PanelError("no_period_after", "")
    return weighted(cohorts, own, list(own))


def by_calendar(cohorts: Cohorts, effects: Mapping[tuple[int, int], Estimate]) -> Estimate:
    """The mean over periods of the effect on those treated in each. Raises PanelError no_period_after."""
    periods = sorted({period for start, period in effects if period >= start})
    return mean(
        [
            weighted(cohorts, effects, [key for key in sorted(effects) if key[0] <= key[1] == period])
            for period in periods
        ]
    )


def covariance(parts: list[Estimate]) -> Floats:
    """The clustered covariance of several estimates (k × k)."""
    influence = np.stack([one.influence for one in parts])
    return np.asarray(influence @ influence.T)


def simultaneous(parts: list[Estimate], level: float, draws: Floats) -> float:
    """How many errors a band around all of `parts` at once must be wide: the multiplier bootstrap's quantile.

    `draws` (B × C) are independent numbers with mean 0 and variance 1 (signs, or normal). Never under the pointwise
    width, as few clusters would have it. Raises PanelError shape, level.
    """
    influence = np.stack([one.influence for one in parts])
    if draws.shape[1:] != influence.shape[1:]:
        raise PanelError("shape", f"{draws.shape} {influence.shape}")
    if not 0 < level < 1:
        raise PanelError("level", str(level))
    error = np.sqrt((influence**2).sum(1))
    used = error > 0
    largest = np.abs(draws @ influence[used].T / error[used]).max(1, initial=0.0)
    return float(max(np.quantile(largest, 1 - level, method="higher"), _pointwise(level)))


def _pointwise(level: float) -> float:
    return float(ndtri(1 - level / 2))
