"""The nested rules as a flow: source, people, their weeks, cells, places by day, sink; no loop over cells."""

from dataclasses import dataclass

import numpy as np

from luwes.core.roster.fairness import Steps, dominating, steps
from luwes.core.roster.problem import Flags, RosterProblem, Whole, fixed_cells, open_cells
from luwes.core.roster.structure import Structure

SOURCE, SINK = 0, 1
_FIRST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Arcs with capacity and cost; the first arcs are the cells (`row`, `day`).

    `supply` has one number per node and sums to zero.
    `overfull` says that pinned days alone break a cap, quota or floor, or that a promise exceeds
    what is conceivable. `entry` is each person's node (-1: none) and `room` the most further days conceivable, by row.
    """

    row: Whole
    day: Whole
    tail: Whole
    head: Whole
    capacity: Whole
    cost: Whole
    supply: Whole
    overfull: bool
    factor: int
    entry: Whole
    room: Whole

    @property
    def cells(self) -> int:
        """How many of the arcs are cells."""
        return len(self.row)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The person side in the order of the network: cells, nodes, and how many further days each may get."""

    open: Flags
    fixed: Flags
    limits: Whole
    table: Whole
    own: Flags
    room: Whole
    nodes: int
    overfull: bool


def build(
    problem: RosterProblem,
    structure: Structure,
    values: Whole,
    *,
    fair: bool,
    factor: int = 0,
    reward: int = 0,
    ban: Flags | None = None,
) -> Network:
    """The network of a problem: its least cost is the plan of the highest value.

    Args:
        problem: the rules; those outside the trees of `structure` (from `classify`) are left out.
        values: n x D, what a flexible day is worth (maximised).
        fair: whether the steps of `fairness` count; `factor` is what one rank is worth (0: above all wishes).
        reward: what a promised day is worth where promises may fail (0: they must be kept).
        ban: n x D cells the solver may not use, on top of the rules.
    """
    people = _people(problem, structure, ban)
    e, d = np.nonzero(people.open)
    row = structure.order[e]
    place_table, place_arcs, place_full = _places(problem, structure, e, d, people)
    value = values[row, d]
    promised = _promised(problem, structure, people)
    # The cap over all days is no arc: more promised than it allows must be seen here.
    overfull = people.overfull or place_full or (not reward and bool((promised > people.room).any()))
    hoped = np.minimum(promised, people.room) if reward else np.zeros_like(promised)
    if fair and not factor:
        factor = dominating(value, min(people.nodes, len(place_arcs[0]) + 1))
    supplied = int(np.maximum(people.room, promised).sum())
    parts = [
        (people.table[structure.cap_of[d], e], place_table[structure.place_of[row], d], np.ones_like(e), -value),
        _sources(problem, structure, people, np.minimum(promised, people.room), factor if fair else 0),
        (np.full((hoped > 0).sum(), SOURCE), people.table[-1][hoped > 0], hoped[hoped > 0], -reward * _sign(hoped)),
        _caps(structure, people),
        place_arcs,
        (_one(SOURCE), _one(SINK), _one(supplied), _one(0)),
    ]
    tail, head, capacity, cost = (np.concatenate([part[at] for part in parts]) for at in range(4))
    supply = _supply(people, place_table, supplied, np.zeros_like(promised) if reward else promised)
    by_row = np.argsort(structure.order)
    entry, room = people.table[-1][by_row], people.room[by_row]
    return Network(row, d, tail, head, capacity, cost, supply, overfull, factor, entry, room)


def _promised(problem: RosterProblem, structure: Structure, people: People) -> Whole:
    """Promised days that are not pinned yet, in the order of the network."""
    if problem.promises is None:
        return np.zeros(len(people.room), dtype=np.int64)
    left: Whole = np.maximum(problem.promises[structure.order] - people.fixed.sum(1), 0)
    return left


def _supply(people: People, place_table: Whole, supplied: int, promised: Whole) -> Whole:
    """Supplies by node; promised days enter at the person: they must leave through cells, there is no way around."""
    supply = np.zeros(max(int(people.table.max(initial=1)), int(place_table.max(initial=1))) + 1, dtype=np.int64)
    supply[SOURCE], supply[SINK] = supplied - promised.sum(), -supplied
    supply[people.table[-1][promised > 0]] += promised[promised > 0]
    return supply


Arcs = tuple[Whole, Whole, Whole, Whole]


def _one(value: int) -> Whole:
    return np.array([value], dtype=np.int64)


def _sign(counts: Whole) -> Whole:
    return np.ones(int((counts > 0).sum()), dtype=np.int64)


def _people(problem: RosterProblem, structure: Structure, ban: Flags | None) -> People:
    order = structure.order
    open_ = open_cells(problem)[order]
    if ban is not None:
        open_ &= ~ban[order]
    fixed = fixed_cells(problem)[order]
    n, length = problem.size
    kept = [problem.caps[at] for at in structure.caps]
    flags = np.array([cap.days for cap in kept], dtype=np.int64).reshape(len(kept), length)
    limits = np.array([cap.limit[order] for cap in kept], dtype=np.int64).reshape(len(kept), n)
    overfull = False
    if problem.pins is not None and len(kept):
        limits = limits - flags @ fixed.T
        overfull = bool((limits < 0).any())
        limits = np.maximum(limits, 0)
    below, room = _room(structure, open_, flags, limits)
    busy = open_.any(1)
    if problem.promises is not None:
        busy |= problem.promises[order] > fixed.sum(1)
    # A node for each person with something to decide, and for each of their caps that holds less than all days.
    table = np.full((len(kept) + 1, n), -1, dtype=np.int64)
    table[-1, busy] = _FIRST + np.arange(busy.sum())
    at = _FIRST + int(busy.sum())
    own = np.zeros((len(kept), n), dtype=np.bool_)
    for cap in range(len(kept)):
        # A cap that cannot bind needs no node: its cells hang on the wider cap.
        table[cap] = table[structure.cap_parent[cap]]
        if not flags[cap].all():
            own[cap] = below[cap] > limits[cap]
        count = int(own[cap].sum())
        table[cap, own[cap]] = at + np.arange(count)
        at += count
    return People(open_, fixed, limits, table, own, room, at - _FIRST, overfull)


