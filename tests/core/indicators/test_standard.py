from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.interval import share_interval
from luwes.core.indicators.standard import (
    DEFAULT_REQUIRED,
    Kept,
    Promise,
    Reason,
    StandardAnswer,
    StandardError,
    Verdict,
    judge_promise,
    judge_standard,
    pool,
    withhold,
)

TIME, HOURS, PEOPLE = Promise


def cases(kept: int, of: int, unrecorded: int = 0, required: Fraction = DEFAULT_REQUIRED) -> Kept:
    return Kept(TIME, kept, of, unrecorded, required)


def minutes(kept: int, of: int, unrecorded: int = 0) -> Kept:
    return Kept(HOURS, kept, of, unrecorded)


@st.composite
def kept(draw: st.DrawFn, promise: Promise | None = None) -> Kept:
    held, broken, unrecorded = (draw(st.integers(0, 60)) for _ in range(3))
    required = draw(st.sampled_from([Fraction(8, 10), DEFAULT_REQUIRED, Fraction(1)]))
    return Kept(promise or draw(st.sampled_from(Promise)), held, held + broken, unrecorded, required)


@pytest.mark.parametrize(
    ("figures", "verdict", "reason"),
    [
        # 36 of 36 is the first perfect record whose interval (90.26 % and more) lies above 90 %.
        (cases(36, 36), Verdict.MEETS, None),
        (cases(35, 35), Verdict.NOT_ENOUGH_DATA, Reason.INTERVAL_SPANS_REQUIRED),
        (cases(87, 100), Verdict.NOT_ENOUGH_DATA, Reason.INTERVAL_SPANS_REQUIRED),
        (cases(950, 1000), Verdict.MEETS, None),
        (cases(870, 1000), Verdict.FAILS, None),
        (cases(0, 5), Verdict.FAILS, None),
        (cases(0, 4), Verdict.NOT_ENOUGH_DATA, Reason.SUPPRESSED),
        (cases(0, 0), Verdict.NOT_ENOUGH_DATA, Reason.NO_DATA),
        (cases(0, 0, 500), Verdict.NOT_ENOUGH_DATA, Reason.NO_DATA),
        # What is recorded of hours is known without doubt.
        (minutes(900, 1000), Verdict.MEETS, None),
        (minutes(899, 1000), Verdict.FAILS, None),
    ],
)
def test_a_promise_is_judged_by_its_whole_interval(figures: Kept, verdict: Verdict, reason: Reason | None) -> None:
    answer = judge_promise(figures)
    assert (answer.verdict, answer.reason) == (verdict, reason)
    assert (answer.interval is None) == (answer.share is None) == (reason in (Reason.NO_DATA, Reason.SUPPRESSED))


def test_cases_have_the_shared_interval() -> None:
    assert judge_promise(cases(87, 100)).interval == share_interval(87, 100)
    assert judge_promise(cases(87, 100)).share == Fraction(87, 100)


def test_unrecorded_hours_are_neither_kept_nor_broken() -> None:
    # 15 of 20 days have a log, all kept: between three quarters and all of the month.
    answer = judge_promise(minutes(15 * 420, 15 * 420, 5 * 420))
    assert answer.interval is not None
    assert (answer.interval.low, answer.interval.high) == (Fraction(3, 4), 1)
    assert answer.verdict is Verdict.NOT_ENOUGH_DATA
    assert judge_promise(minutes(19 * 420, 19 * 420, 420)).verdict is Verdict.MEETS
    assert judge_promise(minutes(0, 420, 20)).verdict is Verdict.FAILS
    # If all that is unrecorded was kept, exactly the required share was: that is no failure.
    assert judge_promise(minutes(800, 900, 100)).verdict is Verdict.NOT_ENOUGH_DATA
    assert judge_promise(minutes(799, 900, 100)).verdict is Verdict.FAILS


def test_a_perfect_day_of_a_month_without_log_never_meets() -> None:
    assert judge_promise(minutes(420, 420, 19 * 420)).verdict is Verdict.NOT_ENOUGH_DATA
    assert judge_promise(Kept(PEOPLE, 6, 6, 100)).verdict is Verdict.NOT_ENOUGH_DATA


@pytest.mark.parametrize(
    ("promises", "verdict"),
    [
        ([cases(100, 100), minutes(99, 100)], Verdict.MEETS),
        ([cases(100, 100), minutes(10, 100)], Verdict.FAILS),
        ([cases(0, 0), minutes(10, 100)], Verdict.FAILS),
        ([cases(0, 0), minutes(99, 100)], Verdict.NOT_ENOUGH_DATA),
        ([cases(3, 3), minutes(99, 100)], Verdict.NOT_ENOUGH_DATA),
        ([], Verdict.NO_STANDARD),
    ],
)
def test_a_service_meets_its_standard_when_every_promise_is_met(promises: list[Kept], verdict: Verdict) -> None:
    answer = judge_standard(promises)
    assert answer.verdict is verdict
    assert [one.figures for one in answer.promises] == promises


