from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.evaluation.margins import carried, on_day, over_month
from luwes.core.evaluation.panel import DayPanel, PanelError
from luwes.core.evaluation.threats import (
    Answering,
    Contrast,
    Signs,
    fixed_weights,
    lee,
    missing_too_much,
    pre_trend,
    recorded_differently,
    response_breaks,
    response_gains_falsely,
    response_warns_falsely,
    spilled,
    thin,
    threats,
    worst_case,
    worst_missing,
)
from luwes.core.evaluation.verdict import Cause, Shown

CLEAN = Signs(0.0, Contrast(1.0, 0.9), False, False, False)


def test_nothing_found_is_no_threat_and_nothing_looked_at_is() -> None:
    assert threats(CLEAN, by_lot=True) == frozenset()
    unknown = threats(Signs(nan, Contrast(1.0, nan), None, None, None), by_lot=False)
    assert unknown == {
        Cause.MISSING,
        Cause.THIN_CONTRAST,
        Cause.REPORTING,
        Cause.SPILL_OVER,
        Cause.RESPONSE,
        Cause.PRE_TREND,
    }


@pytest.mark.parametrize(("p", "stands"), [(None, True), (nan, True), (0.049, True), (0.05, False)])
def test_without_a_lot_the_months_before_must_be_quiet(p: float | None, stands: bool) -> None:
    signs = Signs(0.0, Contrast(1.0, 0.9), False, False, False, p, composition_break=True)
    assert (Cause.PRE_TREND in threats(signs, by_lot=False)) is stands
    assert Cause.COMPOSITION in threats(signs, by_lot=False)


@pytest.mark.parametrize(
    ("planned", "realised", "stands"),
    [(1.0, 0.5, False), (1.0, 0.49, True), (1.0, nan, True), (0.0, 0.0, True), (nan, 1.0, True), (-0.5, 0.5, True)],
)
def test_thin_contrast(planned: float, realised: float, stands: bool) -> None:
    assert thin(Contrast(planned, realised)) is stands


def test_a_fifth_missing_passes_and_more_does_not() -> None:
    assert not missing_too_much(0.2)
    assert missing_too_much(0.21)
    assert missing_too_much(nan)


def test_a_fifth_missing_may_be_all_flexible_days() -> None:
    weight = np.tile(np.array([1.0, 1.0, 1.0, 1.0, 0.0]), (2, 4))
    panel = DayPanel(weight * 80, weight, np.arange(20) // 5, np.arange(2))
    fridays = np.tile(np.array([0.0, 0.0, 0.0, 0.0, 1.0]), (2, 4))
    everything = np.ones((2, 20), dtype=bool)
    assert panel.missing(everything) == pytest.approx(0.2)
    assert worst_missing(panel, everything, fridays) == 1.0
    assert worst_missing(panel, everything, np.zeros((2, 20))) == 1.0


def test_recorded_in_another_way() -> None:
    same = {"loket": 0.6, "qr": 0.4}
    assert not recorded_differently(same, {"loket": 0.58, "qr": 0.42}, limit=0.05)
    assert recorded_differently(same, {"loket": 0.9, "qr": 0.1}, limit=0.05)
    assert recorded_differently(same, {"loket": 0.6, "wa": 0.4}, limit=0.05)
    assert recorded_differently({}, same, limit=0.05)
    assert recorded_differently(same, {}, limit=0.05)
    assert recorded_differently({"qr": nan}, {"qr": 1.0}, limit=0.05)


@settings(max_examples=40)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(25, 100))
def test_worst_case_holds_whatever_the_silent_would_have_said(answered: int, other: int, silent: int) -> None:
    low, high = worst_case(0.0, Answering(answered, 100, other, 100), scale=75.0)
    # Everybody who answered said 60; the silent among the fewer answer as one likes.
    gap = abs(answered - other)
    told = (60.0 * min(answered, other) + silent * gap) / max(answered, other)
    change = told - 60.0 if answered < other else 60.0 - told
    assert low - 1e-9 <= change <= high + 1e-9


