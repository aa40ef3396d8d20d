"""Which days are working days, for the years a decree is known for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luwes.core.workdays.periods import DAY
from luwes.core.workdays.status import Status

# A search for the next working day gives up after this many days: no decree closes offices for longer.
LONGEST_SEARCH = 60


class Pattern(StrEnum):
    """How many days a unit works in a week: Monday to Friday, or to Saturday."""

    FIVE = "five"
    SIX = "six"

    @property
    def days(self) -> range:
        """The weekdays worked, Monday being 0."""
        return range(5) if self is Pattern.FIVE else range(6)


class HolidayKind(StrEnum):
    """A national holiday, or joint leave."""

    NATIONAL = "national"
    JOINT = "joint"


class DayKind(StrEnum):
    """What kind of day a date is."""

    WORKING = "working"
    OFF = "off"  # outside the week's pattern
    NATIONAL = "national"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One decreed day: a plain date, never an instant, so it is one day in every zone."""

    day: date
    kind: HolidayKind
    name: str
    status: Status = Status.REPORTED


class MissingYear(LookupError):
    """No decree is known for this year. Nothing is guessed: an unknown year has no working days to count."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


class NoWorkingDay(LookupError):
    """No working day was found within `LONGEST_SEARCH` days."""


class DayTwice(ValueError):
    """One date is decreed twice in a year, or lies in another year."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class Calendar:
    """Holidays by year. A year without an entry is unknown; an empty entry is a year without holidays."""

    years: Mapping[int, Mapping[date, Holiday]]

    def holiday(self, day: date) -> Holiday | None:
        """The holiday on the day, or None. Raises MissingYear."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        return self.years[day.year].get(day)

    def kind(self, day: date, pattern: Pattern) -> DayKind:
        """What kind of day it is; a holiday on a weekend is called by its holiday. Raises MissingYear."""
        found = self.holiday(day)
        if found is not None:
            return DayKind(found.kind.value)
        return DayKind.WORKING if day.weekday() in pattern.days else DayKind.OFF

    def is_working(self, day: date, pattern: Pattern) -> bool:
        """Whether the pattern works on the day. Raises MissingYear."""
        return self.kind(day, pattern) is DayKind.WORKING

    def working_days(self, start: date, end: date, pattern: Pattern) -> Iterator[date]:
        """The working days of `[start, end)` in order. Raises MissingYear."""
        day = start
        while day < end:
            if self.is_working(day, pattern):
                yield day
            day += DAY

    def count(self, start: date, end: date, pattern: Pattern) -> int:
        """How many working days `[start, end)` has; 0 where it is empty. Raises MissingYear."""
        return sum(1 for _ in self.working_days(start, end, pattern))

    def next_working(self, day: date, pattern: Pattern) -> date:
        """The first working day after `day`. Raises MissingYear, NoWorkingDay."""
        for found in self.working_days(day + DAY, day + (LONGEST_SEARCH + 1) * DAY, pattern):
            return found
        raise NoWorkingDay(day.isoformat())


def year_of(year: int, holidays: tuple[Holiday, ...]) -> dict[date, Holiday]:
    """The entry of one year in a `Calendar`. Raises DayTwice for a doubled date or one of another year."""
    found: dict[date, Holiday] = {}
    for holiday in holidays:
        if holiday.day.year != year or holiday.day in found:
            raise DayTwice(holiday.day)
        found[holiday.day] = holiday
    return found
