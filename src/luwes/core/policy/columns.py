"""Numbers as columns: what shares, weeks, waiting times and measures say of everybody on one day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luwes.core.policy.clauses import Guard, Quota, Tenure, Weekly
from luwes.core.policy.crew import AWAY, Crew, Tally
from luwes.core.policy.kin import Kin
from luwes.core.policy.shares import EVERY_AWAY, months_later, people
from luwes.core.policy.terms import Away, Outcome, Per, Rounding, ShortWeek

# Outcomes as numbers, in the order of how little they let through.
SILENT, PASS, UNKNOWN, FAIL = 0, 1, 2, 3
CODE = {Outcome.NOT_APPLICABLE: SILENT, Outcome.PASS: PASS, Outcome.UNKNOWN: UNKNOWN, Outcome.FAIL: FAIL}
NO_SHARE, TIER_UNKNOWN = -1, -2
# More people than any group has: a share that is not there limits nobody.
NO_LIMIT = 1 << 40

Ints = NDArray[np.int64]
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Columns:
    """The crew with its kin and its groups counted."""

    crew: Crew
    kin: Kin
    tallies: Mapping[Per, Tally]

    def week(self, column: int, which: NDArray[np.bool_]) -> Ints:
        """How many days of the column's week are so, per person."""
        start = column - column % 7
        found: Ints = which[:, start : start + 7].sum(axis=1, dtype=np.int64)
        return found


@dataclass(frozen=True, slots=True)
class Counted:
    """A group's numbers per person on one day, the person left out of `flexible`; `known` where the group is known."""

    known: NDArray[np.bool_]
    members: Ints
    away: tuple[Ints, ...]
    flexible: Ints

    def base(self, without: tuple[Away, ...]) -> Ints:
        """The denominator when those away for these reasons do not count."""
        found = self.members.copy()
        for one in without:
            found -= self.away[AWAY.index(one)]
        return found


def counted(columns: Columns, per: Per, column: int) -> Counted:
    """The numbers of everybody's group on one day."""
    crew = columns.crew
    if per not in crew.groups:
        none = np.zeros(len(crew.persons), np.int64)
        return Counted(none > 0, none, (none,) * len(AWAY), none)
    group = crew.groups[per][:, column]
    told = columns.tallies[per]
    index = np.maximum(group, 0)
    own = crew.flexible[:, column]
    away = tuple(part[index, column] for part in told.away)
    return Counted(group >= 0, told.members[index, column], away, told.flexible[index, column] - own)


def agreed(readings: list[NDArray[np.bool_]]) -> Codes:
    """PASS or FAIL where every reading says so, else UNKNOWN."""
    every, some = np.logical_and.reduce(readings), np.logical_or.reduce(readings)
    return np.where(every, PASS, np.where(some, UNKNOWN, FAIL)).astype(np.int8)


def shared(clause: Quota, top: Ints, group: Counted) -> Codes:
    """A quota; `top` is the share that holds for each person, NO_SHARE or TIER_UNKNOWN."""
    present = group.base(EVERY_AWAY)
    withouts = ((), EVERY_AWAY) if clause.without is None else (clause.without,)
    roundings = (Rounding.DOWN, Rounding.UP) if clause.rounding is Rounding.UNDECIDED else (clause.rounding,)
    readings = []
    for base in (group.base(without) for without in withouts):
        for rounding in roundings:
            limit = np.where(top < 0, NO_LIMIT, _people(top, base, rounding))
            if clause.exact is not None:
                limit = np.minimum(limit, _people(clause.exact, base, rounding))
            fit = group.flexible + 1 <= limit
            if clause.onsite_min:
                least = np.maximum(1, _people(clause.onsite_min, base, rounding))
                fit &= (base <= 0) | (present - group.flexible - 1 >= least)
            readings.append(fit)
    found = agreed(readings)
    found[~group.known | (top == TIER_UNKNOWN)] = UNKNOWN
    return found


def _people(percent: Any, base: Ints, rounding: Rounding) -> Ints:
    reckon: Callable[..., Ints] = people  # type: ignore[assignment]  # whole-number arithmetic, the same on columns
    return reckon(percent, base, rounding)


def weeks(clause: Weekly, columns: Columns, ordered: NDArray[np.bool_] | None, column: int) -> Codes:
    """A rule about the week; `ordered` marks ordered days where they do not count."""
    crew = columns.crew
    flexible = crew.flexible
    own = flexible[:, column].astype(np.int64)
    taken = columns.week(column, flexible) - own + 1
    days = taken
    if ordered is not None:
        free = ordered[:, column]
        days = columns.week(column, flexible & ~ordered) - (own * ~free) + ~free
    fine = np.full(len(own), True)
    if clause.max_days is not None:
        fine = days <= clause.max_days
    if clause.onsite_min_days is None:
        return np.where(fine, PASS, FAIL).astype(np.int8)
    working = columns.week(column, (crew.working == 1) & (crew.away == 0))
    strict = working - taken >= clause.onsite_min_days
    usual = taken <= crew.usual - clause.onsite_min_days
    readings = {ShortWeek.STRICT: [strict], ShortWeek.USUAL: [usual], ShortWeek.UNDECIDED: [strict, usual]}
    found = agreed(readings[clause.short_week])
    found[~fine] = FAIL
    return found


def tenured(clause: Tenure, crew: Crew, day: date) -> Codes:
    """A waiting time; people whose beginning is not known stay unknown."""
    found = np.full(len(crew.persons), UNKNOWN, np.int8)
    if clause.months is None:
        return found
    over: dict[date, int] = {}
    for row, person in enumerate(crew.persons):
        since = person.post_since if clause.since == "post" else person.entered
        if since is not None:
            if since not in over:
                over[since] = PASS if day >= months_later(since, clause.months) else FAIL
            found[row] = over[since]
    return found


def guarded(clause: Guard, columns: Columns, column: int) -> Codes:
    """A measure of the unit against its floor; what is not known is never above it."""
    crew = columns.crew
    if clause.metric not in crew.measures:
        return np.full(len(crew.persons), UNKNOWN, np.int8)
    value = crew.measures[clause.metric][:, column]
    found = np.where(value >= clause.below, PASS, FAIL).astype(np.int8)
    if clause.effect == "quota":
        group = counted(columns, Per.UNIT, column)
        inside = (group.flexible + 1) * 100 <= group.members * (clause.flex_max or 0)
        lowered = np.where(group.known, np.where(inside, PASS, FAIL), UNKNOWN)
        found = np.where(found == FAIL, lowered, found).astype(np.int8)
    found[np.isnan(value)] = UNKNOWN
    return found
