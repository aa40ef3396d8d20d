"""The import kind `bills`: what meters counted, in physical units; rupiah only beside it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from luwes.apps.audit.unit_of_work import current
from luwes.apps.results import bills_checks, bills_wording, work_queries
from luwes.apps.results.bills_checks import Line, Meter
from luwes.apps.results.bills_file import EXAMPLE, LAYOUT
from luwes.apps.results.models import Bill, Utility
from luwes.apps.results.work_units import VOCABULARY, UnitReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, noted, revise
from luwes.apps.sources.reading.contract import Reject
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

LONGEST_PERIOD, LONGEST_METER, LONGEST_TARIFF = 400, 40, 40
UTILITIES = {
    "Listrik": Utility.ELECTRICITY,
    "Air": Utility.WATER,
    "Data": Utility.DATA,
    "BBM": Utility.FUEL,
}


@dataclass(slots=True)
class Plan:
    """What confirming would do; `lines` by row number, `restated` are stored bills that new ones take the place of."""

    reader: UnitReader
    lines: dict[int, Line] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    restated: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed; month sums are reckoned when they are read."""
    plan = _plan(stage)
    done = _comparison(plan)
    if not done.unmapped:
        superseded = [*plan.revision.superseded(withdraw_gone=stage.withdraw_gone), *plan.restated]
        _store(stage.batch_pk, [plan.lines[entry.row] for entry in plan.revision.inserts], superseded)
    return done


def _store(batch_pk: int, lines: Iterable[Line], superseded: Iterable[int]) -> None:
    now = current().now
    Bill.objects.filter(pk__in=list(superseded), superseded_at=None).update(superseded_at=now)
    Bill.objects.bulk_create(
        [
            Bill(
                unit_id=line.unit,
                utility=line.meter[0],
                meter=line.meter[1],
                since=line.since,
                until=line.until,
                quantity_milli=line.quantity_milli,
                tariff=line.tariff,
                rupiah=line.rupiah,
                batch_id=batch_pk,
                row_number=line.row,
                recorded_at=now,
            )
            for line in lines
        ],
        batch_size=1_000,
    )


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnitReader(stage))
    plan.lines = {line.row: line for row in stage.rows() if (line := _line(row, plan)) is not None}
    if plan.lines:
        known = _known(plan)
        _revise(plan, known, stage.source_pk)
        plan.notes.update(bills_checks.notes(plan.lines.values(), known, today=stage.today))
    return plan


def _line(row: Staged, plan: Plan) -> Line | None:
    values = row.values
    period = _period(row, plan)
    meter = str(values["meter"]).replace(" ", "")
    if period is None:
        return None
    if len(meter) > LONGEST_METER:
        plan.rejects.append(_reject(row.number, "meter", "meter_too_long", meter))
        return None
    unit = plan.reader.find(row, period[0])
    if unit is None:
        return None
    rupiah = values["rupiah"]
    return Line(
        row=row.number,
        unit=unit,
        meter=(UTILITIES[str(values["jenis"])].value, meter),
        since=period[0],
        until=period[1],
        quantity_milli=int((Decimal(str(values["pemakaian"])) * 1000).quantize(Decimal(1), ROUND_HALF_UP)),
        tariff=str(values["tarif"] or "")[:LONGEST_TARIFF],
        rupiah=None if rupiah is None else int(rupiah),
    )


def _period(row: Staged, plan: Plan) -> tuple[date, date] | None:
    """The period as written, or the whole month; None where there is none, which is then told."""
    first, last, month = (row.values[name] for name in ("mulai", "sampai", "bulan"))
    if first and last:
        since, until = date.fromisoformat(str(first)), date.fromisoformat(str(last)) + DAY
    elif month:
        since = date.fromisoformat(str(month))
        until = next_month(since)
    else:
        plan.rejects.append(_reject(row.number, "mulai", "period_missing", str(first or last or "")))
        return None
    if until <= since:
        plan.rejects.append(_reject(row.number, "sampai", "ends_before_start", str(last)))
    elif (until - since).days > LONGEST_PERIOD:
        plan.rejects.append(_reject(row.number, "sampai", "period_too_long", str(last)))
    else:
        return since, until
    return None


