"""Working-time schedules: hours, breaks and presensi windows per weekday, and which holds on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luwes.core.workdays.calendar import Calendar, Pattern
from luwes.core.workdays.files import RamadanWindow
from luwes.core.workdays.periods import Period
from luwes.core.workdays.status import Status

# Perpres 21/2023 art. 4: 37 h 30 a week without breaks, 32 h 30 in Ramadan; Friday starts no earlier than 07:30.
WEEKLY_MINUTES = 37 * 60 + 30
WEEKLY_MINUTES_RAMADAN = 32 * 60 + 30
EARLIEST_START = 7 * 60 + 30


class Season(StrEnum):
    """What a schedule is for. An emergency may fall short of the weekly total; the others may not."""

    NORMAL = "normal"
    RAMADAN = "ramadan"
    EMERGENCY = "emergency"


class Notice(StrEnum):
    """What an official reading the schedule has to be told."""

    OVER_WEEKLY = "over_weekly_total"
    UNDER_WEEKLY = "under_weekly_total"
    EARLY_START = "starts_before_national_start"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of the day from `start` up to `end`, in the local zone."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday: hours, breaks inside them, and when presensi is taken (None: no window is set)."""

    hours: Span
    breaks: tuple[Span, ...] = ()
    clock_in: Span | None = None
    clock_out: Span | None = None

    @property
    def minutes(self) -> int:
        """Minutes owed: the hours without breaks."""
        return self.hours.minutes - sum(pause.minutes for pause in self.breaks)


@dataclass(frozen=True, slots=True)
class Band:
    """One step of lateness (TL) or leaving early (PSW): from `minimum` to `maximum` minutes, both inside."""

    code: str
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A schedule as one instrument sets it: per pattern the hours of each weekday (Monday is 0)."""

    code: str
    name: str
    season: Season
    basis: str
    status: Status
    note: str
    patterns: Mapping[Pattern, Mapping[int, DayHours]]
    late: tuple[Band, ...]
    early: tuple[Band, ...]

    def weekly_minutes(self, pattern: Pattern) -> int:
        """Minutes owed in a week without holidays. Raises NoSchedule for a pattern it does not set."""
        return sum(hours.minutes for hours in self._week(pattern).values())

    def notices(self, pattern: Pattern) -> tuple[Notice, ...]:
        """What to tell about it, measured against Perpres 21/2023. Raises NoSchedule."""
        week = self._week(pattern)
        legal = WEEKLY_MINUTES_RAMADAN if self.season is Season.RAMADAN else WEEKLY_MINUTES
        total = self.weekly_minutes(pattern)
        starts_early = any(hours.hours.start < EARLIEST_START for hours in week.values())
        told = {
            Notice.OVER_WEEKLY: total > legal,
            Notice.UNDER_WEEKLY: total < legal,
            Notice.EARLY_START: starts_early,
            Notice.NOT_CONFIRMED: self.status is Status.ASSUMED,
        }
        return tuple(notice for notice, holds in told.items() if holds)

    def hours_on(self, weekday: int, pattern: Pattern) -> DayHours:
        """The hours of a weekday. Raises NoSchedule."""
        week = self._week(pattern)
        if weekday not in week:
            raise NoSchedule(self.code)
        return week[weekday]

    def _week(self, pattern: Pattern) -> Mapping[int, DayHours]:
        if pattern not in self.patterns:
            raise NoSchedule(f"{self.code}: {pattern.value}")
        return self.patterns[pattern]


class NoSchedule(LookupError):
    """No schedule says what the hours are: nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A schedule with the days it holds for."""

    period: Period
    schedule: WorkingTime


@dataclass(frozen=True, slots=True)
class OnDay:
    """What holds on one working day."""

    schedule: WorkingTime
    hours: DayHours


def schedule_on(
    day: date,
    pattern: Pattern,
    *,
    calendar: Calendar,
    ramadan: Sequence[RamadanWindow],
    schedules: Sequence[Dated],
) -> OnDay | None:
    """The hours of a day, or None on a day that is not worked.

    An emergency that holds on the day goes before Ramadan, Ramadan before the normal hours. Moving a Ramadan
    window changes one row and rewrites no schedule. Of several schedules of one season the later start wins,
    as the newer instrument. Raises MissingYear, and NoSchedule where the season that holds has no schedule.
    """
    if not calendar.is_working(day, pattern):
        return None
    fasting = any(day in window.period for window in ramadan)
    holding = {dated.schedule.season: dated.schedule for dated in _oldest_first(schedules) if day in dated.period}
    season = Season.RAMADAN if fasting else Season.NORMAL
    chosen = holding.get(Season.EMERGENCY) or holding.get(season)
    if chosen is None:
        raise NoSchedule(f"{day.isoformat()}: {season.value}")
    return OnDay(chosen, chosen.hours_on(day.weekday(), pattern))


def band_of(minutes: int, bands: Sequence[Band]) -> Band | None:
    """The band `minutes` falls in, or None for 0 or less and where no band is set."""
    return next((b for b in bands if minutes >= b.minimum and (b.maximum is None or minutes <= b.maximum)), None)


def _oldest_first(schedules: Sequence[Dated]) -> list[Dated]:
    return sorted(schedules, key=lambda dated: dated.period.start)
