from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.evaluation.grade import Assignment, Grade, Why, grade
from luwes.core.evaluation.margins import over_month, turned
from luwes.core.evaluation.verdict import Cause, Evidence, Judged, Shown, Verdict, judge, judge_all, place

CALM = Shown(0.0, -1.0, 1.0, 2.0)
FALL = Shown(-5.0, -6.0, -4.0, 2.0)
GAIN = Shown(2.0, 1.0, 3.0, 2.0)
GOOD = {Verdict.BETTER, Verdict.NOT_WORSE}
any_float = st.floats(allow_nan=True, allow_infinity=True)
shown = st.builds(Shown, any_float, any_float, any_float, any_float)
near = st.floats(-5, 5)


@pytest.mark.parametrize(
    ("low", "effect", "high", "verdict", "slight"),
    [
        (0.1, 1, 2, Verdict.BETTER, False),
        (0.0, 1, 2, Verdict.NOT_WORSE, False),
        (-1.9, 0, 2, Verdict.NOT_WORSE, False),
        (-1.9, -1, -0.1, Verdict.NOT_WORSE, True),
        (-2.0, 0, 2, Verdict.NOT_ENOUGH, False),
        (-2.0, -1, -0.1, Verdict.WORSE, False),
        (-9.0, -5, -2.0, Verdict.WORSE, False),
        (-9.0, -5, -2.1, Verdict.CLEARLY_WORSE, False),
        (-inf, 0, inf, Verdict.NOT_ENOUGH, False),
        (-inf, -5, -3, Verdict.CLEARLY_WORSE, False),
    ],
)
def test_where_an_interval_lies(low: float, effect: float, high: float, verdict: Verdict, slight: bool) -> None:
    found = place(Shown(effect, low, high, 2.0))
    assert (found.verdict, found.slight) == (verdict, slight)


def test_why_nothing_is_said() -> None:
    assert place(Shown(0, -3, 3, 2)).causes == (Cause.WIDE,)
    assert place(Shown(0, -inf, inf, 2)).causes == (Cause.UNATTAINABLE,)
    for margin in (0, -1, nan, inf):
        assert place(Shown(0, -1, 1, margin)).causes == (Cause.NO_MARGIN,)
    for unknown in (Shown(nan, -1, 1, 2), Shown(0, nan, 1, 2), Shown(0, -1, nan, 2), Shown(0, 1, -1, 2)):
        assert place(unknown).causes == (Cause.NO_INTERVAL,)


@settings(max_examples=50)
@given(shown, shown, st.frozensets(st.sampled_from(Cause)), st.sampled_from(Grade), st.booleans())
def test_reassured_only_by_both_intervals_and_without_any_threat(
    day: Shown, month: Shown, against: frozenset[Cause], how: Grade, honest: bool
) -> None:
    found = judge(Evidence(how, day, month, against, honest))
    if found.verdict in GOOD:
        assert day.low > -day.margin
        assert month.low > -month.margin
        assert not against - {Cause.RESPONSE_WARNING, Cause.RESPONSE_GAIN}
        assert how is Grade.A or (how is Grade.B and honest)


@settings(max_examples=50)
@given(near, st.floats(0, 3), st.floats(0, 3), st.floats(0.01, 1))
def test_a_wider_interval_never_reassures_more(effect: float, below: float, above: float, more: float) -> None:
    narrow = place(Shown(effect, effect - below, effect + above, 2.0)).verdict
    wide = place(Shown(effect, effect - below - more, effect + above + more, 2.0)).verdict
    if wide in GOOD:
        assert narrow in GOOD


def test_a_fall_on_flexible_days_alone_is_not_averaged_away() -> None:
    month = over_month(FALL, 0.2, 2.0)
    assert place(month).verdict is Verdict.NOT_WORSE
    assert judge(Evidence(Grade.A, FALL, month)).verdict is Verdict.CLEARLY_WORSE
    assert judge(Evidence(Grade.A, CALM, FALL)).verdict is Verdict.CLEARLY_WORSE


def test_day_and_month_must_both_reassure() -> None:
    wide = Shown(0, -3, 3, 2)
    assert judge(Evidence(Grade.A, CALM, CALM)) == Judged(Verdict.NOT_WORSE)
    assert judge(Evidence(Grade.A, GAIN, GAIN)) == Judged(Verdict.BETTER)
    assert judge(Evidence(Grade.A, GAIN, CALM)).verdict is Verdict.NOT_WORSE
    assert judge(Evidence(Grade.A, wide, CALM)).causes == (Cause.WIDE,)
    assert judge(Evidence(Grade.A, CALM, wide)).causes == (Cause.WIDE, Cause.MONTH)
    assert judge(Evidence(Grade.A, wide, wide)).causes == (Cause.WIDE,)


def test_grade_b_needs_its_breakdown_and_keeps_its_verdict_above_it() -> None:
    assert judge(Evidence(Grade.B, CALM, CALM)) == Judged(Verdict.NOT_ENOUGH, (Cause.HONEST,))
    assert judge(Evidence(Grade.B, CALM, CALM, honest=True)) == Judged(Verdict.NOT_WORSE)