def _room(structure: Structure, open_: Flags, flags: Whole, limits: Whole) -> tuple[Whole, Whole]:
    """Cells below each cap, and the most days each person can conceivably get."""
    n, length = open_.shape
    cells = open_.astype(np.int64)
    below = flags @ cells.T
    direct = np.zeros((len(flags) + 1, n), dtype=np.int64)
    for cap in range(-1, len(flags)):
        direct[cap] = cells[:, structure.cap_of == cap].sum(1)
    for cap in range(len(flags) - 1, -1, -1):
        direct[structure.cap_parent[cap]] += np.minimum(limits[cap], direct[cap])
    total = np.full(n, length, dtype=np.int64)
    for cap in range(len(flags)):
        if flags[cap].all():
            total = np.minimum(total, limits[cap])
    return below, np.minimum(total, direct[-1])


def _sources(problem: RosterProblem, structure: Structure, people: People, promised: Whole, factor: int) -> Arcs:
    """Arcs from the source: one per further day when days are ranked, otherwise one per person."""
    node = people.table[-1]
    left = np.maximum(people.room - promised, 0)
    if not factor:
        some = left > 0
        count = int(some.sum())
        return np.full(count, SOURCE), node[some], left[some], np.zeros(count, dtype=np.int64)
    ranked = ranked_steps(problem, structure, people, promised, left)
    count = len(ranked.person)
    return (
        np.full(count, SOURCE), node[ranked.person], np.ones(count, dtype=np.int64), -factor * ranked.rank
    )  # fmt: skip


def ranked_steps(problem: RosterProblem, structure: Structure, people: People, promised: Whole, left: Whole) -> Steps:
    """The ranks of the days that are neither pinned nor promised."""
    order = structure.order
    level = problem.carry[order] + people.fixed.sum(1) + promised
    return steps(level, np.maximum(problem.entitlement[order], 1), left)


def _caps(structure: Structure, people: People) -> Arcs:
    """Arcs from a person, or from a wider cap, to each narrower cap."""
    tails, heads, capacities = [], [], []
    for cap in range(len(structure.caps)):
        used = people.own[cap]
        tails.append(people.table[structure.cap_parent[cap]][used])
        heads.append(people.table[cap][used])
        capacities.append(people.limits[cap][used])
    return _joined(tails, heads, capacities)


def _joined(tails: list[Whole], heads: list[Whole], capacities: list[Whole]) -> Arcs:
    none = np.zeros(0, dtype=np.int64)
    tail = np.concatenate([none, *tails])
    return tail, np.concatenate([none, *heads]), np.concatenate([none, *capacities]), np.zeros_like(tail)


def _places(
    problem: RosterProblem, structure: Structure, e: Whole, d: Whole, people: People
) -> tuple[Whole, Arcs, bool]:
    """Nodes of places by day, the arcs that carry their floors and quotas, and whether pinned days overfill one."""
    length = people.open.shape[1]
    count = np.zeros((len(structure.places) + 1, length), dtype=np.int64)
    np.add.at(count, (structure.place_of[structure.order[e]], d), 1)
    for place in range(len(structure.places) - 1, -1, -1):
        count[structure.place_parent[place]] += count[place]
    spare = place_spare(problem, structure)
    overfull = bool((spare < 0).any())
    # A floor that cannot bind needs no node: its cells hang on the wider place.
    own = count[:-1] > spare
    table = np.full((len(structure.places) + 1, length), SINK, dtype=np.int64)
    at = _FIRST + people.nodes
    tails, heads, capacities = [], [], []
    for place, parent in enumerate(structure.place_parent):
        here = own[place]
        table[place] = table[parent]
        heads.append(table[parent][here])
        nodes = at + np.arange(int(here.sum()))
        table[place, here] = nodes
        at += len(nodes)
        tails.append(nodes)
        capacities.append(np.maximum(spare[place][here], 0))
    return table, _joined(tails, heads, capacities), overfull


def place_spare(problem: RosterProblem, structure: Structure) -> Whole:
    """People who may still be flexible per place and day; below zero only where pinned days overfill the place.

    A floor above the people present leaves nobody to spare: it is not an error of the pins.
    """
    length = len(problem.days)
    pinned = problem.pins is not None and bool((problem.pins == 1).any())
    fixed = fixed_cells(problem) if pinned else None
    spare = np.zeros((len(structure.places), length), dtype=np.int64)
    for at, which in enumerate(structure.places):
        place = problem.places[which]
        free = np.maximum(problem.present[place.members].sum(0) - place.floor, 0)
        if place.quota is not None:
            free = np.minimum(free, place.quota)
        spare[at] = free if fixed is None else free - fixed[place.members].sum(0)
    return spare
