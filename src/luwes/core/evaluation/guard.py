"""Guard-rails of a single unit: hard floors at once, statistics only in two stages, and a person decides.

A 3-sigma chart on a year's baseline flags one healthy unit in ten a year. Here the quarterly mean is held against the
unit's own baseline with the uncertainty of that baseline and the units' pooled autocorrelation in it, at a level per
unit and year; a suspension is proposed only when a month that did not raise the alarm says the same by itself.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq
from scipy.stats import t as student

from luwes.core.evaluation.panel import Floats, PanelError

WATCH_LEVEL = 0.05
# Alarm and confirmation share the baseline: at 0.10 a healthy unit is proposed in half a percent of years.
CONFIRM_LEVEL = 0.08
MIN_BASELINE = 6
LOOKS = 4
CLEAN_MONTHS = 2
# Autocorrelation above this is a trend, not a guard-rail's matter.
MOST = 0.9


class State(StrEnum):
    """What is proposed for a unit."""

    CALM = "calm"
    WATCH = "watch"
    SUSPEND = "suspend"
    SUSPEND_NOW = "suspend_now"
    STEP_DOWN = "step_down"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A unit's months, higher is better, minus the mean of units without: `before` the policy and since (`after`).

    Raises PanelError baseline (under 6 months), autocorrelation (outside [0, 1)).
    """

    before: Floats
    after: Floats
    autocorrelation: float

    def __post_init__(self) -> None:
        if self.before.size < MIN_BASELINE:
            raise PanelError("baseline", str(self.before.size))
        if not 0 <= self.autocorrelation < 1:
            raise PanelError("autocorrelation", str(self.autocorrelation))


def autocorrelation(baselines: Floats) -> float:
    """The autocorrelation of units' months (U × P), pooled, corrected for short series, within 0 to 0.9.

    Solved from what the plain estimate is on average: it is far too low where the mean comes from a dozen months.
    Raises PanelError baseline.
    """
    months = baselines.shape[1]
    if months < MIN_BASELINE:
        raise PanelError("baseline", str(months))
    centred = baselines - baselines.mean(1, keepdims=True)
    own = float((centred**2).sum())
    plain = float((centred[:, 1:] * centred[:, :-1]).sum()) / own if own > 0 else 0.0
    if plain <= _usual(0.0, months):
        return 0.0
    return MOST if plain >= _usual(MOST, months) else float(brentq(lambda one: _usual(one, months) - plain, 0.0, MOST))


def _usual(rho: float, months: int) -> float:
    """The plain estimate, on average, when the truth is `rho`."""
    centre = np.eye(months) - 1 / months
    inside = centre @ _correlation(rho, months) @ centre
    return float(np.trace(inside, 1) / np.trace(inside))


def _correlation(rho: float, months: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    return np.asarray(rho ** lag.astype(np.float64))


def chance(series: Series, months: int) -> float:
    """One-sided p of the mean of the first `months` months since, under "as before". Not a number when one is missing.

    Raises PanelError months.
    """
    if not 1 <= months <= series.after.size:
        raise PanelError("months", f"{months} of {series.after.size}")
    weights = np.zeros(series.before.size + months)
    weights[: series.before.size] = -1 / series.before.size
    weights[series.before.size :] = 1 / months
    return _tail(series, weights)


def confirmed(series: Series, month: int) -> float:
    """One-sided p of month `month` (from 1) by what is new in it: the part the month before does not foretell.

    So it says something that the alarm did not already know. Raises PanelError months.
    """
    if not 2 <= month <= series.after.size:
        raise PanelError("months", f"{month} of {series.after.size}")
    weights = np.zeros(series.before.size + month)
    weights[: series.before.size] = -(1 - series.autocorrelation) / series.before.size
    weights[-2], weights[-1] = -series.autocorrelation, 1.0
    return _tail(series, weights)


def state(series: Series, *, floor_broken: bool) -> State:
    """What the months so far propose for a unit without suspension. A broken hard floor needs no statistics.

    Watch from the first quarter whose p is under a quarter of the yearly level; suspension from the next month if that
    month confirms it. A missing month leaves the answer UNKNOWN, unless an alarm already stands.
    """
    if floor_broken:
        return State.SUSPEND_NOW
    unknown = False
    for quarter in range(3, min(series.after.size, 3 * LOOKS) + 1, 3):
        p = chance(series, quarter)
        unknown |= bool(np.isnan(p))
        if p < WATCH_LEVEL / LOOKS:
            after = quarter + 1
            confirms = after <= series.after.size and confirmed(series, after) < CONFIRM_LEVEL
            return State.SUSPEND if confirms else State.WATCH
    return State.UNKNOWN if unknown else State.CALM


def lifting(clean_months: int) -> State:
    """After a suspension: two clean months in a row propose a return one step lower, never at the old share."""
    return State.STEP_DOWN if clean_months >= CLEAN_MONTHS else State.SUSPEND


def _tail(series: Series, weights: Floats) -> float:
    months, baseline = weights.size, series.before.size
    correlation = _correlation(series.autocorrelation, months)
    inside = correlation[:baseline, :baseline]
    # What a sample variance of correlated months is on average, and how many free ones it is worth (Satterthwaite).
    centred = (np.eye(baseline) - 1 / baseline) @ inside
    expected = float(np.trace(centred)) / (baseline - 1)
    freedom = float(np.trace(centred) ** 2 / np.trace(centred @ centred))
    spread = float(series.before.std(ddof=1)) / np.sqrt(expected)
    error = max(spread * float(np.sqrt(weights @ correlation @ weights)), 1e-12)
    values = np.concatenate([series.before, series.after[: months - baseline]])
    return float(student.cdf(float(weights @ values) / error, freedom))
