"""Which months must be reckoned again because something below them changed: a calendar, Ramadan, hours, leave, people.

This month and the last are reckoned every night anyway. An older month that nobody closed is reckoned again only when
the change feed touches one of its days, so that years of open months cost nothing while nothing moves.
"""

from collections.abc import Mapping
from datetime import date

from luwes.apps.attendance.models import MonthRun
from luwes.apps.audit import locking
from luwes.apps.schedule.feed import unread, worked_off
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import Period

READER = "attendance"
# What of the feed changes who was due on a day, when, or where.
MOVES = frozenset(
    {
        *("calendar", "ramadan", "working_time", "unit", "days"),
        *("posting.started", "posting.moved", "posting.ended"),
    }
)


def touched() -> Mapping[date, frozenset[str]]:
    """The open months the feed touches since it was last read, each with the kinds of change; reads them off.

    A month counts as open while it was reckoned and not closed. Doing it again gives nothing. Inside a unit of work,
    whose one call for locks this makes.
    """
    locking.lock_rows({}, names=["attendance.follow"])
    changes = unread(READER)
    moving = [change for change in changes if change.kind in MOVES]
    found: dict[date, frozenset[str]] = {}
    for month in open_months() if moving else ():
        span = Period(month, next_month(month))
        kinds = frozenset(change.kind for change in moving if change.period.overlaps(span))
        if kinds:
            found[month] = kinds
    worked_off(READER, changes)
    return found


def open_months() -> list[date]:
    """Months that were reckoned and are not closed, oldest first."""
    closed = MonthRun.objects.filter(final=True, reopened_at=None, finished_at__isnull=False)
    rows = MonthRun.objects.exclude(month__in=closed.values("month"))
    return sorted(set(rows.values_list("month", flat=True)))