def test_grade_c_says_consistent_at_most() -> None:
    for one in (CALM, FALL, GAIN):
        assert judge(Evidence(Grade.C, one, one)).verdict is Verdict.CONSISTENT
    wide = Shown(0, -3, 3, 2)
    assert judge(Evidence(Grade.C, wide, wide)).verdict is Verdict.NOT_ENOUGH
    assert judge(Evidence(Grade.C, CALM, CALM, frozenset({Cause.SPILL_OVER}))).causes == (Cause.SPILL_OVER,)


def test_grade_d_says_nothing_of_causes() -> None:
    assert judge(Evidence(Grade.D, FALL, FALL)) == Judged(Verdict.INSEPARABLE, (Cause.NO_LOT,))


def test_threats_take_reassurance_but_leave_a_warning() -> None:
    thin = frozenset({Cause.THIN_CONTRAST})
    assert judge(Evidence(Grade.A, CALM, CALM, thin)) == Judged(Verdict.NOT_ENOUGH, (Cause.THIN_CONTRAST,))
    warned = judge(Evidence(Grade.A, FALL, FALL, thin))
    assert warned == Judged(Verdict.CLEARLY_WORSE, (Cause.THIN_CONTRAST,))
    made = judge(Evidence(Grade.A, FALL, FALL, frozenset({Cause.RESPONSE_WARNING})))
    assert made == Judged(Verdict.NOT_ENOUGH, (Cause.RESPONSE_WARNING,))
    assert judge(Evidence(Grade.A, CALM, CALM, frozenset({Cause.RESPONSE_WARNING}))) == Judged(Verdict.NOT_WORSE)


def test_a_gain_that_silence_may_have_made_is_no_gain_and_no_loss() -> None:
    gain = Shown(3.0, 2.0, 4.0, 2.0)
    doubted = frozenset({Cause.RESPONSE_GAIN})
    assert judge(Evidence(Grade.A, gain, gain)) == Judged(Verdict.BETTER)
    assert judge(Evidence(Grade.A, gain, gain, doubted)) == Judged(Verdict.NOT_WORSE)
    assert judge(Evidence(Grade.A, gain, gain, doubted | {Cause.RESPONSE})).verdict is Verdict.NOT_ENOUGH
    assert judge(Evidence(Grade.A, CALM, CALM, doubted)) == Judged(Verdict.NOT_WORSE)
    assert judge(Evidence(Grade.A, FALL, FALL, doubted)) == judge(Evidence(Grade.A, FALL, FALL))
    silent = judge(Evidence(Grade.A, FALL, FALL, frozenset({Cause.MISSING, Cause.REPORTING})))
    assert silent == Judged(Verdict.NOT_ENOUGH, (Cause.MISSING, Cause.REPORTING))


def test_all_must_reassure_any_may_warn() -> None:
    calm, warned = Judged(Verdict.NOT_WORSE), Judged(Verdict.WORSE)
    open_ = Judged(Verdict.NOT_ENOUGH, (Cause.WIDE,))
    assert judge_all([calm, Judged(Verdict.BETTER)]).verdict is Verdict.NOT_WORSE
    assert judge_all([calm, open_]) == open_
    assert judge_all([calm, open_, warned]).verdict is Verdict.WORSE
    assert judge_all([]).verdict is Verdict.NOT_ENOUGH
    assert judge_all([calm, replace(calm, slight=True)]).slight


def test_less_is_better_turned_round() -> None:
    assert turned(Shown(3, 2, 4, 2)) == Shown(-3, -4, -2, 2)


LOT = Assignment(True, True, 1.0, 100, 40, 1, 0, 0, True)


def test_a_lot_that_is_on_file_and_followed_is_grade_a() -> None:
    assert grade(LOT) == (Grade.A, (Why.LOT,))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"recorded": False}, Why.LOT_NOT_RECORDED),
        ({"followed": 0.89}, Why.LOT_NOT_FOLLOWED),
        ({"followed": nan}, Why.LOT_NOT_FOLLOWED),
        ({"distinct": 1}, Why.LOT_WITHOUT_CHOICE),
        ({"units": 3}, Why.TOO_FEW_UNITS),
    ],
)
def test_a_lot_that_is_none_is_told_why(change: dict[str, bool | float | int], why: Why) -> None:
    found, reasons = grade(replace(LOT, **change))
    assert found is Grade.D
    assert why in reasons


def test_without_lot() -> None:
    free = replace(LOT, by_lot=False, compared=20, pre_months=12)
    assert grade(free) == (Grade.C, (Why.FIXED_WEEKDAY,))
    assert grade(replace(free, starts=3)) == (Grade.B, (Why.STAGGERED,))
    assert grade(replace(free, starts=3, pre_months=4)) == (Grade.D, (Why.NOTHING_BEFORE,))
    assert grade(replace(free, pre_months=4)) == (Grade.D, (Why.NOTHING_BEFORE,))
    assert grade(replace(free, compared=0)) == (Grade.D, (Why.NO_COMPARISON,))
    assert grade(replace(free, units=1)) == (Grade.D, (Why.TOO_FEW_UNITS,))
    assert grade(replace(free, fixed_weekday=False)) == (Grade.D, (Why.NO_COMPARISON,))
