"""Dates, times and both, as they come from files."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.results.services import moments
from luwes.apps.results.services.moments import Moment, RunsBackwards

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, None),
        ("", None),
        ("2026-11-23", Moment(DAY, None)),
        ("08:15:30", Moment(None, 29_730)),
        ("24:00:00", Moment(None, 86_400)),
        ("2026-11-23T08:15:30", Moment(DAY, 29_730)),
    ],
)
def test_what_was_written_is_known_and_nothing_else(value: str | None, found: Moment | None) -> None:
    assert moments.read(value) == found


def test_a_time_of_its_own_column_is_joined_to_a_bare_date_alone() -> None:
    bare, clock, both = Moment(DAY, None), Moment(None, 60), Moment(DAY, 120)
    assert moments.joined(bare, clock) == Moment(DAY, 60)
    assert moments.joined(both, clock) == both
    assert moments.joined(bare, None) == bare
    assert moments.joined(bare, Moment(DAY, None)) == bare
    assert moments.joined(None, clock) is None


@given(st.integers(0, 86_399), st.integers(0, 86_399))
def test_time_never_runs_backwards_and_midnight_is_crossed_in_short_nights_alone(first: int, second: int) -> None:
    start = moments.at(DAY, first)
    try:
        end, over = moments.after(start, Moment(None, second))
    except RunsBackwards:
        assert second < first
        assert first < moments.EVENING or second + 86_400 - first > moments.NIGHT
        return
    assert end >= start
    assert over == (second < first)
    assert end - start <= (timedelta(seconds=moments.NIGHT) if over else timedelta(days=1))


def test_a_date_is_believed_over_any_inference() -> None:
    start = moments.at(DAY, 23 * 3600)
    assert moments.after(start, Moment(DAY + timedelta(days=1), 60)) == (moments.at(DAY, 86_460), False)
    with pytest.raises(RunsBackwards):
        moments.after(start, Moment(DAY, 60))


def test_days_end_where_they_end_here() -> None:
    assert moments.local(moments.end_of(DAY)).date() == DAY
    assert moments.local(datetime.fromisoformat("2026-11-22T23:30:00+00:00")).date() == DAY
