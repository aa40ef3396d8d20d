"""A finished roster: who is flexible when, what it is worth, and how far that is from the best conceivable."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np

from luwes.core.roster.problem import Flags, RosterProblem
from luwes.core.roster.structure import hashed_order

Status = Literal["optimal", "feasible"]
Engine = Literal["flow", "lp", "search"]
Aim = Literal["wishes", "fair"]


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """`flexible` n x D; `seats` per mode n x D; `value` and `bound` in the units of the aim: optimal means equal."""

    flexible: Flags
    seats: tuple[Flags, ...]
    points: int
    value: int
    bound: int
    status: Status
    engine: Engine
    fingerprint: str


def points_of(problem: RosterProblem, flexible: Flags, seats: tuple[Flags, ...] = ()) -> int:
    """Wishes granted, in points, with what the seats of the modes add."""
    found = int(problem.points[flexible].sum())
    for mode, taken in zip(problem.modes, seats, strict=False):
        found += int(mode.extra[taken].sum())
    return found


def fingerprint(problem: RosterProblem, flexible: Flags) -> str:
    """Hash of a plan by stable ids, days and cells; the order of rows does not matter."""
    order = hashed_order(problem.employee_id, 0)
    digest = blake2b(digest_size=16)
    digest.update(np.ascontiguousarray(problem.employee_id[order]).tobytes())
    digest.update(problem.days.astype("datetime64[D]").astype(np.int64).tobytes())
    digest.update(np.packbits(flexible[order]).tobytes())
    return digest.hexdigest()