def _known(plan: Plan) -> list[Bill]:
    """Current bills of the meters the file names, and of its units in its span."""
    lines = plan.lines.values()
    span = (min(line.since for line in lines).replace(day=1), max(line.until for line in lines))
    near = Q(unit__in={line.unit for line in lines}, since__gte=span[0], since__lt=span[1])
    rows = Bill.objects.filter(near | Q(meter__in={line.meter[1] for line in lines}), superseded_at=None)
    return list(rows.select_related("batch").order_by("pk"))


def _revise(plan: Plan, known: list[Bill], source_pk: int) -> None:
    lines = plan.lines.values()
    keys = {line.key for line in lines}
    scopes = {(line.unit, line.since.replace(day=1)) for line in lines}
    stored: dict[tuple[Hashable, ...], Stored] = {}
    for bill in known:
        key = (bill.utility, bill.meter, bill.since)
        if key in keys or (bill.unit_id, bill.since.replace(day=1)) in scopes:
            values = (bill.unit_id, bill.until, bill.quantity_milli, bill.tariff, bill.rupiah)
            stored[key] = Stored(bill.pk, values, bill.batch.source_id)
    entries = [Entry(line.key, line.values, line.row) for line in lines]
    plan.revision = revise(entries, stored, source_pk=source_pk)
    _refuse_overlaps(plan, known)


def _refuse_overlaps(plan: Plan, known: list[Bill]) -> None:
    """One day of a meter is billed once. A source that restates a period of its own replaces it instead."""
    revision = plan.revision
    # A repeated row is one bill, and rows at odds are refused already.
    usual = {entry.row for entry in revision.clashing} | set(revision.repeated)
    counted = [line for line in plan.lines.values() if line.row not in usual]
    restated: dict[int, int] = {}
    refused = bills_checks.overlapping(counted)
    corrected = {line.key for line in counted}
    by_meter: dict[Meter, list[Bill]] = defaultdict(list)
    for bill in known:
        if (bill.utility, bill.meter, bill.since) not in corrected:
            by_meter[bill.utility, bill.meter].append(bill)
    for line in counted:
        for bill in by_meter[line.meter]:
            if bill.since < line.until and line.since < bill.until:
                if bill.pk in revision.gone:
                    restated[bill.pk] = line.row
                else:
                    refused.add(line.row)
    _drop(plan, refused)
    restated = {pk: row for pk, row in restated.items() if row not in refused}
    plan.restated = list(restated)
    revision.gone = [pk for pk in revision.gone if pk not in restated]
    if restated:
        plan.notes["restated"] = set(restated.values())


def _drop(plan: Plan, refused: set[int]) -> None:
    revision = plan.revision
    before = len(revision.new) + len(revision.changed)
    revision.new = [entry for entry in revision.new if entry.row not in refused]
    revision.changed = [(pk, entry) for pk, entry in revision.changed if entry.row not in refused]
    kept_as_stored = len(refused) - (before - len(revision.new) - len(revision.changed))
    revision.unchanged -= kept_as_stored
    for row in sorted(refused):
        line = plan.lines[row]
        plan.rejects.append(_reject(row, "mulai", "overlaps", line.since.isoformat()))


def _comparison(plan: Plan) -> Comparison:
    findings = noted(plan.notes)
    return comparison(
        plan.revision,
        clash_column=LAYOUT.column("meter").label,
        rejects=plan.rejects,
        findings=findings,
        unmapped=plan.reader.unmapped(),
        skipped=plan.reader.skipped,
        newest=max((line.until - DAY for line in plan.lines.values()), default=None),
    )


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=LAYOUT.column(column).label, code=code, value=value[:40])


BILLS_KIND = ImportKind(
    code="bills",
    label=bills_wording.kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=bills_wording.say,
    max_rows=100_000,
    cadence_days=45,
    coverage=work_queries.bills_coverage,
    covers=bills_wording.covers,
    affects=bills_wording.affects,
)
