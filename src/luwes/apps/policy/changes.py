"""The change feed of policy: written beside each change, read by upper apps from where they left off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.unit_of_work import current
from luwes.apps.policy.models import PolicyChange
from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class Change:
    """One entry; `kind` is "instrument", "suspension", "judgement", "need", "figure", "restriction" or
    "word".

    `scope` is a tag ("unit:…", "person:…"), "" where it concerns everybody.
    """

    number: int
    kind: str
    subject: str
    scope: str
    period: Period
    recorded_at: datetime


def announce(*, kind: str, subject: str, period: Period, scope: str = "") -> None:
    """Append to the feed, inside the unit of work of the change itself."""
    PolicyChange.objects.create(
        kind=kind,
        subject=subject,
        scope=scope,
        period=DateRange(period.start, period.end, "[)"),
        recorded_at=current().now,
    )


def changes_after(number: int, limit: int = 500) -> Sequence[Change]:
    """Entries after `number`, oldest first, at most `limit`."""
    rows = PolicyChange.objects.filter(pk__gt=number).order_by("pk")[:limit]
    return [
        Change(row.pk, row.kind, row.subject, row.scope, Period(row.period.lower, row.period.upper), row.recorded_at)
        for row in rows
    ]


def wait_for_writers() -> None:
    """Let those who are writing finish, so that no entry with a lower number turns up after a higher one was read.

    For readers that keep a mark; they hold it until their unit of work ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{PolicyChange._meta.db_table}" IN SHARE MODE')
