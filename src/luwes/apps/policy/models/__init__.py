"""Tables of policy, split by subject."""

from luwes.apps.policy.models.decided import Effect, Judgement, NeedAnswer, NeedStatement, Restriction, UnitFigure
from luwes.apps.policy.models.instruments import (
    ClauseAdoption,
    Enactment,
    FindingAnswer,
    Instrument,
    Origin,
    PolicyChange,
    RulebookVersion,
    Suspension,
    SuspensionKind,
)

__all__ = [
    "ClauseAdoption",
    "Effect",
    "Enactment",
    "FindingAnswer",
    "Instrument",
    "Judgement",
    "NeedAnswer",
    "NeedStatement",
    "Origin",
    "PolicyChange",
    "Restriction",
    "RulebookVersion",
    "Suspension",
    "SuspensionKind",
    "UnitFigure",
]
