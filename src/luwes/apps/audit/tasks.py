"""Nightly work of the audit app: keep what the tables declare, and no longer."""

from django.utils import timezone
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

from luwes.apps.audit import retention
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work


@app.periodic(cron="15 18 * * *")  # 01:15 in Jakarta; the scheduler counts in UTC
@app.task(name="retention.purge", queueing_lock="retention.purge")
def purge(timestamp: int) -> None:
    """Delete rows past their retention. A missed night is made up for by the next: age decides, not the date."""
    now = timezone.now()
    with unit_of_work(system("retention.purge"), now):
        retention.purge(now=now)


@app.periodic(cron="45 18 * * *")
@app.task(name="retention.jobs", queueing_lock="retention.jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Finished jobs go after 30 days; their effects are in the tables they wrote."""
    await builtin_tasks.remove_old_jobs(
        context,
        max_hours=retention.JOB_DAYS * 24,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )
