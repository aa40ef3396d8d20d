"""Reckoning a month in the background: a few days per unit of work, so that it shows how far it is and can go on."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from luwes.apps.attendance.reckoning import Reckoner
from luwes.apps.attendance.runs import Progress, days_of, finish, go_on
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work

AT_ONCE = 5


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
