"""Working hours and punches for the tests of a day: Perpres 21/2023's week as Kalteng sets it."""

from luwes.core.exposure.states import State
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.status import Status
from luwes.core.workdays.worktime import Band, DayHours, OnDay, Season, Span, WorkingTime
from luwes.core.worktime.day import Due, due_on
from luwes.core.worktime.punches import Direction, Place, Punch

OFFICE = (State.OFFICE, State.OFFICE)
HOME = (State.HOME, State.HOME)
LATE = (Band("TL1", 1, 30), Band("TL2", 31, 60), Band("TL3", 61, 90), Band("TL4", 91, None))
EARLY = (Band("PSW1", 1, 30), Band("PSW2", 31, 60), Band("PSW3", 61, 90), Band("PSW4", 91, None))
# 07:30-16:00 with an hour's break; Friday 07:30-16:30 with an hour and a half.
MONDAY = DayHours(Span(450, 960), (Span(720, 780),))
FRIDAY = DayHours(Span(450, 990), (Span(690, 780),))
NIGHT = DayHours(Span(1320, 1800), clock_out=Span(1740, 1920))
WEEK = WorkingTime(
    "uji", "Uji", Season.NORMAL, "Pergub 1", Status.REPORTED, "",
    {Pattern.FIVE: {0: MONDAY, 1: MONDAY, 2: MONDAY, 3: MONDAY, 4: FRIDAY}}, LATE, EARLY,
)  # fmt: skip


def at(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def punch(text: str, direction: str = "", place: Place = Place.OFFICE) -> Punch:
    return Punch(at(text), Direction(direction), place)


def due(hours: DayHours = MONDAY, states: tuple[State, State] = OFFICE, **rest: int) -> Due:
    found = due_on(OnDay(WEEK, hours), states, **rest)
    assert found is not None
    return found
