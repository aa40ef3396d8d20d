"""Half-open periods: what is taken out and what is left make the whole again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.periods import EmptyPeriod, Period, without

START = date(2026, 1, 1)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = START + timedelta(days=draw(st.integers(0, 60)))
    length = draw(st.one_of(st.none(), st.integers(1, 60)))
    return Period(start, None if length is None else start + timedelta(days=length))


@given(whole=periods(), hole=periods(), offset=st.integers(-5, 130))
def test_every_day_of_the_whole_is_in_the_hole_or_in_one_part_left(whole: Period, hole: Period, offset: int) -> None:
    day = START + timedelta(days=offset)
    left = without(whole, hole)
    assert sum(day in part for part in left) == (day in whole and day not in hole)


@given(whole=periods(), hole=periods())
def test_parts_left_are_in_order_and_share_no_day(whole: Period, hole: Period) -> None:
    left = without(whole, hole)
    assert left == sorted(left, key=lambda part: part.start)
    assert len(left) <= 2
    assert not (len(left) == 2 and left[0].overlaps(left[1]))
    assert not any(part.overlaps(hole) for part in left)


@given(first=periods(), second=periods())
def test_overlap_is_the_same_from_both_sides(first: Period, second: Period) -> None:
    assert first.overlaps(second) == second.overlaps(first)


@pytest.mark.parametrize("days", [0, -1])
def test_an_empty_period_is_refused(days: int) -> None:
    with pytest.raises(EmptyPeriod):
        Period(START, START + timedelta(days=days))


def test_people_are_told_the_last_day() -> None:
    assert Period(START, date(2026, 2, 1)).last == date(2026, 1, 31)
    assert Period(START).last is None


def test_years_are_calendar_years_not_numbers_of_days() -> None:
    # "Until the end of the second year" from 1 March 2027, across 29 February 2028.
    rule = Period(date(2027, 3, 1), date(2029, 1, 1))
    assert rule.last == date(2028, 12, 31)
    assert date(2028, 2, 29) in rule
    assert date(2029, 1, 1) not in rule
