from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.charts.scale import Scale, finite, nice_ticks, spanning

numbers = st.floats(-1e300, 1e300, allow_nan=False)


def test_a_scale_maps_its_ends_and_clamps_beyond_them() -> None:
    scale = Scale(0, 10, 100, 0)
    assert [scale.at(v) for v in (0, 5, 10, -3, 12)] == [100, 50, 0, 100, 0]
    assert scale.at(Decimal("2.5")) == 75


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN")])
def test_what_cannot_be_drawn_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        finite(value)


def test_equal_and_missing_values_still_make_a_scale() -> None:
    assert spanning([], 0, 10).at(1) == 10
    assert spanning([7, 7], 0, 10).at(7) == 5
    assert spanning([0], 0, 10).at(0) == 5
    assert spanning([-1e300], 0, 10).at(-1e300) == pytest.approx(5)


def test_padding_leaves_room_on_both_sides() -> None:
    scale = spanning([0, 100], 0, 120, pad=0.1)
    assert (scale.at(0), scale.at(100)) == (pytest.approx(10), pytest.approx(110))


@settings(max_examples=150, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=8), st.floats(0, 0.2))
def test_positions_follow_values_and_stay_in_range(values: list[float], pad: float) -> None:
    scale = spanning(values, 10, 390, pad=pad)
    places = [scale.at(value) for value in sorted(values)]
    assert all(10 <= place <= 390 for place in places)
    assert all(a <= b for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("low", "high", "about", "ticks"),
    [
        (0, 100, 4, ["0", "25", "50", "75", "100"]),
        (0, 10, 4, ["0.0", "2.5", "5.0", "7.5", "10.0"]),
        (-3, 3, 3, ["-2", "0", "2"]),
        (0.1, 0.35, 5, ["0.10", "0.15", "0.20", "0.25", "0.30", "0.35"]),
        (0, 1_000_000, 2, ["0", "500000", "1000000"]),
        (3, 97, 0, []),
        (5, 5, 4, []),
        (6, 5, 4, []),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, about: int, ticks: list[str]) -> None:
    assert [str(tick) for tick in nice_ticks(low, high, about)] == ticks


@settings(max_examples=150, deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(1, 8))
def test_ticks_lie_inside_and_are_evenly_spaced(low: int, span: int, about: int) -> None:
    ticks = nice_ticks(low, low + span, about)
    assert all(low <= tick <= low + span for tick in ticks)
    assert len({b - a for a, b in pairwise(ticks)}) <= 1
    assert len(ticks) <= about + 1
