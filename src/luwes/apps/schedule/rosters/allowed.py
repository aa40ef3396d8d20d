"""Which cells of a roster may be flexible at all, and why the others may not.

One place decides, so that what a circular allows can take over from the settings of the roster.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from luwes.apps.people.models import Answer, PostAssessment
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.people import Row
from luwes.apps.schedule.tree import Tree
from luwes.core.workdays.blackouts import blackouts_on
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY


class Cell(IntEnum):
    """Why a cell is closed to flexible days; OPEN where it is not."""

    OPEN = 0
    NOT_THERE = 1  # not a working day of the unit, not in service, or away
    ON_SITE = 2  # a day with all on site
    BLACKOUT = 3
    NO_FLOOR = 4  # a counter of the unit has no confirmed floor
    WEEKDAY = 5
    HOLIDAY = 6  # beside a holiday
    POST = 7  # a post of shifts or in the field
    OUTSIDE = 8  # not in the unit the roster is for
    DECIDED = 9  # already decided by a file or another roster
    POLICY = 10  # refused by a letter in force, or left to a judgement nobody gave


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Everything the decision is made from."""

    rows: Sequence[Row]
    days: Sequence[date]
    parameters: Parameters
    tree: Tree
    unset: Mapping[str, frozenset[date]]


def closed(asked: Asked) -> NDArray[np.int8]:
    """A `Cell` for every row and day; leave and trips are told apart by who asks."""
    found = np.full((len(asked.rows), len(asked.days)), Cell.OPEN, dtype=np.int8)
    plain = {unit: _of_unit(asked, unit) for unit in {row.unit for row in asked.rows}}
    elsewhere = _shift_or_field({row.post for row in asked.rows if row.post is not None})
    for number, row in enumerate(asked.rows):
        found[number] = plain[row.unit]
        if row.post in elsewhere:
            found[number][found[number] == Cell.OPEN] = Cell.POST
        if not row.inside:
            found[number] = Cell.OUTSIDE
    return found


def _of_unit(asked: Asked, unit: str) -> NDArray[np.int8]:
    found = np.full(len(asked.days), Cell.OPEN, dtype=np.int8)
    wanted = asked.parameters
    for at, day in enumerate(asked.days):
        line = line_of(asked.tree, unit, day)
        if day in wanted.on_site:
            found[at] = Cell.ON_SITE
        elif blackouts_on(day, line, asked.tree.book.blackouts):
            found[at] = Cell.BLACKOUT
        elif any(day in asked.unset.get(key, ()) for key in line):
            found[at] = Cell.NO_FLOOR
        elif day.isoweekday() not in wanted.weekdays:
            found[at] = Cell.WEEKDAY
        elif wanted.apart and _beside_holiday(asked.tree, day):
            found[at] = Cell.HOLIDAY
    return found


def line_of(tree: Tree, unit: str, day: date) -> list[str]:
    """The unit and those above it on the day, the unit first."""
    parents = tree.parents(day)
    line: list[str] = []
    at = unit
    while at in parents and at not in line:
        line.append(at)
        at = parents[at]
    return line


def _beside_holiday(tree: Tree, day: date) -> bool:
    try:
        return any(tree.book.calendar.holiday(beside) is not None for beside in (day - DAY, day + DAY))
    except MissingYear:
        # The day after the last of December belongs to a year whose decree may not be known yet.
        return True


def _shift_or_field(posts: set[int]) -> frozenset[int]:
    assessed = PostAssessment.objects.filter(superseded_at=None, post__in=posts)
    yes = Answer.YES.value
    return frozenset(post for post, *said in assessed.values_list("post_id", "shift", "field") if yes in said)
