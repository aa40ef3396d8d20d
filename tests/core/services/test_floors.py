"""Floors: rounded up, proposed from the standard, read for one weekday."""

from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.services.floors import Band, Need, needs, proposed, share_of
from luwes.core.services.hours import Window

MORNING, NOON, DAY = Window(1, 480, 720), Window(1, 660, 780), Window(1, 480, 900)


@given(st.integers(1, 500), st.integers(1, 100))
def test_a_share_is_rounded_up_exactly(base: int, percent: int) -> None:
    assert share_of(base, percent) == ceil(Fraction(base * percent, 100))


def test_the_standard_proposes_its_implementers() -> None:
    assert proposed([Window(2, 480, 900), MORNING], 3) == (Band(MORNING, 3), Band(Window(2, 480, 900), 3))
    assert proposed([MORNING], None) == ()


def test_a_floor_of_nobody_is_none() -> None:
    with pytest.raises(ValueError, match="none"):
        Band(MORNING, 0)


def test_the_higher_of_two_bands_holds() -> None:
    bands = [Band(MORNING, 1), Band(NOON, 2), Band(Window(2, 0, 60), 9)]
    assert needs(bands, 1) == (Need(480, 660, 1), Need(660, 780, 2))


def test_equal_neighbours_are_joined_and_gaps_stay() -> None:
    bands = [Band(Window(1, 480, 600), 2), Band(Window(1, 600, 720), 2), Band(Window(1, 780, 900), 2)]
    assert needs(bands, 1) == (Need(480, 720, 2), Need(780, 900, 2))
    assert needs(bands, 3) == ()


some_bands = st.lists(
    st.builds(
        lambda ends, minimum: Band(Window(1, min(ends), max(ends)), minimum),
        st.lists(st.integers(0, 50), min_size=2, max_size=2, unique=True),
        st.integers(1, 5),
    ),
    max_size=6,
)


@given(some_bands)
def test_every_minute_needs_the_highest_band_over_it(bands: list[Band]) -> None:
    found = needs(bands, 1)
    for minute in range(51):
        held = [band.minimum for band in bands if band.window.start <= minute < band.window.end]
        told = [need.minimum for need in found if need.start <= minute < need.end]
        assert told == ([max(held)] if held else [])
    assert all(left.end <= right.start for left, right in pairwise(found))
