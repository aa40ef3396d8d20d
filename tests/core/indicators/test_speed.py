from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.queue import MEDIAN
from luwes.core.indicators.speed import Case, CaseCounts, CaseState, completion, count_cases, state_of, with_due
from luwes.core.workdays.periods import Period

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
MONTH_END = date(2026, 11, 30)


def at(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def case(opened: int, due: int | None, closed: int | None, **more: bool) -> Case:
    return Case(at(opened, 9), None if due is None else at(due, 12), None if closed is None else at(closed, 12), **more)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (case(2, 9, 9), CaseState.ON_TIME),
        (case(2, 9, 4), CaseState.ON_TIME),
        (case(2, 9, 10), CaseState.LATE),
        (case(2, 9, None), CaseState.STILL_OPEN),
        (case(2, None, 4), None),
        # On the due day, but an hour after the due time: late, unless the source knows no times.
        (Case(at(2), at(9, 12), at(9, 13)), CaseState.LATE),
        (Case(at(2), at(9), at(9, 13), whole_days=True), CaseState.ON_TIME),
        (Case(at(2), at(9), at(10), whole_days=True), CaseState.LATE),
    ],
)
def test_a_case_is_judged_by_its_due_date(one: Case, state: CaseState | None) -> None:
    assert state_of(one, MONTH_END) == state


def test_what_happened_later_is_not_known_yet() -> None:
    late = case(2, 9, 20)
    assert state_of(late, date(2026, 11, 8)) is CaseState.NOT_YET_DUE
    assert state_of(late, date(2026, 11, 9)) is CaseState.STILL_OPEN
    assert state_of(late, date(2026, 11, 20)) is CaseState.LATE
    # Closed early, and still not in any share before it falls due.
    assert state_of(case(2, 9, 3), date(2026, 11, 8)) is CaseState.NOT_YET_DUE


def test_leaving_late_cases_open_does_not_help() -> None:
    # Ten closed on time, ten due and left open. Counted over closed cases it would be 100 %.
    cases = [case(2, 9, 8)] * 10 + [case(2, 10, None)] * 10
    counts = count_cases(cases, NOVEMBER, MONTH_END)
    assert (counts.on_time, counts.still_open, counts.due) == (10, 10, 20)
    assert counts.attainment == Fraction(1, 2)
    assert counts.interval is not None
    assert counts.attainment in counts.interval


def test_a_month_counts_what_fell_due_in_it() -> None:
    closed_only = Case(at(2, month=10), at(20, month=10), at(3))
    due_next = Case(at(25), at(4, month=12), at(28))
    no_due = case(5, None, 6)
    counts = count_cases([closed_only, due_next, no_due, case(2, 9, 12)], NOVEMBER, MONTH_END)
    assert counts == CaseCounts(late=1, no_due=1)
    halfway = count_cases([case(2, 20, None), case(2, 9, 9)], NOVEMBER, date(2026, 11, 15))
    assert halfway == CaseCounts(on_time=1, not_yet_due=1)


def test_without_due_cases_there_is_no_share() -> None:
    counts = count_cases([case(5, None, 6)], NOVEMBER, MONTH_END)
    assert counts.attainment is None
    assert counts.interval is None


def test_reopened_and_reckoned_cases_are_counted_once_due() -> None:
    cases = [case(2, 9, 20, reopened=True), case(2, 9, 8, due_reckoned=True), case(2, None, 8, reopened=True)]
    counts = count_cases(cases, NOVEMBER, MONTH_END)
    assert (counts.reopened, counts.due_reckoned) == (1, 1)
    assert count_cases(cases, NOVEMBER, date(2026, 11, 5)).reopened == 0


def skipping_weekends(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def test_the_standard_gives_the_due_date_where_the_file_has_none() -> None:
    # Thursday 5 November and three working days: Tuesday 10 November, until its end.
    reckoned = with_due(case(5, None, None), 3, skipping_weekends)
    assert reckoned.due == datetime.combine(date(2026, 11, 10), time.max, UTC)
    assert reckoned.due_reckoned
    given_in_file = case(5, 6, None)
    assert with_due(given_in_file, 3, skipping_weekends) is given_in_file
    assert with_due(case(5, None, None), None, skipping_weekends).due is None


def test_the_median_of_completion_does_not_improve_by_leaving_cases_open() -> None:
    quick = [Case(at(2, 9), at(9), at(2, 10))] * 2
    open_ones = [case(2, 9, None)] * 3
    others = [case(2, None, 3), Case(at(25), at(4, month=12), None), Case(at(2), at(25), at(3))]
    minutes = completion([*quick, *open_ones, *others], NOVEMBER, date(2026, 11, 20))
    assert (minutes.known, minutes.endless) == (2, 3)
    assert minutes.quantile(MEDIAN) == 60
    assert minutes.quantile(MEDIAN, endless_counts=True) is None


days = st.integers(1, 30)
cases = st.lists(
    st.builds(
        lambda opened, due, closed, reopened: case(
            opened, due, None if closed is None else max(opened + 1, closed), reopened=reopened
        ),
        st.integers(1, 25),
        st.none() | days,
        st.none() | days,
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(cases, days, st.randoms(use_true_random=False))
def test_days_add_up_to_the_month_in_any_order(found: list[Case], through: int, order) -> None:  # type: ignore[no-untyped-def]
    known = date(2026, 11, through)
    whole = count_cases(found, NOVEMBER, known)
    order.shuffle(found)
    single = [date(2026, 11, day) for day in range(1, 31)]
    total = sum((count_cases(found, Period(day, day + timedelta(days=1)), known) for day in single), CaseCounts())
    assert total == whole
    assert whole.due + whole.not_yet_due + whole.no_due == len(found)
