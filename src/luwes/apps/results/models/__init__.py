"""Results of work: budget, service cases, queues, surveys, complaints, opening hours, outputs and bills."""

from luwes.apps.results.models.bills import Bill, Utility
from luwes.apps.results.models.budget import BudgetNote, BudgetRow
from luwes.apps.results.models.figures import ServiceFigure, UnitFigure
from luwes.apps.results.models.services import ComplaintMonth, OpeningDay, QueueDay, ServiceCase, SurveyAnswer
from luwes.apps.results.models.work import OutputRow

__all__ = [
    "Bill",
    "BudgetNote",
    "BudgetRow",
    "ComplaintMonth",
    "OpeningDay",
    "OutputRow",
    "QueueDay",
    "ServiceCase",
    "ServiceFigure",
    "SurveyAnswer",
    "UnitFigure",
    "Utility",
]