def test_bounds_of_the_unknown_are_unknown_and_break() -> None:
    for answering in (
        Answering(5, 0, 5, 10),
        Answering(11, 10, 5, 10),
        Answering(0, 10, 0, 10),
        Answering(-1, 9, 1, 9),
    ):
        bounds = worst_case(0.0, answering, scale=75.0)
        assert np.isnan(bounds).all()
        assert np.isnan(lee(np.ones(3), np.ones(3), answering)).all()
        assert response_breaks(bounds, 0.5, 2.0)
        assert response_warns_falsely(bounds, 0.5)
    assert np.isnan(lee(np.array([]), np.ones(3), Answering(1, 2, 1, 2))).all()


def test_lee_holds_the_truth_when_the_unhappy_fall_silent() -> None:
    rng = np.random.default_rng(1)
    other = rng.normal(80, 10, 2000)
    flexible = rng.normal(77, 10, 2000)
    kept = flexible[flexible > np.quantile(flexible, 0.3)]
    low, high = lee(kept, other, Answering(kept.size, 2000, 2000, 2000))
    assert kept.mean() - other.mean() > 0
    truth = flexible.mean() - other.mean()
    assert low <= truth + 0.02
    assert low < -2.5
    assert high > truth
    turned = lee(other, kept, Answering(2000, 2000, kept.size, 2000))
    assert turned == pytest.approx((-high, -low))


def test_equal_answering_bounds_are_the_difference() -> None:
    low, high = lee(np.array([1.0, 2.0]), np.array([2.0, 3.0]), Answering(2, 4, 2, 4))
    assert low == high == -1.0
    assert not response_breaks((low, high), 0.5, 2.0)
    assert response_breaks((low, high), 1.0, 2.0)
    assert response_warns_falsely((low, high), 1.0)
    assert not response_warns_falsely((low, high), 0.9)
    assert response_gains_falsely((low, high), 0.0)
    assert not response_gains_falsely((1.0, 2.0), 0.9)
    assert response_gains_falsely((nan, 2.0), 0.9)


def test_movement_before_the_start() -> None:
    assert pre_trend(np.array([0.1, -0.1]), np.eye(2)) > 0.9
    assert pre_trend(np.array([5.0, -5.0]), np.eye(2)) < 0.001
    assert np.isnan(pre_trend(np.array([]), np.empty((0, 0))))
    assert np.isnan(pre_trend(np.array([1.0]), np.zeros((1, 1))))
    with pytest.raises(PanelError, match="shape"):
        pre_trend(np.array([1.0]), np.eye(2))


def test_spill_over_is_judged_by_the_upper_limit() -> None:
    assert not spilled(0.04, 0.05)
    assert spilled(0.06, 0.05)
    assert spilled(nan, 0.05)


def test_a_moving_mix_alone_changes_nothing() -> None:
    means = np.array([[80.0, 60.0, 0.0], [80.0, 60.0, 0.0]])
    held = fixed_weights(means, np.array([[90.0, 10.0, 0.0], [10.0, 90.0, 0.0]]))
    assert held.tolist() == [70.0, 70.0]
    assert np.isnan(fixed_weights(means, np.array([[90.0, 0.0, 0.0], [10.0, 90.0, 0.0]]))).tolist() == [True, False]


def test_day_and_month_are_one_effect() -> None:
    day = Shown(-5.0, -6.0, -4.0, 2.0)
    assert over_month(day, 0.2, 1.0) == Shown(-1.0, pytest.approx(-1.2), -0.8, 1.0)
    assert on_day(over_month(day, 0.2, 1.0), 0.2, 2.0) == Shown(-5.0, pytest.approx(-6.0), -4.0, 2.0)
    for share in (0.0, 1.1, nan):
        with pytest.raises(PanelError, match="share"):
            over_month(day, share, 1.0)
        with pytest.raises(PanelError, match="share"):
            on_day(day, share, 1.0)


def test_the_day_before() -> None:
    assert carried(np.array([[1.0, 0.0, 0.5]])).tolist() == [[0.0, 1.0, 0.0]]
