"""Effects where unit-periods are missing: untreated outcomes are imputed from unit and period effects.

Borusyak, Jaravel and Spiess (2024): units and periods are fitted on untreated cells only, exactly, by a T × T system;
errors are theirs (conservative: effects are centred by cohort and period), clustered.
"""

from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.panel import NEGLIGIBLE, Floats, Ints, PanelError, pseudo_inverse
from luwes.core.evaluation.staggered import NEVER, Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Imputed:
    """The fitted panel: gaps between seen and imputed outcomes, and what their weights and errors need."""

    gap: Floats
    treated: Floats
    untreated: Floats
    since: Ints
    residual: Floats
    solve: Floats
    inverse: Floats
    cluster: Ints

    @classmethod
    def of(cls, outcome: Floats, start: Ints, cluster: Ints) -> "Imputed":
        """Fit `outcome` (U × T; nan: missing) of units with `start` (NEVER without) in `cluster`s.

        Units without an untreated cell, and cells in periods in which nobody is untreated, cannot be imputed and
        are left out. Raises PanelError shape, nothing_treated, nothing_untreated, not_connected.
        """
        units, periods = outcome.shape
        if start.shape != (units,) or cluster.shape != (units,):
            raise PanelError("shape", f"{outcome.shape} {start.shape} {cluster.shape}")
        seen = np.isfinite(outcome)
        since = np.where((start == NEVER)[:, None], -periods - 1, np.arange(periods)[None, :] - start[:, None])
        free = (seen & (since < 0)).astype(np.float64)
        held = free.sum(1)
        usable = (held > 0)[:, None] & (free.sum(0) > 0)[None, :]
        treated = seen & (since >= 0) & usable
        if not free.any():
            raise PanelError("nothing_untreated", "")
        if not treated.any():
            raise PanelError("nothing_treated", "")
        inverse = np.divide(1.0, held, out=np.zeros_like(held), where=held > 0)
        plain = np.where(free > 0, outcome, 0.0)
        system = np.diag(free.sum(0)) - (free * inverse[:, None]).T @ free
        _connected(system, free.sum(0) > 0)
        solve = pseudo_inverse(system)
        period = solve @ (plain.sum(0) - (free * inverse[:, None]).T @ plain.sum(1))
        unit = (plain.sum(1) - free @ period) * inverse
        gap = np.where(seen, np.nan_to_num(outcome) - unit[:, None] - period[None, :], 0.0)
        residual = np.where(free > 0, gap, 0.0)
        residual = np.where(treated, gap - _centre(gap, treated, start), residual)
        return cls(gap, treated.astype(np.float64), free, since, residual, solve, inverse, cluster)

    def effect(self, chosen: Floats | None = None) -> Estimate:
        """The mean gap over treated cells, or over those of them in `chosen` (U × T, 0 or weights).

        Raises PanelError nothing_treated.
        """
        weight = self.treated if chosen is None else self.treated * chosen
        if weight.sum() <= 0:
            raise PanelError("nothing_treated", "")
        weight = weight / weight.sum()
        by_unit, by_period = weight.sum(1), weight.sum(0)
        period = self.solve @ (by_period - (self.untreated * self.inverse[:, None]).T @ by_unit)
        unit = self.inverse * (by_unit - self.untreated @ period)
        spread = weight - self.untreated * (unit[:, None] + period[None, :])
        influence = np.bincount(self.cluster, weights=(spread * self.residual).sum(1)).astype(np.float64)
        return Estimate(float((weight * self.gap).sum()), influence)

    def events(self) -> dict[int, Estimate]:
        """Effects by time since the start, from 0."""
        times = np.unique(self.since[self.treated > 0])
        return {int(time): self.effect((self.since == time).astype(np.float64)) for time in times}


def _centre(gap: Floats, treated: Floats, start: Ints) -> Floats:
    """The mean gap of each cohort and period, spread over its cells."""
    found = np.zeros_like(gap)
    for begins in np.unique(start[start != NEVER]):
        mine = start == begins
        inside = treated[mine]
        count = inside.sum(0)
        mean = np.divide((gap[mine] * inside).sum(0), count, out=np.zeros(gap.shape[1]), where=count > 0)
        found[mine] = mean
    return found


def _connected(system: Floats, used: Floats) -> None:
    """Period effects are comparable only when units chain all used periods: else effects would be arbitrary."""
    inside = system[np.ix_(used > 0, used > 0)]
    values = np.linalg.eigvalsh(inside)
    if (values > NEGLIGIBLE * values.max()).sum() < inside.shape[0] - 1:
        raise PanelError("not_connected", "")
