"""How many must be present: proposed from a published standard, and read for one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from luwes.core.services.hours import Window


@dataclass(frozen=True, slots=True)
class Band:
    """On an ISO weekday, from one minute of the day until another, at least `minimum` people."""

    window: Window
    minimum: int

    def __post_init__(self) -> None:
        if self.minimum < 1:
            raise ValueError(f"a floor of {self.minimum} is none")


@dataclass(frozen=True, slots=True)
class Need:
    """From minute `start` until `end` at least `minimum` people."""

    start: int
    end: int
    minimum: int


def share_of(base: int, percent: int) -> int:
    """So many people are `percent` of `base`, rounded up: half a person present is nobody.

    >>> share_of(3, 50)
    2
    """
    return -(-base * percent // 100)


def proposed(windows: Iterable[Window], implementers: int | None) -> tuple[Band, ...]:
    """The floor a standard itself asks for: its implementers, in all opening hours. Without a number: none."""
    if not implementers:
        return ()
    return tuple(Band(window, implementers) for window in sorted(windows))


def needs(bands: Iterable[Band], weekday: int) -> tuple[Need, ...]:
    """The bands of one weekday in order; where they overlap the higher one holds, equal neighbours are joined."""
    today = [band for band in bands if band.window.weekday == weekday]
    edges = sorted({edge for band in today for edge in (band.window.start, band.window.end)})
    found: list[Need] = []
    for start, end in pairwise(edges):
        held = [band.minimum for band in today if band.window.start <= start and end <= band.window.end]
        if not held:
            continue
        if found and found[-1].end == start and found[-1].minimum == max(held):
            found[-1] = Need(found[-1].start, end, max(held))
        else:
            found.append(Need(start, end, max(held)))
    return tuple(found)
