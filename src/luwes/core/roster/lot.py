"""The lot: a plan drawn by a procedure frozen first, with a seed nobody chooses, and how likely every cell was.

Every draw keeps every rule and gives up at most a stated share of the wishes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luwes.core.roster.flow import NoRoster, solve_network
from luwes.core.roster.network import build
from luwes.core.roster.problem import Flags, Place, RosterProblem, Whole, check
from luwes.core.roster.solve import cells_of
from luwes.core.roster.structure import Structure, classify
from luwes.core.roster.verify import verify

Over = Literal["rota", "weekday", "share"]
NOISE = 1 << 10
# How much a wish weighs against the lot, tried in this order until the draw gives up few enough wishes.
WEIGHTS = (0, 16, 64, 256, 1024, 1 << 14)


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """What is drawn, frozen before the seed is known.

    `rota`: who is flexible when. `weekday`: each of `groups` gets one of its open weekdays, on which alone its
    people may be flexible (`weekday` gives 0..6 per day; `choices` the open weekdays per group). `share`: each of
    `places` (positions in the problem) gets, day by day, a quota between nobody and all it lets go. `lost` is the
    share of wishes, in hundredths of a percent, that a draw may give up against the best plan of the same
    restriction. `fair` keeps the worst-off first in every draw. `first` is where in WEIGHTS a draw begins.
    """

    over: Over
    lost: int
    groups: tuple[Whole, ...] = ()
    weekday: Whole | None = None
    choices: tuple[tuple[int, ...], ...] = ()
    places: tuple[int, ...] = ()
    fair: bool = False
    first: int = 0


class LotRefused(Exception):
    """The lot cannot be drawn; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Redraws:
    """`n` repetitions: per draw, group and day how many were flexible; per cell in how many draws it was flexible."""

    n: int
    exposure: NDArray[np.uint16]
    times: NDArray[np.uint16]

    def certain(self) -> Flags:
        """Cells that were the same in every draw: the lot decided nothing about them."""
        found: Flags = (self.times == 0) | (self.times == self.n)
        return found

    def probability(self) -> NDArray[np.float64]:
        """Share of the draws in which each cell was flexible."""
        return self.times / max(self.n, 1)


def seed_of(head: bytes, lot: str, numbers: Sequence[int] = ()) -> tuple[int, ...]:
    """Seed words from what nobody chooses: the head of the audit trail at freezing, or numbers drawn in public.

    Args:
        head: the head of the audit trail.
        lot: the lot's own name, so that two lots frozen at once differ.
        numbers: numbers drawn in public, when the lot has them.

    Returns:
        Eight 32-bit words for a random generator.
    """
    drawn = ",".join(str(number) for number in numbers)
    digest = sha256(b"\0".join([head, lot.encode(), drawn.encode()])).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4))


def draw(problem: RosterProblem, lot: Lot, chance: np.random.Generator) -> Flags:
    """One plan by lot.

    Raises:
        UnusableProblem: the arrays do not fit together.
        LotRefused: `crossing_rules` when the rules are no network, `lot` when the lot does not fit them.
        NoRoster: no plan keeps the rules.
    """
    return Drawing(problem, lot)(chance)


def redraw(
    problem: RosterProblem, lot: Lot, chance: np.random.Generator, n: int, groups: Sequence[Whole]
) -> Redraws:  # fmt: skip
    """Repeat the lot `n` times: what the procedure could have drawn, for inference and for each person to see.

    Args:
        problem: the rules the lot is drawn under.
        lot: the frozen procedure.
        chance: the generator, seeded as the procedure says.
        n: number of repetitions, at most 65,535.
        groups: rows whose flexible days are counted together, per service, unit or team.
    """
    if not 1 <= n <= np.iinfo(np.uint16).max:
        raise LotRefused("repetitions")
    drawing = Drawing(problem, lot)
    exposure = np.zeros((n, len(groups), len(problem.days)), dtype=np.uint16)
    times = np.zeros(problem.size, dtype=np.uint16)
    for at in range(n):
        plan = drawing(chance)
        times += plan
        for group, members in enumerate(groups):
            exposure[at, group] = plan[members].sum(0)
    return Redraws(n, exposure, times)


