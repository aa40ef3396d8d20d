"""Reads of calendars. Every module asks here what kind of day a date is; there is no second path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from luwes.apps.people import queries as units
from luwes.apps.people.calendars import rulebooks
from luwes.apps.people.models import Blackout as BlackoutRow
from luwes.apps.people.models import CalendarDay, CalendarVersion, RamadanPeriod, WorkingTimeAssignment
from luwes.core.workdays.blackouts import Blackout, blackouts_on
from luwes.core.workdays.calendar import Calendar, DayKind, Holiday, HolidayKind, Pattern
from luwes.core.workdays.files import RamadanWindow
from luwes.core.workdays.periods import DAY, Period
from luwes.core.workdays.status import Status
from luwes.core.workdays.worktime import Dated, OnDay, Season, schedule_on

# Where nobody assigned hours, those of Perpres 21/2023 hold: it binds every government. It sets none for six days,
# so its weekly total is spread over them.
NATIONAL = {
    Pattern.FIVE: ("perpres-21-2023", "perpres-21-2023-ramadan"),
    Pattern.SIX: ("six-day-unit", "six-day-unit-ramadan"),
}
NATIONAL_SINCE = Period(date(2023, 4, 12))


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a year, with the days it added to and took from the version before it."""

    id: str
    year: int
    version: int
    decree: str
    number: str
    issued: date | None
    source: str
    status: Status
    note: str
    reason: str
    recorded_at: datetime
    superseded_at: datetime | None
    days: Sequence[Holiday]
    added: Sequence[Holiday]
    removed: Sequence[Holiday]


