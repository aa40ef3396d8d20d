"""Grade C: everybody starts on one date, flexible on a fixed weekday. What can be said, and what may have moved.

The flexible weekday against the unit's own other weekdays, after minus before, minus the same in services without
flexible days. A rise on the other days (work moved to them) is tested, since it would pass for a fall, or hide one.
"""

from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.clustered import Clustered
from luwes.core.evaluation.panel import DayPanel, Flags, Floats, PanelError


@dataclass(frozen=True, slots=True)
class Triple:
    """The difference, its limits (CV3), and the same of the other days alone: what moved to them."""

    effect: float
    low: float
    high: float
    moved: float
    moved_low: float
    moved_high: float


def triple(panel: DayPanel, flexible: Flags, after: Flags, exposed: Flags, level: float) -> Triple:
    """`flexible` (D): the weekday in question. `after` (D): under the policy. `exposed` (S).

    `level` is left outside two-sidedly. Clusters with no answer in one of the four cells are left out, on either side.
    Raises PanelError shape, too_few (under two clusters on either side).
    """
    if flexible.shape != after.shape or flexible.shape != panel.block.shape or exposed.shape != panel.cluster.shape:
        raise PanelError("shape", f"{flexible.shape} {after.shape} {exposed.shape}")
    cells = [
        _mean(panel, days) for days in (flexible & after, flexible & ~after, ~flexible & after, ~flexible & ~after)
    ]
    change = (cells[0] - cells[1]) - (cells[2] - cells[3])
    effect = _between(change, panel, exposed, level)
    return Triple(*effect, *_between(cells[2] - cells[3], panel, exposed, level))


def others_moved(panel: DayPanel, exposure: Floats, after: Flags, exposed: Flags, level: float) -> tuple[float, ...]:
    """How far days without flexible work of exposed units moved since the start, minus units without: effect, limits.

    What a lot over weekdays alone cannot see. Each cell stands against the unexposed units' mean of its date, so that
    the days left out do not matter. `exposure` is S × D; `level` is left outside two-sidedly. Raises PanelError shape,
    too_few.
    """
    shapes = (exposure.shape, after.shape, exposed.shape)
    if shapes != (panel.total.shape, panel.block.shape, panel.cluster.shape):
        raise PanelError("shape", str(shapes))
    held = panel.weight[~exposed].sum(0)
    base = np.divide(panel.total[~exposed].sum(0), held, out=np.zeros_like(held), where=held > 0)
    # A date on which no unexposed unit has anything has nothing to be held against.
    weight = np.where((exposure > 0) | (held == 0), 0.0, panel.weight)
    plain = DayPanel(np.where(weight > 0, panel.total - panel.weight * base, 0.0), weight, panel.block, panel.cluster)
    return _between(_mean(plain, after) - _mean(plain, ~after), panel, exposed, level)


def displaced(found: Triple, limit: float) -> bool:
    """Whether the other days moved by `limit` or more, or that cannot be excluded."""
    return not (-limit < found.moved_low and found.moved_high < limit)


def _mean(panel: DayPanel, days: Flags) -> Floats:
    held = panel.weight[:, days].sum(1)
    total = np.asarray(panel.total[:, days].sum(1))
    return np.asarray(np.divide(total, held, out=np.full_like(held, np.nan), where=held > 0))


def _between(change: Floats, panel: DayPanel, exposed: Flags, level: float) -> tuple[float, float, float]:
    """Exposed minus unexposed, services of one cluster and side put together first."""
    fit = _fit(change, panel, exposed)
    return (float(fit.coefficients[0]), *fit.interval(0, level))


def _fit(change: Floats, panel: DayPanel, exposed: Flags) -> Clustered:
    means, sides = [], []
    for side in (True, False):
        for cluster in range(panel.clusters):
            own = change[(panel.cluster == cluster) & (exposed == side) & np.isfinite(change)]
            if own.size:
                means.append(float(own.mean()))
                sides.append((float(side), cluster))
    counts = [sum(1 for side, _ in sides if side == wanted) for wanted in (1.0, 0.0)]
    if min(counts) < 2:
        raise PanelError("too_few", str(counts))
    treated = np.array([side for side, _ in sides])
    numbers = np.unique([cluster for _, cluster in sides], return_inverse=True)[1].astype(np.int64)
    return Clustered.of(np.column_stack([treated, np.ones_like(treated)]), np.array(means), numbers)
