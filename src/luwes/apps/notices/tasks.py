"""The outbox goes out every two minutes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.notices.actions import send_due
from luwes.apps.notices.mail import mailer


@app.periodic(cron="*/2 * * * *")
@app.task(name="notices.send", queueing_lock="notices.send")
def send(timestamp: int) -> None:
    """Send what waits; whoever is to be told within half an hour has at most a handful of rounds to wait."""
    with unit_of_work(system("notices.send"), timezone.now()):
        send_due(mailer=mailer())
