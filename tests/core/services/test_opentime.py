"""Promised minutes run while a service is open."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.services.opentime import after_days, after_minutes, joined, minutes_in, minutes_kept
from luwes.core.workdays.calendar import MissingYear

MONDAY = date(2026, 11, 23)
WEEK = [(480, 720), (780, 900)]
SPAN = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(sorted).map(tuple)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def weekdays(day: date) -> list[tuple[int, int]]:
    return WEEK if day.weekday() < 5 else []


@pytest.mark.parametrize(
    ("opened", "minutes", "due"),
    [
        (at(23, 8), 60, at(23, 9)),
        (at(23, 11, 30), 60, at(23, 13, 30)),  # the counter shuts for an hour at noon
        (at(23, 14, 30), 60, at(24, 8, 30)),
        (at(27, 14, 30), 60, at(30, 8, 30)),  # over the weekend
        (at(23, 2), 30, at(23, 8, 30)),  # what comes in at night
        (at(23, 22), 30, at(24, 8, 30)),
        (at(23, 14), 60, at(23, 15)),  # the last minute of the day is still that day
        (at(28, 9), 1, at(30, 8, 1)),
    ],
)
def test_promised_minutes_run_while_it_is_open(opened: datetime, minutes: int, due: datetime) -> None:
    assert after_minutes(opened, minutes, weekdays) == due


def test_a_service_that_never_opens_has_no_due_time() -> None:
    assert after_minutes(at(23, 8), 60, lambda day: []) is None


def test_an_unknown_year_is_not_guessed() -> None:
    def unknown(day: date) -> list[tuple[int, int]]:
        raise MissingYear(day.year)

    with pytest.raises(MissingYear):
        after_minutes(at(23, 8), 60, unknown)


@given(st.integers(1, 3_000), st.integers(1, 3_000))
def test_minutes_add_up(first: int, second: int) -> None:
    halfway = after_minutes(at(23, 9, 17), first, weekdays)
    assert halfway is not None
    assert after_minutes(halfway, second, weekdays) == after_minutes(at(23, 9, 17), first + second, weekdays)


@pytest.mark.parametrize(
    ("count", "due"), [(0, MONDAY), (1, date(2026, 11, 24)), (5, date(2026, 11, 30)), (4, date(2026, 11, 27))]
)
def test_promised_days_are_working_days(count: int, due: date) -> None:
    assert after_days(MONDAY, count, lambda day: day.weekday() < 5) == due


def test_days_that_never_come_have_no_due_date() -> None:
    assert after_days(MONDAY, 1, lambda day: False) is None


@pytest.mark.parametrize(
    ("opened", "closed", "shut", "kept"),
    [
        (480, 900, 0, 360),
        (450, 930, 0, 360),  # early and late keep nothing more
        (510, 900, 0, 330),
        (480, 840, 30, 270),
        (720, 780, 0, 0),  # open in the break alone
        (900, 1_000, 0, 0),
        (480, 900, 400, 0),
    ],
)
def test_minutes_kept_lie_within_what_was_promised(opened: int, closed: int, shut: int, kept: int) -> None:
    assert minutes_kept(WEEK, opened, closed, shut) == kept


@given(st.lists(SPAN), SPAN, st.integers(0, 600))
def test_never_more_is_kept_than_was_promised(spans: list[tuple[int, int]], whole: tuple[int, int], shut: int) -> None:
    assert 0 <= minutes_kept(spans, *whole, shut) <= min(minutes_in(spans), whole[1] - whole[0])


@given(st.lists(SPAN, max_size=5))
def test_common_minutes_count_once(spans: list[tuple[int, int]]) -> None:
    every = {minute for start, end in spans for minute in range(start, end)}
    found = joined(spans)
    assert minutes_in(spans) == len(every)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert timedelta(minutes=minutes_in(spans)) <= timedelta(days=1)
