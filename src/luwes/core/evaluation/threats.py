"""What can make an interval lie, each as a test with a consequence; unknown counts against reassurance."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from scipy.stats import chi2

from luwes.core.evaluation.panel import NEGLIGIBLE, DayPanel, Flags, Floats, PanelError, pseudo_inverse
from luwes.core.evaluation.verdict import Cause

MISSING_LIMIT = 0.20
THIN_LIMIT = 0.5
PRE_TREND_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers among services delivered, on flexible (`flexible`, of) and on other days, summed over the period."""

    flexible: float
    flexible_of: float
    other: float
    other_of: float

    def rates(self) -> tuple[float, float]:
        """Answers per service delivered by kind of day; not a number where nothing was delivered, or more answered."""
        return _rate(self.flexible, self.flexible_of), _rate(self.other, self.other_of)


@dataclass(frozen=True, slots=True)
class Contrast:
    """The flexible share of people on flexible days minus that on other days: planned, and realised (nan: unknown)."""

    planned: float
    realised: float


def missing_too_much(share: float) -> bool:
    """Whether more than a fifth of what was due is missing; an unknown share is too much."""
    return not share <= MISSING_LIMIT


def worst_missing(panel: DayPanel, expected: Flags, exposure: Floats) -> float:
    """The larger share missing of the two kinds of days: a fifth of all days may be nearly all flexible ones.

    `expected` and `exposure` are S × D. A kind of day without any expected cell is missing wholly.
    """
    return max(panel.missing(expected & (exposure > 0)), panel.missing(expected & (exposure == 0)))


def thin(contrast: Contrast) -> bool:
    """Whether what was lived differs from what was planned so much that "no change" only says "not done".

    Unknown, or under half of the planned difference; a plan without any difference is thin as well.
    """
    return not (contrast.planned > 0 and contrast.realised >= THIN_LIMIT * contrast.planned)


def recorded_differently(flexible: Mapping[str, float], other: Mapping[str, float], *, limit: float) -> bool:
    """Whether an outcome was recorded another way on flexible days: by shares of each way of recording (or none).

    Compares the shares of every way; `limit` is the largest difference taken for chance. Nothing recorded on either
    kind of day is a break: then there is nothing to compare.
    """
    if not flexible or not other or any(isnan(share) for share in (*flexible.values(), *other.values())):
        return True
    ways = flexible.keys() | other.keys()
    return max(abs(flexible.get(way, 0.0) - other.get(way, 0.0)) for way in ways) > limit


def worst_case(effect: float, answering: Answering, *, scale: float) -> tuple[float, float]:
    """The effect's bounds when those who stayed away on one kind of day alone would have answered at the ends.

    The lower rate is brought up to the higher: the extra answerers lie anywhere on a scale of width `scale` (for
    example 75 for answers from 25 to 100). Not a number where a rate is unknown (Horowitz and Manski 2000).
    """
    flexible, other = answering.rates()
    if isnan(flexible) or isnan(other) or max(flexible, other) == 0:
        return nan, nan
    more = abs(flexible - other) / max(flexible, other)
    return effect - more * scale, effect + more * scale


def lee(flexible: Floats, other: Floats, answering: Answering) -> tuple[float, float]:
    """Lee's (2009) bounds on the difference of mean answers, among those who would answer on either kind of day.

    The kind that answers more is cut at the top, then at the bottom, by its excess. It assumes that the kind of day
    moves answering one way only. `flexible`, `other` are answers; nan where either is empty or a rate unknown.
    """
    more, less = answering.rates()
    if isnan(more) or isnan(less) or not flexible.size or not other.size or max(more, less) == 0:
        return nan, nan
    excess = abs(more - less) / max(more, less)
    if more >= less:
        low, high = _trimmed(flexible, excess)
        return low - float(other.mean()), high - float(other.mean())
    low, high = _trimmed(other, excess)
    return float(flexible.mean()) - high, float(flexible.mean()) - low


def response_breaks(bounds: tuple[float, float], half_width: float, margin: float) -> bool:
    """Whether selective answering could hide a fall past the margin: the lower bound less the sampling error.

    Written so that unknown bounds break.
    """
    return not bounds[0] - half_width > -margin


