"""Why a person is not flexible on a day, and what it would take."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from luwes.core.roster.explain import Conflict, explain
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import FLEXIBLE, FREE, Flags, RosterProblem
from luwes.core.roster.replan import Change, freeze, replan

Code = Literal["past", "flexible", "absent", "not_allowed", "pinned", "unwanted", "full", "outweighed", "impossible"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: `blocking` names the full caps and places; `moves` are the fewest changes that would make room.

    `full`: granting the day needs others to move. `outweighed`: there is room, but no wish or share asked for it.
    `points` is what the moves gain or cost. `conflict` is set when no roster can grant the day.
    """

    code: Code
    blocking: tuple[str, ...] = ()
    moves: tuple[Change, ...] = ()
    points: int = 0
    conflict: Conflict | None = None


def why_not(problem: RosterProblem, flexible: Flags, person: int, day: int, today: int = 0) -> Reason:
    """The reason for one cell of a roster.

    Args:
        problem: the rules.
        flexible: the roster, keeping every rule.
        person: row.
        day: column.
        today: the first day that may still change.
    """
    if day < today:
        return Reason("past")
    plain = _plain(problem, flexible, person, day)
    if plain is not None:
        return Reason(plain)
    pins = np.full(problem.size, FREE, dtype=np.int8) if problem.pins is None else problem.pins.copy()
    pins[person, day] = FLEXIBLE
    granted = replace(problem, pins=pins)
    blocking = _blocking(problem, flexible, person, day)
    try:
        found = replan(granted, flexible, today)
    except NoRoster:
        return Reason("impossible", blocking, conflict=explain(freeze(granted, flexible, today)))
    if found.short.any():
        # The day can be had only by breaking somebody's promise.
        return Reason("impossible", blocking, conflict=explain(freeze(granted, flexible, today)))
    points = int(problem.points[found.flexible].sum() - problem.points[flexible].sum())
    return Reason("full" if blocking else "outweighed", blocking, found.changes, points)


def _plain(problem: RosterProblem, flexible: Flags, person: int, day: int) -> Code | None:
    if flexible[person, day]:
        return "flexible"
    if not problem.present[person, day]:
        return "absent"
    if not problem.allowed[person, day]:
        return "not_allowed"
    if problem.pins is not None and problem.pins[person, day] != FREE:
        return "pinned"
    return "unwanted" if problem.points[person, day] < 0 else None


def _blocking(problem: RosterProblem, flexible: Flags, person: int, day: int) -> tuple[str, ...]:
    found = [
        cap.rule
        for cap in problem.caps
        if cap.days[day] and flexible[person, cap.days].sum() >= cap.limit[person]
    ]  # fmt: skip
    for place in problem.places:
        if person not in place.members:
            continue
        away = int(flexible[place.members, day].sum())
        present = int(problem.present[place.members, day].sum())
        quota = len(place.members) if place.quota is None else int(place.quota[day])
        if present - away <= place.floor[day] or away >= quota:
            found.append(place.rule)
    return tuple(dict.fromkeys(found))
