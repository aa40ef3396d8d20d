"""A year as twelve small months, and what stands around it, ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.people.calendars import wording
from luwes.core import formats
from luwes.core.workdays.blackouts import Blackout
from luwes.core.workdays.calendar import Calendar, Holiday, Pattern
from luwes.core.workdays.files import RamadanWindow

WEEK = 7


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day: `css` marks what it is, `words` say it to who cannot see the mark."""

    number: int
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class MonthShown:
    """One month: weeks of seven, None outside the month."""

    name: str
    weeks: Sequence[Sequence[DayShown | None]]
    working_days: int


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The counts a year is known by."""

    working_days: int
    fridays: int
    national: int
    joint: int


def language() -> str:
    """The language pages are read in."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def months(
    year: int, calendar: Calendar, ramadan: Sequence[RamadanWindow], blackouts: Sequence[Blackout], today: date
) -> list[MonthShown]:
    """The twelve months of a known year; only blackouts of the whole government are marked."""
    whole = [one for one in blackouts if not one.unit]
    found = []
    for number in range(1, 13):
        first = date(year, number, 1)
        after = date(year + number // 12, number % 12 + 1, 1)
        days: list[DayShown | None] = [None] * first.weekday()
        for offset in range((after - first).days):
            days.append(_day(first + timedelta(days=offset), calendar, ramadan, whole, today))
        days += [None] * (-len(days) % WEEK)
        found.append(
            MonthShown(
                name=formats.month_name(first, language()),
                weeks=[days[start : start + WEEK] for start in range(0, len(days), WEEK)],
                working_days=calendar.count(first, after, Pattern.FIVE),
            )
        )
    return found


def figures(year: int, calendar: Calendar) -> YearFigures:
    """Working days of the five-day week, the Fridays among them, and the decreed days."""
    worked = list(calendar.working_days(date(year, 1, 1), date(year + 1, 1, 1), Pattern.FIVE))
    kinds = [holiday.kind.value for holiday in calendar.years[year].values()]
    return YearFigures(
        working_days=len(worked),
        fridays=sum(day.weekday() == 4 for day in worked),
        national=kinds.count("national"),
        joint=kinds.count("joint"),
    )


def holidays(calendar: Calendar, year: int) -> list[dict[str, object]]:
    """The decreed days of a year in order, with their words."""
    rows = sorted(calendar.years[year].values(), key=lambda holiday: holiday.day)
    return [
        {"holiday": one, "kind": wording.holiday_kind(one.kind), "status": wording.status(one.status)} for one in rows
    ]


def named(holidays: Sequence[Holiday]) -> str:
    """Days with their names in one line."""
    return "; ".join(f"{formats.short_date(one.day, language())} {one.name}" for one in holidays)


def blackout_rows(
    blackouts: Sequence[Blackout], names: Mapping[str, str], parents: Mapping[str, str]
) -> list[dict[str, object]]:
    """Each blackout with the unit it holds for, and which others stand on the same days for the same people.

    `names` and `parents` are by unit key.
    """
    gone = _("Unit yang tidak berlaku lagi")
    return [
        {
            "blackout": one,
            "unit": names.get(one.unit, gone) if one.unit else "",
            "overlap": ", ".join(
                other.name for other in blackouts if other.id != one.id and _meet(one, other, parents)
            ),
        }
        for one in blackouts
    ]


def _meet(one: Blackout, other: Blackout, parents: Mapping[str, str]) -> bool:
    if not one.period.overlaps(other.period):
        return False
    return _inside(one.unit, other.unit, parents) or _inside(other.unit, one.unit, parents)


def _inside(unit: str, outer: str, parents: Mapping[str, str]) -> bool:
    """Whether `outer` is the unit itself, above it, or everybody ("")."""
    while unit and unit != outer:
        unit = parents.get(unit, "")
    return unit == outer


def _day(
    day: date, calendar: Calendar, ramadan: Sequence[RamadanWindow], blackouts: Sequence[Blackout], today: date
) -> DayShown:
    kind = calendar.kind(day, Pattern.FIVE)
    marks, words = [f"day-{kind.value}"], []
    holiday = calendar.holiday(day)
    if holiday is not None:
        words.append(f"{wording.day_kind(kind)}: {holiday.name}")
    if any(day in window.period for window in ramadan):
        marks.append("day-ramadan")
        words.append(_("Ramadan"))
    closed = [one.name for one in blackouts if day in one.period]
    if closed:
        marks.append("day-blackout")
        words.append(_("Masa larangan: %(names)s") % {"names": ", ".join(closed)})
    if day == today:
        marks.append("day-today")
        words.append(_("Hari ini"))
    return DayShown(day.day, " ".join(marks), "; ".join(words))
