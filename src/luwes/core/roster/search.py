"""Rules that do not nest: a search over the tightened inequalities, started from a plan and bounded from above."""

from dataclasses import dataclass
from math import floor

import numpy as np
from ortools.sat.python import cp_model

from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import Whole
from luwes.core.roster.rows import NO_LOWER, Rows


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Columns (0 or 1), their value, and the proved upper bound."""

    columns: Whole
    value: int
    bound: int


def search(model: Rows, hint: Whole | None, *, work: float) -> Found:
    """Maximise a model within a deterministic budget.

    Args:
        model: the rules as rows.
        hint: columns of a known plan, or None.
        work: budget in the engine's deterministic units.

    Raises:
        NoRoster: `infeasible` when proved, `unknown` when the budget ends first.
    """
    programme = cp_model.CpModel()
    columns = [programme.new_bool_var("") for _ in range(model.matrix.shape[1])]
    _add_rows(programme, columns, model)
    programme.maximize(cp_model.LinearExpr.weighted_sum(columns, model.gain.tolist()))
    if hint is not None:
        for column, value in zip(columns, hint.tolist(), strict=True):
            programme.add_hint(column, value)
    solver = cp_model.CpSolver()
    # One worker with the full linear relaxation: the default portfolio proves nothing here within half a minute, and
    # several workers, or limits by the clock, would answer differently from run to run.
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = work
    status = solver.solve(programme)
    if status == cp_model.INFEASIBLE:
        raise NoRoster("infeasible")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoRoster("unknown")
    taken = np.array([solver.value(column) for column in columns], dtype=np.int64)
    value = int((model.gain * taken).sum())
    bound = value if status == cp_model.OPTIMAL else floor(solver.best_objective_bound + 1e-6)
    return Found(taken, value, max(bound, value))


def _add_rows(programme: cp_model.CpModel, columns: list[cp_model.IntVar], model: Rows) -> None:
    starts, inside = model.matrix.indptr.tolist(), model.matrix.indices.tolist()
    factors = model.matrix.data.tolist()
    for at, (lower, upper) in enumerate(zip(model.lower.tolist(), model.upper.tolist(), strict=True)):
        part = slice(starts[at], starts[at + 1])
        mine, own = [columns[column] for column in inside[part]], factors[part]
        plain = all(factor == 1 for factor in own)
        if plain and upper == 1 and lower <= 0:
            programme.add_at_most_one(mine)
        elif plain and upper == lower == 1:
            programme.add_exactly_one(mine)
        elif lower == NO_LOWER or (plain and lower == 0):
            programme.add(cp_model.LinearExpr.weighted_sum(mine, own) <= upper)
        else:
            programme.add_linear_constraint(cp_model.LinearExpr.weighted_sum(mine, own), lower, upper)
