"""Opening hours as a standard words them: "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = {"senin": 1, "selasa": 2, "rabu": 3, "kamis": 4, "jumat": 5, "jum'at": 5, "sabtu": 6, "minggu": 7}
EVERY_DAY = ("setiap hari", "24 jam")
WHOLE_DAY = (0, 1_440)
_TIME = r"(\d{1,2})[.:](\d{2})"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|s\.?/?d\.?|sampai|hingga)\s*{_TIME}")
_DAY = re.compile("|".join(DAYS))


class HoursUnread(ValueError):
    """The text names no weekday and time that can be understood."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Open on an ISO weekday (1 is Monday) from one minute of the day until another."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (1 <= self.weekday <= 7 and 0 <= self.start < self.end <= 1_440):
            raise ValueError(f"{self.weekday} {self.start}-{self.end}")


def grouped(windows: Iterable[Window]) -> tuple[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], ...]:
    """Days that are open alike, first day first: (ISO weekdays, spans of minutes in order).

    >>> grouped([Window(1, 480, 900), Window(2, 480, 900)])
    (((1, 2), ((480, 900),)),)
    """
    days: dict[int, list[tuple[int, int]]] = {}
    for window in sorted(windows):
        days.setdefault(window.weekday, []).append((window.start, window.end))
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, spans in days.items():
        alike.setdefault(tuple(spans), []).append(day)
    return tuple((tuple(found), spans) for spans, found in alike.items())


def read_hours(text: str) -> tuple[Window, ...]:
    """The windows a text names, by weekday; parts are divided by ";" or a new line, "" has none.

    Raises HoursUnread where any part cannot be understood: half an answer would look like a whole one.

    >>> read_hours("Jumat 08.00-11.00")
    (Window(weekday=5, start=480, end=660),)
    """
    plain = text.casefold().replace("–", "-").replace("—", "-").replace("’", "'").replace("wib", "").strip()
    found: set[Window] = set()
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", plain))):
        found |= _windows(part)
    return tuple(sorted(found))


def _windows(part: str) -> set[Window]:
    if "24 jam" in part:
        return _open(part, _weekdays(part), [WHOLE_DAY])
    found: set[Window] = set()
    days: set[int] = set()
    spans = list(_SPAN.finditer(part))
    for place, span in enumerate(spans):
        # Days stand before their hours; hours without days of their own belong to the days before.
        before = part[spans[place - 1].end() if place else 0 : span.start()]
        days = _weekdays(before) or days
        found |= _open(part, days, [_minutes(span)])
    if not spans or _DAY.search(part[spans[-1].end() :]):
        raise HoursUnread(part)
    return found


def _open(part: str, days: set[int], spans: list[tuple[int, int]]) -> set[Window]:
    if not days:
        raise HoursUnread(part)
    try:
        return {Window(day, start, end) for day in days for start, end in spans}
    except ValueError as error:
        raise HoursUnread(part) from error


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    hour, minute, until, until_minute = map(int, match.groups())
    return hour * 60 + minute, until * 60 + until_minute


def _weekdays(text: str) -> set[int]:
    names = list(_DAY.finditer(text))
    if not names:
        return set(range(1, 8)) if any(word in text for word in EVERY_DAY) else set()
    found: set[int] = set()
    for place, name in enumerate(names):
        day = DAYS[name[0]]
        found.add(day)
        between = text[names[place - 1].end() : name.start()] if place else ""
        if between.strip() in {"-", "s.d.", "s/d", "sd", "sampai", "hingga"}:
            first = DAYS[names[place - 1][0]]
            if first >= day:
                raise HoursUnread(text)
            found |= set(range(first, day))
    return found
