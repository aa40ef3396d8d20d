"""Which working day a punch belongs to, where a shift runs past midnight."""

from collections.abc import Mapping, Sequence
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.core.workdays.worktime import DayHours
from luwes.core.worktime.punches import Direction, Punch

MIDNIGHT = 24 * 60
# Where the schedule sets no window for leaving, it stays open this long after the end.
GRACE = 4 * 60


def closes(hours: DayHours) -> int:
    """The minute, from the midnight the day began with, until which leaving is recorded; midnight at the earliest.

    A day that ends before midnight keeps nothing of the next, unless its schedule opens the window that far; one that
    ends at 24.00 is left after midnight.
    """
    if hours.clock_out is not None:
        return max(hours.clock_out.end, MIDNIGHT)
    return hours.hours.end + GRACE if hours.hours.end >= MIDNIGHT else MIDNIGHT


def by_working_day(punches: Mapping[date, Sequence[Punch]], hours: Mapping[date, DayHours]) -> dict[date, list[Punch]]:
    """Punches by working day instead of by calendar date, for one person.

    What is punched after midnight belongs to the day before while that day's window for leaving is open, unless it
    is an arrival, or lies nearer to the start of the new day's own hours than to the end of the old. Such a punch
    counts its minutes on from the midnight the working day began with. A day without hours keeps what is left to it.
    """
    found: dict[date, list[Punch]] = {}
    for day in sorted(punches):
        before, today = hours.get(day - DAY), hours.get(day)
        for punch in sorted(punches[day]):
            if before is not None and _ends_night(punch, before, today):
                carried = Punch(punch.minute + MIDNIGHT, punch.direction, punch.place)
                found.setdefault(day - DAY, []).append(carried)
            else:
                found.setdefault(day, []).append(punch)
    return found


def _ends_night(punch: Punch, before: DayHours, today: DayHours | None) -> bool:
    if punch.direction is Direction.IN or punch.minute + MIDNIGHT >= closes(before):
        return False
    if today is None or (punch.direction is Direction.OUT and punch.minute < today.hours.start):
        return True
    since_end = abs(punch.minute + MIDNIGHT - before.hours.end)
    return since_end < abs(today.hours.start - punch.minute)
