"""Background work of the schedule: what changes is followed every night, rosters are reckoned when asked for."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.schedule.following import follow
from luwes.apps.schedule.rosters import drafts, following, lots, wording
from luwes.apps.schedule.rosters.solving import Run, in_worker

PATIENCE = timedelta(minutes=10)  # a roster still waiting after this has lost its worker


@app.periodic(cron="25 19 * * *")  # 02:25 in Jakarta; the scheduler counts in UTC
@app.task(name="schedule.follow", queueing_lock="schedule.follow")
def follow_changes(timestamp: int) -> None:
    """Bring exposure up to date with transfers, reorganisations, late holidays and changed chains."""
    now = timezone.now()
    with unit_of_work(system("schedule.follow"), now):
        follow(today=timezone.localdate(now))


@app.task(name="schedule.roster", lock="schedule.roster")
def reckon_roster(draft_id: str) -> None:
    """Reckon a roster that was asked for; one at a time, because each solver takes a core."""
    reckon(draft_id, timezone.now())


def enqueue(draft_id: str) -> None:
    """Leave a roster that was asked for to the background worker, in the transaction that asked for it."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        reckon_roster.configure(queueing_lock=f"schedule.roster.{draft_id}").defer(draft_id=draft_id)


def reckon(draft_id: str, now: datetime, *, run: Run = in_worker) -> None:
    """Reckon a waiting roster and keep the answer; opens its own unit of work."""
    outcome = drafts.reckon(drafts.draft(draft_id), run=run)
    with unit_of_work(system("schedule.roster"), now):
        drafts.store(draft_id=draft_id, outcome=outcome)


@app.periodic(cron="*/10 * * * *")
@app.task(name="schedule.redraw", queueing_lock="schedule.redraw", lock="schedule.roster")
def redraw_lots(timestamp: int) -> None:
    """Repeat the lots of published rosters, block by block; what a restart cut short goes on here."""
    catch_up(timezone.now())


def catch_up(now: datetime, *, run: Run = in_worker) -> None:
    """Reckon rosters that were left waiting, and write the redraws that lots still lack."""
    for draft_id in drafts.left_waiting(now - PATIENCE):
        reckon(draft_id, now, run=run)
    for lot_id in lots.unfinished():
        repeat(lot_id, run=run)


def repeat(lot_id: str, *, run: Run = in_worker) -> None:
    """Every block of redraws a lot lacks, each in a unit of work of its own."""
    while (found := lots.redraw_block(lot_id, run=run)) is not None:
        with unit_of_work(system("schedule.redraw"), timezone.now()):
            lots.store_block(lot_id=lot_id, first=found[0], found=found[1])


@app.periodic(cron="5 20 * * *")  # 03:05 in Jakarta, after the changes of the day are followed
@app.task(name="schedule.rosters_check", queueing_lock="schedule.rosters_check", lock="schedule.roster")
def check_rosters(timestamp: int) -> None:
    """Mend what leave, transfers, late holidays or new floors broke; a person publishes the mended roster."""
    mend(now=timezone.now())


def mend(*, now: datetime, run: Run = in_worker) -> list[str]:
    """Reckon a re-plan of every published roster that cannot stay as it is; gives their ids.

    One that waits already, made from what stands now, is not made again. Opens its own units of work.
    """
    made, today, actor = [], timezone.localdate(now), system("schedule.rosters_check")
    for one in following.endangered(today):
        if one.refusal or following.waiting(one.draft) is not None:
            continue
        reason = wording.endangered(len(one.violations), one.stale)
        with unit_of_work(actor, now):
            asked = drafts.request_replan(draft_id=one.draft.public_id, from_day=today, reason=reason)
        outcome = drafts.reckon(drafts.draft(asked.public_id), run=run)
        with unit_of_work(actor, now):
            drafts.store(draft_id=asked.public_id, outcome=outcome)
        made.append(asked.public_id)
    return made
