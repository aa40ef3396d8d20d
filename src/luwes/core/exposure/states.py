"""What half a working day of one person can be, and which claim holds where two meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where somebody is planned to be. A half day has exactly one of these."""

    OFFICE = "office"
    OTHER_OFFICE = "other_office"
    HOME = "home"
    OTHER_PLACE = "other_place"
    LEAVE = "leave"
    TRIP = "trip"
    TRAINING = "training"
    OFF = "off"  # not a working day, or not in service


class Half(StrEnum):
    """Which part of a working day; the atom is a half, so a full day is both."""

    FULL = "full"
    AM = "am"
    PM = "pm"

    @property
    def parts(self) -> tuple[int, ...]:
        """The halves meant: 0 before the break, 1 after it."""
        return {Half.FULL: (0, 1), Half.AM: (0,), Half.PM: (1,)}[self]


FLEXIBLE = frozenset({State.OTHER_OFFICE, State.HOME, State.OTHER_PLACE})
# Who is here owes no work at a desk that day, so the half stands in neither part of a share.
ABSENT = frozenset({State.LEAVE, State.TRIP, State.TRAINING, State.OFF})

# Which claim holds, strongest first, and the code of the reason. No work is owed on a day off; leave is granted by
# decree and suspends the duty to work; an assignment letter orders somebody elsewhere; training is ordered too, but
# gives way to a duty trip; a flexible day is only a plan, and the office is what holds where nothing else does.
PRECEDENCE: Mapping[State, tuple[int, str]] = {
    State.OFF: (0, "no_work_owed"),
    State.LEAVE: (1, "leave_is_granted"),
    State.TRIP: (2, "trip_is_ordered"),
    State.TRAINING: (3, "training_is_ordered"),
    State.HOME: (4, "plan_made_first"),
    State.OTHER_PLACE: (4, "plan_made_first"),
    State.OTHER_OFFICE: (4, "plan_made_first"),
    State.OFFICE: (4, "plan_made_first"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's half or full day said to be `state`; `ref` names the claim for the caller, smaller is earlier."""

    ref: int
    half: Half
    state: State


@dataclass(frozen=True, slots=True)
class Yielded:
    """One half (0 or 1) of a claim that does not hold: to which state it yields, and the code of the reason."""

    ref: int
    part: int
    to: State
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """One person's day: the state of each half, the claims that hold on some half, and the halves that yield."""

    states: tuple[State, State]
    kept: frozenset[int] = frozenset()
    yielded: Sequence[Yielded] = field(default_factory=tuple)


def resolve(claims: Iterable[Claim]) -> Resolved:
    """Decide one person's working day from every claim on it; without any it is spent in the office.

    A half is decided by itself, so a morning's leave takes nothing from the afternoon. Of two claims of equal rank
    the earlier one holds: a second booking never replaces the first. Leave, trips and flexible days keep their own
    states, none is folded into another.

    >>> day = resolve([Claim(1, Half.FULL, State.HOME), Claim(2, Half.AM, State.LEAVE)])
    >>> [state.value for state in day.states], day.yielded[0].reason
    (['leave', 'home'], 'leave_is_granted')
    """
    ordered = sorted(claims, key=lambda claim: (PRECEDENCE[claim.state][0], claim.ref))
    kept: set[int] = set()
    yielded: list[Yielded] = []
    states: list[State] = []
    for part in (0, 1):
        on = [claim for claim in ordered if part in claim.half.parts]
        winner = on[0] if on else None
        states.append(winner.state if winner else State.OFFICE)
        if winner:
            kept.add(winner.ref)
            reason = PRECEDENCE[winner.state][1]
            yielded.extend(Yielded(claim.ref, part, winner.state, reason) for claim in on[1:])
    return Resolved((states[0], states[1]), frozenset(kept), tuple(yielded))
