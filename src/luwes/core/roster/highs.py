"""The second opinion: the rules as a linear programme, solved by another engine."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import RosterProblem, Whole, fixed_cells
from luwes.core.roster.roster import Aim, Roster, fingerprint, points_of
from luwes.core.roster.rows import NO_LOWER, Rows, rows

_CLOSE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """The optimum of a linear programme: columns, value, and the prices of the rows."""

    columns: NDArray[np.float64]
    value: float
    prices: NDArray[np.float64]


def lp_roster(problem: RosterProblem, *, aim: Aim = "wishes") -> Roster:
    """The roster by linear programming, for rules that nest; the fallback where the flow engine is missing.

    Raises:
        NoRoster: `infeasible`, or `fractional` when the rules do not nest and the answer is not whole.
    """
    model = rows(problem, problem.points, fair=aim == "fair")
    found = maximise(model)
    if found is None:
        raise NoRoster("infeasible")
    cells = found.columns[: model.cells]
    if (np.abs(cells - np.round(cells)) > _CLOSE).any():
        raise NoRoster("fractional")
    flexible = fixed_cells(problem)
    taken = cells > 1 - _CLOSE
    flexible[model.row[taken], model.day[taken]] = True
    value = round(found.value)
    return Roster(
        flexible, (), points_of(problem, flexible), value, value, "optimal", "lp", fingerprint(problem, flexible)
    )


def maximise(model: Rows) -> Linear | None:
    """The optimum of the rules with columns between 0 and 1, or None when no point keeps them."""
    if model.impossible:
        return None
    lower = np.where(model.lower == NO_LOWER, -highspy.kHighsInf, model.lower.astype(np.float64))
    return linear(model.matrix, lower, model.upper.astype(np.float64), model.gain)


def linear(
    matrix: sparse.csr_matrix, lower: NDArray[np.float64], upper: NDArray[np.float64], gain: Whole,
    most: NDArray[np.float64] | None = None,
) -> Linear | None:  # fmt: skip
    """Maximise gain x columns for lower <= matrix x columns <= upper and 0 <= columns <= most (1)."""
    programme = highspy.HighsLp()
    programme.num_row_, programme.num_col_ = matrix.shape
    programme.sense_ = highspy.ObjSense.kMaximize
    programme.col_cost_ = gain.astype(np.float64)
    programme.col_lower_ = np.zeros(matrix.shape[1])
    programme.col_upper_ = np.ones(matrix.shape[1]) if most is None else most
    programme.row_lower_, programme.row_upper_ = lower, upper
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = matrix.indptr
    programme.a_matrix_.index_ = matrix.indices
    programme.a_matrix_.value_ = matrix.data.astype(np.float64)
    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", 1)
    engine.setOptionValue("solver", "simplex")
    engine.passModel(programme)
    engine.run()
    if engine.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        return None
    solution = engine.getSolution()
    return Linear(
        np.array(solution.col_value), engine.getInfo().objective_function_value, np.array(solution.row_dual)
    )  # fmt: skip
