"""The import kind `recap`: a month of presensi as it was sent and paid on, per person or per unit."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.attendance import recap_wording
from luwes.apps.attendance.models import RecapRow
from luwes.apps.attendance.recap_file import EXAMPLE, LAYOUT
from luwes.apps.attendance.recap_rows import Book, Figures, beyond_a_month, month_of, oddities, says_nothing
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import Employee, Posting, UnitKind, UnitVersion
from luwes.apps.people.staff import swift
from luwes.apps.people.unit_book import UnitReader, options
from luwes.apps.sources.kinds import Comparison, Coverage, Finding, ImportKind, Stage, Staged, Unmapped, Vocabulary
from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, noted, revise
from luwes.apps.sources.reading.cells import is_total
from luwes.apps.sources.reading.contract import Reject
from luwes.core.nip import NotANip, parse_nip
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class Said:
    """One row: the month of a person, or (`employee` None) of a unit as a whole."""

    row: int
    unit: int
    employee: int | None
    month: date
    figures: Figures

    @property
    def key(self) -> tuple[Hashable, ...]:
        return _key(self.employee, self.unit, self.month)

    @property
    def scope(self) -> tuple[bool, int, date]:
        # A file of whole units says nothing of the persons in them, nor the other way round.
        return self.employee is None, self.unit, self.month


@dataclass(slots=True)
class Plan:
    """What confirming would do; `said` by row number."""

    reader: UnitReader
    said: dict[int, Said] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    rejects: list[Reject] = field(default_factory=list)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    whole: str = ""


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _told(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed. Nothing is reckoned from a recap: it is held beside."""
    plan = _plan(stage)
    done = _told(plan)
    if not done.unmapped:
        now = current().now
        superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
        RecapRow.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
        inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
        swift.insert(RecapRow, [_record(one, stage.batch_pk, now) for one in inserts])
    return done


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnitReader(stage))
    people = dict(Employee.objects.values_list("nip", "pk"))
    read = [(row, who) for row in stage.rows() if (who := _who(row, people, plan)) is not None]
    if read:
        plan.said = {one.row: one for one in _said(read, plan, stage.today)}
    if plan.said:
        entries = (Entry(one.key, (one.unit, *one.figures.key), one.row) for one in plan.said.values())
        plan.revision = revise(entries, _stored(plan.said.values()), source_pk=stage.source_pk)
    return plan


# The person of a row (None: a whole unit) and its month.
Who = tuple[int | None, date]


def _who(row: Staged, people: Mapping[str, int], plan: Plan) -> Who | None:
    values = row.values
    nip, unit = str(values["nip"] or ""), str(values["unit"] or values["kode_unit"] or "")
    if is_total(nip or unit):
        plan.notes["total_rows"].add(row.number)
        return None
    employee = None
    if nip:
        try:
            employee = people.get(parse_nip(nip).digits)
        except NotANip:
            plan.rejects.append(_reject(row, "nip", "not_a_nip"))
            return None
    month = month_of(str(values["per_tanggal"]), values["tahun"])
    many = beyond_a_month(values) if nip else None
    if nip and employee is None:
        plan.rejects.append(_reject(row, "nip", "employee_unknown"))
    elif not nip and not unit:
        plan.rejects.append(_reject(row, "nip", "who_missing"))
    elif month is None:
        plan.rejects.append(_reject(row, "per_tanggal", "not_a_month"))
    elif says_nothing(values):
        plan.rejects.append(_reject(row, "hadir", "nothing_said"))
    elif many is not None:
        plan.rejects.append(_reject(row, many, "beyond_a_month"))
    else:
        return employee, month
    return None


def _said(read: Sequence[tuple[Staged, Who]], plan: Plan, today: date) -> Iterator[Said]:
    book = Book([row for row, _ in read])
    plan.whole = "flexible_added" if book.beside else "flexible_within" if book.undecided else ""
    months = {month for _, (_, month) in read}
    postings = _postings(min(months), month_end(max(months)) + DAY)
    for row, (employee, month) in read:
        if employee is None:
            unit = plan.reader.find(row, month)
        else:
            unit = _last_unit(postings.get(employee, ()), month)
            if unit is None:
                plan.rejects.append(_reject(row, "per_tanggal", "not_in_service"))
        if unit is None:
            continue
        figures = book.figures(row.values, of_unit=employee is None)
        for code in oddities(figures, row.values):
            plan.notes[code].add(row.number)
        if month > today:
            plan.notes["in_the_future"].add(row.number)
        yield Said(row.number, unit, employee, month, figures)


