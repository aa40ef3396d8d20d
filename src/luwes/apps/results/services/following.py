"""Due times and opening hours follow standards, points, working hours and calendars that were changed afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q

from luwes.apps.audit import locking
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import Change
from luwes.apps.people.models import Service
from luwes.apps.people.staff import swift
from luwes.apps.results.models import OpeningDay, ServiceCase
from luwes.apps.results.services import figures, moments
from luwes.apps.results.services.catalogue import Catalogue
from luwes.apps.results.services.due import Reckoner
from luwes.apps.results.services.moments import Moment
from luwes.apps.results.services.stored import Pair
from luwes.apps.schedule.feed import unread, worked_off
from luwes.core.services.opentime import LONGEST_SEARCH
from luwes.core.workdays.periods import DAY

READER = "service-days"
# Those an import of such a file holds: both write the same figures.
LOCKS = ("import:openings", "import:tickets")
# What of the feed moves the promises of one service, and of all.
ONE, ALL = "service", frozenset({"calendar", "ramadan", "working_time", "unit"})
WANTING = frozenset({"calendar_missing", "hours_missing"})


def follow() -> int:
    """Reckon anew what the change feed touches, however old; returns how many service days were counted anew.

    A due time that its file gave stays. A case whose reckoned due time moves is recorded anew beside its old
    reading. Doing it again changes nothing.
    """
    locking.lock_rows({}, names=LOCKS)
    changes = unread(READER)
    since = _since(changes)
    if not since:
        worked_off(READER, changes)
        return 0
    cases = _reckon(since)
    figures.sum_cases(cases)
    openings = _openings(since)
    figures.sum_openings(openings)
    worked_off(READER, changes)
    return len(cases | openings)


def _since(changes: Sequence[Change]) -> Mapping[int, date]:
    """From which day on the promises of which services may be others."""
    keys: dict[str, date] = {}
    everywhere: list[date] = []
    for change in changes:
        if change.kind == ONE:
            keys[change.subject] = min(change.period.start, keys.get(change.subject, change.period.start))
        elif change.kind in ALL:
            everywhere.append(change.period.start)
    if not everywhere:
        return {pk: keys[key] for pk, key in Service.objects.filter(key__in=keys).values_list("pk", "key")}
    start = min(everywhere)
    return {pk: min(start, keys.get(key, start)) for pk, key in Service.objects.values_list("pk", "key")}


def _reckon(since: Mapping[int, date]) -> set[Pair]:
    """Give each case the due time of today's knowledge; the days it leaves and the days it comes to."""
    first = min(since.values())
    # A case opened before the change may have fallen due after it.
    earliest = moments.at(first - LONGEST_SEARCH * DAY, 0)
    waiting = Q(due_at__gte=moments.at(first, 0)) | Q(due_at=None)
    rows = ServiceCase.objects.filter(
        waiting, superseded_at=None, due_given=False, service__in=since, opened_at__gte=earliest
    )
    bounds = rows.order_by("opened_at").values_list("opened_at", flat=True)
    oldest, newest = bounds.first(), bounds.last()
    if oldest is None or newest is None:
        return set()
    reckoner = Reckoner.read(Catalogue.read(), moments.local(oldest).date(), moments.local(newest).date())
    moved = list(_moved(rows.iterator(chunk_size=10_000), reckoner))
    now = current().now
    ServiceCase.objects.filter(pk__in=[old.pk for old, _ in moved]).update(superseded_at=now)
    swift.insert(ServiceCase, [new for _, new in moved])
    return {
        (case.service_id, moments.local(moment).date())
        for pair in moved
        for case in pair
        for moment in (case.opened_at, case.due_at)
        if moment is not None
    }


def _moved(rows: Iterator[ServiceCase], reckoner: Reckoner) -> Iterator[tuple[ServiceCase, ServiceCase]]:
    now = current().now
    for old in rows:
        due, why = reckoner.due(old.service_id, _opened(old), _closed(old))
        # What cannot be reckoned for want of a calendar or of working hours keeps the answer it had.
        if due == old.due_at or why in WANTING:
            continue
        new = ServiceCase(
            service_id=old.service_id,
            number_digest=old.number_digest,
            opened_at=old.opened_at,
            due_at=due,
            due_given=False,
            closed_at=old.closed_at,
            whole_days=old.whole_days,
            channel=old.channel,
            batch_id=old.batch_id,
            row_number=old.row_number,
            recorded_at=now,
        )
        yield old, new


def _opened(case: ServiceCase) -> Moment:
    """As its file wrote it: midnight sharp means that only the date was given."""
    there = moments.local(case.opened_at)
    return Moment(there.date(), _seconds(there) or None)


def _closed(case: ServiceCase) -> Moment | None:
    if case.closed_at is None:
        return None
    there = moments.local(case.closed_at)
    return Moment(there.date(), None if case.whole_days else _seconds(there))


def _seconds(there: datetime) -> int:
    return there.hour * 3600 + there.minute * 60 + there.second


def _openings(since: Mapping[int, date]) -> set[Pair]:
    rows = OpeningDay.objects.filter(superseded_at=None, service__in=since, day__gte=min(since.values()))
    return {pair for pair in rows.values_list("service_id", "day").distinct() if pair[1] >= since[pair[0]]}
