"""Three instruments watch the hours of a counter; which of them decides when they disagree.

The officer's own record (taps, files) says of every minute whether the counter was open, but speaks about itself.
Citizens (reports of a closed door, poster answers) are independent but choose themselves. Spot checks are independent
and drawn by lot, so they stand for all promised hours, with an interval. They are never added up:

1. An own record that fails stands: it speaks against itself.
2. Else the checks decide where their whole interval lies on one side of what is required; but they lift nothing that
   the survey denies: whoever files checks may err or please, and what contradicts is no proof.
3. Else the own record counts, but it meets nothing while checks or citizens speak against it.

So the own record alone can never outvote somebody who stood before the door. Decision 0013 has the reasons.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.interval import Interval, share_interval
from luwes.core.indicators.standard import Promise, PromiseAnswer, Reason, StandardAnswer, Verdict, overall
from luwes.core.indicators.suppress import hides
from luwes.core.sampling.estimate import Estimate

# Networks and days on which citizens met a closed door while the own record says open; one person alone is not three.
DISPUTES = 3


class Instrument(StrEnum):
    """Who says it."""

    OFFICER = "officer"
    CITIZENS = "citizens"
    CHECKS = "checks"


class Doubt(StrEnum):
    """What speaks against an own record that would meet the standard."""

    CHECK_FOUND_SHUT = "check_found_shut"
    CHECKS_BELOW = "checks_below"
    REPORTS = "reports"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What citizens and checks say of one service over some days.

    `checks` is the share of promised hours at which somebody was served (weighted, with its interval), None without
    any filed; `unfiled` are those drawn that nobody filed in time. `against` counts checks that met nobody at a minute
    at which the own record says open. `reports` are unflagged reports of a closed door, `disputed` the networks and
    days of those the own record denies. `served` is (yes, of) of the survey answers, `unflagged`
    the same without those that bear a flag.
    """

    checks: Estimate | None = None
    against: int = 0
    reports: int = 0
    disputed: int = 0
    served: tuple[int, int] = (0, 0)
    unflagged: tuple[int, int] = (0, 0)
    unfiled: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer after all instruments were heard, who decided about the hours, and what spoke against the record."""

    answer: StandardAnswer
    decided_by: Instrument
    doubts: tuple[Doubt, ...] = ()


def bounds(checks: Estimate) -> Interval:
    """The interval of the checks, with those nobody filed once all bad and once all good.

    >>> bounds(Estimate(1.0, 0.8, 1.0, 10, 10, 0.5, 1.0))
    Interval(low=Fraction(2, 5), high=Fraction(1, 1))
    """
    silent = Fraction(checks.most) - Fraction(checks.least)
    low, high = Fraction(checks.low).limit_denominator(10**9), Fraction(checks.high).limit_denominator(10**9)
    return Interval(low * (1 - silent), high * (1 - silent) + silent)


def doubts(seen: Witnesses, required: Fraction) -> tuple[Doubt, ...]:
    """Everything that speaks against an own record that says the hours were kept."""
    found = []
    if seen.against:
        found.append(Doubt.CHECK_FOUND_SHUT)
    if seen.checks is not None and seen.checks.share < required:
        found.append(Doubt.CHECKS_BELOW)
    if seen.disputed >= DISPUTES:
        found.append(Doubt.REPORTS)
    # With and without the flagged: praise that one person gave for many must not drown who was turned away.
    if any(_below(told, required) for told in (seen.served, seen.unflagged)):
        found.append(Doubt.ANSWERS)
    return tuple(found)


def _below(told: tuple[int, int], required: Fraction) -> bool:
    yes, of = told
    between = None if hides(of) else share_interval(yes, of)
    return between is not None and between.high < required


def weigh(own: StandardAnswer, seen: Witnesses, required: Fraction) -> Weighed:
    """Hear citizens and checks on a service judged by its own record.

    `required` is the share asked for where no promise of hours is on file: then what speaks against it keeps the
    service from meeting its standard, and nothing can lift it.
    """
    hours = next((one for one in own.promises if one.figures.promise is Promise.HOURS_KEPT), None)
    if hours is None:
        spoken = doubts(seen, required)
        if own.verdict is Verdict.MEETS and spoken:
            return Weighed(replace(own, verdict=Verdict.NOT_ENOUGH_DATA), Instrument.OFFICER, spoken)
        return Weighed(own, Instrument.OFFICER, spoken)
    spoken = doubts(seen, hours.figures.required)
    judged, who = _hours(hours, seen, spoken)
    promises = tuple(judged if one is hours else one for one in own.promises)
    return Weighed(StandardAnswer(overall(promises), promises), who, spoken)


def _hours(own: PromiseAnswer, seen: Witnesses, spoken: tuple[Doubt, ...]) -> tuple[PromiseAnswer, Instrument]:
    if own.verdict is Verdict.FAILS:
        return own, Instrument.OFFICER
    required = own.figures.required
    between = None if seen.checks is None else bounds(seen.checks)
    if between is not None and between.high < required:
        return replace(own, verdict=Verdict.FAILS, reason=Reason.CHECKED), Instrument.CHECKS
    checked = between is not None and between.low >= required
    if checked and Doubt.ANSWERS not in spoken:
        return replace(own, verdict=Verdict.MEETS, reason=Reason.CHECKED), Instrument.CHECKS
    if spoken and (checked or own.verdict is Verdict.MEETS):
        return replace(own, verdict=Verdict.NOT_ENOUGH_DATA, reason=Reason.CONTRADICTED), Instrument.OFFICER
    return own, Instrument.OFFICER
