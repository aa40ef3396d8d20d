"""Rosters whose rules cross: first a plan from the network, mended in a few rounds; then a search that improves it."""

from dataclasses import dataclass

import numpy as np

from luwes.core.roster.fairness import STEP
from luwes.core.roster.flow import NoRoster, solve_network
from luwes.core.roster.network import build
from luwes.core.roster.problem import Flags, RosterProblem, Whole, fixed_cells
from luwes.core.roster.roster import Roster, Status, fingerprint, points_of
from luwes.core.roster.rows import Rows, rows
from luwes.core.roster.search import search
from luwes.core.roster.solve import cells_of
from luwes.core.roster.structure import Structure
from luwes.core.roster.verify import verify

ROUNDS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan that keeps every rule, before it is known how good it is."""

    flexible: Flags
    seats: tuple[Flags, ...]


def side_roster(problem: RosterProblem, structure: Structure, *, fair: bool, work: float) -> Roster:
    """The best plan a deterministic budget finds, with a proved bound.

    Fairness counts here as points (STEP per rank), since ranks above all wishes would hide the bound in rounding.

    Raises:
        NoRoster: `infeasible` when proved, `unknown` when promises leave no first plan and the budget ends, `broken`
            when the search's answer fails the checker.
    """
    first = first_plan(problem, structure, fair=fair)
    model = rows(problem, problem.points, fair=fair, factor=STEP)
    if model.impossible:
        raise NoRoster("infeasible")
    hint = None if first is None else columns_of(problem, model, first, fair=fair)
    found = search(model, hint, work=work) if work > 0 else None
    if found is None:
        if hint is None:
            raise NoRoster("unknown")
        value = int((model.gain * hint).sum())
        return _roster(problem, model, hint, value, max(value, _relaxed(problem, structure, fair)))
    return _roster(problem, model, found.columns, found.value, found.bound)


def _roster(problem: RosterProblem, model: Rows, columns: Whole, value: int, bound: int) -> Roster:
    flexible = fixed_cells(problem)
    taken = columns[: model.cells] > 0
    flexible[model.row[taken], model.day[taken]] = True
    seats = []
    at = model.first_seat
    for row, day in model.seats:
        mine = np.zeros(problem.size, dtype=np.bool_)
        chosen = columns[at : at + len(row)] > 0
        mine[row[chosen], day[chosen]] = True
        seats.append(mine)
        at += len(row)
    status: Status = "optimal" if value == bound else "feasible"
    if verify(problem, flexible, tuple(seats)):
        raise NoRoster("broken")
    points = points_of(problem, flexible, tuple(seats))
    return Roster(
        flexible, tuple(seats), points, value, bound, status, "search", fingerprint(problem, flexible)
    )  # fmt: skip


def _relaxed(problem: RosterProblem, structure: Structure, fair: bool) -> int:
    """A bound without the crossing rules: the network's optimum plus every seat at its best."""
    seats = sum(
        int(np.sort(mode.extra * mode.open, axis=0)[::-1][: int(mode.seats.max(initial=0))].sum())
        for mode in problem.modes
    )
    return seats - solve_network(build(problem, structure, problem.points, fair=fair, factor=STEP)).cost


def first_plan(problem: RosterProblem, structure: Structure, *, fair: bool) -> Plan | None:
    """A plan that keeps every rule, or None when promises or pins stand in the way of mending.

    The network's plan is cut where a crossing rule is broken: the cheapest cells are given up and barred, and the
    network fills the room elsewhere. Giving up a flexible day never breaks a floor, a quota or a cap.
    """
    fixed = fixed_cells(problem)
    ban = np.zeros(problem.size, dtype=np.bool_)
    flexible = _flow(problem, structure, fair, ban)
    if flexible is None:
        return None
    for anchor in problem.anchors:
        ban |= _anchored(problem, anchor.members, anchor.days, flexible | fixed)
    for _ in range(ROUNDS):
        flexible = _flow(problem, structure, fair, ban)
        if flexible is None:
            return None
        given_up = _crossing(problem, structure, flexible, fixed)
        flexible &= ~given_up
        if not given_up.any():
            break
        ban |= given_up
    return None if verify(problem, flexible) else Plan(flexible, _seats(problem, flexible))


