"""From taps to the daily figures of a service, kept by instrument beside those of files."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from luwes.apps.audit import locking
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import ServicePoint
from luwes.apps.results.counters import places
from luwes.apps.results.counters.days import Opened, State, Tap, opened_on
from luwes.apps.results.counters.places import NoSuchPoint, Place
from luwes.apps.results.models import CounterTap, OpeningDay
from luwes.apps.results.services import figures
from luwes.apps.results.services.stored import COUNTERS
from luwes.core.workdays.periods import DAY

TAP = OpeningDay.Instrument.TAP
# The longest holidays take ten days; what stayed open before that is still asked about.
REMEMBERED = 14 * DAY


def reckon(point: int, service: int, day: date, found: Place | None = None) -> None:
    """Write anew what the taps of a counter on a day come to.

    A day that still runs is written once the counter has closed, and taken back when it opens again: until then
    nothing is known that could be called kept or broken.
    """
    rows = CounterTap.objects.filter(point=point, day=day).order_by("minute", "at", "pk")
    taps = [Tap(row.minute, State(row.state), row.reason) for row in rows]
    running = day >= current().today and bool(taps) and taps[-1].state is not State.CLOSED
    said = None if running else opened_on(taps, _promised(point, day, found))
    stored = OpeningDay.objects.filter(point=point, day=day, instrument=TAP, superseded_at=None).first()
    if stored is not None and said == Opened(stored.opened, stored.closed, stored.shut_minutes, stored.reason):
        return
    if stored is None and said is None:
        return
    now = current().now
    if stored is not None:
        stored.superseded_at = now
        stored.save(update_fields=["superseded_at"])
    if said is not None:
        OpeningDay.objects.create(
            service_id=service,
            point_id=point,
            day=day,
            opened=said.opened,
            closed=said.closed,
            shut_minutes=said.shut,
            reason=said.reason,
            instrument=TAP,
            recorded_at=now,
        )
    figures.sum_openings({(service, day)})


def left_open(points: Collection[int], before: date) -> Mapping[int, CounterTap]:
    """The last tap of each counter that nobody closed on the last day it was heard of before `before`; one query.

    Not yesterday alone: what stayed open on a Friday is asked about on Monday. Older days nobody remembers.
    """
    rows = CounterTap.objects.filter(point__in=points, day__lt=before, day__gte=before - REMEMBERED)
    last = rows.order_by("point", "-day", "-at", "-pk").distinct("point")
    return {row.point_id: row for row in last if row.state != State.CLOSED}


def end_days(*, before: date) -> int:
    """Write the days before `before` that have taps and were written by nobody yet; gives how many counters and days.

    However long nothing ran: a day waits until it is written. A second run finds nothing left.
    """
    locking.lock_rows({}, names=[COUNTERS])
    written = OpeningDay.objects.filter(
        point=OuterRef("point"), day=OuterRef("day"), instrument=TAP, superseded_at=None
    )
    found = CounterTap.objects.filter(~Exists(written), day__lt=before)
    pairs = set(found.values_list("point", "point__service", "day").distinct())
    for point, service, day in sorted(pairs):
        reckon(point, service, day)
    return len(pairs)


def _promised(point: int, day: date, found: Place | None) -> list[tuple[int, int]]:
    try:
        here = found or places.place(ServicePoint.objects.get(pk=point).key, day)
    except NoSuchPoint:
        return []
    return list(places.promised(here, day))
