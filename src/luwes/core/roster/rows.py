"""The same rules as plain inequalities: for the second opinion, for the search, and for reasons."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from luwes.core.roster.fairness import dominating, steps
from luwes.core.roster.problem import Flags, RosterProblem, Whole, fixed_cells, open_cells


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """lower <= matrix x columns <= upper with columns 0 or 1, maximising `gain`.

    Columns are cells (`row`, `day`), then steps of fairness, anchors, and seats; `owner` gives the kind and number of
    the rule behind each inequality.
    """

    row: Whole
    day: Whole
    matrix: sparse.csr_matrix
    lower: Whole
    upper: Whole
    gain: Whole
    owner: list[tuple[str, int, int]]
    first_anchor: int
    first_seat: int
    seats: tuple[tuple[Whole, Whole], ...]

    @property
    def cells(self) -> int:
        """Number of columns that are cells."""
        return len(self.row)

    @property
    def impossible(self) -> bool:
        """Whether a row contradicts itself: more promised than open, or pinned beyond a limit."""
        # An engine may drop a row without columns, and with it the contradiction.
        return bool(((self.upper < 0) | (self.lower > self.upper)).any())


class _Builder:
    """Collects triplets."""

    def __init__(self) -> None:
        self.at: list[Whole] = []
        self.column: list[Whole] = []
        self.value: list[Whole] = []
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.owner: list[tuple[str, int, int]] = []

    def add(self, columns: Whole, upper: int, owner: tuple[str, int, int], *, lower: int = 0,
            values: Whole | None = None) -> None:  # fmt: skip
        self.at.append(np.full(len(columns), len(self.upper), dtype=np.int64))
        self.column.append(columns)
        self.value.append(np.ones(len(columns), dtype=np.int64) if values is None else values)
        self.lower.append(lower)
        self.upper.append(upper)
        self.owner.append(owner)


NO_LOWER = -(1 << 40)


def rows(problem: RosterProblem, values: Whole, *, fair: bool, factor: int = 0) -> Rows:
    """Write the rules row by row, straight from their meaning.

    Args:
        problem: rules and wishes.
        values: n x D worth of a flexible day.
        fair: whether steps of fairness count, with `factor` per rank (0: above all wishes).
    """
    open_, fixed = open_cells(problem), fixed_cells(problem)
    row, day = np.nonzero(open_)
    number = np.full(problem.size, -1, dtype=np.int64)
    number[row, day] = np.arange(len(row))
    to = _Builder()
    gains: list[Whole] = [values[row, day]]
    at = len(row)
    if fair:
        at = _steps(problem, to, gains, number, factor or dominating(values[row, day], len(row)))
    _caps(problem, to, number, fixed)
    _places(problem, to, number, fixed)
    if problem.promises is not None:
        counts = fixed.sum(1)
        for person in np.flatnonzero(problem.promises > counts):
            mine = number[person][number[person] >= 0]
            to.add(mine, len(mine), ("promise", 0, int(person)), lower=int(problem.promises[person] - counts[person]))
    first_anchor = at
    at = _anchors(problem, to, gains, number, fixed, at)
    first_seat = at
    seats = _modes(problem, to, gains, number, fixed, at)
    columns = sum(len(gain) for gain in gains)
    none = np.zeros(0, dtype=np.int64)
    matrix = sparse.csr_matrix(
        (np.concatenate([none, *to.value]), (np.concatenate([none, *to.at]), np.concatenate([none, *to.column]))),
        shape=(len(to.upper), columns),
    )
    lower = np.array(to.lower, dtype=np.int64)
    upper = np.array(to.upper, dtype=np.int64)
    return Rows(row, day, matrix, lower, upper, np.concatenate(gains), to.owner, first_anchor, first_seat, tuple(seats))


def _steps(problem: RosterProblem, to: _Builder, gains: list[Whole], number: Whole, factor: int) -> int:
    fixed = fixed_cells(problem).sum(1)
    promised = fixed if problem.promises is None else np.maximum(problem.promises, fixed)
    room = np.maximum((number >= 0).sum(1) + fixed - promised, 0)
    for cap in problem.caps:
        if cap.days.all():
            room = np.minimum(room, np.maximum(cap.limit - promised, 0))
    ranked = steps(problem.carry + promised, np.maximum(problem.entitlement, 1), room)
    gains.append(factor * ranked.rank)
    first = len(gains[0])
    columns = first + np.arange(len(ranked.person))
    starts = np.searchsorted(ranked.person, np.arange(len(room) + 1))
    for person in range(len(room)):
        mine = number[person][number[person] >= 0]
        own = columns[starts[person] : starts[person + 1]]
        if len(mine):
            base = int(promised[person] - fixed[person])
            signs = np.concatenate([np.ones(len(mine), dtype=np.int64), -np.ones(len(own), dtype=np.int64)])
            to.add(np.concatenate([mine, own]), base, ("step", 0, person), lower=base, values=signs)
    return first + len(ranked.person)


def _caps(problem: RosterProblem, to: _Builder, number: Whole, fixed: Flags) -> None:
    for at, cap in enumerate(problem.caps):
        inside = number[:, cap.days]
        free = (inside >= 0).sum(1)
        left = cap.limit - fixed[:, cap.days].sum(1)
        for person in np.flatnonzero((free > left) | (left < 0)):
            mine = inside[person]
            to.add(mine[mine >= 0], int(left[person]), ("cap", at, int(person)), lower=NO_LOWER)


def _places(problem: RosterProblem, to: _Builder, number: Whole, fixed: Flags) -> None:
    for at, place in enumerate(problem.places):
        left = np.maximum(problem.present[place.members].sum(0) - place.floor, 0)
        if place.quota is not None:
            left = np.minimum(left, place.quota)
        left = left - fixed[place.members].sum(0)
        inside = number[place.members]
        free = (inside >= 0).sum(0)
        for day in np.flatnonzero((free > left) | (left < 0)):
            mine = inside[:, day]
            to.add(mine[mine >= 0], int(left[day]), ("place", at, int(day)), lower=NO_LOWER)


def _anchors(problem: RosterProblem, to: _Builder, gains: list[Whole], number: Whole, fixed: Flags, at: int) -> int:
    """One column per anchor and day; a chosen day lowers the caps of the team to nothing, which tightens the search."""
    for which, anchor in enumerate(problem.anchors):
        choices = np.flatnonzero(anchor.days)
        columns = at + np.arange(len(choices))
        gains.append(np.zeros(len(choices), dtype=np.int64))
        to.add(columns, 1, ("anchor", which, -1), lower=1)
        for column, day in zip(columns, choices, strict=True):
            mine = number[anchor.members, day]
            mine = mine[mine >= 0]
            if fixed[anchor.members, day].any():
                to.add(np.array([column]), 0, ("anchor", which, int(day)))
                continue
            if not len(mine):
                continue
            most = min(len(mine), _most(problem, anchor.members, int(day), fixed))
            values = np.ones(len(mine) + 1, dtype=np.int64)
            values[-1] = most
            to.add(np.append(mine, column), most, ("anchor", which, int(day)), values=values, lower=NO_LOWER)
            # Cell by cell as well: the sum alone leaves fractions when caps are loose.
            for one in mine if most > 1 else ():
                to.add(np.array([one, column]), 1, ("anchor", which, int(day)), lower=NO_LOWER)
        at += len(choices)
    return at


def _most(problem: RosterProblem, members: Whole, day: int, fixed: Flags) -> int:
    """The most of these people that any place made of exactly them or more lets go on a day."""
    most = len(members)
    for place in problem.places:
        if len(place.members) >= len(members) and np.isin(members, place.members).all():
            free = max(int(problem.present[place.members, day].sum()) - int(place.floor[day]), 0)
            if place.quota is not None:
                free = min(free, int(place.quota[day]))
            most = min(most, max(free - int(fixed[place.members, day].sum()), 0))
    return most


def _modes(
    problem: RosterProblem, to: _Builder, gains: list[Whole], number: Whole, fixed: Flags, at: int
) -> list[tuple[Whole, Whole]]:
    """One column per open cell of a mode; a seat needs its flexible day, and a day takes one seat at most."""
    found = []
    taken = np.zeros(problem.size, dtype=object)
    for which, mode in enumerate(problem.modes):
        row, day = np.nonzero(mode.open & ((number >= 0) | fixed))
        columns = at + np.arange(len(row))
        gains.append(mode.extra[row, day])
        for column, person, when in zip(columns.tolist(), row.tolist(), day.tolist(), strict=True):
            taken[person, when] = [*(taken[person, when] or ()), column]
        for when in range(len(mode.seats)):
            to.add(columns[day == when], int(mode.seats[when]), ("seats", which, when))
        for person in np.unique(row):
            to.add(columns[row == person], mode.each, ("each", which, int(person)))
        at += len(row)
        found.append((row, day))
    for person, when in zip(*np.nonzero(taken), strict=True):
        own = np.array(taken[person, when], dtype=np.int64)
        cell = number[person, when]
        values = np.ones(len(own) + 1, dtype=np.int64)
        values[-1] = -1
        if cell >= 0:
            to.add(np.append(own, cell), 0, ("seat", 0, int(person)), values=values, lower=NO_LOWER)
        else:
            to.add(own, 1, ("seat", 0, int(person)))
    return found