class Drawing:
    """A lot made ready: what does not change from draw to draw is done once."""

    def __init__(self, problem: RosterProblem, lot: Lot) -> None:
        check(problem)
        self.problem, self.lot = problem, lot
        self.structure = classify(problem)
        _fits(problem, lot, self.structure)
        self.reached = lot.first
        self.best: int | None = None
        if lot.over == "rota":
            self.best = self._points(self._plan(problem, problem.points))

    def __call__(self, chance: np.random.Generator) -> Flags:
        """The next draw.

        Order of the random numbers, part of the procedure: the restriction by group, then one number per cell in the
        order of the hashed ids.
        """
        problem = self._restricted(chance)
        noise = np.empty(problem.size, dtype=np.int64)
        noise[self.structure.order] = chance.integers(1, NOISE + 1, problem.size)
        best = self.best
        if best is None:
            best = self._points(self._plan(problem, problem.points))
        least = -(-best * (10_000 - self.lot.lost) // 10_000)
        self.reached = self.lot.first
        plan = self._weighed(problem, noise)
        while self._points(plan) < least and self.reached < len(WEIGHTS):
            self.reached += 1
            plan = self._weighed(problem, noise)
        if verify(problem, plan) or self._points(plan) < least:
            raise LotRefused("not_kept")
        return plan

    def _plan(self, problem: RosterProblem, values: Whole) -> Flags:
        network = build(problem, self.structure, values, fair=self.lot.fair)
        if network.overfull:
            raise NoRoster("infeasible")
        return cells_of(problem, network, solve_network(network).flow)

    def _weighed(self, problem: RosterProblem, noise: Whole) -> Flags:
        # After the last weight wishes stand above all noise: the best plan, the lot deciding only between equals.
        above = NOISE * int(problem.allowed.sum()) + 1
        weight = WEIGHTS[self.reached] if self.reached < len(WEIGHTS) else above
        return self._plan(problem, noise + weight * problem.points)

    def _points(self, plan: Flags) -> int:
        return int(self.problem.points[plan].sum())

    def _restricted(self, chance: np.random.Generator) -> RosterProblem:
        problem, lot = self.problem, self.lot
        if lot.over == "weekday" and lot.weekday is not None:
            allowed = problem.allowed.copy()
            for members, choices in zip(lot.groups, lot.choices, strict=True):
                chosen = choices[int(chance.integers(len(choices)))]
                allowed[members] &= lot.weekday == chosen
            return replace(problem, allowed=allowed)
        if lot.over == "share":
            places = list(problem.places)
            for at in lot.places:
                places[at] = _quota(problem, places[at], chance)
            return replace(problem, places=tuple(places))
        return problem


def calibrate(problem: RosterProblem, lot: Lot, chance: np.random.Generator, pilots: int = 5) -> Lot:
    """The lot with the smallest first weight that all of some pilot draws kept, so that draws seldom start over.

    Part of freezing: the pilots use a seed of their own, fixed before the seed of the lot is known.
    """
    needed = 0
    for _ in range(pilots):
        drawing = Drawing(problem, lot)
        drawing(chance)
        needed = max(needed, drawing.reached)
    return replace(lot, first=min(needed, len(WEIGHTS)))


def deal(unit_id: NDArray[np.uint64], stratum: Whole, dates: int, chance: np.random.Generator) -> Whole:
    """Start dates by lot: within each stratum the units are shuffled and dealt over the dates as evenly as can be.

    Args:
        unit_id: stable ids; the order in which units are listed changes nothing.
        stratum: stratum of each unit.
        dates: number of start dates.

    Returns:
        The number of the date (0 is the first) of each unit. Each unit gets each date with the same probability.
    """
    found = np.empty(len(unit_id), dtype=np.int64)
    order = np.argsort(unit_id, kind="stable")
    for one in np.unique(stratum):
        mine = chance.permutation(order[stratum[order] == one])
        # Which dates get one unit more, where the units do not divide evenly, is drawn as well.
        found[mine] = chance.permutation(dates)[np.arange(len(mine)) % dates]
    return found


def _quota(problem: RosterProblem, place: Place, chance: np.random.Generator) -> Place:
    free = np.maximum(problem.present[place.members].sum(0) - place.floor, 0)
    if place.quota is not None:
        free = np.minimum(free, place.quota)
    return replace(place, quota=chance.integers(0, free + 1))


def _fits(problem: RosterProblem, lot: Lot, structure: Structure) -> None:
    if not structure.network:
        raise LotRefused("crossing_rules")
    if not 0 <= lot.lost <= 10_000:
        raise LotRefused("lost")
    if lot.over == "weekday":
        weekday = lot.weekday
        if weekday is None or weekday.shape != problem.days.shape or len(lot.choices) != len(lot.groups):
            raise LotRefused("lot")
        if not all(lot.choices):
            raise LotRefused("choices")
    if lot.over == "share" and not all(0 <= at < len(problem.places) for at in lot.places):
        raise LotRefused("lot")
