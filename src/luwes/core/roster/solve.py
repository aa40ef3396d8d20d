"""The best roster of a month: a flow where the rules nest, a search where they do not."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from luwes.core.roster.flow import NoRoster, solve_network
from luwes.core.roster.network import Network, build
from luwes.core.roster.problem import Flags, RosterProblem, Whole, check, fixed_cells
from luwes.core.roster.roster import Aim, Roster, fingerprint, points_of
from luwes.core.roster.structure import Structure, classify

WORK = 20.0  # deterministic units of the search, about as many seconds of one core

Mapper = Callable[[Callable[[RosterProblem], Roster], Iterable[RosterProblem]], Iterable[Roster]]


def solve(problem: RosterProblem, *, aim: Aim = "fair", work: float = WORK) -> Roster:
    """The plan of the highest value that keeps every rule.

    Args:
        problem: rules and wishes.
        aim: `wishes` maximises points; `fair` first lifts the worst-off (carry and entitlement counted), then the
            next, and so on, and among all such plans takes the one with most points.
        work: deterministic budget of the search; without effect on rules that nest, which are solved to proof.

    Returns:
        A Roster; status `optimal` only where value and bound are proved equal.

    Raises:
        UnusableProblem: the arrays do not fit together.
        NoRoster: `infeasible` (ask `explain` why), `unknown` when the budget ends before the search knows, or
            `too_wide`.
    """
    check(problem)
    structure = classify(problem)
    if structure.network:
        return flow_roster(problem, structure, problem.points, fair=aim == "fair")
    # Loaded here: the search engine costs a third of a second and 86 MB that most units never need.
    from luwes.core.roster.side import side_roster

    return side_roster(problem, structure, fair=aim == "fair", work=work)


def flow_roster(problem: RosterProblem, structure: Structure, values: Whole, *, fair: bool) -> Roster:
    """The optimum of the nested rules by one flow."""
    network = build(problem, structure, values, fair=fair)
    if network.overfull:
        raise NoRoster("infeasible")
    solved = solve_network(network)
    flexible = cells_of(problem, network, solved.flow)
    value = -solved.cost
    return Roster(
        flexible, (), points_of(problem, flexible), value, value, "optimal", "flow", fingerprint(problem, flexible)
    )


def cells_of(problem: RosterProblem, network: Network, flow: Whole) -> Flags:
    """The plan a flow stands for, pinned days included."""
    flexible = fixed_cells(problem)
    taken = flow[: network.cells] > 0
    flexible[network.row[taken], network.day[taken]] = True
    return flexible


def solve_many(problems: Iterable[RosterProblem], *, spread: Mapper = map) -> Iterator[Roster]:
    """Rosters of many units, in their order; `spread` may hand them to other processes."""
    yield from spread(solve, problems)


def levels(problem: RosterProblem, flexible: Flags) -> NDArray[np.float64]:
    """Levels of fairness of those who could be flexible at all, ascending: (carry + flexible days) / entitlement."""
    able = (problem.allowed & problem.present).any(1)
    counts = problem.carry + flexible.sum(1)
    found: NDArray[np.float64] = np.sort(counts[able] / np.maximum(problem.entitlement[able], 1))
    return found
