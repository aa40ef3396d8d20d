"""Tables of policy, split by subject."""

from luwes.apps.policy.models.decided import DecisionFigure, Effect, Judgement, NeedAnswer, NeedStatement, Restriction
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
from luwes.apps.policy.models.words import WordMeaning

__all__ = [
    "ClauseAdoption",
    "DecisionFigure",
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
    "WordMeaning",
]
