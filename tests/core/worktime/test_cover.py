"""How many people a point usually has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.worktime import Span
from luwes.core.worktime.cover import ENOUGH_DAYS, fewest, usual

OPEN = Span(480, 900)
STAY = st.builds(lambda start, length: Span(start, start + length), st.integers(300, 900), st.integers(1, 600))


def test_the_emptiest_hour_counts() -> None:
    assert fewest([Span(450, 960), Span(450, 960), Span(450, 700)], OPEN) == 2
    assert fewest([Span(450, 600), Span(660, 960)], OPEN) == 0, "nobody between ten and eleven"
    assert fewest([], OPEN) == 0


def test_a_window_shorter_than_an_hour_is_looked_at_in_its_middle() -> None:
    assert fewest([Span(480, 510)], Span(480, 520)) == 1
    assert fewest([Span(480, 490)], Span(480, 520)) == 0


@pytest.mark.parametrize(
    ("counts", "number"),
    [
        ([3] * 7, None),
        ([3] * 8, 3),
        ([1, *[4] * 12], 4),
        ([1] * 4 + [4] * 9, 1),
        ([0] * 13, None),
        ([], None),
    ],
)
def test_what_nine_of_ten_days_reached(counts: list[int], number: int | None) -> None:
    assert usual(counts) == number


@given(st.lists(STAY, max_size=8), STAY)
def test_one_more_person_never_makes_it_fewer(stays: list[Span], one: Span) -> None:
    assert fewest(stays, OPEN) <= fewest([*stays, one], OPEN) <= fewest(stays, OPEN) + 1


@given(st.lists(st.integers(0, 30), min_size=ENOUGH_DAYS, max_size=40))
def test_nine_of_ten_days_reach_what_is_proposed(counts: list[int]) -> None:
    found = usual(counts)
    if found is not None:
        assert sum(count >= found for count in counts) * 10 >= len(counts) * 9
        assert found in counts
