"""Calendars and Ramadan windows as TOML text."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from luwes.core.workdays.calendar import DayTwice, Holiday, HolidayKind, year_of
from luwes.core.workdays.periods import DAY, EmptyPeriod, Period
from luwes.core.workdays.status import Status


class BadRulebook(ValueError):
    """The text is no rulebook of the shape asked for; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Decree:
    """One year's holidays as one version of a decree has them. `issued` is None where only the year is known."""

    year: int
    version: int
    decree: str
    number: str
    issued: date | None
    source: str
    status: Status
    note: str
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class RamadanWindow:
    """The days of one Ramadan; `hijri` is the year. Decreed or announced, never computed."""

    hijri: int
    period: Period
    status: Status
    basis: str


def read_decree(text: str) -> Decree:
    """A calendar file. Raises BadRulebook."""
    data = _data(text)
    try:
        decree = Decree(
            year=int(data["year"]),
            version=int(data["version"]),
            decree=str(data["decree"]),
            number=str(data["number"]),
            issued=data.get("issued"),
            source=str(data["source"]),
            status=Status(data["status"]),
            note=str(data.get("note", "")),
            holidays=tuple(_holidays(data)),
        )
        year_of(decree.year, decree.holidays)
    except (KeyError, TypeError, ValueError) as error:
        raise BadRulebook(_reason(error)) from error
    return decree


def read_ramadan(text: str) -> tuple[RamadanWindow, ...]:
    """The Ramadan windows of a file, whose `last` day is inside. Raises BadRulebook."""
    data = _data(text)
    try:
        return tuple(
            RamadanWindow(
                hijri=int(entry["hijri"]),
                period=Period(entry["first"], entry["last"] + DAY),
                status=Status(entry["status"]),
                basis=str(entry["basis"]),
            )
            for entry in data["ramadan"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRulebook(_reason(error)) from error


def _holidays(data: dict[str, Any]) -> list[Holiday]:
    found = []
    for kind in HolidayKind:
        for entry in data.get(kind.value, []):
            day = entry["date"]
            if type(day) is not date:  # a TOML moment is a date too, but no plain one
                raise TypeError(f"date {day!r}")
            found.append(Holiday(day, kind, str(entry["name"]), Status(entry.get("status", data["status"]))))
    return sorted(found, key=lambda holiday: holiday.day)


def _data(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRulebook(str(error)) from error


def _reason(error: Exception) -> str:
    names = {KeyError: "missing", DayTwice: "date twice or of another year", EmptyPeriod: "empty period"}
    return f"{names.get(type(error), 'not understood')}: {error}"
