"""Checks a finished roster against every rule, person by person; shares no code with what made the roster."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luwes.core.roster.problem import Place, RosterProblem

Kind = Literal[
    "shape", "absent", "not_allowed", "pinned", "cap", "floor", "quota", "promise", "anchor",
    "seat_not_open", "seats", "seats_each", "unwanted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: the person (row) or the day it concerns (-1 when it concerns all), needed and found."""

    kind: Kind
    rule: str
    person: int
    day: int
    needed: int
    found: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A floor above the people present, on a day when nobody of the place is flexible: no roster can mend it."""

    rule: str
    day: int
    needed: int
    present: int


def verify(
    problem: RosterProblem, flexible: NDArray[np.bool_], seats: tuple[NDArray[np.bool_], ...] = ()
) -> list[Violation]:
    """Every rule that a roster breaks; an empty list means it may be published.

    Args:
        problem: the rules.
        flexible: n x D, True where a person works flexibly.
        seats: per mode n x D, True where a flexible day takes one of the mode's seats.

    Returns:
        Violations in the order of the rules. A floor above the people present is a violation only when somebody of
        the place is flexible that day; otherwise it is a Shortfall.
    """
    if flexible.shape != problem.allowed.shape or flexible.dtype != np.bool_:
        return [Violation("shape", "", -1, -1, 0, 0)]
    found = _cells(problem, flexible)
    for cap in problem.caps:
        taken = flexible.compress(cap.days, axis=1).sum(axis=1)
        for row in np.flatnonzero(taken > cap.limit):
            found.append(Violation("cap", cap.rule, int(row), -1, int(cap.limit[row]), int(taken[row])))
    for place in problem.places:
        found += _place(problem, place, flexible)
    if problem.promises is not None:
        counts = flexible.sum(axis=1)
        for row in np.flatnonzero(counts < problem.promises):
            found.append(Violation("promise", "", int(row), -1, int(problem.promises[row]), int(counts[row])))
    for anchor in problem.anchors:
        least = int(flexible[anchor.members].sum(axis=0)[anchor.days].min())
        if least > 0:
            found.append(Violation("anchor", anchor.rule, -1, -1, 0, least))
    return found + _seats(problem, flexible, seats)


def shortfalls(problem: RosterProblem, flexible: NDArray[np.bool_]) -> list[Shortfall]:
    """Floors above the people present on days when the roster lets nobody of the place go."""
    found = []
    for place in problem.places:
        present = problem.present[place.members].sum(axis=0)
        nobody = ~flexible[place.members].any(axis=0)
        for day in np.flatnonzero((present < place.floor) & nobody):
            found.append(Shortfall(place.rule, int(day), int(place.floor[day]), int(present[day])))
    return found


def _cells(problem: RosterProblem, flexible: NDArray[np.bool_]) -> list[Violation]:
    found = []
    tests: list[tuple[Kind, NDArray[np.bool_]]] = [
        ("absent", flexible & ~problem.present),
        ("not_allowed", flexible & ~problem.allowed),
    ]
    unpinned = flexible
    if problem.pins is not None:
        tests.append(("pinned", ((problem.pins == 0) & flexible) | ((problem.pins == 1) & ~flexible)))
        unpinned = flexible & (problem.pins != 1)
    tests.append(("unwanted", unpinned & (problem.points < 0)))
    for kind, wrong in tests:
        if wrong.any():
            found += [Violation(kind, "", int(row), int(day), 0, 1) for row, day in zip(*wrong.nonzero(), strict=True)]
    return found


def _place(problem: RosterProblem, place: Place, flexible: NDArray[np.bool_]) -> list[Violation]:
    found = []
    away = flexible[place.members]
    gone = away.sum(axis=0)
    # Who is absent and yet called flexible is not on site either way.
    on_site = (problem.present[place.members] & ~away).sum(axis=0)
    for day in np.flatnonzero((on_site < place.floor) & (gone > 0)):
        found.append(Violation("floor", place.rule, -1, int(day), int(place.floor[day]), int(on_site[day])))
    if place.quota is not None:
        for day in np.flatnonzero(gone > place.quota):
            found.append(Violation("quota", place.rule, -1, int(day), int(place.quota[day]), int(gone[day])))
    return found


def _seats(
    problem: RosterProblem, flexible: NDArray[np.bool_], seats: tuple[NDArray[np.bool_], ...]
) -> list[Violation]:
    found = []
    if seats and len(seats) != len(problem.modes):
        return [Violation("shape", "", -1, -1, len(problem.modes), len(seats))]
    for mode, taken in zip(problem.modes, seats, strict=False):
        for row, day in zip(*(taken & ~(mode.open & flexible)).nonzero(), strict=True):
            found.append(Violation("seat_not_open", mode.rule, int(row), int(day), 0, 1))
        day_sums = taken.sum(axis=0)
        for day in np.flatnonzero(day_sums > mode.seats):
            found.append(Violation("seats", mode.rule, -1, int(day), int(mode.seats[day]), int(day_sums[day])))
        person_sums = taken.sum(axis=1)
        for row in np.flatnonzero(person_sums > mode.each):
            found.append(Violation("seats_each", mode.rule, int(row), -1, mode.each, int(person_sums[row])))
    for (one, first), (_, second) in pairwise(zip(problem.modes, seats, strict=False)):
        for row, day in zip(*(first & second).nonzero(), strict=True):
            found.append(Violation("seat_not_open", one.rule, int(row), int(day), 1, 2))
    return found
