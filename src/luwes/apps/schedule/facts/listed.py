"""For which units a roster of the month had been published before the day, as known at a moment."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from luwes.apps.schedule.facts.known import Span
from luwes.apps.schedule.models import RosterDraft
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

ListedUnit = tuple[int, DateRange]


def listed_units(span: Span, at: datetime) -> tuple[ListedUnit, ...]:
    """Units (by primary key) with the days their published roster covers. One query.

    A roster covers the days of its month after the one on which it came out: whether a list that came in the course
    of a day was there before its work began, nobody recorded. One that was replaced covers its days still, for it ends
    only by its replacement.
    """
    rows = RosterDraft.objects.filter(published_at__lte=at, month__gte=span.first.replace(day=1), month__lte=span.last)
    found = []
    for unit, month, published in rows.order_by("pk").values_list("unit_id", "month", "published_at"):
        first, end = max(month, timezone.localdate(published) + DAY), next_month(month)
        if first < end:
            found.append((unit, DateRange(first, end)))
    return tuple(found)