def response_warns_falsely(bounds: tuple[float, float], half_width: float) -> bool:
    """Whether selective answering alone could have made the fall that is seen: the upper bound is not below 0.

    Written so that unknown bounds count.
    """
    return not bounds[1] + half_width < 0


def response_gains_falsely(bounds: tuple[float, float], half_width: float) -> bool:
    """Whether selective answering alone could have made the gain that is seen: the lower bound is not above 0.

    Written so that unknown bounds count.
    """
    return not bounds[0] - half_width > 0


def pre_trend(before: Floats, covariance: Floats) -> float:
    """Joint p of no movement before the start, from event effects (k) and their covariance (k × k).

    Not a number when there is no month to test on. Raises PanelError shape.
    """
    if covariance.shape != (before.size, before.size):
        raise PanelError("shape", f"{before.shape} {covariance.shape}")
    values = np.linalg.eigvalsh(covariance) if before.size else np.zeros(1)
    rank = int((values > NEGLIGIBLE * max(values.max(), NEGLIGIBLE)).sum())
    if rank == 0:
        return nan
    return float(chi2.sf(before @ pseudo_inverse(covariance) @ before, rank))


def spilled(high: float, limit: float) -> bool:
    """Whether unexposed units may have taken work over: `high` is the upper limit of the rise of their workload."""
    return not high <= limit


def fixed_weights(means: Floats, counts: Floats) -> Floats:
    """Means (periods × channels) put together with the same channel weights in every period: its counts' overall share.

    A channel without a count in a period leaves that period not a number: its mix cannot be held.
    """
    used = counts.sum(0) > 0
    shares = counts.sum(0)[used] / counts.sum()
    known = np.where(counts[:, used] > 0, means[:, used], nan)
    return np.asarray(known @ shares)


@dataclass(frozen=True, slots=True)
class Signs:
    """All that was found out about one outcome; what was not looked at stands as not a number or None, and counts.

    `spread` is the lower limit of how far the *other* days of exposed units moved, from a comparison that does not
    rest on a unit's own days (units without, before and after), at the level of reassurance; None: not looked
    at. It is needed only where the lot itself cannot see it.
    `missing` is the worse of the two kinds of days. For outcomes that nobody answers (outputs, minutes)
    `response_break` is False. `pre_trend` is needed where a cause is named without a lot. `response_warning` takes a
    warning back that silence alone may have made, `response_gain` a gain (what is left is *not worse*).
    """

    missing: float
    contrast: Contrast
    reporting_break: bool | None
    spill_over: bool | None
    response_break: bool | None
    pre_trend: float | None = None
    composition_break: bool = False
    response_warning: bool = False
    spread: float | None = None
    response_gain: bool = False


def threats(signs: Signs, *, by_lot: bool) -> frozenset[Cause]:
    """The causes that stand against an outcome. A missing finding is a threat, never a pass."""
    found = {
        Cause.MISSING: missing_too_much(signs.missing),
        Cause.THIN_CONTRAST: thin(signs.contrast),
        Cause.REPORTING: signs.reporting_break is not False,
        Cause.SPILL_OVER: signs.spill_over is not False,
        Cause.RESPONSE: signs.response_break is not False,
        Cause.RESPONSE_WARNING: signs.response_warning,
        Cause.RESPONSE_GAIN: signs.response_gain,
        Cause.COMPOSITION: signs.composition_break,
        Cause.PRE_TREND: not by_lot and not (signs.pre_trend is not None and signs.pre_trend >= PRE_TREND_LEVEL),
    }
    return frozenset(cause for cause, stands in found.items() if stands)


def _rate(answers: float, of: float) -> float:
    return answers / of if 0 <= answers <= of and of > 0 else nan


def _trimmed(answers: Floats, excess: float) -> tuple[float, float]:
    ordered = np.sort(answers)
    # Rounded up: cutting one too many widens the bounds.
    cut = min(ordered.size - 1, int(np.ceil(excess * ordered.size)))
    return float(ordered[: ordered.size - cut].mean()), float(ordered[cut:].mean())
