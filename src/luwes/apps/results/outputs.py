"""The import kind `outputs`: what people or units produced, by day or by month, against a target."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import Employee, Posting
from luwes.apps.results import outputs_store, outputs_wording, work_queries
from luwes.apps.results.models import OutputRow
from luwes.apps.results.outputs_file import EXAMPLE, LAYOUT
from luwes.apps.results.outputs_store import Place, Said
from luwes.apps.results.work_units import VOCABULARY, UnitReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, noted, revise
from luwes.apps.sources.reading.contract import Reject
from luwes.core.nip import NotANip, parse_nip
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

LONGEST_LABEL = 120
# Whose results, since, until, label: `("person", pk)` or `("unit", pk)`.
Whose = tuple[str, int]
Key = tuple[Whose, date, date, str]


@dataclass(slots=True)
class Plan:
    """What confirming would do; `said` by row number, `places` are unit and period of stored rows by primary key."""

    reader: UnitReader
    said: dict[int, Said] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    rejects: list[Reject] = field(default_factory=list)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row understood as far as it needs no unit of a person."""

    row: Staged
    employee: int | None
    since: date
    until: date
    label: str


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more, store what is new or changed, and sum the touched units and days anew."""
    plan = _plan(stage)
    done = _comparison(plan)
    if done.unmapped:
        return done
    superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
    inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
    outputs_store.write_outputs(
        batch_pk=stage.batch_pk,
        said=inserts,
        superseded=superseded,
        touched={plan.places[pk] for pk in superseded} | {one.place for one in inserts},
    )
    return done


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnitReader(stage))
    people = dict(Employee.objects.values_list("nip", "pk"))
    read = [one for row in stage.rows() if (one := _read(row, people, plan)) is not None]
    if not read:
        return plan
    plan.said = {one.row: one for one in _said(read, plan)}
    if plan.said:
        stored, others = _stored(plan)
        entries = (Entry(_key(one), one.values, one.row) for one in plan.said.values())
        plan.revision = revise(entries, stored, source_pk=stage.source_pk)
        _note(plan, others, stage.today)
    return plan


def _key(one: Said) -> Key:
    return _whose(one.employee, one.unit), one.since, one.until, one.label


def _whose(employee: int | None, unit: int) -> Whose:
    return ("unit", unit) if employee is None else ("person", employee)


def _read(row: Staged, people: Mapping[str, int], plan: Plan) -> _Read | None:
    values = row.values
    nip, label = str(values["nip"] or ""), " ".join(str(values["hasil"] or "").split())
    day, month = values["tanggal"], values["bulan"]
    employee = None
    if nip:
        try:
            employee = people.get(parse_nip(nip).digits)
        except NotANip:
            plan.rejects.append(_reject(row.number, "nip", "not_a_nip", nip))
            return None
    if nip and employee is None:
        plan.rejects.append(_reject(row.number, "nip", "employee_unknown", nip))
    elif not nip and not values["unit"] and not values["kode_unit"]:
        plan.rejects.append(_reject(row.number, "unit", "who_missing", ""))
    elif not day and not month:
        plan.rejects.append(_reject(row.number, "tanggal", "period_missing", ""))
    elif len(label) > LONGEST_LABEL:
        plan.rejects.append(_reject(row.number, "hasil", "label_too_long", label))
    else:
        since = date.fromisoformat(str(day or month))
        until = since + DAY if day else next_month(since)
        return _Read(row, employee, since, until, label)
    return None


def _said(read: Sequence[_Read], plan: Plan) -> Iterator[Said]:
    """The rows with the unit as it was then: a transfer later on moves no result to the new unit."""
    postings = _postings(min(one.since for one in read), max(one.until for one in read))
    for one in read:
        if one.employee is None:
            unit = plan.reader.find(one.row, one.since)
        else:
            unit = _unit_then(postings.get(one.employee, ()), one)
            if unit is None:
                plan.rejects.append(_reject(one.row.number, "tanggal", "not_in_service", one.since.isoformat()))
        if unit is not None:
            yield Said(one.row.number, unit, one.employee, one.since, one.until, one.label, *_figures(one.row))


def _figures(row: Staged) -> tuple[int, int | None, int | None]:
    target, quality = row.values["target"], row.values["mutu"]
    return (
        int(row.values["jumlah"] or 0),
        None if target is None else int(target),
        None if quality is None else int(Decimal(str(quality)).quantize(Decimal(1), ROUND_HALF_UP)),
    )


def _postings(since: date, until: date) -> Mapping[int, Sequence[tuple[int, DateRange]]]:
    found: dict[int, list[tuple[int, DateRange]]] = defaultdict(list)
    rows = Posting.objects.filter(superseded_at=None, period__overlap=DateRange(since, until)).order_by("period")
    for employee, unit, period in rows.values_list("employee_id", "unit_id", "period"):
        found[employee].append((unit, period))
    return found


def _unit_then(postings: Iterable[tuple[int, DateRange]], one: _Read) -> int | None:
    """The first unit of the period: a month with a transfer counts where it began."""
    for unit, period in postings:
        starts, ends = period.lower or date.min, period.upper or date.max
        if starts < one.until and one.since < ends:
            return unit
    return None


def _stored(plan: Plan) -> tuple[dict[tuple[Hashable, ...], Stored], list[Key]]:
    """Current rows the file speaks of (same key, or same unit and period), and the keys of all its months."""
    said = plan.said.values()
    named, scopes = {_key(one) for one in said}, {one.place for one in said}
    first, last = min(one.since for one in said).replace(day=1), max(one.until for one in said)
    rows = OutputRow.objects.filter(superseded_at=None, since__gte=first, since__lt=last).values_list(
        *("pk", "unit_id", "employee_id", "since", "until", "label", "count", "target", "quality"), "batch__source_id"
    )
    stored: dict[tuple[Hashable, ...], Stored] = {}
    others: list[Key] = []
    for pk, unit, employee, since, until, label, count, target, quality, source in rows.iterator(chunk_size=10_000):
        key = (_whose(employee, unit), since, until, label)
        others.append(key)
        if key in named or (unit, since, until) in scopes:
            stored[key] = Stored(pk, (unit, count, target, quality), source)
            plan.places[pk] = (unit, since, until)
    return stored, others


def _note(plan: Plan, others: Sequence[Key], today: date) -> None:
    said = plan.said.values()
    grains: dict[tuple[Whose, date], set[bool]] = defaultdict(set)
    for whose, since, until, _ in [*others, *map(_key, said)]:
        grains[whose, since.replace(day=1)].add(until - since > DAY)
    by_person = {one.place for one in said if one.employee is not None}
    for one in said:
        whose, since, _, _ = _key(one)
        holding = {
            "in_the_future": since > today,
            "day_and_month": len(grains[whose, since.replace(day=1)]) > 1,
            "unit_and_persons": one.employee is None and one.place in by_person,
            "target_zero": one.target == 0,
        }
        for code in (code for code, holds in holding.items() if holds):
            plan.notes[code].add(one.row)


def _comparison(plan: Plan) -> Comparison:
    findings = noted(plan.notes)
    return comparison(
        plan.revision,
        clash_column=LAYOUT.column("jumlah").label,
        rejects=plan.rejects,
        findings=findings,
        unmapped=plan.reader.unmapped(),
        skipped=plan.reader.skipped,
        newest=max((one.until - DAY for one in plan.said.values()), default=None),
    )


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=LAYOUT.column(column).label, code=code, value=value[:40])


OUTPUTS_KIND = ImportKind(
    code="outputs",
    label=outputs_wording.kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=outputs_wording.say,
    max_rows=1_000_000,
    personal=True,
    cadence_days=40,
    coverage=work_queries.outputs_coverage,
    covers=outputs_wording.covers,
    affects=outputs_wording.affects,
)