@dataclass(frozen=True, slots=True)
class AssignedHours:
    """An assignment of working hours; `unit` is "" for everybody."""

    unit: str
    schedule: str
    season: Season
    pattern: Pattern
    period: Period


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What a day is in a unit. `hours` is None on a day that is not worked."""

    day: date
    kind: DayKind
    holiday: Holiday | None
    pattern: Pattern
    ramadan: RamadanWindow | None
    hours: OnDay | None
    blackouts: Sequence[Blackout]


@dataclass(frozen=True, slots=True)
class DayBook:
    """What decides about days, read once; give it any day it was made for."""

    calendar: Calendar
    ramadan: Sequence[RamadanWindow]
    blackouts: Sequence[Blackout]
    assigned: Sequence[AssignedHours]

    def is_working(self, day: date, line: Sequence[str]) -> bool:
        """Whether a unit works on the day, `line` being its key and those above it. Raises MissingYear."""
        return self.calendar.is_working(day, _pattern(day, line, self.assigned))

    def facts(self, day: date, line: Sequence[str]) -> DayFacts:
        """What the day is for a unit, `line` being its key and those above it, the unit first.

        The hours are those assigned to the unit or the nearest unit above it, season by season; the pattern is
        that of its normal hours. Raises MissingYear where no decree of the year is known, and NoSchedule in an
        emergency whose hours are not set for the pattern.
        """
        pattern = _pattern(day, line, self.assigned)
        nearest = _nearest(day, line, self.assigned, pattern)
        return DayFacts(
            day=day,
            kind=self.calendar.kind(day, pattern),
            holiday=self.calendar.holiday(day),
            pattern=pattern,
            ramadan=next((window for window in self.ramadan if day in window.period), None),
            hours=schedule_on(day, pattern, calendar=self.calendar, ramadan=self.ramadan, schedules=nearest),
            blackouts=blackouts_on(day, line, self.blackouts),
        )


def known_years(known_at: datetime | None = None) -> Sequence[int]:
    """The years a calendar is known for."""
    return sorted(_versions(known_at).values_list("year", flat=True))


def calendar(*years: int, known_at: datetime | None = None) -> Calendar:
    """The holidays of the years (all known ones by default) as known now, or as known at an instant."""
    versions = _versions(known_at)
    if years:
        versions = versions.filter(year__in=years)
    found: dict[int, dict[date, Holiday]] = {}
    by_id = {}
    for version in versions:
        by_id[version.pk] = found.setdefault(version.year, {})
    for row in CalendarDay.objects.filter(version__in=by_id):
        by_id[row.version_id][row.day] = _holiday(row)
    return Calendar(found)


def ramadan(known_at: datetime | None = None) -> Sequence[RamadanWindow]:
    """Every Ramadan, earliest first."""
    rows = RamadanPeriod.objects.filter(_known(known_at)).order_by("period")
    return [RamadanWindow(row.hijri, _period(row.period), Status(row.status), row.basis) for row in rows]


def blackouts(start: date, end: date, known_at: datetime | None = None) -> Sequence[Blackout]:
    """Every blackout that touches `[start, end)`, earliest first."""
    rows = BlackoutRow.objects.filter(_known(known_at), period__overlap=(start, end)).select_related("unit")
    return [
        Blackout(row.public_id, row.unit.key if row.unit else "", _period(row.period), row.name, row.basis)
        for row in rows.order_by("period", "pk")
    ]


def assigned_hours(known_at: datetime | None = None) -> Sequence[AssignedHours]:
    """Every assignment of working hours, whole government first, then by start."""
    rows = WorkingTimeAssignment.objects.filter(_known(known_at)).select_related("unit").order_by("unit", "period")
    found = [
        AssignedHours(
            row.unit.key if row.unit else "",
            row.schedule,
            Season(row.season),
            Pattern(row.pattern),
            _period(row.period),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: bool(one.unit))


def left_open(emergency: AssignedHours) -> Sequence[str]:
    """Units ("" is everybody) under an emergency whose own pattern its schedule does not set: no hours hold there."""
    patterns = rulebooks.schedules()[emergency.schedule].patterns
    found = [
        one.unit
        for one in assigned_hours()
        if one.season is Season.NORMAL and one.pattern not in patterns and one.period.overlaps(emergency.period)
    ]
    day = emergency.period.start
    return [unit for unit in found if not emergency.unit or (unit and emergency.unit in units.above(unit, day))]


def day_kind(day: date, unit_key: str, known_at: datetime | None = None) -> DayFacts:
    """What the day is in the unit; for many days or units take a `day_book`. Raises as `DayBook.facts` does."""
    return day_book(day, day + DAY, known_at).facts(day, units.above(unit_key, day))


def day_book(start: date, end: date, known_at: datetime | None = None) -> DayBook:
    """Everything that decides about the days of `[start, end)`, in a constant number of queries."""
    return DayBook(
        calendar=calendar(*range(start.year, (end - DAY).year + 1), known_at=known_at),
        ramadan=ramadan(known_at),
        blackouts=blackouts(start, end, known_at),
        assigned=assigned_hours(known_at),
    )


def versions_of(year: int) -> Sequence[VersionRow]:
    """Every version of a year, newest first."""
    rows = CalendarVersion.objects.filter(year=year).prefetch_related("days").order_by("version")
    found: list[VersionRow] = []
    before: Mapping[date, Holiday] = {}
    for row in rows:
        days = {one.day: _holiday(one) for one in sorted(row.days.all(), key=lambda one: one.day)}
        found.append(
            VersionRow(
                id=row.public_id,
                year=row.year,
                version=row.version,
                decree=row.decree,
                number=row.number,
                issued=row.issued,
                source=row.source,
                status=Status(row.status),
                note=row.note,
                reason=row.reason,
                recorded_at=row.recorded_at,
                superseded_at=row.superseded_at,
                days=list(days.values()),
                added=[one for day, one in days.items() if day not in before] if found else [],
                removed=[one for day, one in before.items() if day not in days],
            )
        )
        before = days
    return found[::-1]


def _versions(known_at: datetime | None) -> QuerySet[CalendarVersion]:
    return CalendarVersion.objects.filter(_known(known_at))


def _known(known_at: datetime | None) -> Q:
    if known_at is None:
        return Q(superseded_at=None)
    # A version replaced in the very instant it was recorded was never what anybody knew.
    return Q(recorded_at__lte=known_at) & (Q(superseded_at=None) | Q(superseded_at__gt=known_at))


def _holiday(row: CalendarDay) -> Holiday:
    return Holiday(row.day, HolidayKind(row.kind), row.name, Status(row.status))


def _period(value: DateRange) -> Period:
    return Period(value.lower, value.upper)


def _pattern(day: date, line: Sequence[str], assigned: Iterable[AssignedHours]) -> Pattern:
    normal = {one.unit: one.pattern for one in assigned if one.season is Season.NORMAL and day in one.period}
    return next((normal[key] for key in [*line, ""] if key in normal), Pattern.FIVE)


def _nearest(day: date, line: Sequence[str], assigned: Sequence[AssignedHours], pattern: Pattern) -> list[Dated]:
    """Per season what the nearest unit set for the day, over the hours that hold without any assignment.

    Ramadan hours that leave the unit's pattern out are passed over. An emergency is not: it shortens the day, and
    by how much for this pattern only its circular can say.
    """
    shipped = rulebooks.schedules()
    chosen = {shipped[code].season: Dated(NATIONAL_SINCE, shipped[code]) for code in NATIONAL[pattern]}
    # From the top down, so that the nearest overwrites.
    for key in ["", *reversed(line)]:
        for one in assigned:
            schedule = shipped[one.schedule]
            fits = pattern in schedule.patterns or one.season is Season.EMERGENCY
            if one.unit == key and day in one.period and fits:
                chosen[one.season] = Dated(one.period, schedule)
    return list(chosen.values())
