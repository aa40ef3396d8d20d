"""Months as the first day of each."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.months import month_before, month_end, next_month


@given(st.dates(date(1945, 1, 1), date(2199, 12, 31)))
def test_months_join_without_gap_or_overlap(day: date) -> None:
    first = day.replace(day=1)
    assert first <= day <= month_end(day) < next_month(day)
    assert next_month(day) == month_end(day) + timedelta(days=1)
    assert next_month(day).day == 1
    assert month_before(next_month(day)) == first
