"""A day's punches and which of them are the arrival and the departure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

# Two punches this close, in minutes, are one: a second press, a reload, a retry.
DOUBLE_PRESS = 5


class Direction(StrEnum):
    """What the device says about a punch; most machines say nothing, or the same thing always."""

    IN = "in"
    OUT = "out"
    UNSAID = ""


class Place(StrEnum):
    """Where a punch was made, as far as it tells."""

    OFFICE = "office"
    ELSEWHERE = "elsewhere"
    UNKNOWN = ""


class Punch(NamedTuple):
    """One punch; `minute` counts from the midnight the working day began with, so 07:10 the next day is 1,870.

    A tuple, because a province makes more than a million of them a month.
    """

    minute: int
    direction: Direction = Direction.UNSAID
    place: Place = Place.UNKNOWN


class Ends(NamedTuple):
    """The two ends of somebody's day; None where nothing tells."""

    arrival: Punch | None
    departure: Punch | None


NOTHING = Ends(None, None)


def ends(punches: Sequence[Punch], *, start: int, end: int) -> Ends:
    """The arrival and the departure among the punches of one working day, due from `start` to `end`.

    The first IN and the last OUT hold. Where the device does not say, the first and the last punch are the two ends,
    and a single one belongs to the end it lies nearer to. A wrong key is forgiven only where the time leaves no
    doubt: an OUT at or before the start is an arrival, an IN at or after the end a departure. The order of the
    punches never matters, and nothing is carried over from the day before.

    >>> day = ends([Punch(968), Punch(448), Punch(970)], start=450, end=960)
    >>> day.arrival.minute, day.departure.minute
    (448, 970)
    """
    if not punches:
        return NOTHING
    entering = [punch for punch in punches if punch.direction is Direction.IN]
    leaving = [punch for punch in punches if punch.direction is Direction.OUT]
    unsaid = [punch for punch in punches if punch.direction is Direction.UNSAID]
    if unsaid:
        first, last = min(unsaid), max(unsaid)
        apart = last.minute - first.minute > DOUBLE_PRESS
        if apart or 2 * first.minute < start + end:
            entering.append(first)
        if apart or 2 * first.minute >= start + end:
            leaving.append(last)
    return _in_order(min(entering, default=None), max(leaving, default=None), entering, leaving, start, end)


def _in_order(
    arrival: Punch | None,
    departure: Punch | None,
    entering: Sequence[Punch],
    leaving: Sequence[Punch],
    start: int,
    end: int,
) -> Ends:
    if departure is None:
        last = max(entering)
        if last.minute >= end and last.minute - min(entering).minute > DOUBLE_PRESS:
            departure = last
    elif arrival is None:
        first = min(leaving)
        if first.minute <= start and departure.minute - first.minute > DOUBLE_PRESS:
            arrival = first
    elif departure.minute <= arrival.minute:
        # Both keys mixed up, or a departure that ended something else.
        if departure.minute <= start and arrival.minute >= end:
            return Ends(departure, arrival)
        return Ends(arrival, None)
    return Ends(arrival, departure)
