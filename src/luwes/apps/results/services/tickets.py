"""The import kind `tickets`: single cases of services, counted by the day they fell due."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.accounts.secret import keyed
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import ServiceCase
from luwes.apps.results.services import figures, moments, wording
from luwes.apps.results.services.due import Reckoner
from luwes.apps.results.services.moments import Moment
from luwes.apps.results.services.plan import Plan, Spans, spans_of, within
from luwes.apps.results.services.tickets_file import EXAMPLE, LAYOUT
from luwes.apps.results.services.vocabulary import VOCABULARY, ServiceReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Stored, revise

LONGEST_CHANNEL = 40
# Digests asked for in one query.
AT_ONCE = 5_000
# What `_written` reads of a stored case, in this order.
COLUMNS = ("opened_at", "due_at", "due_given", "closed_at", "whole_days", "channel")


@dataclass(frozen=True, slots=True)
class Case:
    """One row: the case by the digest of its number, and what is said of it."""

    row: int
    service: int
    digest: str
    opened: datetime
    due: datetime | None
    due_given: bool
    closed: datetime | None
    whole_days: bool
    channel: str

    @property
    def key(self) -> tuple[int, str]:
        return self.service, self.digest

    @property
    def values(self) -> tuple[datetime, datetime | None, bool, datetime | None, bool, str]:
        return self.opened, self.due, self.due_given, self.closed, self.whole_days, self.channel


@dataclass(frozen=True, slots=True)
class _Times:
    """The moments of a row, as far as they were written."""

    opened: Moment
    due: Moment | None
    closed: Moment | None


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _told(_plan(stage)[0])


def write(stage: Stage) -> Comparison:
    """Compare once more, store what is new or changed, and sum the touched services and days anew."""
    plan, days = _plan(stage)
    done = _told(plan)
    if done.unmapped:
        return done
    now = current().now
    superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
    inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
    ServiceCase.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    swift.insert(ServiceCase, [_record(one, stage.batch_pk, now) for one in inserts])
    touched = {(one.service, day) for one in inserts for day in _days(one.opened, one.due, one.closed)}
    touched |= {pair for pk in superseded for pair in days[pk]}
    figures.sum_cases(touched)
    return done


def _plan(stage: Stage) -> tuple[Plan[Case], dict[int, set[tuple[int, date]]]]:
    """What would be done, and the service days that each stored case of the scope counts on."""
    plan: Plan[Case] = Plan(LAYOUT, ServiceReader(stage))
    timed = [(row, times) for row in stage.rows() if (times := _times(row, plan)) is not None]
    if not timed:
        return plan, {}
    opened = [times.opened.day or date.min for _, times in timed]
    reckoner = Reckoner.read(plan.reader.catalogue, min(opened), max(opened))
    plan.said = {
        one.row: one for row, times in timed if (one := _case(row, times, reckoner, plan, stage.today)) is not None
    }
    stored, days = _stored(plan.said.values())
    entries = [Entry(one.key, one.values, one.row) for one in plan.said.values()]
    plan.revision = revise(entries, stored, source_pk=stage.source_pk)
    return plan, days


def _times(row: Staged, plan: Plan[Case]) -> _Times | None:
    values = row.values
    opened = moments.joined(moments.read(values["dibuka"]), moments.read(values["jam_dibuka"]))
    closed = moments.joined(moments.read(values["selesai"]), moments.read(values["jam_selesai"]))
    due = moments.read(values["tenggat"])
    for name, moment in (("dibuka", opened), ("selesai", closed), ("tenggat", due)):
        if moment is not None and moment.day is None:
            plan.refuse(row.number, name, "date_missing", values[name])
            return None
    if opened is None:
        return None
    for name, moment in (("selesai", closed), ("tenggat", due)):
        if moment is not None and _latest(moment) < _earliest(opened):
            plan.refuse(row.number, name, "before_opened", values[name])
            return None
    return _Times(opened, due, closed)


def _earliest(moment: Moment) -> datetime:
    return moments.at(moment.day or date.min, moment.seconds or 0)


def _latest(moment: Moment) -> datetime:
    """A bare date reaches to its end: who closes on the due day is on time at any hour."""
    return moments.end_of(moment.day or date.min) if moment.seconds is None else _earliest(moment)


def _case(row: Staged, times: _Times, reckoner: Reckoner, plan: Plan[Case], today: date) -> Case | None:
    day = times.opened.day or date.min
    service = plan.reader.find(row, day)
    if service is None:
        return None
    if times.due is not None:
        due: datetime | None = _latest(times.due)
    else:
        due, why = reckoner.due(service, times.opened, times.closed)
        if due is None:
            plan.notes[why].add(row.number)
    if day > today or (times.closed is not None and (times.closed.day or date.min) > today):
        plan.notes["in_the_future"].add(row.number)
    return Case(
        row=row.number,
        service=service,
        digest=keyed("service-case", f"{service}:{''.join(str(row.values['nomor']).split()).casefold()}"),
        opened=_earliest(times.opened),
        due=due,
        due_given=times.due is not None,
        closed=None if times.closed is None else _latest(times.closed),
        whole_days=any(one is not None and one.seconds is None for one in (times.due, times.closed)),
        channel=str(row.values["kanal"] or "").casefold()[:LONGEST_CHANNEL],
    )


def _stored(said: Iterable[Case]) -> tuple[dict[tuple[Hashable, ...], Stored], dict[int, set[tuple[int, date]]]]:
    """Current cases the file names, and others of its services that were opened in the days it speaks of."""
    cases = list(said)
    spans = spans_of((one.service, moments.local(one.opened).date()) for one in cases)
    stored: dict[tuple[Hashable, ...], Stored] = {}
    days: dict[int, set[tuple[int, date]]] = {}
    for pk, service, digest, source, *values in _rows(cases, spans):
        opened, due, _, closed, *_ = values
        stored[service, digest] = Stored(pk, tuple(values), source)
        days[pk] = {(service, day) for day in _days(opened, due, closed)}
    return stored, days


def _rows(cases: list[Case], spans: Spans) -> Iterator[tuple]:  # type: ignore[type-arg] # columns as asked for
    rows = ServiceCase.objects.filter(superseded_at=None)
    columns = ("pk", "service_id", "number_digest", "batch__source_id", *COLUMNS)
    named = {one.key for one in cases}
    digests = sorted({digest for _, digest in named})
    for start in range(0, len(digests), AT_ONCE):
        found = rows.filter(service__in=spans, number_digest__in=digests[start : start + AT_ONCE])
        yield from found.values_list(*columns)
    if not spans:
        return
    first = moments.at(min(span[0] for span in spans.values()), 0)
    last = moments.end_of(max(span[1] for span in spans.values()))
    for row in rows.filter(service__in=spans, opened_at__range=(first, last)).values_list(*columns):
        if (row[1], row[2]) not in named and within(spans, row[1], moments.local(row[4]).date()):
            yield row


def _days(opened: datetime, due: datetime | None, closed: datetime | None) -> set[date]:
    return {moments.local(moment).date() for moment in (opened, due, closed) if moment is not None}


def _record(one: Case, batch_pk: int, now: datetime) -> ServiceCase:
    return ServiceCase(
        service_id=one.service,
        number_digest=one.digest,
        opened_at=one.opened,
        due_at=one.due,
        due_given=one.due_given,
        closed_at=one.closed,
        whole_days=one.whole_days,
        channel=one.channel,
        batch_id=batch_pk,
        row_number=one.row,
        recorded_at=now,
    )


def _told(plan: Plan[Case]) -> Comparison:
    newest = max((moments.local(one.opened).date() for one in plan.said.values()), default=None)
    return plan.told(clash_column="nomor", newest=newest)


TICKETS_KIND = ImportKind(
    code="tickets",
    label=wording.tickets,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=wording.say_tickets,
    max_rows=500_000,
    personal=True,
    cadence_days=40,
    coverage=figures.coverage(Measure.WITHIN_TIME),
    covers=wording.services,
    affects=wording.tickets_affects,
)
