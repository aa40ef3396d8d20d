"""Answers kept in the process until a fact behind them changes: reading a month anew takes a tenth of a second."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Count, Max, QuerySet, Sum

from luwes.apps.attendance.models import MonthRun, ServicePresenceDay
from luwes.apps.evaluation import queries as evaluation
from luwes.apps.people.models import PeopleChange
from luwes.apps.reporting import wording
from luwes.apps.results.models import ServiceFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.core.workdays.months import next_month

T = TypeVar("T")
# A few months of every agency.
KEPT = 128
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(key: Hashable, month: date, read: Callable[[], T]) -> T:
    """What `read` gives for the key, read again only when something changed that answers about the month rest on.

    `key` must name the question with all it depends on beside stored facts, such as the day of the reader.
    """
    at = (connection.settings_dict["NAME"], key, wording.language(), state(month))
    with _lock:
        if at in _kept:
            _kept.move_to_end(at)
            found: T = _kept[at]
            return found
    found = read()
    with _lock:
        _kept[at] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def state(month: date) -> tuple[Hashable, ...]:
    """Differs whenever a fact about the month was written: figures are replaced, so their ids add up to another sum.

    Imports, changes of services, units and calendars, and reckonings of presence each leave a row of their own.
    """
    days = {"day__gte": month, "day__lt": next_month(month)}
    batches = ImportBatch.objects.filter(state=BatchState.CONFIRMED)
    return (
        *_sum(ServiceFigure.objects.filter(**days)),
        *_sum(ServicePresenceDay.objects.filter(**days)),
        *_sum(ExposureDay.objects.filter(service__isnull=False, **days)),
        *_values(PeopleChange.objects.aggregate(n=Count("pk"), last=Max("pk"))),
        *_values(batches.aggregate(n=Count("pk"), last=Max("pk"))),
        *evaluation.state(),
        *_values(MonthRun.objects.aggregate(n=Count("pk"), last=Max("touched_at"))),
    )


def _sum(rows: QuerySet[Any]) -> tuple[Hashable, ...]:
    return _values(rows.aggregate(n=Count("pk"), sum=Sum("pk")))


def _values(found: dict[str, Any]) -> tuple[Hashable, ...]:
    return tuple(found.values())
