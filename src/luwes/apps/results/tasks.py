"""Work of results that no file starts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results import policy_figures
from luwes.apps.results.counters.reckoning import end_days
from luwes.apps.results.counters.unopened import tell_unopened
from luwes.apps.results.intake import slow, summing
from luwes.apps.results.services.following import follow
from luwes.apps.results.services.rolling import roll_forward
from luwes.apps.results.spotchecks.actions import draw_day
from luwes.apps.results.spotchecks.queries import drawn


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


@app.periodic(cron="*/5 * * * *")
@app.task(name="survey.sum", queueing_lock="survey.sum")
def sum_answers(timestamp: int) -> None:
    """Flag and sum the answers of citizens that came in since the last time."""
    now = timezone.now()
    with unit_of_work(system("survey.sum"), now):
        summing.sum_new(now=now)


@app.periodic(cron="5 19 * * *")  # 02:05 in Jakarta, before the schedule follows what changed
@app.task(name="results.policy", queueing_lock="results.policy")
def tell_policy(timestamp: int) -> None:
    """Tell policy how units stand, for rules that ask: budget pace, and whether their figures keep arriving."""
    now = timezone.now()
    for metric in policy_figures.METRICS:
        with unit_of_work(system("results.policy"), now):
            policy_figures.tell(metric=metric, today=timezone.localdate(now), now=now)


@app.periodic(cron="20 18 * * *")  # 01:20 in Jakarta
@app.task(name="survey.slow", queueing_lock="survey.slow")
def flag_slow_stuffing(timestamp: int) -> None:
    """Flag answers that look given by one person for many, three weeks back, and by files of cases, five."""
    now = timezone.now()
    with unit_of_work(system("survey.slow"), now):
        slow.flag_slow(now=now)


@app.periodic(cron="25 18 * * *")
@app.task(name="survey.forget", queueing_lock="survey.forget")
def forget(timestamp: int) -> None:
    """Blank the digests of networks that are no longer needed. Age decides, so a missed night is made up for."""
    now = timezone.now()
    with unit_of_work(system("survey.forget"), now):
        summing.forget_networks(now=now)


@app.periodic(cron="10 18 * * *")  # 01:10 in Jakarta
@app.task(name="results.counters", queueing_lock="results.counters")
def end_counter_days(timestamp: int) -> None:
    """Write the days of counters that nobody closed, however many nights were missed."""
    now = timezone.now()
    with unit_of_work(system("results.counters"), now):
        end_days(before=timezone.localdate(now))


@app.periodic(cron="*/5 * * * *")
@app.task(name="results.unopened", queueing_lock="results.unopened")
def tell_of_unopened_counters(timestamp: int) -> None:
    """Tell heads and BKD of counters that are not opened in time; each once a day."""
    with unit_of_work(system("results.unopened"), timezone.now()):
        tell_unopened()


@app.periodic(cron="30 22 * * *")  # 05:30 in Jakarta, before any counter opens
@app.task(name="results.spot_draw", queueing_lock="results.spot_draw")
def draw_spot_checks(timestamp: int) -> None:
    """Draw the spot checks of the day that begins; a day that was drawn is left as it is."""
    now = timezone.now()
    with unit_of_work(system("results.spot_draw"), now):
        today = timezone.localdate(now)
        if not drawn(today):
            draw_day(day=today)
