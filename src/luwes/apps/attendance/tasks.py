"""Reckoning a month in the background: a few days per unit of work, so that it shows how far it is and can go on."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from luwes.apps.attendance import wording
from luwes.apps.attendance.following import touched
from luwes.apps.attendance.models import MonthRun
from luwes.apps.attendance.reckoning import Reckoner
from luwes.apps.attendance.runs import (
    CalendarMissing,
    MonthFinal,
    Progress,
    RunUnderWay,
    days_of,
    finish,
    go_on,
    start_run,
)
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import current, unit_of_work
from luwes.core.workdays.months import month_before

AT_ONCE = 5
# A run under way may have passed the days that a file brought; it is waited for.
PATIENCE = timedelta(minutes=10)


@app.task(name="attendance.reckon")
def reckon(run: int, month: str, through: str) -> None:
    """Work off a run that was started, after the last day it wrote."""
    after = date.fromisoformat(through) if through else None
    started = Progress(run, date.fromisoformat(month), after, done=False)
    work_off(started, clock=timezone.now)


def enqueue(started: Progress) -> None:
    """Leave a started run to the background worker, in the transaction that started it; a run waits there once."""
    job = reckon.configure(queueing_lock=f"attendance.reckon.{started.run}", lock="attendance.reckon")
    try:
        with transaction.atomic():
            job.defer(
                run=started.run,
                month=started.month.isoformat(),
                through=started.through.isoformat() if started.through else "",
            )
    except AlreadyEnqueued:
        # It was started before, and the worker has not come to it yet.
        return


def work_off(started: Progress, *, clock: Callable[[], datetime]) -> None:
    """Reckon the days that are left and end the run; each handful of days stands once written.

    Opens its own units of work, each at the instant `clock` tells.
    """
    actor = system("attendance.reckon")
    days = days_of(started.month, timezone.localdate(clock()), started.through)
    if days:
        reckoner = Reckoner.read(days[0], days[-1])
        for start in range(0, len(days), AT_ONCE):
            with unit_of_work(actor, clock()):
                go_on(run=started.run, reckoner=reckoner, days=days[start : start + AT_ONCE])
    with unit_of_work(actor, clock()):
        finish(run=started.run)


def ask_for(months: Iterable[date], *, reasons: Mapping[date, str] | None = None) -> None:
    """Have these months reckoned, provisionally, by the worker: facts have come that their figures do not know yet.

    `reasons` says of a month (its first day) why, for its run and the audit trail. Inside a unit of work; a month
    waits there once.
    """
    for month in sorted({month.replace(day=1) for month in months}):
        _begin_later(month, current().now, reason=(reasons or {}).get(month, ""))


def _begin_later(month: date, since: datetime, after: timedelta | None = None, reason: str = "") -> None:
    told = month.isoformat()
    # A job that waits already will read these facts too.
    with suppress(AlreadyEnqueued), transaction.atomic():
        job = begin.configure(
            queueing_lock=f"attendance.begin.{told}",
            lock="attendance.begin",
            schedule_in=None if after is None else {"seconds": int(after.total_seconds())},
        )
        job.defer(month=told, since=since.isoformat(), **({"reason": reason} if reason else {}))


@app.task(name="attendance.begin")
def begin(month: str, since: str, reason: str = "") -> None:
    """Reckon an open month anew, unless a run begun `since` the facts came already did."""
    first, told = date.fromisoformat(month), datetime.fromisoformat(since)
    if MonthRun.objects.filter(month=first, run_at__gt=told).exists():
        return
    try:
        with unit_of_work(system("attendance.begin"), timezone.now()):
            enqueue(start_run(month=first, reason=reason))
    except RunUnderWay:
        _begin_later(first, told, PATIENCE, reason)
    except (MonthFinal, CalendarMissing):
        # A closed month takes nothing without a reason, and the missing calendar stands on the health page.
        return


@app.periodic(cron="45 18 * * *")  # 01:45 in Jakarta; the scheduler counts in UTC
@app.task(name="attendance.nightly", queueing_lock="attendance.nightly")
def nightly(timestamp: int) -> None:
    """Reckon this month and the last once more, and each older open month whose days something has moved since."""
    now = timezone.now()
    today = timezone.localdate(now)
    with unit_of_work(system("attendance.nightly"), now):
        moved = touched()
        recent = MonthRun.objects.filter(month__gte=month_before(today)).values_list("month", flat=True)
        ask_for({*recent, *moved}, reasons={month: wording.followed(kinds) for month, kinds in moved.items()})
