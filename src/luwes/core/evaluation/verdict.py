"""From an interval to a verdict. Pure, total, and unwilling to reassure: what is not known does not pass.

Effects count so that positive is better for citizens. The interval shown is the interval that decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, isnan

from luwes.core.evaluation.grade import Grade


class Verdict(StrEnum):
    """What is said of one outcome."""

    BETTER = "better"
    NOT_WORSE = "not_worse"
    WORSE = "worse"
    CLEARLY_WORSE = "clearly_worse"
    NOT_ENOUGH = "not_enough"
    # Grade C says no more than this.
    CONSISTENT = "consistent"
    # Grade D.
    INSEPARABLE = "inseparable"


class Cause(StrEnum):
    """Why a verdict is withheld, or reassurance is."""

    WIDE = "wide"
    NO_MARGIN = "no_margin"
    NO_INTERVAL = "no_interval"
    UNATTAINABLE = "unattainable"
    MISSING = "missing"
    REPORTING = "reporting"
    RESPONSE = "response"
    RESPONSE_WARNING = "response_warning"
    RESPONSE_GAIN = "response_gain"
    CARRY_OVER = "carry_over"
    # Harm on all days of a unit alike, which comparing its days with each other cannot see.
    SPREAD = "spread"
    THIN_CONTRAST = "thin_contrast"
    PRE_TREND = "pre_trend"
    HONEST = "honest"
    SPILL_OVER = "spill_over"
    COMPOSITION = "composition"
    NO_LOT = "no_lot"
    MONTH = "month"


# These leave nothing to say at all; the others only take reassurance (and a gain) away.
_SILENCING = frozenset({Cause.MISSING, Cause.REPORTING, Cause.PRE_TREND, Cause.NO_MARGIN, Cause.NO_INTERVAL})
_REASSURING = frozenset({Verdict.BETTER, Verdict.NOT_WORSE})
_WARNING = frozenset({Verdict.WORSE, Verdict.CLEARLY_WORSE})


@dataclass(frozen=True, slots=True)
class Shown:
    """An estimate with its shown limits, and the margin (a positive number, in the outcome's unit)."""

    effect: float
    low: float
    high: float
    margin: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with all its causes; `slight` says that a fall within the margin was measured."""

    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    slight: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One outcome at one look: on a flexible day and over the month, with what speaks against believing it.

    `honest` is needed for grade B only: True when the frozen breakdown is reached.
    """

    grade: Grade
    day: Shown
    month: Shown
    threats: frozenset[Cause] = field(default_factory=frozenset)
    honest: bool = False


def place(shown: Shown) -> Judged:
    """Where one interval lies between minus the margin, and 0 (rows tried from the top).

    >>> place(Shown(effect=0.1, low=-1.0, high=1.2, margin=2.0)).verdict.value
    'not_worse'
    """
    if isnan(shown.margin) or not 0 < shown.margin < inf:
        return Judged(Verdict.NOT_ENOUGH, (Cause.NO_MARGIN,))
    if not (shown.low <= shown.effect <= shown.high):
        return Judged(Verdict.NOT_ENOUGH, (Cause.NO_INTERVAL,))
    if shown.low > 0:
        return Judged(Verdict.BETTER)
    if shown.low > -shown.margin:
        return Judged(Verdict.NOT_WORSE, slight=shown.high < 0)
    if shown.high < -shown.margin:
        return Judged(Verdict.CLEARLY_WORSE)
    if shown.high < 0:
        return Judged(Verdict.WORSE)
    cause = Cause.UNATTAINABLE if shown.low == -inf and shown.high == inf else Cause.WIDE
    return Judged(Verdict.NOT_ENOUGH, (cause,))


def judge(evidence: Evidence) -> Judged:
    """The verdict on one outcome: the worse of day and month, as far as grade and threats allow."""
    if evidence.grade is Grade.D:
        return Judged(Verdict.INSEPARABLE, (Cause.NO_LOT,))
    found = _both(place(evidence.day), place(evidence.month))
    # Who stays silent can make a fall as well as hide one; each is told apart and takes away only its own.
    if found.verdict is Verdict.BETTER and Cause.RESPONSE_GAIN in evidence.threats:
        found = Judged(Verdict.NOT_WORSE, found.causes)
    own = {Cause.RESPONSE_GAIN} if found.verdict in _WARNING else {Cause.RESPONSE_GAIN, Cause.RESPONSE_WARNING}
    against = tuple(sorted(one for one in evidence.threats if one not in own))
    silencing = tuple(cause for cause in (*against, *found.causes) if cause in _SILENCING)
    if silencing:
        return Judged(Verdict.NOT_ENOUGH, tuple(dict.fromkeys(silencing)))
    if evidence.grade is Grade.C:
        return _consistent(found, against)
    if evidence.grade is Grade.B and not evidence.honest:
        return Judged(Verdict.NOT_ENOUGH, (Cause.HONEST, *against))
    if (found.verdict in _REASSURING and against) or Cause.RESPONSE_WARNING in against:
        return Judged(Verdict.NOT_ENOUGH, against)
    return Judged(found.verdict, tuple(dict.fromkeys((*found.causes, *against))), found.slight)


def judge_all(primary: Sequence[Judged]) -> Judged:
    """Service as a whole, from its co-primary outcomes: reassured only if all are, warned if any is.

    Reassurance needs no correction (intersection-union); for harm the limits must come from levels after Holm.
    Without any outcome nothing is known.
    """
    if not primary:
        return Judged(Verdict.NOT_ENOUGH, (Cause.NO_INTERVAL,))
    order = (
        Verdict.INSEPARABLE,
        Verdict.CLEARLY_WORSE,
        Verdict.WORSE,
        Verdict.NOT_ENOUGH,
        Verdict.CONSISTENT,
        Verdict.NOT_WORSE,
        Verdict.BETTER,
    )
    worst = min(primary, key=lambda one: order.index(one.verdict)).verdict
    causes = tuple(dict.fromkeys(cause for one in primary if one.verdict is worst for cause in one.causes))
    return Judged(worst, causes, any(one.slight for one in primary))


def _both(day: Judged, month: Judged) -> Judged:
    """Day and month together: reassured only by both, warned by either."""
    order = (Verdict.CLEARLY_WORSE, Verdict.WORSE, Verdict.NOT_ENOUGH, Verdict.NOT_WORSE, Verdict.BETTER)
    first, other = sorted((day, month), key=lambda one: order.index(one.verdict))
    causes = dict.fromkeys(first.causes)
    if first.verdict is Verdict.NOT_ENOUGH:
        causes |= dict.fromkeys(other.causes)
        if first is month and day.verdict in _REASSURING:
            causes |= {Cause.MONTH: None}
    return Judged(first.verdict, tuple(causes), day.slight or month.slight)


def _consistent(found: Judged, threats: tuple[Cause, ...]) -> Judged:
    """Grade C: one may say what the figures agree with, never that service did not get worse."""
    if found.verdict is Verdict.NOT_ENOUGH or threats:
        return Judged(Verdict.NOT_ENOUGH, (*found.causes, *threats))
    return Judged(Verdict.CONSISTENT, (Cause.NO_LOT,), found.slight)
