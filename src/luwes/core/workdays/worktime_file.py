"""Working-time schedules as TOML text."""

import re
import tomllib
from itertools import pairwise
from typing import Any

from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.files import BadRulebook
from luwes.core.workdays.status import Status
from luwes.core.workdays.worktime import Band, DayHours, Season, Span, WorkingTime

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


def read_worktime(text: str) -> WorkingTime:
    """A schedule file. Each pattern names every weekday it works, alone or in a group. Raises BadRulebook."""
    try:
        data = tomllib.loads(text)
        return WorkingTime(
            code=str(data["code"]),
            name=str(data["name"]),
            season=Season(data["season"]),
            basis=str(data["basis"]),
            status=Status(data["status"]),
            note=str(data.get("note", "")),
            patterns={Pattern(name): _week(Pattern(name), groups) for name, groups in data["pattern"].items()},
            late=_bands(data.get("late", [])),
            early=_bands(data.get("early", [])),
        )
    except KeyError as error:
        raise BadRulebook(f"missing: {error}") from error
    except (TypeError, ValueError) as error:
        raise BadRulebook(str(error)) from error


def _week(pattern: Pattern, groups: list[dict[str, Any]]) -> dict[int, DayHours]:
    week: dict[int, DayHours] = {}
    for group in groups:
        hours = _hours(group)
        for name in group["days"]:
            if name not in DAYS:
                raise BadRulebook(f"{pattern.value}: no day {name}")
            weekday = DAYS.index(name)
            if weekday in week:
                raise BadRulebook(f"{pattern.value}: {name} twice")
            week[weekday] = hours
    if sorted(week) != list(pattern.days):
        raise BadRulebook(f"{pattern.value}: days {sorted(week)}")
    return week


def _hours(group: dict[str, Any]) -> DayHours:
    hours = _span(group["hours"])
    breaks = tuple(_span(text) for text in group.get("breaks", []))
    inside = all(hours.start <= pause.start and pause.end <= hours.end for pause in breaks)
    if not inside or any(first.end > second.start for first, second in pairwise(breaks)):
        raise BadRulebook(f"breaks outside the hours or over each other: {group['breaks']}")
    window_in, window_out = group.get("clock_in"), group.get("clock_out")
    return DayHours(
        hours=hours,
        breaks=breaks,
        clock_in=_span(window_in) if window_in else None,
        clock_out=_span(window_out) if window_out else None,
    )


def _span(text: str) -> Span:
    """ "07:30-16:00" in minutes of the day."""
    found = SPAN.fullmatch(text)
    if found is None:
        raise BadRulebook(f"no span of time: {text}")
    hour, minute, end_hour, end_minute = (int(part) for part in found.groups())
    span = Span(hour * 60 + minute, end_hour * 60 + end_minute)
    if minute > 59 or end_minute > 59 or not 0 <= span.start < span.end <= 24 * 60:
        raise BadRulebook(f"no span of time: {text}")
    return span


def _bands(entries: list[dict[str, Any]]) -> tuple[Band, ...]:
    bands = tuple(Band(str(e["code"]), int(e["from"]), int(e["to"]) if "to" in e else None) for e in entries)
    reached = 0
    for number, band in enumerate(bands, start=1):
        # Bands follow each other minute by minute; only the last may be open.
        open_end = band.maximum is None
        if band.minimum != reached + 1 or open_end != (number == len(bands)):
            raise BadRulebook(f"bands leave a gap or overlap: {band.code}")
        reached = band.maximum or 0
    return bands
