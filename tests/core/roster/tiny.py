"""Instances small enough to try every plan, and the trying."""

from itertools import product

import numpy as np

from luwes.core.roster.problem import PersonCap, Place, RosterProblem
from luwes.core.roster.verify import verify


def tiny(seed: int, *, people: int = 3, length: int = 3, promised: bool = False) -> RosterProblem:
    chance = np.random.default_rng(seed)
    shape = (people, length)
    week = np.arange(length) < 2
    members = np.sort(chance.choice(people, size=chance.integers(1, people + 1), replace=False))
    quota = chance.integers(0, people + 1, length) if chance.random() < 0.5 else None
    return RosterProblem(
        employee_id=chance.permutation(100)[:people].astype(np.uint64),
        days=np.datetime64("2026-12-01") + np.arange(length),
        allowed=chance.random(shape) < 0.8,
        present=chance.random(shape) < 0.9,
        points=chance.integers(0, 10, shape),
        carry=chance.integers(-3, 4, people),
        entitlement=chance.integers(1, 5, people),
        caps=(
            PersonCap("month", np.ones(length, dtype=np.bool_), chance.integers(0, length + 1, people)),
            PersonCap("week", week, chance.integers(0, 3, people)),
        ),
        places=(
            Place("unit", np.arange(people), chance.integers(0, people, length)),
            Place("counter", members, chance.integers(0, len(members) + 1, length), quota),
        ),
        promises=chance.integers(0, 2, people) if promised else None,
    )


def plans(problem: RosterProblem) -> list[np.ndarray]:
    """Every plan that keeps every rule."""
    cells = np.argwhere(problem.allowed & problem.present & (problem.points >= 0))
    found = []
    for choice in product([False, True], repeat=len(cells)):
        plan = np.zeros(problem.size, dtype=np.bool_)
        if problem.pins is not None:
            plan |= problem.pins == 1
        for (row, day), taken in zip(cells, choice, strict=True):
            plan[row, day] |= taken
        if not verify(problem, plan):
            found.append(plan)
    return found


def level_vector(problem: RosterProblem, plan: np.ndarray) -> tuple[float, ...]:
    levels = (problem.carry + plan.sum(1)) / problem.entitlement
    return tuple(sorted(levels[(problem.allowed & problem.present).any(1)]))
