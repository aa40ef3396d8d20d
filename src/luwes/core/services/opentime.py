"""Time as a service keeps it: promised minutes run while it is open, promised days are working days."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from luwes.core.workdays.periods import DAY

# Minutes of a day from when until when a service is open.
Spans = Sequence[tuple[int, int]]
# No service is shut for longer; whoever promises more working days than this promises nothing that can be checked.
LONGEST_SEARCH = 400
_MINUTE = timedelta(minutes=1)


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """The same minutes in order, each once.

    >>> joined([(600, 720), (480, 660)])
    [(480, 720)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def minutes_in(spans: Iterable[tuple[int, int]]) -> int:
    """How many minutes the spans hold, common ones once."""
    return sum(end - start for start, end in joined(spans))


def minutes_kept(promised: Iterable[tuple[int, int]], opened: int, closed: int, shut: int = 0) -> int:
    """Of the promised minutes those really open from `opened` to `closed`, less `shut` minutes in between.

    Opening early or closing late keeps no promise. When within the day it was shut is not known, so all of it is
    taken from what was promised: in doubt the citizen stood before a closed counter.

    >>> minutes_kept([(480, 900)], 450, 840, shut=30)
    330
    """
    kept = minutes_in((max(start, opened), min(end, closed)) for start, end in joined(promised))
    return max(0, kept - shut)


def after_minutes(opened: datetime, minutes: int, spans_on: Callable[[date], Spans]) -> datetime | None:
    """The moment when `minutes` of open time have passed since `opened`; None where they never do.

    What comes in at night begins to count when the service opens. Raises what `spans_on` raises.
    """
    left = minutes * _MINUTE
    day = opened.date()
    for _ in range(LONGEST_SEARCH):
        midnight = datetime.combine(day, time(), opened.tzinfo)
        for start, end in joined(spans_on(day)):
            begins, ends = max(opened, midnight + start * _MINUTE), midnight + end * _MINUTE
            if ends - begins >= left:
                return begins + left
            left -= max(ends - begins, timedelta())
        day += DAY
    return None


def after_days(day: date, count: int, works: Callable[[date], bool]) -> date | None:
    """The `count`-th working day after `day`; None where it does not come. Raises what `works` raises."""
    for _ in range(LONGEST_SEARCH):
        if count == 0:
            return day
        day += DAY
        count -= works(day)
    return None
