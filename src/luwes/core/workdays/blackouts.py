"""Blackouts: periods in which nobody works flexibly, for the whole government or for some units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class Blackout:
    """`unit` is the key of a unit and all below it, or "" for everybody."""

    id: str
    unit: str
    period: Period
    name: str
    basis: str


def blackouts_on(day: date, units: Sequence[str], blackouts: Iterable[Blackout]) -> tuple[Blackout, ...]:
    """Those that hold on the day for somebody in the last of `units`: its key and all above it, in any order.

    Several may hold at once; each is given, so that the overlap can be explained.
    """
    held = [one for one in blackouts if day in one.period and (not one.unit or one.unit in units)]
    return tuple(sorted(held, key=lambda one: (one.period.start, one.name, one.id)))
