"""A year's holidays for the calendar of a phone (RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime

from luwes.core.workdays.calendar import Holiday
from luwes.core.workdays.periods import DAY

# A line is folded after 75 bytes; the name is the only part that can grow long.
LINE = 75


def holidays_file(holidays: Sequence[Holiday], *, name: str, now: datetime) -> bytes:
    """Each holiday as a whole day without a time, so that it is one day in every zone."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luwes//Kalender//ID", f"X-WR-CALNAME:{_text(name)}"]
    for holiday in holidays:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{holiday.day:%Y%m%d}@kalender.luwes",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{holiday.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{holiday.day + DAY:%Y%m%d}",
            f"SUMMARY:{_text(holiday.name)}",
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
