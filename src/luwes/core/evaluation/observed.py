"""One outcome without a lot: one date and a fixed weekday (grade C), or starts that differ (grade B).

Neither says *not worse* of itself: C is at most consistent with something, B needs a breakdown that was frozen before
the first month and is held at it (Rambachan and Roth 2023).
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from luwes.core.evaluation.assess import Assessed, Plan
from luwes.core.evaluation.grade import MIN_PRE_MONTHS, Grade
from luwes.core.evaluation.honest import Path, smooth
from luwes.core.evaluation.margins import on_day
from luwes.core.evaluation.panel import DayPanel, Flags, Floats, Ints, PanelError
from luwes.core.evaluation.staggered import Cohorts, Estimate, covariance, events, group_time
from luwes.core.evaluation.threats import Signs, pre_trend, threats
from luwes.core.evaluation.verdict import Cause, Evidence, Shown, judge
from luwes.core.evaluation.weekday import displaced, triple


@dataclass(frozen=True, slots=True, eq=False)
class FixedWeekday:
    """Everybody starts on one date and is flexible on one weekday: `flexible` (D), `after` (D), `exposed` (S)."""

    panel: DayPanel
    flexible: Flags
    after: Flags
    exposed: Flags


def assess_fixed_weekday(found: FixedWeekday, plan: Plan, look: int, signs: Signs) -> Assessed:
    """Grade C: the flexible weekday against the unit's others, after minus before, minus the same in units without.

    Over the month what the other days moved is added. Work that may have moved to them takes the answer away, and so
    does the same difference where it was there before the start. Raises LooksError look, PanelError.
    """
    low, high = (
        triple(found.panel, found.flexible, found.after, found.exposed, 2 * level)
        for level in (plan.reassure(look), plan.warn(look))
    )
    day = Shown(low.effect, low.low, high.high, plan.margin_day)
    month = Shown(
        low.effect * plan.share + low.moved,
        low.low * plan.share + low.moved_low,
        high.high * plan.share + high.moved_high,
        plan.margin_month,
    )
    against = threats(replace(signs, pre_trend=before_weekday(found)), by_lot=False)
    if displaced(low, plan.margin_day):
        against |= {Cause.SPREAD}
    judged = judge(Evidence(Grade.C, day, month, against))
    return Assessed(day, None, month, judged, (False, False))


def assess_staggered(panel: DayPanel, start: Ints, plan: Plan, look: int, signs: Signs, change: float) -> Assessed:
    """Grade B: units (S) that start in different months (D; NEVER without).

    `change` is by how much the slope of the difference may bend from month to month, frozen in the plan; the limits
    shown are those under it. Every unit needs every month. Raises LooksError look, PanelError missing, too_short.
    """
    if (panel.weight <= 0).any():
        raise PanelError("missing", str(int((panel.weight <= 0).sum())))
    cohorts = Cohorts.of(panel.means(), start, panel.cluster)
    path, before = _path(cohorts, events(cohorts, group_time(cohorts, not_yet=True)))
    p = pre_trend(np.array([one.effect for one in before]), covariance(before))
    low = _smooth(path, change, plan.reassure(look))[0]
    high = _smooth(path, change, plan.warn(look))[1]
    effect = float(path.target @ path.effects[path.before :])
    month = Shown(effect, min(low, effect), max(high, effect), plan.margin_month)
    day = on_day(month, plan.share, plan.margin_day)
    against = threats(replace(signs, pre_trend=p), by_lot=False)
    honest = bool(low > -plan.margin_month)
    judged = judge(Evidence(Grade.B, day, month, against, honest=honest))
    return Assessed(day, None, month, judged, (False, False))


def _smooth(path: Path, change: float, level: float) -> tuple[float, float]:
    """Limits each with `level` outside; none where a look has nothing to spend."""
    return smooth(path, change, 2 * level) if level > 0 else (-inf, inf)


def _path(cohorts: Cohorts, found: dict[int, Estimate]) -> tuple[Path, list[Estimate]]:
    """Effects about the month before the start, and the steps before it, of the months that all cohorts have."""
    periods = cohorts.sums.shape[2]
    early, late = min(cohorts.starts) - 1, periods - 1 - max(cohorts.starts)
    before = [found[time] for time in range(-early, 0) if time in found]
    after = [found[time] for time in range(late + 1) if time in found]
    if len(before) < MIN_PRE_MONTHS - 1 or not after:
        raise PanelError("too_short", f"{len(before)} {len(after)}")
    # Steps from month to month, added up backwards, are the distances from the last month before.
    steps = [
        Estimate(
            -sum(one.effect for one in before[place:]),
            -np.sum([one.influence for one in before[place:]], axis=0),
        )
        for place in range(len(before))
    ]
    parts = [*steps, *after]
    effects = np.array([one.effect for one in parts])
    return Path(effects, covariance(parts), len(before), np.full(len(after), 1 / len(after))), before


def before_weekday(found: FixedWeekday) -> float:
    """The p of no difference before the start: the same comparison between the two halves of the time before.

    Raises PanelError too_few.
    """
    days = np.flatnonzero(~found.after)
    half = days[days.size // 2] if days.size else 0
    part = ~found.after
    panel = DayPanel(
        np.where(part, found.panel.total, 0.0),
        np.where(part, found.panel.weight, 0.0),
        found.panel.block,
        found.panel.cluster,
    )
    late: Floats = (np.arange(part.size) >= half).astype(np.float64)
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        one = triple(panel, found.flexible, late > 0, found.exposed, middle)
        low, high = (middle, high) if one.low <= 0 <= one.high else (low, middle)
    return low
