import os
import pickle

import numpy as np
import pytest

from bench._rosters import unit
from luwes.apps.schedule.rosters.worker import SolverStopped, workers
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.lot import LotRefused
from luwes.core.roster.problem import RosterProblem, UnusableProblem
from luwes.core.roster.solve import solve, solve_many


def crash(problem: RosterProblem) -> None:
    """What a native solver does at its worst."""
    os._exit(139)


def test_answers_come_in_order_and_are_those_of_one_process() -> None:
    problems = [unit(people, 1) for people in (6, 9, 4, 12, 8, 5, 7)]
    alone = [solve(problem).fingerprint for problem in problems]
    with workers() as pool:
        assert [found.fingerprint for found in solve_many(problems, spread=pool.spread)] == alone
        assert pool.one(solve, problems[0]).fingerprint == alone[0]
        impossible = unit(4, 1)
        with pytest.raises(UnusableProblem) as refused:
            pool.one(solve, RosterProblem(**{  # type: ignore[arg-type]
                name: getattr(impossible, name) for name in impossible.__slots__ if name != "employee_id"
            }, employee_id=np.zeros(4, dtype=np.uint64)))  # fmt: skip
        assert (refused.value.code, refused.value.rows) == ("duplicate_people", (0, 1, 2, 3))
        with pytest.raises(SolverStopped):
            pool.one(crash, problems[0])


def test_refusals_travel_between_processes() -> None:
    for refused in (UnusableProblem("floor", "loket", (1,)), NoRoster("infeasible"), LotRefused("lost")):
        again = pickle.loads(pickle.dumps(refused))
        assert (type(again), again.code) == (type(refused), refused.code)
        assert getattr(again, "rows", None) == getattr(refused, "rows", None)
