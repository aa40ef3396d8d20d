"""Dates as people type them, always day before month, and the serial numbers spreadsheets keep."""

import re
from datetime import date, datetime, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february peb pebruari",
            "mar maret march mrt",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt ags agustus aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov nop november nopember",
            "des dec desember december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad"
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_PACKED = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[-/.]\s?([0-9]{1,2})\s?[-/.]\s?([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?[\s\-/.,]*([0-9]{4})")
_MONTH_NUMBER = re.compile(r"([0-9]{1,2})\s?[-/.]\s?([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s?[-/.]\s?([0-9]{1,2})")
_WEEKDAY = re.compile(rf"(?:{_WEEKDAYS})\s*,?\s+")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?")
_ZONE = re.compile(r"\s*(?:wib|wita|wit)\.?$", re.IGNORECASE)
_SPLIT = re.compile(r"[T\s]+(?=[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9.,]+)?$)")

MIN_YEAR, MAX_YEAR = 1900, 2199
MAX_LENGTH = 60
# Day zero of both systems; the 1900 one is set two days back because Excel believes in 29 February 1900.
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - plain local time
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_200


def day(text: str, *, date_1904: bool = False) -> date | None:
    """Read a cleaned text as a date, dropping a time of day after it; None when it is none."""
    if len(text) > MAX_LENGTH:
        return None
    if _SERIAL.fullmatch(text):
        moment = from_serial(float(text.replace(",", ".")), date_1904=date_1904)
        return None if moment is None else moment.date()
    return _calendar_day(_SPLIT.split(text, maxsplit=1)[0])


def moment(text: str, *, date_1904: bool = False) -> datetime | None:
    """Read a cleaned text as a local date and time; None when either half is missing or wrong."""
    if len(text) > MAX_LENGTH:
        return None
    if _SERIAL.fullmatch(text):
        return from_serial(float(text.replace(",", ".")), date_1904=date_1904)
    parts = _SPLIT.split(text, maxsplit=1)
    if len(parts) != 2:
        return None
    found = _calendar_day(parts[0])
    clock = _CLOCK.fullmatch(parts[1])
    if found is None or clock is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(found.year, found.month, found.day, hour, minute, second)  # noqa: DTZ001 - plain local time


def clock(text: str) -> str | None:
    """Read a cleaned text as a time of day (`07.31`, `7:31 WIB`): `07:31:00`, at most `24:00:00`; None when it is none.

    Minutes have two digits: `7.3` could be half past seven or three past.
    """
    match = _CLOCK.fullmatch(_ZONE.sub("", text)) if len(text) <= MAX_LENGTH else None
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    return clock_of(hour * 3600 + minute * 60 + second) if minute < 60 and second < 60 else None


def clock_of(seconds: float) -> str | None:
    """Write the seconds since midnight as a time of day; None outside one day."""
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}" if 0 <= whole <= 86_400 else None


def day_alone(text: str) -> date | None:
    """Read a cleaned text as a date with nothing after it; None when it is none or holds a time, too."""
    return _calendar_day(text) if len(text) <= MAX_LENGTH else None


def month(text: str) -> date | None:
    """Read a cleaned text as a month without a day (`November 2026`, `11/2026`, `2026-11`): its first day, or None."""
    if len(text) > MAX_LENGTH:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return _valid(int(match[1]), int(match[2]), 1)
    if match := _MONTH_NUMBER.fullmatch(text):
        return _valid(int(match[2]), int(match[1]), 1)
    match = _MONTH_FIRST.fullmatch(text.casefold())
    return _valid(int(match[2]), _MONTHS[match[1]], 1) if match and match[1] in _MONTHS else None


def from_serial(serial: float, *, date_1904: bool) -> datetime | None:
    """Turn a spreadsheet's day number into a local date and time, to the second; None outside 1900-2199."""
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    epoch = _EPOCH_1904 if date_1904 else _EPOCH_1900
    found = epoch + timedelta(seconds=round(serial * 86_400))
    return found if found.year <= MAX_YEAR else None


def _calendar_day(text: str) -> date | None:
    for pattern in (_ISO, _PACKED):
        match = pattern.fullmatch(text)
        if match:
            return _valid(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _valid(int(match[3]), int(match[2]), int(match[1]))
    words = text.casefold()
    match = _WORDS.fullmatch(_WEEKDAY.sub("", words, count=1))
    if match and match[2] in _MONTHS:
        return _valid(int(match[3]), _MONTHS[match[2]], int(match[1]))
    return None


def _valid(year: int, month: int, day_of_month: int) -> date | None:
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
