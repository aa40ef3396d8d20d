"""Changing a published roster: what is past stays, and as few other cells as possible move."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from luwes.core.roster.fairness import STEP, dominating
from luwes.core.roster.flow import NoRoster, solve_network
from luwes.core.roster.network import build
from luwes.core.roster.problem import FREE, Flags, RosterProblem, Whole, check, fixed_cells, open_cells
from luwes.core.roster.roster import Roster, fingerprint
from luwes.core.roster.rows import rows
from luwes.core.roster.search import search
from luwes.core.roster.solve import WORK, cells_of
from luwes.core.roster.structure import classify
from luwes.core.roster.verify import Violation, verify

Mode = Literal["strict", "soft"]
Why = Literal["absent", "not_allowed", "pinned", "made_room", "added"]
SOFT = 15  # points that a changed cell must be worth


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs from the old roster, and why."""

    person: int
    day: int
    flexible: bool
    why: Why


@dataclass(frozen=True, slots=True, eq=False)
class Replan:
    """The new plan, its changes from `today` on, promises it cannot keep (days short per person), and its base.

    `forced` changes are those no plan avoids because the cell itself is gone; all changes together are the least
    possible in mode `strict`.
    """

    flexible: Flags
    changes: tuple[Change, ...]
    forced: int
    short: Whole
    base: str
    fingerprint: str


def replan(problem: RosterProblem, old: Flags, today: int, *, mode: Mode = "strict", work: float = WORK) -> Replan:
    """Mend a roster after absences, suspensions, a late holiday or a day with all on site.

    Args:
        problem: the rules as they are now.
        old: n x D, the roster in force.
        today: the first day that may still change; earlier ones are kept as they were, whatever the rules now say.
        mode: `strict` keeps promises first and then changes as little as possible; `soft` also changes a cell when
            that is worth SOFT points.

    Returns:
        A Replan. Promises out of reach are reported in `short`, not refused.

    Raises:
        NoRoster: `infeasible` when pins ahead of today clash with the rules, or crossing rules with promises.
    """
    frozen = freeze(problem, old, today)
    check(frozen)
    structure = classify(frozen)
    new = _by_flow(frozen, old, mode) if structure.network else _by_search(frozen, old, mode, work)
    promised = np.zeros(len(old), dtype=np.int64) if problem.promises is None else problem.promises
    changes = tuple(
        Change(int(row), int(day), bool(new[row, day]), _why(frozen, int(row), int(day), new=bool(new[row, day])))
        for row, day in np.argwhere(new != old)
    )
    return Replan(
        new,
        changes,
        sum(change.why in ("absent", "not_allowed", "pinned") for change in changes),
        np.maximum(promised - new.sum(1), 0),
        fingerprint(problem, old),
        fingerprint(problem, new),
    )


def freeze(problem: RosterProblem, old: Flags, today: int) -> RosterProblem:
    """The problem with every day before `today` pinned as it was, and its rules lowered to what happened."""
    past = np.arange(len(problem.days)) < today
    happened = old & past
    pins = np.full(problem.size, FREE, dtype=np.int8) if problem.pins is None else problem.pins.copy()
    pins[:, past] = old[:, past]
    caps = tuple(replace(cap, limit=np.maximum(cap.limit, happened[:, cap.days].sum(1))) for cap in problem.caps)
    places = tuple(
        replace(
            place,
            floor=np.where(past, 0, place.floor),
            quota=None if place.quota is None else np.where(past, len(old), place.quota),
        )
        for place in problem.places
    )
    return replace(
        problem,
        allowed=problem.allowed | happened,
        present=problem.present | happened,
        pins=pins,
        caps=caps,
        places=places,
    )


def swapped(
    problem: RosterProblem, roster: Roster | Replan, one: tuple[int, int], other: tuple[int, int]
) -> tuple[Flags, list[Violation]]:
    """Give the flexible cell `one` (person, day) up for `other`, and list the rules this would break."""
    flexible = roster.flexible.copy()
    flexible[one], flexible[other] = flexible[other], flexible[one]
    return flexible, verify(problem, flexible)


def _by_flow(frozen: RosterProblem, old: Flags, mode: Mode) -> Flags:
    structure = classify(frozen)
    plain = build(frozen, structure, frozen.points, fair=True)
    # Above one rank and all wishes in strict mode: then every avoided change wins over both.
    highest = max(int(-plain.cost.min(initial=0)), 1) + plain.factor
    change = 2 * highest if mode == "strict" else SOFT
    factor = plain.factor if mode == "strict" else STEP
    values = frozen.points + np.where(old, change, -change)
    most = max(highest, int(np.abs(values).max(initial=1)))
    reward = dominating(np.array([-most, most]), len(plain.supply))
    network = build(frozen, structure, values, fair=True, factor=factor, reward=reward)
    if network.overfull:
        raise NoRoster("infeasible")
    return cells_of(frozen, network, solve_network(network).flow)


def _by_search(frozen: RosterProblem, old: Flags, mode: Mode, work: float) -> Flags:
    cells = open_cells(frozen)
    change = 1 + int(frozen.points[cells].sum()) if mode == "strict" else SOFT
    model = rows(replace(frozen, modes=()), frozen.points + np.where(old, change, -change), fair=False)
    if model.impossible:
        raise NoRoster("infeasible")
    found = search(model, None, work=work)
    new = fixed_cells(frozen)
    taken = found.columns[: model.cells] > 0
    new[model.row[taken], model.day[taken]] = True
    return new


def _why(problem: RosterProblem, person: int, day: int, *, new: bool) -> Why:
    if problem.pins is not None and problem.pins[person, day] != FREE:
        return "pinned"
    if new:
        return "added"
    if not problem.present[person, day]:
        return "absent"
    return "made_room" if problem.allowed[person, day] else "not_allowed"
