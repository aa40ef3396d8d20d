"""Many people over many days as columns, and the facts of any one cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from luwes.core.policy.facts import Counts, Facts, Person, Week
from luwes.core.policy.terms import Away, Mode, Per

AWAY = tuple(Away)
UNKNOWN_GROUP = -1


class NotWholeWeeks(ValueError):
    """The grid has to run from a Monday to a Sunday without a gap: weeks are counted whole."""


@dataclass(frozen=True, slots=True)
class Crew:
    """`grid` is whole ISO weeks; the arrays are people by days of the grid, and `judged` are the columns asked about.

    `working`: 1 yes, 0 no, -1 not known. `away`: 0 here, else 1 + the place in `AWAY`. `planned`: flexible days
    already planned, the one asked about among them or not. `groups`: whose quota a person counts in, -1 not known.
    `usual`: working days of a week without holidays. `measures`: the value a person's unit has, NaN not known.
    """

    persons: tuple[Person, ...]
    grid: tuple[date, ...]
    judged: tuple[int, ...]
    working: NDArray[np.int8]
    away: NDArray[np.int8]
    planned: NDArray[np.bool_]
    usual: NDArray[np.int8]
    groups: Mapping[Per, NDArray[np.int32]] = field(default_factory=dict)
    calendars: Mapping[date, frozenset[str]] = field(default_factory=dict)
    measures: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    mode: Mode | None = None
    asked_on: date | None = None

    def __post_init__(self) -> None:
        first = self.grid[0]
        run = tuple(first + timedelta(days=step) for step in range(len(self.grid)))
        if first.weekday() or len(self.grid) % 7 or run != self.grid:
            raise NotWholeWeeks(first.isoformat())

    @property
    def flexible(self) -> NDArray[np.bool_]:
        """Planned and not away after all."""
        found: NDArray[np.bool_] = self.planned & (self.away == 0)
        return found


@dataclass(frozen=True, slots=True)
class Tally:
    """People of each group on each day: members, away by reason in the order of `AWAY`, and flexible."""

    members: NDArray[np.int64]
    away: tuple[NDArray[np.int64], ...]
    flexible: NDArray[np.int64]


def tally(crew: Crew, per: Per) -> Tally:
    """Count the groups; shape is groups by days of the grid."""
    group = crew.groups[per]
    size = int(group.max(initial=0)) + 1
    days = group.shape[1]
    flat = (group.astype(np.int64) * days + np.arange(days)).ravel()
    known = (group >= 0).ravel()

    def count(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(flat[known & which.ravel()], minlength=size * days).reshape(size, days)

    everybody = np.ones_like(crew.planned)
    away = tuple(count(crew.away == number) for number in range(1, len(AWAY) + 1))
    return Tally(count(everybody), away, count(crew.flexible))


def facts_at(crew: Crew, tallies: Mapping[Per, Tally], person: int, column: int) -> Facts:
    """The facts of one cell, as `decide` takes them."""
    start = column - column % 7
    week = range(start, start + 7)
    flexible = crew.flexible
    counts = {}
    for per, groups in crew.groups.items():
        group = int(groups[person, column])
        if group != UNKNOWN_GROUP:
            told, own = tallies[per], int(flexible[person, column])
            leave, trip, study = (int(part[group, column]) for part in told.away)
            members, others = int(told.members[group, column]), int(told.flexible[group, column]) - own
            counts[per] = Counts(members, leave, trip, study, others)
    state = int(crew.working[person, column])
    gone = int(crew.away[person, column])
    day = crew.grid[column]
    measured = [(name, float(values[person, column])) for name, values in crew.measures.items()]
    return Facts(
        person=crew.persons[person],
        day=day,
        working=None if state < 0 else bool(state),
        calendars=crew.calendars.get(day, frozenset()),
        away=AWAY[gone - 1] if gone else None,
        mode=crew.mode,
        week=Week(
            working=frozenset(crew.grid[one] for one in week if crew.working[person, one] == 1),
            flexible=frozenset(crew.grid[one] for one in week if one != column and flexible[person, one]),
            away=frozenset(crew.grid[one] for one in week if crew.away[person, one]),
            usual=int(crew.usual[person]),
        ),
        counts=counts,
        asked_on=crew.asked_on,
        measures={name: value for name, value in measured if not np.isnan(value)},
    )
