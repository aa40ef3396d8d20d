"""From answers to daily figures: flag what came in, then sum the touched days anew. An answer is never dropped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from luwes.apps.audit import locking
from luwes.apps.results.models import QrAnswer
from luwes.apps.results.services import figures, moments
from luwes.apps.results.services.catalogue import Catalogue, Days
from luwes.core.intake import Flag, Heard, bursts, outside_hours
from luwes.core.workdays.calendar import MissingYear

# Imports of survey files write the same figures.
LOCKS = ("import:survey",)
AT_ONCE = 20_000
# Three weeks show who answers for many; a digest is keyed by its day, so it links nothing across days.
NETWORK_KEPT = timedelta(days=22)


def sum_new(*, now: datetime) -> int:
    """Flag and sum the answers that came in since the last time; gives how many. A second run finds nothing."""
    locking.lock_rows({}, names=LOCKS)
    new = list(QrAnswer.objects.filter(summed_at=None).order_by("pk").select_related("poster__point")[:AT_ONCE])
    if not new:
        return 0
    _flag(new)
    QrAnswer.objects.filter(pk__in=[row.pk for row in new]).update(summed_at=now)
    figures.sum_surveys({(row.poster.point.service_id, row.day) for row in new})
    return len(new)


def forget_networks(*, now: datetime) -> int:
    """Blank the digests that have found the bursts they can find; gives how many."""
    old = QrAnswer.objects.filter(received_at__lt=now - NETWORK_KEPT, summed_at__isnull=False).exclude(network="")
    return old.update(network="")


def _flag(new: Sequence[QrAnswer]) -> None:
    """Flag the new answers, and those of the same posters and days that turn out to be of the same bursts."""
    days = {row.day for row in new}
    around = QrAnswer.objects.filter(
        poster__in={row.poster_id for row in new},
        received_at__gte=moments.at(min(days), 0),
        day__in=days,
    )
    rows = list(around.select_related("poster__point"))
    found = bursts(Heard(row.pk, row.poster_id, row.network, row.device, row.said_at) for row in rows)
    outside = _outside(rows, min(days), max(days))
    changed = []
    for row in rows:
        # A flag once given stays: later the network is forgotten, and with it the reason.
        flags = {*row.flags, *(flag.value for flag in found.get(row.pk, ()))}
        if row.pk in outside:
            flags.add(Flag.OUTSIDE.value)
        if flags != set(row.flags):
            row.flags = sorted(flags)
            changed.append(row)
    QrAnswer.objects.bulk_update(changed, ["flags"], batch_size=1_000)


def _outside(rows: Iterable[QrAnswer], first: date, last: date) -> set[int]:
    """Those given outside the promised hours; where the standard names none, nobody is."""
    known, days = Catalogue.read(), Days.read(first, last)
    spans: dict[tuple[int, date], Sequence[tuple[int, int]] | None] = {}
    found = set()
    for row in rows:
        place = (row.poster.point_id, row.day)
        if place not in spans:
            spans[place] = _promised(row, known, days)
        hours = spans[place]
        at = timezone.localtime(row.said_at)
        if hours is not None and outside_hours(at.hour * 60 + at.minute, hours):
            found.add(row.pk)
    return found


def _promised(row: QrAnswer, known: Catalogue, days: Days) -> Sequence[tuple[int, int]] | None:
    point = row.poster.point
    service = known.on(point.service_id, row.day)
    spot = known.spot(point.service_id, point.pk, row.day)
    if service is None or not ((spot and spot.windows) or service.windows):
        return None
    try:
        return days.promised(service, spot, row.day)
    except MissingYear:
        return None


def by_flag(rows: Iterable[Sequence[str]]) -> Mapping[str, int]:
    """How many answers bear each flag."""
    counts = {flag.value: 0 for flag in Flag}
    for flags in rows:
        for flag in flags:
            counts[flag] += 1
    return counts
