"""Figures that change though no file comes: cases fall due, and standards and calendars are corrected."""

from datetime import date

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from luwes.apps.audit import locking
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import OpeningDay, ServiceCase, ServiceFigure
from luwes.apps.results.services import figures, moments
from luwes.core.workdays.periods import DAY

# Those an import of such a file holds: both write the same figures.
LOCKS = ("import:openings", "import:tickets")
# How far back a corrected standard or holiday still moves opening hours by itself; older days follow their next file.
LOOK_BACK = 62 * DAY


def roll_forward(*, today: date) -> int:
    """Count the cases that have fallen due since they were last counted, and reckon recent opening hours anew.

    Returns how many days of services were counted. However many nights were missed, the next one makes up for them;
    a second run finds nothing to count.
    """
    locking.lock_rows({}, names=LOCKS)
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
    recent = OpeningDay.objects.filter(superseded_at=None, day__gte=today - LOOK_BACK)
    figures.sum_openings(set(recent.values_list("service_id", "day").distinct()))
    return len(pairs)