def test_days_are_pooled_before_they_are_judged() -> None:
    flexible, other = [cases(20, 20), minutes(5, 10)], [cases(30, 30)]
    assert judge_standard([flexible[0]]).verdict is Verdict.NOT_ENOUGH_DATA
    together = pool([other, flexible])
    assert together == (cases(50, 50), minutes(5, 10))
    assert judge_standard(together[:1]).verdict is Verdict.MEETS
    assert pool([]) == ()


def test_a_required_share_that_changed_is_weighted_by_what_was_promised() -> None:
    pooled = cases(10, 10, 10, Fraction(8, 10)) + cases(60, 60, 0, Fraction(1))
    assert pooled == cases(70, 70, 10, Fraction(95, 100))
    # Nothing promised weighs nothing, and where nothing is promised at all the first stands.
    assert (cases(5, 5) + cases(0, 0, 0, Fraction(1))).required == DEFAULT_REQUIRED
    assert (cases(0, 0) + cases(0, 0, 0, Fraction(1))).required == DEFAULT_REQUIRED
    assert (cases(0, 0) + cases(5, 5, 0, Fraction(1))).required == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ((TIME, 6, 5, 0), "kept_over_of"),
        ((TIME, -1, 5, 0), "kept_over_of"),
        ((TIME, 1, 5, -1), "unrecorded_negative"),
        ((TIME, 1, 5, 0, Fraction(0)), "required_invalid"),
        ((TIME, 1, 5, 0, Fraction(11, 10)), "required_invalid"),
    ],
)
def test_impossible_counts_are_refused(wrong: tuple[object, ...], code: str) -> None:
    with pytest.raises(StandardError) as refusal:
        Kept(*wrong)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert code in str(refusal.value)


def test_promises_are_not_mixed_up() -> None:
    with pytest.raises(StandardError, match="promises_differ"):
        cases(1, 1) + minutes(1, 1)
    with pytest.raises(StandardError, match="promise_twice"):
        judge_standard([cases(1, 1), cases(2, 2)])


@settings(max_examples=100, deadline=None)
@given(st.lists(kept(TIME), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_days_add_up_in_any_order(days: list[Kept], order) -> None:  # type: ignore[no-untyped-def]
    (whole,) = pool([[day] for day in days])
    order.shuffle(days)
    (shuffled,) = pool([[day] for day in days])
    assert (shuffled.kept, shuffled.of, shuffled.unrecorded) == (whole.kept, whole.of, whole.unrecorded)
    if whole.of + whole.unrecorded:
        assert shuffled.required == whole.required


@settings(max_examples=150, deadline=None)
@given(kept(), st.integers(1, 50))
def test_less_data_never_makes_a_verdict(figures: Kept, lost: int) -> None:
    before = judge_promise(figures)
    after = judge_promise(Kept(figures.promise, figures.kept, figures.of, figures.unrecorded + lost, figures.required))
    assert after.verdict in (before.verdict, Verdict.NOT_ENOUGH_DATA)
    if before.interval is not None and after.interval is not None and before.share is not None:
        assert 0 <= after.interval.low <= before.interval.low <= before.share
        assert before.share <= before.interval.high <= after.interval.high <= 1


@settings(max_examples=100, deadline=None)
@given(st.lists(kept(), max_size=3, unique_by=lambda one: one.promise))
def test_meeting_a_standard_needs_proof_for_every_promise(promises: list[Kept]) -> None:
    if judge_standard(promises).verdict is Verdict.MEETS:
        assert promises
        assert all(one.of >= 5 and one.kept >= one.required * one.of for one in promises)


def counted(of: int, kept: int | None = None) -> StandardAnswer:
    kept = of if kept is None else kept
    hours = Kept(Promise.HOURS_KEPT, 300, 300, 0)
    return judge_standard([Kept(Promise.WITHIN_TIME, kept, of, 0), hours])


@pytest.mark.parametrize(
    ("whole", "flexible", "other", "withheld"),
    [
        (100, 40, 60, set()),
        # Three cases of flexible days would be all less those of other days.
        (63, 3, 60, {"other"}),
        # Days without any plan, of which three cases are not shown at all, would be the rest.
        (63, 20, 40, {"flexible"}),
        (66, 20, 40, set()),
        (60, 0, 60, set()),
        (4, 2, 2, set()),
    ],
)
def test_cases_of_one_kind_of_day_are_not_found_from_all(
    whole: int, flexible: int, other: int, withheld: set[str]
) -> None:
    parts = {"flexible": counted(flexible), "other": counted(other)}
    told = withhold(counted(whole), parts)
    reasons = {name: answer.promises[0].reason for name, answer in told.items()}
    assert {name for name, reason in reasons.items() if reason is Reason.WITHHELD} == withheld
    for name in withheld:
        (cases, hours) = told[name].promises
        assert (cases.share, cases.interval) == (None, None)
        assert cases.verdict is parts[name].promises[0].verdict, "the answer stands"
        assert told[name].verdict is parts[name].verdict
        assert hours == parts[name].promises[1], "minutes are nobody's"


def test_where_no_time_is_promised_nothing_is_withheld() -> None:
    hours = judge_standard([Kept(Promise.HOURS_KEPT, 300, 300, 0)])
    assert withhold(hours, {"flexible": hours}) == {"flexible": hours}
