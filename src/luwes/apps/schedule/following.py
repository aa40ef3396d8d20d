"""Keeping exposure true when people, units, services or calendars change after the days were imported."""

from datetime import date

from django.db import connection

from luwes.apps.audit import locking
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import Change, changes_after
from luwes.apps.people.models import PeopleChange
from luwes.apps.schedule.exposure import recompute
from luwes.apps.schedule.models import ExposureMonth, FollowedChange
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import Period

READER = "exposure"
# What the feed tells that moves no half day.
INDIFFERENT = frozenset({"floor", "program", "blackout", "ramadan"})


def follow(*, today: date) -> int:
    """Write anew the months the feed touches, and this month; returns how many entries were worked off.

    Only months that exposure is kept for are touched: a change never starts a history by itself. Doing it again
    changes nothing.
    """
    locking.lock_rows({}, names=["schedule.follow"])
    with connection.cursor() as cursor:
        # An entry may be numbered before and committed after another; waiting for the writers leaves no gap behind.
        cursor.execute(f'LOCK TABLE "{PeopleChange._meta.db_table}" IN SHARE MODE')
    mark = FollowedChange.objects.filter(reader=READER).first()
    number, changes = (mark.number if mark else 0), list[Change]()
    while found := changes_after(number):
        changes.extend(found)
        number = found[-1].number
    kept = set(ExposureMonth.objects.values_list("month", flat=True).distinct())
    periods = {change.period for change in changes if change.kind not in INDIFFERENT}
    touched = {month for month in kept if any(period.overlaps(_month(month)) for period in periods)}
    recompute(days={*touched, today.replace(day=1)})
    FollowedChange.objects.update_or_create(reader=READER, defaults={"number": number, "followed_at": current().now})
    return len(changes)


def _month(first: date) -> Period:
    return Period(first, next_month(first))
