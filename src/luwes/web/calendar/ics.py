"""Calendars for phones (RFC 5545): whole days without a time, so that each is one day in every zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from luwes.core.workdays.calendar import Holiday
from luwes.core.workdays.periods import DAY

# A line is folded after 75 bytes; names are the only part that can grow long.
LINE = 75


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day. `sequence` grows with every change of it; one that is off again stays, cancelled."""

    uid: str
    day: date
    summary: str
    changed: datetime
    sequence: int = 0
    cancelled: bool = False


def holidays_file(holidays: Sequence[Holiday], *, name: str, now: datetime) -> bytes:
    """The holidays of a year."""
    events = [Event(f"{one.day:%Y%m%d}@kalender.luwes", one.day, one.name, now) for one in holidays]
    return calendar_file(events, name=name)


def calendar_file(events: Sequence[Event], *, name: str) -> bytes:
    """A calendar of events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luwes//Kalender//ID", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"SEQUENCE:{event.sequence}",
            f"DTSTAMP:{event.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + DAY:%Y%m%d}",
            f"SUMMARY:{_text(event.summary)}",
            f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def _folded(line: str) -> str:
    parts, room = [""], LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(" ")
            room = LINE - 1
        parts[-1] += character
        room -= size
    return "\r\n".join(parts)
