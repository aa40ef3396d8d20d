"""Reads of counters: how each stands now, its day, what citizens reported, and what is told beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luwes.apps.people import queries as units
from luwes.apps.people.models import Service, UnitKind
from luwes.apps.results.counters import places
from luwes.apps.results.counters.places import Place
from luwes.apps.results.counters.reckoning import left_open
from luwes.apps.results.models import ClosedReport, CounterTap, PlannedClosure, ReportPhoto, ServiceNote
from luwes.apps.results.services.catalogue import Days
from luwes.core.services.opentime import Spans

AHEAD = timedelta(days=30)
LATEST = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What a counter last said of itself today."""

    state: str
    reason: str
    minute: int


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A closure told beforehand."""

    id: str
    point_name: str
    day: date
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter today: what it promises, what it last said, and whether it is to be open now.

    `said` None: nobody has tapped today, so nothing is known. `left_open` is the last day it opened and nobody closed.
    """

    place: Place
    promised: Spans
    said: Said | None
    closures: Sequence[ClosureRow]
    left_open: date | None = None

    def due(self, minute: int) -> bool:
        """Whether its hours promise that it is open at this minute."""
        return any(start <= minute < end for start, end in self.promised)

    def planned(self, day: date, minute: int) -> ClosureRow | None:
        """The closure told beforehand that holds at this minute, or None."""
        return next((one for one in self.closures if one.day == day and one.start <= minute < one.end), None)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A citizen's report as the head sees it."""

    code: str
    at: datetime
    log_said: str
    flags: tuple[str, ...]
    answer: str
    photo: bool = False


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What citizens read beside a service."""

    online: str = ""
    complaint: str = ""


def state_now(point: int, day: date) -> Said | None:
    """What the counter last said today, or None."""
    return _said([point], day).get(point)


def counters(found: Sequence[Place], day: date) -> Sequence[Counter]:
    """These counters as they stand on the day; a constant number of queries."""
    if not found:
        return []
    pks = [one.pk for one in found]
    said, forgotten = _said(pks, day), left_open(pks, day)
    days = Days.read(day, day)
    closures: dict[int, list[ClosureRow]] = {}
    names = {one.pk: one.name for one in found}
    rows = PlannedClosure.objects.filter(point__in=pks, withdrawn_at=None, day__gte=day, day__lte=day + AHEAD)
    for row in rows.order_by("day", "from_minute", "pk"):
        closures.setdefault(row.point_id, []).append(
            ClosureRow(row.public_id, names[row.point_id], row.day, row.from_minute, row.to_minute, row.reason)
        )
    return [
        Counter(
            one,
            places.promised(one, day, days),
            said.get(one.pk),
            closures.get(one.pk, []),
            forgotten[one.pk].day if one.pk in forgotten else None,
        )
        for one in found
    ]


def reports(point: int, since: date) -> Sequence[ReportRow]:
    """The newest reports about a counter."""
    rows = list(ClosedReport.objects.filter(point=point, day__gte=since).order_by("-at", "-pk")[:LATEST])
    pictures = set(ReportPhoto.objects.filter(report__in=rows).values_list("report_id", flat=True))
    return [ReportRow(row.code, row.at, row.log_said, tuple(row.flags), row.answer, row.pk in pictures) for row in rows]


def closure_point(closure_id: str) -> str:
    """The key of the counter a closure is about, "" where there is no such closure."""
    found = PlannedClosure.objects.filter(public_id=closure_id).values_list("point__key", flat=True).first()
    return found or ""


def note(service_key: str) -> NoteRow:
    """What citizens read beside a service; empty where nothing was written."""
    row = ServiceNote.objects.filter(service__key=service_key, superseded_at=None).first()
    return NoteRow(row.online, row.complaint) if row else NoteRow()


def agency_of(owner_key: str, day: date) -> units.UnitRow | None:
    """The perangkat daerah a unit belongs to: what citizens know. None where there is none above."""
    known = {row.key: row for row in units.units_on(day, kinds=[UnitKind.AGENCY])}
    return next((known[key] for key in units.above(owner_key, day) if key in known), None)


def service_pk(key: str) -> int | None:
    """The service behind a key."""
    return Service.objects.filter(key=key).values_list("pk", flat=True).first()


def _said(points: Sequence[int], day: date) -> Mapping[int, Said]:
    rows = CounterTap.objects.filter(point__in=points, day=day).order_by("minute", "at", "pk")
    return {row.point_id: Said(row.state, row.reason, row.minute) for row in rows}
