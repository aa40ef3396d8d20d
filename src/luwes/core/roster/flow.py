"""Solving a network: the native solver, and a proof of its answer that does not trust it."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from luwes.core.roster.network import SINK, SOURCE, Network
from luwes.core.roster.problem import Whole

COST_LIMIT = 1 << 45  # the native solver multiplies costs by the number of nodes within 64 bits


class NoRoster(Exception):
    """No plan keeps the rules (`infeasible`), or the sizes are beyond exact arithmetic (`too_wide`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Flow on every cell (and, where asked, on every arc), and the least cost."""

    flow: Whole
    cost: int


def solve_network(network: Network, *, all_arcs: bool = False) -> Solved:
    """Find the flow of least cost.

    Raises:
        NoRoster: `infeasible` when promised days find no cells, `too_wide` when costs exceed exact arithmetic.
    """
    nodes = len(network.supply)
    if int(np.abs(network.cost).max(initial=0)) * nodes > 1 << 60 or np.abs(network.cost).max(initial=0) > COST_LIMIT:
        raise NoRoster("too_wide")
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        network.tail.astype(np.int32), network.head.astype(np.int32), network.capacity, network.cost
    )
    # Supplies balance by construction: the native solver crashes when asked for flows after an unbalanced solve.
    given = np.flatnonzero(network.supply)
    solver.set_nodes_supplies(given.astype(np.int32), network.supply[given])
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise NoRoster("infeasible" if status == solver.INFEASIBLE else "too_wide")
    wanted = len(network.tail) if all_arcs else network.cells
    flow = np.asarray(solver.flows(np.arange(wanted, dtype=np.int32)), dtype=np.int64)
    return Solved(flow, int(solver.optimal_cost()))


def lower_bound(network: Network, flow: Whole) -> int:
    """A proved lower bound on the cost, from prices that any reader can check: equal to the cost means optimal.

    Args:
        network: arcs and supplies.
        flow: a flow on all arcs, the candidate for the least cost.

    Returns:
        The value of the linear dual at prices found by shortest paths in the residual network. Weak duality makes it
        a bound whatever the flow is; it meets the cost exactly when the flow is optimal.
    """
    tail, head, cost = network.tail, network.head, network.cost
    forward, backward = flow < network.capacity, flow > 0
    start = np.concatenate([tail[forward], head[backward]])
    end = np.concatenate([head[forward], tail[backward]])
    length = np.concatenate([cost[forward], -cost[backward]])
    by_end = np.argsort(end, kind="stable")
    start, end, length = start[by_end], end[by_end], length[by_end]
    ends, first = np.unique(end, return_index=True)
    price = np.zeros(len(network.supply), dtype=np.int64)
    for _ in range(len(price)):
        nearer = np.minimum(price[ends], np.minimum.reduceat(price[start] + length, first))
        if (nearer == price[ends]).all():
            break
        price[ends] = nearer
    reduced = cost + price[tail] - price[head]
    # Each unit supplied at a node is worth its price; arcs that pay for themselves are used in full.
    return int(-(network.supply * price).sum() + np.minimum(reduced * network.capacity, 0).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """How much can flow at most, and the nodes on the near side of the narrowest place."""

    flow: int
    near: Whole


def narrowest(tail: Whole, head: Whole, capacity: Whole) -> Cut:
    """The largest flow from source to sink, and the narrowest cut that proves it."""
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), capacity)
    solver.solve(SOURCE, SINK)
    return Cut(int(solver.optimal_flow()), np.array(solver.get_source_side_min_cut(), dtype=np.int64))
