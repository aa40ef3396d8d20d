"""The import kind `queue`: when each number was taken, called and served; kept as counts per minute of a day."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.measures import Measure, as_text
from luwes.apps.results.models import QueueDay
from luwes.apps.results.services import figures, moments, wording
from luwes.apps.results.services.plan import Plan, in_rows, spans_of, within
from luwes.apps.results.services.queue_file import EXAMPLE, LAYOUT
from luwes.apps.results.services.vocabulary import VOCABULARY, ServiceReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Stored, revise
from luwes.core.indicators.queue import MinuteCounts, QueueSums, whole_minutes

LONGEST_WAIT = 24 * 60
# Service, point, day.
Key = tuple[int, int | None, date]
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One number: whole minutes waited and served, None where it was never called or never served."""

    row: int
    number: str
    arrived: datetime
    wait: int | None
    serving: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A day of a queue as it is stored; `rows` of the file stand behind it."""

    key: Key
    rows: int
    queue: QueueSums
    serving: MinuteCounts

    @property
    def values(self) -> tuple[int, int, int, Counts, Counts]:
        queue = self.queue
        return (queue.arrived, queue.called, queue.served, _counts(queue.waits), _counts(self.serving))


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    plan, stored = _plan(stage)
    return _told(plan, stored)


def write(stage: Stage) -> Comparison:
    """Compare once more, store the days that are new or changed, and sum them anew."""
    plan, stored = _plan(stage)
    done = _told(plan, stored)
    if done.unmapped:
        return done
    now = current().now
    superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
    inserts = [(entry.row, plan.said[entry.row]) for entry in plan.revision.inserts]
    QueueDay.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    swift.insert(QueueDay, [_record(row, tally, stage.batch_pk, now) for row, tally in inserts])
    touched = [tally.key for _, tally in inserts] + [stored[pk].key for pk in superseded]
    figures.sum_queues({(service, day) for service, _, day in touched})
    return done


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stored day: its key, and how many had arrived."""

    key: Key
    arrived: int


def _plan(stage: Stage) -> tuple[Plan[Tally], dict[int, _Kept]]:
    plan: Plan[Tally] = Plan(LAYOUT, ServiceReader(stage))
    visits: dict[Key, list[Visit]] = defaultdict(list)
    for row in stage.rows():
        found = _visit(row, plan, stage.today)
        if found is not None:
            visits[found[0]].append(found[1])
    for key, of_day in visits.items():
        counted = _once(of_day, plan)
        if counted:
            plan.said[counted[0].row] = _tally(key, counted)
    facts, stored = _stored(plan)
    entries = [Entry(tally.key, tally.values, row) for row, tally in plan.said.items()]
    plan.revision = revise(entries, facts, source_pk=stage.source_pk)
    for pk, entry in plan.revision.changed:
        if plan.said[entry.row].queue.arrived < stored[pk].arrived:
            plan.notes["fewer_than_stored"].add(entry.row)
    return plan, stored


def _visit(row: Staged, plan: Plan[Tally], today: date) -> tuple[Key, Visit] | None:
    arrived = _arrived(row, plan)
    if arrived is None:
        return None
    day = arrived.date()
    minutes = _minutes(row, arrived, plan)
    service = None if minutes is None else plan.reader.find(row, day)
    if service is None or minutes is None:
        return None
    name = str(row.values["titik"] or "")
    point = plan.reader.catalogue.spot_named(service, name, day) if name else None
    if name and point is None:
        plan.notes["point_unknown"].add(row.number)
    if day > today:
        plan.notes["in_the_future"].add(row.number)
    number = "".join(str(row.values["nomor"] or "").split()).casefold()
    return (service, point, day), Visit(row.number, number, arrived, *minutes)


def _arrived(row: Staged, plan: Plan[Tally]) -> datetime | None:
    """When the number was taken; None where the row does not say, which is then told."""
    arrived = moments.read(row.values["datang"])
    if arrived is None or arrived.seconds is None:
        plan.refuse(row.number, "datang", "time_missing", row.values["datang"])
        return None
    day = arrived.day or (date.fromisoformat(str(row.values["tanggal"])) if row.values["tanggal"] else None)
    if day is None:
        plan.refuse(row.number, "tanggal", "day_missing")
        return None
    return moments.local(moments.at(day, arrived.seconds))


