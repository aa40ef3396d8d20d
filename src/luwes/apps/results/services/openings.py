"""The import kind `openings`: the log of counters, against which promised opening hours are held."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import OpeningDay
from luwes.apps.results.services import figures, moments, wording
from luwes.apps.results.services.catalogue import Days
from luwes.apps.results.services.openings_file import EXAMPLE, LAYOUT
from luwes.apps.results.services.plan import Plan, spans_of, within
from luwes.apps.results.services.vocabulary import VOCABULARY, ServiceReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Stored, revise
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY

Key = tuple[int, int | None, date]


@dataclass(frozen=True, slots=True)
class Opening:
    """One row; minutes of the day, both None: the log says it never opened."""

    row: int
    service: int
    point: int | None
    day: date
    opened: int | None
    closed: int | None
    shut: int
    reason: str

    @property
    def key(self) -> Key:
        return self.service, self.point, self.day

    @property
    def values(self) -> tuple[int | None, int | None, int, str]:
        return self.opened, self.closed, self.shut, self.reason


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _told(_plan(stage)[0])


def write(stage: Stage) -> Comparison:
    """Compare once more, store what is new or changed, and reckon the touched days anew."""
    plan, stored = _plan(stage)
    done = _told(plan)
    if done.unmapped:
        return done
    now = current().now
    superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
    inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
    OpeningDay.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    swift.insert(OpeningDay, [_record(one, stage.batch_pk, now) for one in inserts])
    touched = {(one.service, one.day) for one in inserts} | {stored[pk] for pk in superseded}
    figures.sum_openings(touched, plan.reader.catalogue)
    return done


def _plan(stage: Stage) -> tuple[Plan[Opening], dict[int, tuple[int, date]]]:
    plan: Plan[Opening] = Plan(LAYOUT, ServiceReader(stage))
    plan.said = {one.row: one for row in stage.rows() if (one := _opening(row, plan, stage.today)) is not None}
    facts, stored = _stored(plan.said.values())
    entries = [Entry(one.key, one.values, one.row) for one in plan.said.values()]
    plan.revision = revise(entries, facts, source_pk=stage.source_pk)
    _note_gaps(plan)
    return plan, stored


def _opening(row: Staged, plan: Plan[Opening], today: date) -> Opening | None:
    values = row.values
    day = date.fromisoformat(str(values["tanggal"]))
    opened, closed = (_minute(row, name, day, plan) for name in ("buka", "tutup"))
    reason = " ".join(str(values["alasan"] or "").split())
    if opened == -1 or closed == -1:
        return None
    if opened is not None and closed is not None and closed < opened:
        plan.refuse(row.number, "tutup", "closes_before", values["tutup"])
        return None
    if opened is None and closed is None and not reason:
        plan.refuse(row.number, "buka", "nothing_said")
        return None
    service = plan.reader.find(row, day)
    if service is None:
        return None
    name = str(values["titik"] or "")
    point = plan.reader.catalogue.spot_named(service, name, day) if name else None
    if name and point is None:
        plan.refuse(row.number, "titik", "point_unknown", name)
        return None
    shut = int(values["tutup_sementara"] or 0)
    told = {
        "in_the_future": day > today,
        "half_said": (opened is None) != (closed is None),
        "shut_too_long": opened is not None and closed is not None and shut > closed - opened,
    }
    for code in (code for code, holds in told.items() if holds):
        plan.notes[code].add(row.number)
    return Opening(row.number, service, point, day, opened, closed, shut, reason)


def _minute(row: Staged, name: str, day: date, plan: Plan[Opening]) -> int | None:
    """The minute of the day; None where the cell is empty, -1 where it cannot be, which is then told."""
    moment = moments.read(row.values[name])
    if moment is None:
        return None
    if moment.minute is None or moment.day not in (None, day):
        plan.refuse(row.number, name, "no_time_of_the_day", row.values[name])
        return -1
    return moment.minute


def _stored(said: Iterable[Opening]) -> tuple[Mapping[tuple[Hashable, ...], Stored], dict[int, tuple[int, date]]]:
    """Current days of the services within the days the file speaks of."""
    spans = spans_of((one.service, one.day) for one in said)
    facts: dict[tuple[Hashable, ...], Stored] = {}
    stored: dict[int, tuple[int, date]] = {}
    if not spans:
        return facts, stored
    days = (min(span[0] for span in spans.values()), max(span[1] for span in spans.values()))
    # What counters tap themselves is no file's to correct or withdraw.
    files = OpeningDay.objects.filter(instrument=OpeningDay.Instrument.FILE)
    rows = files.filter(superseded_at=None, service__in=spans, day__range=days)
    for row in rows.select_related("batch").iterator(chunk_size=10_000):
        if within(spans, row.service_id, row.day):
            source = row.batch.source_id if row.batch else None
            values = (row.opened, row.closed, row.shut_minutes, row.reason)
            facts[row.service_id, row.point_id, row.day] = Stored(row.pk, values, source)
            stored[row.pk] = (row.service_id, row.day)
    return facts, stored


def _note_gaps(plan: Plan[Opening]) -> None:
    """Rows after working days of promised hours of which the file says nothing: unknown is not shut."""
    if not plan.said:
        return
    said: dict[tuple[int, int | None], dict[date, int]] = {}
    for one in plan.said.values():
        said.setdefault((one.service, one.point), {})[one.day] = one.row
    every = [day for days in said.values() for day in days]
    book, catalogue = Days.read(min(every), max(every)), plan.reader.catalogue
    for (service, point), days in said.items():
        missing = False
        day = min(days)
        while day <= max(days):
            if day in days:
                if missing:
                    plan.notes["days_missing"].add(days[day])
                missing = False
            else:
                standing = catalogue.on(service, day)
                spot = None if point is None else catalogue.spot(service, point, day)
                try:
                    missing = missing or (standing is not None and bool(book.promised(standing, spot, day)))
                except MissingYear:
                    break
            day += DAY


def _record(one: Opening, batch_pk: int, now: datetime) -> OpeningDay:
    return OpeningDay(
        service_id=one.service,
        point_id=one.point,
        day=one.day,
        opened=one.opened,
        closed=one.closed,
        shut_minutes=one.shut,
        reason=one.reason,
        batch_id=batch_pk,
        row_number=one.row,
        recorded_at=now,
    )


def _told(plan: Plan[Opening]) -> Comparison:
    return plan.told(clash_column="tanggal", newest=max((one.day for one in plan.said.values()), default=None))


OPENINGS_KIND = ImportKind(
    code="openings",
    label=wording.openings,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=wording.say_openings,
    max_rows=200_000,
    cadence_days=10,
    coverage=figures.coverage(Measure.HOURS_KEPT),
    covers=wording.services,
    affects=wording.openings_affects,
)
