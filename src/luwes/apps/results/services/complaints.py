"""The import kind `complaints`: the monthly recap per unit and channel, by state. No text of any complaint."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results import work_queries
from luwes.apps.results.models import ComplaintMonth
from luwes.apps.results.services import wording
from luwes.apps.results.services.complaints_file import EXAMPLE, LAYOUT
from luwes.apps.results.work_units import VOCABULARY, UnitReader
from luwes.apps.sources.kinds import Comparison, Coverage, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, noted, revise
from luwes.core.indicators.complaints import ComplaintSums
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

LONGEST_CHANNEL = 40
STATES = ("belum_disposisi", "belum_ditindaklanjuti", "diproses", "selesai")


@dataclass(frozen=True, slots=True)
class Recap:
    """One row: the complaints of a unit and month that came through one channel, in the order of STATES."""

    row: int
    unit: int
    month: date
    channel: str
    states: tuple[int, int, int, int]

    @property
    def key(self) -> tuple[int, date, str]:
        return self.unit, self.month, self.channel


@dataclass(slots=True)
class Plan:
    """What confirming would do; `said` by row number."""

    reader: UnitReader
    said: dict[int, Recap] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _told(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed; sums are made when they are read."""
    plan = _plan(stage)
    done = _told(plan)
    if not done.unmapped:
        now = current().now
        superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
        ComplaintMonth.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
        inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
        swift.insert(ComplaintMonth, [_record(one, stage.batch_pk, now) for one in inserts])
    return done


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnitReader(stage))
    plan.said = {one.row: one for row in stage.rows() if (one := _recap(row, plan, stage.today)) is not None}
    entries = [Entry(one.key, one.states, one.row) for one in plan.said.values()]
    plan.revision = revise(entries, _stored(plan.said.values()), source_pk=stage.source_pk)
    return plan


def _recap(row: Staged, plan: Plan, today: date) -> Recap | None:
    month = date.fromisoformat(str(row.values["bulan"]))
    # A unit that ended within the month still has complaints of that month.
    unit = plan.reader.find(row, month)
    if unit is None:
        return None
    first, second, third, fourth = (int(row.values[name] or 0) for name in STATES)
    total = row.values["jumlah"]
    if total is not None and int(total) != first + second + third + fourth:
        plan.notes["total_differs"].add(row.number)
    if month > today:
        plan.notes["in_the_future"].add(row.number)
    channel = " ".join(str(row.values["kanal"] or "").split())[:LONGEST_CHANNEL]
    return Recap(row.number, unit, month, channel, (first, second, third, fourth))


def _stored(said: Iterable[Recap]) -> Mapping[tuple[Hashable, ...], Stored]:
    """Current rows of the units and months the file speaks of, of every channel."""
    scopes = {(one.unit, one.month) for one in said}
    rows = ComplaintMonth.objects.filter(
        superseded_at=None, unit__in={unit for unit, _ in scopes}, month__in={month for _, month in scopes}
    ).select_related("batch")
    return {
        (row.unit_id, row.month, row.channel): Stored(row.pk, _states(row), row.batch.source_id)
        for row in rows
        if (row.unit_id, row.month) in scopes
    }


def _states(row: ComplaintMonth) -> tuple[int, int, int, int]:
    return row.not_disposed, row.not_followed_up, row.in_process, row.done


def _record(one: Recap, batch_pk: int, now: datetime) -> ComplaintMonth:
    not_disposed, not_followed_up, in_process, done = one.states
    return ComplaintMonth(
        unit_id=one.unit,
        month=one.month,
        channel=one.channel,
        not_disposed=not_disposed,
        not_followed_up=not_followed_up,
        in_process=in_process,
        done=done,
        batch_id=batch_pk,
        row_number=one.row,
        recorded_at=now,
    )


def _told(plan: Plan) -> Comparison:
    findings = noted(plan.notes)
    months = [one.month for one in plan.said.values()]
    return comparison(
        plan.revision,
        clash_column=LAYOUT.column("unit").label,
        findings=findings,
        unmapped=plan.reader.unmapped(),
        skipped=plan.reader.skipped,
        newest=next_month(max(months)) - DAY if months else None,
    )


def sums(months: Sequence[date]) -> Mapping[tuple[int, date], ComplaintSums]:
    """Complaints by (unit pk, first day of month); one query. A unit without a recap is absent, never zero."""
    found: dict[tuple[int, date], ComplaintSums] = defaultdict(ComplaintSums)
    for row in ComplaintMonth.objects.filter(superseded_at=None, month__in=months).order_by("pk"):
        channels = frozenset({row.channel}) if row.channel else frozenset()
        found[row.unit_id, row.month] += ComplaintSums(*_states(row), channels)
    return dict(found)


def coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah have a recap of themselves or of a unit below, by month."""
    having: dict[date, set[int]] = defaultdict(set)
    rows = ComplaintMonth.objects.filter(superseded_at=None, month__in=months)
    for unit, month in rows.values_list("unit_id", "month").distinct():
        having[month].add(unit)
    return work_queries.agencies(months, having)


COMPLAINTS_KIND = ImportKind(
    code="complaints",
    label=wording.complaints,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=wording.say_complaints,
    max_rows=100_000,
    cadence_days=45,
    coverage=coverage,
    covers=wording.agencies,
    affects=wording.complaints_affects,
)
