"""What a lot would let one see, from the agency's own past: and which lot, and by when.

No model of the variances: the lot is drawn again and again over weeks in which nothing was flexible, and the spread of
what it then "finds" is its error. It holds every shock those weeks had.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.stats import norm

from luwes.core.evaluation.lots import Lot, redraws
from luwes.core.evaluation.panel import DayPanel, Effects, PanelError
from luwes.core.evaluation.randomised import drawn_effects

PRIMARY_POWER = 0.60
PROMISED_POWER = 0.95
MAX_PRIMARY = 3
WEEKS_A_MONTH = 4.35
# A quarter more than the past's spread: a promise must survive a worse year and its own estimation.
SAFETY = 1.25


class PlanRefused(ValueError):
    """A plan that promises what it cannot see; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Design:
    """A lot under consideration, with `error` (of a fully flexible day) measured over `weeks` of the past."""

    name: str
    error: float
    weeks: int
    units: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A lot, and the weeks after which it can tell a fall of the margin, were there one or not."""

    design: Design
    weeks: int

    @property
    def months(self) -> float:
        """The weeks as months."""
        return self.weeks / WEEKS_A_MONTH


def placebo_error(panel: DayPanel, lot: Lot, count: int, rng: np.random.Generator) -> float:
    """The standard deviation of what the lot finds in a past without flexible days. Raises PanelError draws."""
    if count < 20:
        raise PanelError("draws", str(count))
    effects = Effects.of(panel)
    found = drawn_effects(panel, effects, redraws(lot, count, rng))
    return float(np.sqrt((found**2).mean()))


def detectable(error: float, level: float, power: float) -> float:
    """The fall that is told with `power` when one side keeps `level` at the planned end.

    >>> round(detectable(0.34, 0.05, 0.8), 2)
    0.85
    """
    return float((norm.isf(level) + norm.isf(1 - power)) * error)


def power_at(error: float, margin: float, level: float) -> float:
    """The chance to say "not worse" at the planned end when nothing changed."""
    return float(norm.sf(norm.isf(level) - margin / error))


def weeks_needed(design: Design, margin: float, level: float, power: float = PROMISED_POWER) -> int:
    """Weeks until a fall of `margin` on a flexible day is told with `power`, the past's spread taken a quarter larger.

    Errors fall with the root of the weeks when the lot is drawn anew. Raises PanelError margin.
    """
    if not margin > 0:
        raise PanelError("margin", str(margin))
    return max(1, ceil(design.weeks * (detectable(design.error * SAFETY, level, power) / margin) ** 2))


def best(designs: Sequence[Design], margin: float, level: float, *, most_weeks: int) -> Promise | None:
    """The lot that answers first among those the policy allows, or None when none does within `most_weeks`."""
    found = [Promise(design, weeks_needed(design, margin, level)) for design in designs]
    within = [one for one in found if one.weeks <= most_weeks]
    return min(within, key=lambda one: (one.weeks, one.design.name), default=None)


def attainable(smallest: float, levels: Sequence[float]) -> tuple[bool, ...]:
    """At which looks a lot with this smallest p can say anything; elsewhere the plan names hard rules instead."""
    return tuple(smallest <= level for level in levels)


def check_primary(errors: Sequence[tuple[str, float, float]], level: float) -> None:
    """Refuse co-primary outcomes (name, error, margin) that the plan could not answer, naming those.

    Raises PlanRefused none, too_many, underpowered.
    """
    if not errors:
        raise PlanRefused("none", "")
    if len(errors) > MAX_PRIMARY:
        raise PlanRefused("too_many", str(len(errors)))
    weak = [name for name, error, margin in errors if not power_at(error, margin, level) >= PRIMARY_POWER]
    if weak:
        raise PlanRefused("underpowered", ", ".join(weak))


def holm(levels: int, level: float) -> tuple[float, ...]:
    """The levels for the smallest, second smallest … p of a family of `levels` outcomes.

    >>> [round(one, 4) for one in holm(3, 0.05)]
    [0.0167, 0.025, 0.05]
    """
    return tuple(level / (levels - place) for place in range(levels))


def benjamini_hochberg(ps: Sequence[float], level: float) -> tuple[bool, ...]:
    """Which of supporting outcomes stand out, with at most `level` false ones among them on average."""
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    last = max((rank for rank, place in enumerate(order, 1) if ps[place] <= level * rank / len(ps)), default=0)
    chosen = set(order[:last])
    return tuple(place in chosen for place in range(len(ps)))


def monthly_information(months: int, baseline: int) -> tuple[float, ...]:
    """The share of the final information in after each month: the baseline is finite, so it levels off.

    >>> [round(one, 3) for one in monthly_information(2, 12)]
    [0.538, 1.0]
    """
    found = [1 / (1 / month + 1 / baseline) for month in range(1, months + 1)]
    return tuple(one / found[-1] for one in found)


def lot_information(weeks: Sequence[int]) -> tuple[float, ...]:
    """The share of the final information at looks after these weeks of a lot: it grows evenly.

    >>> lot_information([4, 8])
    (0.5, 1.0)
    """
    return tuple(week / weeks[-1] for week in weeks)
