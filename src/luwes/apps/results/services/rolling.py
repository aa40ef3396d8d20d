"""Figures that change though no file comes: cases fall due."""

from datetime import date

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from luwes.apps.audit import locking
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import ServiceCase, ServiceFigure
from luwes.apps.results.services import figures, moments


def roll_forward(*, today: date) -> int:
    """Count the cases that have fallen due since they were last counted; returns on how many days of services.

    However many nights were missed, the next one makes up for them; a second run finds nothing to count.
    """
    # An import of cases writes the same figures.
    locking.lock_rows({}, names=["import:tickets"])
    zone = timezone.get_default_timezone()
    counted = ServiceFigure.objects.filter(
        measure=Measure.WITHIN_TIME.value,
        service=OuterRef("service"),
        day=OuterRef("due_day"),
        # Counted on the due day itself the case was left out.
        computed_at__date__gt=F("day"),
    )
    due = ServiceCase.objects.filter(superseded_at=None, due_at__lt=moments.at(today, 0))
    late = due.annotate(due_day=TruncDate("due_at", tzinfo=zone)).filter(~Exists(counted))
    pairs = set(late.values_list("service_id", "due_day").distinct())
    figures.sum_cases(pairs)
    return len(pairs)
