"""The change feed: written beside each change, read by upper apps from where they left off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import PeopleChange
from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the feed; `unit` is "" where it concerns everybody."""

    number: int
    kind: str
    subject: str
    unit: str
    period: Period
    recorded_at: datetime


def announce(*, kind: str, subject: str, period: Period, unit: str = "") -> None:
    """Append to the feed, inside the unit of work of the change itself."""
    PeopleChange.objects.create(
        kind=kind,
        subject=subject,
        unit_key=unit,
        period=DateRange(period.start, period.end, "[)"),
        recorded_at=current().now,
    )


def changes_after(number: int, limit: int = 500) -> Sequence[Change]:
    """Entries after `number`, oldest first, at most `limit`."""
    rows = PeopleChange.objects.filter(pk__gt=number).order_by("pk")[:limit]
    return [
        Change(row.pk, row.kind, row.subject, row.unit_key, Period(row.period.lower, row.period.upper), row.recorded_at)
        for row in rows
    ]
