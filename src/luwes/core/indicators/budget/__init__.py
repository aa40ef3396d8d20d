"""Budget pace: is spending where it was meant to be on this date?

`pace` judges one unit, `total` a government, `rebased` compares dates across a change of
ceiling, `needs_decision` lists what a leader must act on. Percentages are judged at two
decimals, as they are published: what a reader can recompute is what was decided.
"""

from luwes.core.indicators.budget.figures import (
    TEPRA_MILESTONES,
    BudgetDataError,
    BudgetFigure,
    DueMilestone,
    Milestone,
    due_milestone,
    next_milestone,
    share_pct,
)
from luwes.core.indicators.budget.history import CeilingChange, Rebased, RebasedPoint, rebased
from luwes.core.indicators.budget.pace import (
    DEFAULT_MARGIN,
    PHYSICAL_GAP_LIMIT,
    REPORTED_TOLERANCE,
    BudgetPace,
    Flag,
    PctBasis,
    Target,
    TargetBasis,
    Verdict,
    needs_decision,
    pace,
)
from luwes.core.indicators.budget.total import COVERAGE_TOLERANCE, BudgetTotal, HeadlineBasis, total

__all__ = [
    "COVERAGE_TOLERANCE",
    "DEFAULT_MARGIN",
    "PHYSICAL_GAP_LIMIT",
    "REPORTED_TOLERANCE",
    "TEPRA_MILESTONES",
    "BudgetDataError",
    "BudgetFigure",
    "BudgetPace",
    "BudgetTotal",
    "CeilingChange",
    "DueMilestone",
    "Flag",
    "HeadlineBasis",
    "Milestone",
    "PctBasis",
    "Rebased",
    "RebasedPoint",
    "Target",
    "TargetBasis",
    "Verdict",
    "due_milestone",
    "needs_decision",
    "next_milestone",
    "pace",
    "rebased",
    "share_pct",
    "total",
]
