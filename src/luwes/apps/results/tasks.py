"""Work of results that no file starts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.services.following import follow
from luwes.apps.results.services.rolling import roll_forward


@app.periodic(cron="15 18 * * *")  # 01:15 in Jakarta; the scheduler counts in UTC
@app.task(name="results.roll", queueing_lock="results.roll")
def roll(timestamp: int) -> None:
    """Count what has fallen due. Dates decide, so a missed night is made up for by the next."""
    now = timezone.now()
    with unit_of_work(system("results.roll"), now):
        roll_forward(today=timezone.localdate(now))


@app.periodic(cron="*/10 * * * *")
@app.task(name="results.follow", queueing_lock="results.follow")
def follow_changes(timestamp: int) -> None:
    """Bring due times and opening hours up to date with standards and calendars within minutes of their change."""
    with unit_of_work(system("results.follow"), timezone.now()):
        follow()
