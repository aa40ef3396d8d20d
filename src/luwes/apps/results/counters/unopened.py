"""A counter that is not opened in time: its head and BKD are told while something can still be done about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import current
from luwes.apps.notices.actions import tell
from luwes.apps.results.counters import places, wording
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import Place
from luwes.apps.results.models import CounterSeal, CounterTap, PlannedClosure
from luwes.apps.results.services import moments
from luwes.apps.results.services.catalogue import Days
from luwes.core.services.opentime import Spans

# Told this long after the promised minute; with the rounds of this task (5) and of the outbox (2) within half an hour.
GRACE = 15
KIND = "counter_unopened"
# A counter takes part while it taps or has a code to tap with; of all others nothing is known, and nobody is told.
LATELY = timedelta(days=60)


def tell_unopened() -> int:
    """Tell of every counter that promised to be open and has not said so today; gives how many were told.

    Once a day for each counter. Not on days off, not while a closure told beforehand holds, not once it has opened
    (if only for a while), and not after its hours: then it is a matter of the day's figures. A pause tapped before any
    opening does not count as open.
    """
    work = current()
    local = moments.local(work.now)
    minute, day = local.hour * 60 + local.minute, work.today
    opened = set(CounterTap.objects.filter(day=day, state=State.OPEN.value).values_list("point", flat=True))
    found = [one for one in _taking_part() if one.pk not in opened]
    if not found:
        return 0
    days, closures = Days.read(day, day), _closures()
    told = 0
    for one in found:
        since = due_since(places.promised(one, day, days), closures.get(one.pk, []), minute)
        if since is not None and minute >= since + GRACE:
            told += _tell(one, since)
    return told


def due_since(promised: Spans, closures: Iterable[tuple[int, int]], minute: int) -> int | None:
    """Since which minute the counter should have been open, by its hours less the closures told beforehand.

    None before its hours, after the last of them, and while a closure holds: nothing is due at this minute.

    >>> due_since([(480, 900)], [(480, 540)], 600), due_since([(480, 900)], [(480, 540)], 500)
    (540, None)
    """
    shut = list(closures)
    if not promised or minute >= max(end for _, end in promised) or any(a <= minute < b for a, b in shut):
        return None
    for start, end in sorted(promised):
        at = start
        # Closures may follow one another: the counter is due where the last of them ends.
        while (until := max((b for a, b in shut if a <= at < b), default=at)) > at:
            at = until
        if at < end:
            return at if at <= minute else None
    return None


def _taking_part() -> list[Place]:
    work = current()
    tapped = CounterTap.objects.filter(day__gte=work.today - LATELY).values_list("point__key", flat=True)
    keys = {*tapped.distinct(), *CounterSeal.objects.values_list("point__key", flat=True)}
    return list(places.places(sorted(keys), work.today)) if keys else []


def _closures() -> Mapping[int, Sequence[tuple[int, int]]]:
    """The closures told for today, by counter."""
    rows = PlannedClosure.objects.filter(day=current().today, withdrawn_at=None)
    found: dict[int, list[tuple[int, int]]] = {}
    for point, start, end in rows.values_list("point_id", "from_minute", "to_minute"):
        found.setdefault(point, []).append((start, end))
    return found


def _tell(one: Place, since: int) -> int:
    day = current().today
    made = tell(
        kind=KIND,
        subject=f"{one.key}:{day.isoformat()}",
        title=wording.unopened_title(one.service_name, one.name),
        text=wording.unopened_text(one.service_name, one.name, day, since),
        path=f"/loket/{one.key}/",
        line=one.line,
        roles=[Role.ADMIN],
    )
    return int(made is not None)
