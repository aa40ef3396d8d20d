"""Background work of the import flow."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.sources import actions


@app.periodic(cron="5 * * * *")
@app.task(name="sources.lapse", queueing_lock="sources.lapse")
def lapse(timestamp: int) -> None:
    """Let stages older than a day go. Age decides, so a missed hour is made up for by the next."""
    with unit_of_work(system("sources.lapse"), timezone.now()):
        actions.lapse()
