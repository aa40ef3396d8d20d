"""One person's day: what was owed, what the punches show, and how far it is excused.

The same rule of evidence holds for every day that presence is owed, in the office or planned elsewhere, so that the
two kinds of day can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from luwes.core.exposure.states import ABSENT, FLEXIBLE, PRECEDENCE, State
from luwes.core.workdays.worktime import Band, OnDay, Span, band_of
from luwes.core.worktime.punches import Place, Punch, ends

# Nobody works longer without a night between; such a day is shown, not counted.
LONGEST_DAY = 24 * 60


class Status(StrEnum):
    """What a day came to."""

    PRESENT = "present"
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    ABSENT = "absent"
    EXCUSED = "excused_outage"  # both ends lay in a declared outage
    RUNNING = "running"  # the time for leaving has not passed yet
    IMPOSSIBLE = "impossible"  # punches more than a day apart
    NO_DATA = "no_data"  # nobody of the whole agency has a punch: the file is missing, not the people
    LEAVE = "leave"
    TRIP = "trip"
    TRAINING = "training"
    OFF = "off"
    AWAY = "away"  # by legal position: study, unpaid leave, suspension
    NOT_IN_SERVICE = "not_in_service"


# Somebody was there, at one end at least.
CAME = frozenset({Status.PRESENT, Status.MISSING_IN, Status.MISSING_OUT})


@dataclass(frozen=True, slots=True)
class Due:
    """What one day asks of somebody, from the calendar and the schedule alone; minutes from midnight.

    `owed` is without breaks. `rule` is the code of the schedule. `judged` is False where the contract's hours differ
    from the schedule's: how much is owed is known then, but not from when until when.
    """

    rule: str
    start: int
    end: int
    breaks: tuple[Span, ...]
    owed: int
    late: tuple[Band, ...]
    early: tuple[Band, ...]
    states: tuple[State, State]
    judged: bool = True

    @property
    def flexible(self) -> bool:
        """Whether some half owed was planned elsewhere."""
        return not FLEXIBLE.isdisjoint(self.states)


class DayResult(NamedTuple):
    """A day as reckoned; a tuple, because a province makes a third of a million of them a month.

    `gross` is from arrival to departure, `worked` what of it fell into the hours owed without breaks: coming early or
    staying on adds nothing. `late` and `early` are minutes, without those an outage excuses; `excused` says at which
    end one did ("in", "out", "both"). `kept` is whether work planned elsewhere was done elsewhere, None where
    nothing tells. `rule` is the schedule it was judged by.
    """

    status: Status
    required: bool = False
    flexible: bool = False
    owed: int = 0
    gross: int | None = None
    worked: int | None = None
    first_in: int | None = None
    last_out: int | None = None
    late: int = 0
    early: int = 0
    late_band: str = ""
    early_band: str = ""
    where: Place = Place.UNKNOWN
    excused: str = ""
    kept: bool | None = None
    rule: str = ""


def due_on(on: OnDay, states: tuple[State, State], *, weekly: int | None = None, full_week: int = 0) -> Due | None:
    """What is owed on a working day; None where neither half is.

    A day is halved at its longest break, or in its middle where it has none; a morning's leave leaves the afternoon
    owed. `weekly` are the minutes of a contract shorter than the schedule's `full_week`, both None and 0 for others.
    """
    morning, afternoon = (state not in ABSENT for state in states)
    if not (morning or afternoon):
        return None
    hours = on.hours.hours
    pause = max(on.hours.breaks, key=lambda span: span.minutes, default=None)
    middle = (hours.start + hours.end) // 2
    noon, again = (pause.start, pause.end) if pause else (middle, middle)
    start, end = (hours.start if morning else again), (hours.end if afternoon else noon)
    breaks = tuple(span for span in on.hours.breaks if start < span.end and span.start < end)
    owed = end - start - sum(span.minutes for span in breaks)
    shorter = weekly is not None and 0 < weekly < full_week
    if shorter and weekly is not None:
        owed = owed * weekly // full_week
    schedule = on.schedule
    return Due(schedule.code, start, end, breaks, owed, schedule.late, schedule.early, states, judged=not shorter)


def not_owed(states: tuple[State, State]) -> DayResult:
    """A working day of which neither half is owed, by the stronger of its two states."""
    return DayResult(Status(min(states, key=lambda state: PRECEDENCE[state][0]).value))


def judge(due: Due, punches: Sequence[Punch], *, outages: Sequence[Span] = (), closed: bool = True) -> DayResult:
    """What the punches of a day come to against what is owed.

    Both ends count: who came in time and left at noon is present and left early. An end without a punch is excused
    where an outage covers the minute it was due; minutes late or early inside an outage are not counted. `closed` is
    False while leaving may still be recorded: until then nobody is missing.
    """
    arrival, departure = ends(punches, start=due.start, end=due.end)
    if not closed and departure is None:
        return DayResult(Status.RUNNING, flexible=due.flexible, owed=due.owed, rule=due.rule)
    no_in = arrival is None and any(span.start <= due.start < span.end for span in outages)
    no_out = departure is None and any(span.start < due.end <= span.end for span in outages)
    if arrival is None and departure is None:
        return _nobody(due, excused=no_in and no_out)
    came, left = arrival.minute if arrival else None, departure.minute if departure else None
    after = max(0, came - due.start) if due.judged and came is not None else 0
    before = max(0, due.end - left) if due.judged and left is not None else 0
    late = _open(due.start, due.start + after, outages)
    early = _open(due.end - before, due.end, outages)
    gross = left - came if came is not None and left is not None else None
    if gross is not None and gross > LONGEST_DAY:
        return DayResult(Status.IMPOSSIBLE, False, due.flexible, due.owed, gross, None, came, left, rule=due.rule)
    return DayResult(
        _came(arrival is None and not no_in, departure is None and not no_out),
        True,
        due.flexible,
        due.owed,
        gross,
        _worked(due, due.start if no_in else came, due.end if no_out else left),
        came,
        left,
        late,
        early,
        _band(late, due.late),
        _band(early, due.early),
        _where(arrival, departure),
        _ends_spared(no_in or late < after, no_out or early < before),
        _kept(due, arrival, departure),
        due.rule,
    )


def _nobody(due: Due, *, excused: bool) -> DayResult:
    if excused:
        return DayResult(Status.EXCUSED, False, due.flexible, due.owed, excused="both", rule=due.rule)
    return DayResult(Status.ABSENT, True, due.flexible, due.owed, rule=due.rule)


def _came(missing_in: bool, missing_out: bool) -> Status:
    return Status.MISSING_IN if missing_in else Status.MISSING_OUT if missing_out else Status.PRESENT


def _open(start: int, end: int, outages: Sequence[Span]) -> int:
    """The minutes of `[start, end)` outside every outage."""
    if start == end or not outages:
        return end - start
    at, counted = start, 0
    for span in sorted(outages, key=lambda one: one.start):
        if span.start > at:
            counted += max(0, min(span.start, end) - at)
        at = max(at, span.end)
    return counted + max(0, end - at)


def _worked(due: Due, came: int | None, left: int | None) -> int | None:
    if came is None or left is None:
        return None
    if not due.judged:
        return min(due.owed, max(0, left - came))
    start, end = max(came, due.start), min(left, due.end)
    pauses = sum(max(0, min(end, span.end) - max(start, span.start)) for span in due.breaks)
    return max(0, end - start - pauses)


def _band(minutes: int, bands: Sequence[Band]) -> str:
    found = band_of(minutes, bands) if minutes else None
    return found.code if found else ""


def _where(arrival: Punch | None, departure: Punch | None) -> Place:
    """At the office as soon as one end was there: then somebody could be met there."""
    places = {punch.place for punch in (arrival, departure) if punch is not None}
    return next((place for place in (Place.OFFICE, Place.ELSEWHERE) if place in places), Place.UNKNOWN)


def _kept(due: Due, arrival: Punch | None, departure: Punch | None) -> bool | None:
    if not due.flexible:
        return None
    places = {punch.place for punch in (arrival, departure) if punch is not None}
    if Place.ELSEWHERE in places:
        return True
    # A punch does not tell one office from another.
    return False if places == {Place.OFFICE} and State.OTHER_OFFICE not in due.states else None


def _ends_spared(at_in: bool, at_out: bool) -> str:
    if at_in and at_out:
        return "both"
    return "in" if at_in else "out" if at_out else ""
