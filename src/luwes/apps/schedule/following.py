"""Keeping exposure true when people, units, services or calendars change after the days were imported."""

from datetime import date

from luwes.apps.audit import locking
from luwes.apps.schedule.exposure import recompute
from luwes.apps.schedule.feed import unread, worked_off
from luwes.apps.schedule.models import ExposureMonth
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import Period

READER = "exposure"
# What the feed tells that moves no half day.
INDIFFERENT = frozenset({"floor", "program", "blackout", "ramadan", "unit_head", "days"})


def follow(*, today: date) -> int:
    """Write anew the months the feed touches, and this month; returns how many entries were worked off.

    Only months that exposure is kept for are touched: a change never starts a history by itself. Doing it again
    changes nothing.
    """
    locking.lock_rows({}, names=["schedule.follow"])
    changes = unread(READER)
    kept = set(ExposureMonth.objects.values_list("month", flat=True).distinct())
    periods = {change.period for change in changes if change.kind not in INDIFFERENT}
    touched = {month for month in kept if any(period.overlaps(_month(month)) for period in periods)}
    recompute(days={*touched, today.replace(day=1)})
    worked_off(READER, changes)
    return len(changes)


def _month(first: date) -> Period:
    return Period(first, next_month(first))
