"""What a roster must keep, as arrays: who may be flexible when, who must stay on site, and what people wish."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

LONGEST = 65  # working days of a quarter
WIDEST_CARRY = 100_000
LARGEST_ENTITLEMENT = 1_000
HIGHEST_POINTS = 1_000
FREE, ON_SITE, FLEXIBLE = -1, 0, 1  # values of pins


class UnusableProblem(Exception):
    """The arrays contradict themselves; `code` says how, `rows` which people (or days) are meant."""

    def __init__(self, code: str, rule: str = "", rows: tuple[int, ...] = ()) -> None:
        super().__init__(code, rule, rows)
        self.code = code
        self.rule = rule
        self.rows = rows


@dataclass(frozen=True, slots=True, eq=False)
class PersonCap:
    """At most `limit[e]` flexible days of person e among `days` (a flag per day): a week, a month, a window."""

    rule: str
    days: Flags
    limit: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """At least `floor[d]` of `members` (row numbers) on site on day d; at most `quota[d]` of them flexible."""

    rule: str
    members: Whole
    floor: Whole
    quota: Whole | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ChosenAnchor:
    """On one day among `days`, chosen by the solver, every one of `members` works on site."""

    rule: str
    members: Whole
    days: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """A second way to be flexible that shares seats: of the flexible cells `open`, at most `seats[d]` a day.

    `extra` are the points gained by a seat; each person gets at most `each` seats.
    """

    rule: str
    open: Flags
    seats: Whole
    extra: Whole
    each: int


@dataclass(frozen=True, slots=True, eq=False)
class RosterProblem:
    """n people times D working days.

    `allowed` is what the policy allows (a judgement still open is not allowed); `present` is False on leave,
    trips, before joining and after leaving. A level of fairness is (carry + flexible days) / entitlement.
    `promises` are least numbers of flexible days; `pins` fix cells (-1 free, 0 on site, 1 flexible).
    """

    employee_id: NDArray[np.uint64]
    days: NDArray[np.datetime64]
    allowed: Flags
    present: Flags
    points: Whole
    carry: Whole
    entitlement: Whole
    caps: tuple[PersonCap, ...] = ()
    places: tuple[Place, ...] = ()
    promises: Whole | None = None
    pins: NDArray[np.int8] | None = None
    anchors: tuple[ChosenAnchor, ...] = ()
    modes: tuple[Mode, ...] = ()
    salt: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Number of people and of days."""
        return len(self.employee_id), len(self.days)


def open_cells(problem: RosterProblem) -> Flags:
    """Cells the solver may decide: allowed, present, not pinned, and not unwanted (points below zero)."""
    cells: Flags = problem.allowed & problem.present & (problem.points >= 0)
    if problem.pins is not None:
        cells = cells & (problem.pins == FREE)
    return cells


def fixed_cells(problem: RosterProblem) -> Flags:
    """Cells pinned as flexible."""
    if problem.pins is None:
        return np.zeros(problem.size, dtype=np.bool_)
    pinned: Flags = problem.pins == FLEXIBLE
    return pinned


def percent_floor(percent: int, people: int | Whole) -> Any:
    """Smallest whole number of people that is at least `percent` of `people` (50 % of 7 is 4)."""
    return -((-percent * people) // 100)


def at_most_in_window(rule: str, length: int, limit: int, people: int, days: int) -> tuple[PersonCap, ...]:
    """Spacing: at most `limit` flexible days in any `length` working days on end."""
    caps = []
    for first in range(days - length + 1):
        flags = np.zeros(days, dtype=np.bool_)
        flags[first : first + length] = True
        caps.append(PersonCap(rule, flags, np.full(people, limit, dtype=np.int64)))
    return tuple(caps)


def check(problem: RosterProblem) -> None:
    """Raise UnusableProblem when the arrays do not fit together; rules that clash are left to `explain`."""
    n, length = problem.size
    if not 1 <= length <= LONGEST:
        raise UnusableProblem("days")
    if len(np.unique(problem.employee_id)) != n:
        raise UnusableProblem("duplicate_people", rows=_rows(_repeated(problem.employee_id)))
    if not bool((problem.days[1:] > problem.days[:-1]).all()):
        raise UnusableProblem("days_out_of_order")
    _check_shapes(problem)
    if np.abs(problem.points).max(initial=0) > HIGHEST_POINTS:
        raise UnusableProblem("points", rows=_rows(np.any(np.abs(problem.points) > HIGHEST_POINTS, axis=1)))
    if np.abs(problem.carry).max(initial=0) > WIDEST_CARRY:
        raise UnusableProblem("carry", rows=_rows(np.abs(problem.carry) > WIDEST_CARRY))
    outside = (problem.entitlement < 1) | (problem.entitlement > LARGEST_ENTITLEMENT)
    if (outside & problem.allowed.any(1)).any():
        raise UnusableProblem("entitlement", rows=_rows(outside & problem.allowed.any(1)))
    _check_pins(problem)
    _check_places(problem)


def _repeated(values: NDArray[np.uint64]) -> Flags:
    _, where, count = np.unique(values, return_inverse=True, return_counts=True)
    found: Flags = count[where] > 1
    return found


def _rows(flags: Flags) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(flags))


def _check_shapes(problem: RosterProblem) -> None:
    n, length = problem.size
    shapes: dict[str, tuple[Any, tuple[int, ...]]] = {
        "allowed": (problem.allowed, (n, length)),
        "present": (problem.present, (n, length)),
        "points": (problem.points, (n, length)),
        "carry": (problem.carry, (n,)),
        "entitlement": (problem.entitlement, (n,)),
    }
    if problem.promises is not None:
        shapes["promises"] = (problem.promises, (n,))
    if problem.pins is not None:
        shapes["pins"] = (problem.pins, (n, length))
    for name, (array, shape) in shapes.items():
        if array.shape != shape:
            raise UnusableProblem("shape", name)
    for cap in problem.caps:
        if cap.days.shape != (length,) or cap.limit.shape != (n,) or (cap.limit < 0).any():
            raise UnusableProblem("cap", cap.rule)
    for mode in problem.modes:
        if mode.open.shape != (n, length) or mode.extra.shape != (n, length) or mode.seats.shape != (length,):
            raise UnusableProblem("mode", mode.rule)
        if (mode.seats < 0).any() or (mode.extra < 0).any() or mode.each < 0:
            raise UnusableProblem("mode", mode.rule)


def _check_pins(problem: RosterProblem) -> None:
    wrong = fixed_cells(problem) & ~(problem.allowed & problem.present)
    if wrong.any():
        raise UnusableProblem("pin_not_allowed", rows=_rows(np.any(wrong, axis=1)))


def _check_places(problem: RosterProblem) -> None:
    n, length = problem.size
    groups: list[tuple[str, Whole]] = [(place.rule, place.members) for place in problem.places]
    groups += [(anchor.rule, anchor.members) for anchor in problem.anchors]
    for rule, members in groups:
        if len(members) and (members.min() < 0 or members.max() >= n or len(np.unique(members)) != len(members)):
            raise UnusableProblem("members", rule)
    for place in problem.places:
        quota = place.floor if place.quota is None else place.quota
        if place.floor.shape != (length,) or quota.shape != (length,) or (place.floor < 0).any() or (quota < 0).any():
            raise UnusableProblem("floor", place.rule)
    for anchor in problem.anchors:
        if anchor.days.shape != (length,) or not anchor.days.any():
            raise UnusableProblem("anchor", anchor.rule)
