"""How many people a point of service usually has, from their hours at the office."""

from collections.abc import Iterable, Sequence

from luwes.core.workdays.worktime import Span

# Fewer days of one weekday say nothing about what is usual.
ENOUGH_DAYS = 8
# The number is looked at once an hour, half past, so that a minute's gap at the change of shift is none.
EVERY = 60
# What was reached on nine days of ten.
RARELY_LESS = 10


def fewest(stays: Iterable[Span], window: Span) -> int:
    """The fewest people there at any hour of the window, each there during their own stay.

    >>> fewest([Span(450, 960), Span(450, 700)], Span(480, 900))
    1
    """
    people = list(stays)
    moments = range(window.start + min(EVERY, window.minutes) // 2, window.end, EVERY)
    return min(sum(stay.start <= at < stay.end for stay in people) for at in moments)


def usual(counts: Sequence[int]) -> int | None:
    """The number reached on nine of ten days (nearest rank); None with too few days, or where it is nobody."""
    if len(counts) < ENOUGH_DAYS:
        return None
    rank = len(counts) * RARELY_LESS // 100
    return sorted(counts)[rank] or None
