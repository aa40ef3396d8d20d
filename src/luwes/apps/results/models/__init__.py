"""Results of work: budget, service cases, queues, surveys, complaints, opening hours, outputs and bills."""

from luwes.apps.results.models.bills import Bill, Utility
from luwes.apps.results.models.budget import BudgetNote, BudgetRow
from luwes.apps.results.models.counters import (
    ClosedReport,
    CounterSeal,
    CounterTap,
    PlannedClosure,
    ReportPhoto,
    ReportTrace,
    ServiceNote,
)
from luwes.apps.results.models.figures import ServiceFigure, UnitFigure
from luwes.apps.results.models.intake import QrAnswer, RoundKind, SurveyComment, SurveyPoster, SurveyRound
from luwes.apps.results.models.services import ComplaintMonth, OpeningDay, QueueDay, ServiceCase, SurveyAnswer
from luwes.apps.results.models.spotchecks import SpotCheck, SpotDraw, SpotPhoto, SpotProcedure
from luwes.apps.results.models.work import OutputRow, OwnOutput

__all__ = [
    "Bill",
    "BudgetNote",
    "BudgetRow",
    "ClosedReport",
    "ComplaintMonth",
    "CounterSeal",
    "CounterTap",
    "OpeningDay",
    "OutputRow",
    "OwnOutput",
    "PlannedClosure",
    "QrAnswer",
    "QueueDay",
    "ReportPhoto",
    "ReportTrace",
    "RoundKind",
    "ServiceCase",
    "ServiceFigure",
    "ServiceNote",
    "SpotCheck",
    "SpotDraw",
    "SpotPhoto",
    "SpotProcedure",
    "SurveyAnswer",
    "SurveyComment",
    "SurveyPoster",
    "SurveyRound",
    "UnitFigure",
    "Utility",
]
