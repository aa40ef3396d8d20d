"""The *Standar* answer: does a service meet the standard it has published? No control group is needed.

Two kinds of promises. A case on time is one of many that might have come, so its share has a Clopper-Pearson
interval. Minutes open and implementers on site are not drawn from anything: what is recorded is known, what is not
recorded is not, so their interval runs from "nothing unrecorded was kept" to "all of it was". (An interval from
minutes as if they were independent would be far too narrow.) Unrecorded amounts widen the interval of cases alike.
Missing data is never a pass. Sources: UU 25/2009 art. 21 (components of a standard); the required share is stored
with the standard.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.interval import Interval, share_interval
from luwes.core.indicators.suppress import hides, tellable

DEFAULT_REQUIRED = Fraction(9, 10)


class Promise(StrEnum):
    """What a standard promises."""

    WITHIN_TIME = "within_time"
    HOURS_KEPT = "hours_kept"
    IMPLEMENTERS_PRESENT = "implementers_present"


# Of these, what is recorded is a sample of what the service does; of the others it is all there is.
_SAMPLED = frozenset({Promise.WITHIN_TIME})


class Verdict(StrEnum):
    """The answer, for a promise or a service."""

    MEETS = "meets"
    FAILS = "fails"
    NOT_ENOUGH_DATA = "not_enough_data"
    NO_STANDARD = "no_standard"


class Reason(StrEnum):
    """Why there is not enough data; why figures are not shown (WITHHELD); or that others were heard (`witnesses`).

    CHECKED: spot checks decide instead of the own record. CONTRADICTED: others speak against the own record.
    """

    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"
    INTERVAL_SPANS_REQUIRED = "interval_spans_required"
    WITHHELD = "withheld"
    CHECKED = "checked"
    CONTRADICTED = "contradicted"


class StandardError(ValueError):
    """Counts that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of a promise was kept over some days: cases, minutes or person-days, `kept` of `of` recorded.

    `unrecorded` is what was promised in the same unit and of which nothing is known (a working day without log).
    Give it honestly, 0 says that everything promised is recorded. `required` is the share asked for (0 to 1).
    Raises StandardError kept_over_of, unrecorded_negative, required_invalid.
    """

    promise: Promise
    kept: int
    of: int
    unrecorded: int
    required: Fraction = DEFAULT_REQUIRED

    def __post_init__(self) -> None:
        if not 0 <= self.kept <= self.of:
            raise StandardError("kept_over_of", f"{self.kept}/{self.of}")
        if self.unrecorded < 0:
            raise StandardError("unrecorded_negative", str(self.unrecorded))
        if not 0 < self.required <= 1:
            raise StandardError("required_invalid", str(self.required))

    def __add__(self, other: "Kept") -> "Kept":
        """Pool days. Where the required share changed between them, it is weighted by what was promised."""
        if self.promise is not other.promise:
            raise StandardError("promises_differ", f"{self.promise} {other.promise}")
        mine, theirs = self.of + self.unrecorded, other.of + other.unrecorded
        required = self.required
        if required != other.required and theirs:
            required = (self.required * mine + other.required * theirs) / (mine + theirs)
        return Kept(
            self.promise,
            self.kept + other.kept,
            self.of + other.of,
            self.unrecorded + other.unrecorded,
            required,
        )


@dataclass(frozen=True, slots=True)
class PromiseAnswer:
    """One promise judged. `share` and `interval` are None without data and where they are suppressed."""

    figures: Kept
    share: Fraction | None
    interval: Interval | None
    verdict: Verdict
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """A service judged: every promise on file, in the order given. Without any the verdict is NO_STANDARD."""

    verdict: Verdict
    promises: tuple[PromiseAnswer, ...]


def judge_promise(figures: Kept) -> PromiseAnswer:
    """MEETS if the whole 95 % interval is at or above the required share, FAILS if all of it is below.

    Otherwise NOT_ENOUGH_DATA, with the reason. Fewer than five cases are never shown or judged.
    """
    if figures.of == 0:
        return PromiseAnswer(figures, None, None, Verdict.NOT_ENOUGH_DATA, Reason.NO_DATA)
    if hides(figures.of):
        return PromiseAnswer(figures, None, None, Verdict.NOT_ENOUGH_DATA, Reason.SUPPRESSED)
    share = Fraction(figures.kept, figures.of)
    interval = _interval(figures, share)
    if interval.low >= figures.required:
        return PromiseAnswer(figures, share, interval, Verdict.MEETS, None)
    if interval.high < figures.required:
        return PromiseAnswer(figures, share, interval, Verdict.FAILS, None)
    return PromiseAnswer(figures, share, interval, Verdict.NOT_ENOUGH_DATA, Reason.INTERVAL_SPANS_REQUIRED)


def _interval(figures: Kept, share: Fraction) -> Interval:
    known = share_interval(figures.kept, figures.of) if figures.promise in _SAMPLED else None
    low, high = (known.low, known.high) if known else (share, share)
    promised = figures.of + figures.unrecorded
    return Interval(low * figures.of / promised, (high * figures.of + figures.unrecorded) / promised)


def judge_standard(promises: Sequence[Kept]) -> StandardAnswer:
    """A service meets its standard when every promise on file is met; one that fails is enough to fail.

    `promises` holds one entry for every promise on file, also those without any data: a promise left out would be
    passed by lack of data. Raises StandardError promise_twice.
    """
    if len({one.promise for one in promises}) != len(promises):
        raise StandardError("promise_twice", ", ".join(one.promise for one in promises))
    answers = tuple(judge_promise(one) for one in promises)
    return StandardAnswer(overall(answers), answers)


def overall(answers: Sequence[PromiseAnswer]) -> Verdict:
    """The verdict of a service from those of its promises; NO_STANDARD without any.

    >>> overall([]).value
    'no_standard'
    """
    verdicts = {answer.verdict for answer in answers}
    # From the worst: the first that any promise has.
    order = (Verdict.FAILS, Verdict.NOT_ENOUGH_DATA, Verdict.MEETS)
    return next((one for one in order if one in verdicts), Verdict.NO_STANDARD)


# Beside the names of parts, which are plain words.
_WHOLE = "*"


def withhold(whole: StandardAnswer, parts: Mapping[str, StandardAnswer]) -> dict[str, StandardAnswer]:
    """Take the numbers of cases from parts of a whole that is shown, where fewer than five would be found by them.

    Their verdicts stay: who knows only those can subtract nothing. Minutes and implementers are no citizens' cases.
    """
    told = dict(parts)
    for promise in _SAMPLED:
        counts = {name: _of(answer, promise) for name, answer in ((_WHOLE, whole), *parts.items())}
        shown = tellable(dict.fromkeys(parts, _WHOLE), counts, lambda _part, count: hides(count))
        for name in parts:
            if name not in shown:
                told[name] = _without(told[name], promise)
    return told


def _of(answer: StandardAnswer, promise: Promise) -> int:
    return next((one.figures.of for one in answer.promises if one.figures.promise is promise), 0)


def _without(answer: StandardAnswer, promise: Promise) -> StandardAnswer:
    return StandardAnswer(
        answer.verdict,
        tuple(
            PromiseAnswer(one.figures, None, None, one.verdict, Reason.WITHHELD)
            if one.figures.promise is promise and one.share is not None
            else one
            for one in answer.promises
        ),
    )


def pool(parts: Iterable[Sequence[Kept]]) -> tuple[Kept, ...]:
    """Pool the promises of several days, months or kinds of days, each promise with its like."""
    found: dict[Promise, Kept] = {}
    for promises in parts:
        for one in promises:
            found[one.promise] = found[one.promise] + one if one.promise in found else one
    return tuple(found[promise] for promise in Promise if promise in found)
