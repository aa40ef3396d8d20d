"""What a lot would let one see, from the agency's own past: asked before a plan is frozen.

The lot is drawn again and again over weeks in which nothing was flexible. Reassurance needs the flexible day and the
whole month, so the smaller of the two chances is the power.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf, pi, sqrt

import numpy as np
from scipy.stats import norm

from luwes.apps.evaluation.panels import Frame, Outcome, chain_of, sums_of
from luwes.apps.evaluation.plans import Asked, Content, LotKind, LotSpec, lot_of, week_of
from luwes.core.evaluation.lots import redraws
from luwes.core.evaluation.margins import per_span
from luwes.core.evaluation.panel import DayPanel, Effects, Floats, PanelError
from luwes.core.evaluation.power import Design, Promise, best, detectable, power_at
from luwes.core.evaluation.randomised import drawn_effects
from luwes.core.evaluation.weekday import others_moved

DRAWS = 200
# Fewer working days of the past say nothing of a usual month.
LEAST_DAYS = 20
MOST_WEEKS = 26
LIKELY = 0.05
# A weekday lot with a share of 0 or 1 is the cheapest that also sees what whole weeks lost.
SHARES = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Error:
    """The error of a fully flexible day, and of full exposure over whole weeks (infinite: all weeks are alike)."""

    day: float
    spans: float

    def over(self, factor: float) -> "Error":
        """Both scaled."""
        return Error(self.day * factor, self.spans * factor)


def past_error(outcome: Outcome, keys: Sequence[str], days: Sequence[date], spec: LotSpec) -> Error | None:
    """The errors the lot would have had over these past days (in order); None: too few days, or no figures."""
    if len(days) < LEAST_DAYS or len(keys) < 2:
        return None
    frame = Frame.of(keys, days, len(days))
    sums = sums_of(outcome, frame)
    weeks = week_of(days, days[0])
    block = weeks if spec.kind is LotKind.WEEKDAY else np.zeros_like(weeks)
    panel = sums.panel(block)
    if (panel.weight.sum(1) > 0).sum() < 2 or (panel.weight.sum(0) > 0).sum() < LEAST_DAYS:
        return None
    chain = chain_of(outcome, frame, sums)
    rng = np.random.default_rng([spec.seed, 2])
    drawn = chain @ redraws(lot_of(spec, days, days[0], len(keys)), DRAWS, rng)
    if spec.kind is LotKind.START:
        whole = _spread(panel.by_span(weeks), per_span(drawn, weeks))
        return Error(whole, whole)
    if blind(spec):
        return Error(_spread(panel, drawn), inf)
    return Error(_spread(panel, drawn), _spread(panel.by_span(weeks), per_span(drawn, weeks)))


def blind(spec: LotSpec) -> bool:
    """Whether the lot leaves whole weeks alike, so that it cannot see what all days lose."""
    return spec.kind is LotKind.WEEKDAY and len(set(spec.shares)) < 2


def _spread(panel: DayPanel, drawn: Floats) -> float:
    found = drawn_effects(panel, Effects.of(panel), drawn)
    return float(np.sqrt((found**2).mean())) if found.size else inf


def power_of(asked: Asked, content: Content, error: Error, others: float | None = None) -> float:
    """The chance to say *not worse* at the planned end when nothing changed.

    A lot that leaves whole weeks alike never can, unless units without flexible days bound the other days: `others`
    is the error of that bound. What the two differed by before the start is taken off it, its usual size here.
    """
    level = content.plan(asked).reassure(len(content.looks) - 1)
    if not level > 0 or not error.day > 0:
        return 0.0
    day = power_at(error.day, asked.margin_day, level)
    if others is not None:
        off = sqrt(2 / pi) * others
        both = power_at(error.day + others, asked.margin_day - off, level)
        return min(both, power_at(error.day * content.share + others, asked.margin_month - off, level))
    if not np.isfinite(error.spans):
        return 0.0
    return min(day, power_at(error.spans * content.share, asked.margin_month, level))


def others_error(content: Content, measure: str, past: Sequence[date]) -> float | None:
    """The error of what units without flexible days say of the other days, as between two halves of the past.

    None: no such units, or too few past days.
    """
    units = len(content.units)
    if len(content.compared) < 2 or len(past) < 2 * LEAST_DAYS:
        return None
    frame = Frame.of([*content.units, *content.compared], past, len(past))
    panel = sums_of(Outcome(measure), frame).panel(np.zeros(len(past), dtype=np.int64))
    half = np.arange(len(past)) >= len(past) // 2
    exposed = np.arange(len(frame.keys)) < units
    try:
        found = others_moved(panel, np.zeros(frame.shape), half, exposed, LIKELY)
    except PanelError:
        return None
    return float(found[2] - found[0]) / float(norm.isf(LIKELY / 2))


def planned_error(content: Content, measure: str, past: Sequence[date]) -> Error | None:
    """The past's errors as those of the plan's own length."""
    if content.lot is None:
        return None
    days = past[-len(content.days) :]
    found = past_error(Outcome(measure), content.units, days, content.lot)
    return None if found is None else found.over(sqrt(len(days) / len(content.days)))


def cheapest(
    outcome: Outcome, keys: Sequence[str], past: Sequence[date], margin: float, level: float = 0.05
) -> tuple[LotSpec, Promise] | None:
    """The lot that answers first of those any circular allows, and after how many weeks; None: no past, or too long."""
    specs = {
        "hari": LotSpec(LotKind.WEEKDAY, 1, 2, weekdays=(1, 2, 3, 4, 5), shares=SHARES),
        "bagian": LotSpec(LotKind.SHARE, 1, 1, weekdays=(5,), shares=(0.25, 0.75)),
        "mulai": LotSpec(LotKind.START, 1, starts=(0, 2, 4, 6)),
    }
    designs = []
    for name, spec in specs.items():
        error = past_error(outcome, keys, past, spec)
        if error is not None and np.isfinite(error.spans) and error.day > 0:
            share = _share(spec, past, len(keys))
            # The flexible day and the month, each against the same margin: the harder one is the lot's error.
            hardest = max(error.day, error.spans * share)
            designs.append(Design(name, hardest, max(1, len(past) // 5), len(keys)))
    promise = best(designs, margin, level, most_weeks=MOST_WEEKS)
    return None if promise is None else (specs[promise.design.name], promise)


def _share(spec: LotSpec, days: Sequence[date], units: int) -> float:
    rng = np.random.default_rng([spec.seed, 3])
    return float(redraws(lot_of(spec, days, days[0], units), 20, rng).mean())


def with_power(asked: Asked, content: Content, past: Sequence[date]) -> Asked:
    """The outcome with its error and power, from the past where there is one, else from the error it states itself."""
    error = planned_error(content, asked.measure, past)
    others = others_error(content, asked.measure, past)
    if error is not None:
        power = power_of(asked, content, error, others)
        return replace(asked, error=round(error.day, 6), power=round(power, 6), assumed=False)
    if not asked.error > 0:
        return replace(asked, error=0.0, power=0.0)
    # Whole weeks are known about as well as single days where shares are drawn: five days, a fifth of the exposure.
    assumed = Error(asked.error, inf if content.lot is not None and blind(content.lot) else 2.5 * asked.error)
    power = power_of(asked, content, assumed, others)
    return replace(asked, power=round(power, 6), assumed=True)


def detectable_fall(asked: Asked, content: Content, power: float = 0.8) -> float:
    """The fall on a fully flexible day that is told with `power` at the planned end."""
    return detectable(asked.error, content.plan(asked).warn(len(content.looks) - 1), power)
