"""Working days of the decreed years, and what happens where no decree is known."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.calendar import (
    Calendar,
    DayKind,
    DayTwice,
    Holiday,
    HolidayKind,
    MissingYear,
    NoWorkingDay,
    Pattern,
    year_of,
)
from luwes.core.workdays.status import Status
from tests.core.workdays.rulebooks import LATEST, calendar, decree

FIVE, SIX = Pattern.FIVE, Pattern.SIX
IN_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PATTERNS = st.sampled_from(Pattern)


def in_2026(days: Sequence[date]) -> Calendar:
    return Calendar({2026: year_of(2026, tuple(Holiday(day, HolidayKind.JOINT, "Libur") for day in days))})


@pytest.mark.parametrize(
    ("year", "days", "fridays", "national", "joint"),
    [(2025, 237, 44, 17, 11), (2026, 240, 46, 17, 8), (2027, 242, 48, 18, 8)],
)
def test_working_days_and_fridays_of_the_decrees(year: int, days: int, fridays: int, national: int, joint: int) -> None:
    found = list(LATEST.working_days(date(year, 1, 1), date(year + 1, 1, 1), FIVE))
    assert len(found) == LATEST.count(date(year, 1, 1), date(year + 1, 1, 1), FIVE) == days
    assert sum(day.weekday() == 4 for day in found) == fridays
    kinds = [holiday.kind for holiday in LATEST.years[year].values()]
    assert (kinds.count(HolidayKind.NATIONAL), kinds.count(HolidayKind.JOINT)) == (national, joint)


def test_a_day_added_by_a_later_decree_is_a_working_day_in_the_earlier_one() -> None:
    added = date(2025, 8, 18)
    before, after = calendar("2025-1"), calendar("2025-1", "2025-2")
    assert (before.kind(added, FIVE), after.kind(added, FIVE)) == (DayKind.WORKING, DayKind.JOINT)
    assert set(after.years[2025]) - set(before.years[2025]) == {added}
    assert decree("2025-2").issued == date(2025, 8, 7)


def test_fridays_under_the_national_circular_of_2026() -> None:
    def fridays(end: date) -> int:
        return sum(day.weekday() == 4 for day in LATEST.working_days(date(2026, 4, 10), end, FIVE))

    assert (fridays(date(2026, 8, 1)), fridays(date(2027, 1, 1))) == (15, 35)


def test_only_what_the_decree_leaves_open_is_an_estimate() -> None:
    estimated = {day for day, holiday in LATEST.years[2027].items() if holiday.status is Status.ASSUMED}
    assert estimated == {date(2027, 3, 10), date(2027, 3, 11), date(2027, 5, 17)}
    assert not any(holiday.status is Status.ASSUMED for holiday in LATEST.years[2026].values())
    assert decree("2027-1").issued == date(2026, 9, 15)


def test_a_year_without_a_decree_is_never_an_ordinary_year() -> None:
    for ask in (
        lambda: LATEST.kind(date(2028, 1, 3), FIVE),
        lambda: LATEST.count(date(2027, 12, 30), date(2028, 1, 2), FIVE),
        lambda: LATEST.next_working(date(2027, 12, 31), FIVE),
    ):
        with pytest.raises(MissingYear) as missing:
            ask()
        assert missing.value.year == 2028


def test_loading_the_next_year_changes_nothing_in_this_one() -> None:
    alone, both = calendar("2026-1"), calendar("2026-1", "2027-1")
    november = (date(2026, 11, 1), date(2026, 12, 1))
    assert list(alone.working_days(*november, FIVE)) == list(both.working_days(*november, FIVE))
    assert [both.kind(date(2026, 12, 31) + timedelta(days=n), FIVE) for n in range(5)] == [
        DayKind.WORKING,
        DayKind.NATIONAL,
        DayKind.OFF,
        DayKind.OFF,
        DayKind.WORKING,
    ]


def test_a_holiday_is_one_day_and_is_named_even_on_a_weekend() -> None:
    christmas = date(2026, 12, 25)
    assert [LATEST.kind(christmas + timedelta(days=n), SIX) for n in (-1, 0, 1)] == [
        DayKind.JOINT,
        DayKind.NATIONAL,
        DayKind.WORKING,
    ]
    assert LATEST.kind(date(2025, 8, 17), FIVE) is DayKind.NATIONAL
    assert date(2025, 8, 17).weekday() == 6


def test_saturday_is_worked_by_the_six_day_pattern_alone() -> None:
    saturday = date(2026, 11, 28)
    assert (LATEST.is_working(saturday, FIVE), LATEST.is_working(saturday, SIX)) == (False, True)
    assert LATEST.kind(saturday + timedelta(days=1), SIX) is DayKind.OFF


def test_the_next_working_day_goes_over_the_long_holiday() -> None:
    assert LATEST.next_working(date(2025, 3, 27), FIVE) == date(2025, 4, 8)
    assert LATEST.next_working(date(2026, 12, 31), FIVE) == date(2027, 1, 4)


def test_an_endless_holiday_is_refused() -> None:
    endless = in_2026([date(2026, 1, 1) + timedelta(days=n) for n in range(365)])
    with pytest.raises(NoWorkingDay):
        endless.next_working(date(2026, 3, 1), FIVE)


@pytest.mark.parametrize("days", [(date(2026, 1, 1), date(2026, 1, 1)), (date(2025, 12, 31),)])
def test_a_date_twice_or_of_another_year_is_refused(days: Sequence[date]) -> None:
    with pytest.raises(DayTwice) as twice:
        in_2026(days)
    assert twice.value.day == days[-1]


@given(days=st.lists(IN_2026, unique=True, max_size=30), added=IN_2026, pattern=PATTERNS)
def test_adding_a_holiday_takes_away_at_most_that_one_day(days: list[date], added: date, pattern: Pattern) -> None:
    year = (date(2026, 1, 1), date(2027, 1, 1), pattern)
    before = in_2026(days)
    after = in_2026(sorted({*days, added}))
    lost = set(before.working_days(*year)) - set(after.working_days(*year))
    assert lost == ({added} if before.is_working(added, pattern) else set())
    assert before.count(*year) - after.count(*year) == len(lost) <= 1


@given(start=IN_2026, middle=IN_2026, end=IN_2026, pattern=PATTERNS)
def test_counts_of_adjoining_periods_add_up(start: date, middle: date, end: date, pattern: Pattern) -> None:
    first, second, third = sorted([start, middle, end])
    parts = LATEST.count(first, second, pattern) + LATEST.count(second, third, pattern)
    assert parts == LATEST.count(first, third, pattern)
    assert LATEST.count(third, first, pattern) == 0 or first == third


@given(day=st.dates(date(2025, 1, 1), date(2027, 11, 30)), pattern=PATTERNS)
def test_between_a_day_and_its_next_working_day_nothing_is_worked(day: date, pattern: Pattern) -> None:
    found = LATEST.next_working(day, pattern)
    assert LATEST.is_working(found, pattern)
    assert LATEST.count(day + timedelta(days=1), found, pattern) == 0


@given(day=IN_2026)
def test_six_days_work_wherever_five_do(day: date) -> None:
    assert LATEST.is_working(day, SIX) or not LATEST.is_working(day, FIVE)
