"""From the taps of a day to when the counter opened, closed, and for how long it was shut in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from luwes.core.services.opentime import minutes_in


class State(StrEnum):
    """What a counter says of itself."""

    OPEN = "buka"
    PAUSED = "jeda"
    CLOSED = "tutup"


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap, in minutes of the day."""

    minute: int
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A day as it is stored; both times None: it never opened. A closing time None: nobody said when it closed."""

    opened: int | None
    closed: int | None
    shut: int
    reason: str


def opened_on(taps: Sequence[Tap], promised: Iterable[tuple[int, int]]) -> Opened | None:
    """What the taps of a day, in order, come to; None without any.

    Only minutes of the promised hours count as shut: closing for prayer at noon breaks no promise that leaves noon
    out. A counter last seen shut for a while closed then: nobody said that it opened again.

    >>> opened_on([Tap(480, State.OPEN), Tap(720, State.CLOSED)], [(480, 900)])
    Opened(opened=480, closed=720, shut=0, reason='')
    """
    if not taps:
        return None
    reasons = "; ".join(dict.fromkeys(tap.reason for tap in taps if tap.reason))
    start = next((place for place, tap in enumerate(taps) if tap.state is State.OPEN), None)
    if start is None:
        return Opened(None, None, 0, reasons)
    row = taps[start:]
    closed = _closed(row)
    spans = [(one.minute, other.minute) for one, other in pairwise(row) if one.state is not State.OPEN]
    end = row[-1].minute if closed is None else closed
    inside = [(max(a, c), min(b, d, end)) for a, b in spans for c, d in promised if max(a, c) < min(b, d, end)]
    return Opened(row[0].minute, closed, minutes_in(inside), reasons)


def _closed(row: Sequence[Tap]) -> int | None:
    """Since when it has not been open; None where it was open at the last tap."""
    if row[-1].state is State.OPEN:
        return None
    last = len(row) - 1
    while row[last - 1].state is not State.OPEN:
        last -= 1
    # Shut for a while and then closed for good: it was open until the first of both.
    return row[last].minute