def _flow(problem: RosterProblem, structure: Structure, fair: bool, ban: Flags) -> Flags | None:
    network = build(problem, structure, problem.points, fair=fair, factor=STEP, ban=ban)
    if network.overfull:
        return None
    try:
        return cells_of(problem, network, solve_network(network).flow)
    except NoRoster:
        return None


def _anchored(problem: RosterProblem, members: Whole, days: Flags, flexible: Flags) -> Flags:
    """The cells of a team on the day that costs least to keep free."""
    choices = np.flatnonzero(days)
    worth = np.where(flexible[members][:, choices], problem.points[members][:, choices] + 2 * STEP, 0).sum(0)
    ban = np.zeros(problem.size, dtype=np.bool_)
    ban[members, choices[int(np.argmin(worth))]] = True
    return ban


def _crossing(problem: RosterProblem, structure: Structure, flexible: Flags, fixed: Flags) -> Flags:
    """The cheapest cells to give up so that the crossing caps and places hold."""
    left = flexible.copy()
    for at in structure.side_places:
        place = problem.places[at]
        free = np.maximum(problem.present[place.members].sum(0) - place.floor, 0)
        if place.quota is not None:
            free = np.minimum(free, place.quota)
        over = left[place.members].sum(0) - free
        for day in np.flatnonzero(over > 0):
            mine = place.members[left[place.members, day] & ~fixed[place.members, day]]
            left[_cheapest(problem, left, mine, int(day))[: over[day]], day] = False
    for at in structure.side_caps:
        cap = problem.caps[at]
        days = np.flatnonzero(cap.days)
        over = left[:, days].sum(1) - cap.limit
        for person in np.flatnonzero(over > 0):
            mine = days[left[person, days] & ~fixed[person, days]]
            cheap = mine[np.lexsort((mine, problem.points[person, mine]))]
            left[person, cheap[: over[person]]] = False
    found: Flags = flexible & ~left
    return found


def _cheapest(problem: RosterProblem, left: Flags, people: Whole, day: int) -> Whole:
    """People whose day is least missed: low points, and many days besides; ids settle ties, never rows."""
    missed = problem.points[people, day] - STEP * (left[people].sum(1) + problem.carry[people])
    found: Whole = people[np.lexsort((problem.employee_id[people], missed))]
    return found


def _seats(problem: RosterProblem, flexible: Flags) -> tuple[Flags, ...]:
    """Seats handed out by what they add, most first."""
    free = flexible.copy()
    found = []
    for mode in problem.modes:
        taken = np.zeros(problem.size, dtype=np.bool_)
        row, day = np.nonzero(free & mode.open & (mode.extra > 0))
        left, each = mode.seats.copy(), np.full(len(free), mode.each)
        for at in np.lexsort((day, problem.employee_id[row], -mode.extra[row, day])).tolist():
            person, when = row[at], day[at]
            if left[when] > 0 and each[person] > 0:
                taken[person, when] = True
                left[when] -= 1
                each[person] -= 1
        free &= ~taken
        found.append(taken)
    return tuple(found)


def columns_of(problem: RosterProblem, model: Rows, plan: Plan, *, fair: bool) -> Whole:
    """A plan as columns of the model: cells, steps, anchors and seats."""
    columns = np.zeros(model.matrix.shape[1], dtype=np.int64)
    columns[: model.cells] = plan.flexible[model.row, model.day]
    if fair:
        for at, (kind, _, _) in enumerate(model.owner):
            if kind == "step":
                mine = model.matrix.indices[model.matrix.indptr[at] : model.matrix.indptr[at + 1]]
                own = np.sort(mine[mine >= model.cells])
                count = int(columns[mine[mine < model.cells]].sum()) - int(model.upper[at])
                columns[own[:count]] = 1
    at = model.first_anchor
    for anchor in problem.anchors:
        choices = np.flatnonzero(anchor.days)
        free = ~plan.flexible[anchor.members][:, choices].any(0)
        columns[at + int(np.argmax(free))] = 1
        at += len(choices)
    for (row, day), taken in zip(model.seats, plan.seats, strict=True):
        columns[at : at + len(row)] = taken[row, day]
        at += len(row)
    return columns
