"""What is given to a process of its own, and what comes back; no database there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from luwes.apps.schedule.rosters.worker import workers
from luwes.core.roster.lot import Drawing, Lot, Redraws, calibrate, redraw
from luwes.core.roster.problem import Flags, RosterProblem, Whole
from luwes.core.roster.replan import Replan, replan
from luwes.core.roster.roster import Aim, Roster, fingerprint
from luwes.core.roster.solve import solve
from luwes.core.roster.whynot import Reason, why_not

Given = TypeVar("Given")
Found = TypeVar("Found")
PILOT = 20_260_101  # the seed of the pilots, fixed for ever: it is known before any lot's own seed


class Run(Protocol):
    """How a function is run on one problem: in a process of its own, or at once."""

    def __call__(self, do: Callable[[Given], Found], given: Given) -> Found:
        """The answer; raises what `do` raises."""


def in_worker(do: Callable[[Given], Found], given: Given) -> Found:
    """Run in a process of its own, which ends with it. Raises SolverStopped beside what `do` raises."""
    with workers() as some:
        return some.one(do, given)


def at_once(do: Callable[[Given], Found], given: Given) -> Found:
    """Run here."""
    return do(given)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A problem and what to strive for; with `old` the plan in force is mended instead."""

    problem: RosterProblem
    aim: Aim
    old: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A plan: its cells, worth, how it was found, and promises it could not keep (days short per row)."""

    flexible: Flags
    points: int
    status: str
    engine: str
    fingerprint: str
    short: Whole


def make(wanted: Wanted) -> Made:
    """A new plan, or the mended one. Raises UnusableProblem and NoRoster as `core.roster` does."""
    problem = wanted.problem
    if wanted.old is not None:
        changed: Replan = replan(problem, wanted.old, 0)
        points = int(problem.points[changed.flexible].sum())
        return Made(changed.flexible, points, "optimal", "flow", changed.fingerprint, changed.short)
    found: Roster = solve(problem, aim=wanted.aim)
    none = np.zeros(len(problem.employee_id), dtype=np.int64)
    return Made(found.flexible, found.points, found.status, found.engine, found.fingerprint, none)


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """A frozen lot over a problem, with the words of its seed; `groups` are counted in redraws."""

    problem: RosterProblem
    lot: Lot
    seed: tuple[int, ...]
    block: int = 0
    count: int = 0
    groups: tuple[Whole, ...] = ()


def calibrated(chance: Chance) -> Lot:
    """The lot with the first weight its pilots needed. Raises LotRefused where it cannot be drawn at all."""
    return calibrate(chance.problem, chance.lot, np.random.default_rng(PILOT))


def draw(chance: Chance) -> tuple[Flags, str]:
    """The plan the lot gives, and its fingerprint."""
    plan = Drawing(chance.problem, chance.lot)(generator(chance.seed, 0))
    return plan, fingerprint(chance.problem, plan)


def draw_again(chance: Chance) -> Redraws:
    """One block of redraws; each block has a stream of its own, so that blocks need no order."""
    stream = generator(chance.seed, 1 + chance.block)
    return redraw(chance.problem, chance.lot, stream, chance.count, chance.groups)


def generator(seed: tuple[int, ...], stream: int) -> np.random.Generator:
    """Stream 0 draws the lot, the others its blocks of redraws."""
    # The algorithm is named, because a default may change and the draw must stay repeatable.
    words: NDArray[np.uint32] = np.array([*seed, stream], dtype=np.uint32)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words.tolist())))


def why(asked: tuple[RosterProblem, Flags, int, int]) -> Reason:
    """Why a person (row) is not flexible on a day (column) of a roster."""
    return why_not(*asked)