def _minutes(row: Staged, arrived: datetime, plan: Plan[Tally]) -> tuple[int | None, int | None] | None:
    """Minutes waited and served; None where the times cannot be, which is then told."""
    called, served = moments.read(row.values["dipanggil"]), moments.read(row.values["selesai"])
    if served is not None and called is None:
        plan.refuse(row.number, "dipanggil", "served_uncalled")
        return None
    found: list[int | None] = [None, None]
    start = arrived
    for place, (name, moment) in enumerate((("dipanggil", called), ("selesai", served))):
        if moment is None:
            continue
        if moment.seconds is None:
            plan.refuse(row.number, name, "time_missing", row.values[name])
            return None
        try:
            end, over_midnight = moments.after(start, moment)
        except moments.RunsBackwards:
            plan.refuse(row.number, name, "runs_backwards", row.values[name])
            return None
        minutes = whole_minutes(start, end)
        if minutes > LONGEST_WAIT:
            plan.refuse(row.number, name, "too_long_a_wait", row.values[name])
            return None
        if over_midnight:
            plan.notes["over_midnight"].add(row.number)
        found[place], start = minutes, end
    return found[0], found[1]


def _once(visits: list[Visit], plan: Plan[Tally]) -> list[Visit]:
    """Each number of a day once. Rows without a number all count: two people may come in the same minute."""
    counted: list[Visit] = []
    numbered: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.number:
            numbered[visit.number].append(visit)
        else:
            counted.append(visit)
    for same in numbered.values():
        if len({(visit.arrived, visit.wait, visit.serving) for visit in same}) > 1:
            for visit in same:
                plan.refuse(visit.row, "nomor", "rows_differ", visit.number)
        else:
            counted.append(same[0])
            plan.repeated.extend(visit.row for visit in same[1:])
    return sorted(counted, key=lambda visit: visit.row)


def _tally(key: Key, visits: list[Visit]) -> Tally:
    waits = [visit.wait for visit in visits if visit.wait is not None]
    serving = [visit.serving for visit in visits if visit.serving is not None]
    queue = QueueSums(len(visits), len(waits), len(serving), MinuteCounts.of(waits))
    return Tally(key, len(visits), queue, MinuteCounts.of(serving))


def _counts(minutes: MinuteCounts) -> Counts:
    return tuple(as_text(minutes).items())


def _stored(plan: Plan[Tally]) -> tuple[Mapping[tuple[Hashable, ...], Stored], dict[int, _Kept]]:
    """Current days of the services within the days the file speaks of."""
    spans = spans_of((tally.key[0], tally.key[2]) for tally in plan.said.values())
    facts: dict[tuple[Hashable, ...], Stored] = {}
    stored: dict[int, _Kept] = {}
    rows = QueueDay.objects.filter(superseded_at=None, service__in=spans).select_related("batch")
    if spans:
        rows = rows.filter(day__range=(min(s[0] for s in spans.values()), max(s[1] for s in spans.values())))
    for row in rows:
        if within(spans, row.service_id, row.day):
            key = (row.service_id, row.point_id, row.day)
            counts = (_sorted(row.waits), _sorted(row.serving))
            facts[key] = Stored(row.pk, (row.arrived, row.called, row.served, *counts), row.batch.source_id)
            stored[row.pk] = _Kept(key, row.arrived)
    return facts, stored


def _sorted(counts: Mapping[str, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: int(item[0])))


def _record(row: int, tally: Tally, batch_pk: int, now: datetime) -> QueueDay:
    service, point, day = tally.key
    return QueueDay(
        service_id=service,
        point_id=point,
        day=day,
        arrived=tally.queue.arrived,
        called=tally.queue.called,
        served=tally.queue.served,
        waits=as_text(tally.queue.waits),
        serving=as_text(tally.serving),
        batch_id=batch_pk,
        row_number=row,
        recorded_at=now,
    )


def _told(plan: Plan[Tally], stored: Mapping[int, _Kept]) -> Comparison:
    newest = max((tally.key[2] for tally in plan.said.values()), default=None)
    told = plan.told(clash_column="nomor", newest=newest)
    sizes = {row: tally.rows for row, tally in plan.said.items()}
    return in_rows(told, plan.revision, sizes, sum(stored[pk].arrived for pk in plan.revision.gone))


QUEUE_KIND = ImportKind(
    code="queue",
    label=wording.queue,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=wording.say_queue,
    max_rows=1_000_000,
    cadence_days=10,
    coverage=figures.coverage(Measure.QUEUE_WAIT),
    covers=wording.services,
    affects=wording.queue_affects,
)