def _postings(since: date, until: date) -> Mapping[int, Sequence[tuple[int, DateRange]]]:
    """Everybody's postings of the span, the latest first."""
    found: dict[int, list[tuple[int, DateRange]]] = defaultdict(list)
    rows = Posting.objects.filter(superseded_at=None, period__overlap=DateRange(since, until)).order_by("-period")
    for employee, unit, period in rows.values_list("employee_id", "unit_id", "period"):
        found[employee].append((unit, period))
    return found


def _last_unit(postings: Iterable[tuple[int, DateRange]], month: date) -> int | None:
    """The last unit of the month: where a person ends a month is where the month is paid."""
    last = month_end(month)
    for unit, period in postings:
        starts, ends = period.lower or date.min, period.upper or date.max
        if starts <= last and month < ends:
            return unit
    return None


def _key(employee: int | None, unit: int, month: date) -> tuple[Hashable, ...]:
    return ("unit", unit, month) if employee is None else ("person", employee, month)


def _stored(said: Collection[Said]) -> Mapping[tuple[Hashable, ...], Stored]:
    """Current rows the file speaks of: the same person or unit, or another of the same unit and month."""
    named, scopes = {one.key for one in said}, {one.scope for one in said}
    found: dict[tuple[Hashable, ...], Stored] = {}
    rows = RecapRow.objects.filter(superseded_at=None, month__in={one.month for one in said}).values_list(
        *("pk", "unit_id", "employee_id", "month", "staff", "working_days", "present", "flexible_days"),
        *("late", "early", "absent", "shares", "batch__source_id"),
    )
    for pk, unit, employee, month, *figures, source in rows.iterator(chunk_size=10_000):
        key = _key(employee, unit, month)
        if key in named or (employee is None, unit, month) in scopes:
            found[key] = Stored(pk, (unit, *Figures(*figures).key), source)
    return found


def _record(one: Said, batch_pk: int, now: datetime) -> RecapRow:
    return RecapRow(
        unit_id=one.unit,
        employee_id=one.employee,
        month=one.month,
        staff=one.figures.staff,
        working_days=one.figures.working_days,
        present=one.figures.present,
        flexible_days=one.figures.flexible,
        late=one.figures.late,
        early=one.figures.early,
        absent=one.figures.absent,
        shares=one.figures.shares,
        batch_id=batch_pk,
        row_number=one.row,
        recorded_at=now,
    )


def _told(plan: Plan) -> Comparison:
    findings = noted(plan.notes)
    if plan.whole:
        findings.append(Finding(plan.whole))
    return comparison(
        plan.revision,
        clash_column=LAYOUT.column("per_tanggal").label,
        rejects=plan.rejects,
        findings=findings,
        unmapped=plan.reader.unmapped(),
        skipped=plan.reader.skipped,
        newest=max((month_end(one.month) for one in plan.said.values()), default=None),
    )


def _reject(row: Staged, column: str, code: str) -> Reject:
    value = str(row.values[column] or "")[:40]
    return Reject(row=row.number, column=LAYOUT.column(column).label, code=code, value=value)


def coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah have a recap row of themselves, of a unit below or of anybody in it; two queries."""
    rows = RecapRow.objects.filter(superseded_at=None, month__in=months).order_by()
    having: dict[date, set[int]] = defaultdict(set)
    for unit, month in rows.values_list("unit_id", "month").distinct():
        having[month].add(unit)
    known = list(UnitVersion.objects.filter(superseded_at=None).values_list("unit_id", "parent_id", "kind", "period"))
    found: dict[date, Coverage] = {}
    for month in months:
        last = month_end(month)
        standing = {
            unit: (parent, kind)
            for unit, parent, kind, period in known
            if period.lower <= last and (period.upper is None or last < period.upper)
        }
        told = {above for unit in having[month] for above in _line(unit, standing)}
        agencies = {unit for unit, (_, kind) in standing.items() if kind == UnitKind.AGENCY}
        found[month] = Coverage(len(agencies & told), len(agencies))
    return found


def _line(unit: int, standing: Mapping[int, tuple[int | None, str]]) -> set[int]:
    found: set[int] = set()
    at: int | None = unit
    while at is not None and at in standing and at not in found:
        found.add(at)
        at = standing[at][0]
    return found


def _create_nothing(foreign: Unmapped, choice: str, day: date) -> str:
    raise ValueError(choice)


RECAP = ImportKind(
    code="recap",
    label=recap_wording.kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=("per_tanggal",),
    vocabulary=Vocabulary(
        name="unit",
        label=recap_wording.vocabulary,
        columns=("kode_unit", "unit"),
        options=options,
        # A recap knows no more of a unit than its name; units come by the sheet of units.
        creatable=tuple,
        create=_create_nothing,
    ),
    compare=compare,
    write=write,
    say=recap_wording.say,
    max_rows=200_000,
    personal=True,
    cadence_days=45,
    coverage=coverage,
    covers=recap_wording.covers,
    affects=recap_wording.affects,
)
