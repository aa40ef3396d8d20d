"""The import kind `budget`: the recap of budget realisation per unit (TEPRA)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luwes.apps.people.models import UnitVersion
from luwes.apps.results import budget_checks, units, wording, work_queries
from luwes.apps.results.actions import BudgetEntry, write_budget_rows
from luwes.apps.results.budget_file import EXAMPLE, LAYOUT
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.kinds import SKIP, Comparison, ImportKind, Stage, Staged, Unmapped, Vocabulary
from luwes.apps.sources.reading.contract import Reject
from luwes.core.indicators.budget import BudgetDataError, BudgetFigure

HUNDREDTH = Decimal("0.01")
Key = tuple[int, int, date]


@dataclass(slots=True)
class Plan:
    """What confirming would do: entries to insert, rows to supersede, rows the file no longer names."""

    entries: list[BudgetEntry] = field(default_factory=list)
    new: list[BudgetEntry] = field(default_factory=list)
    changed: list[tuple[int, BudgetEntry]] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    skipped: int = 0
    rejects: list[Reject] = field(default_factory=list)
    unmapped: dict[str, list[Staged]] = field(default_factory=dict)
    renamed: list[int] = field(default_factory=list)


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    book = units.UnitBook.read()
    return _comparison(stage, _plan(stage, book), book)


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed; returns what was really done."""
    book = units.UnitBook.read()
    plan = _plan(stage, book)
    done = _comparison(stage, plan, book)
    write_budget_rows(
        batch_pk=stage.batch_pk,
        entries=[*plan.new, *(entry for _, entry in plan.changed)],
        superseded=[*(pk for pk, _ in plan.changed), *(plan.gone if stage.withdraw_gone else [])],
    )
    return done


def _plan(stage: Stage, book: units.UnitBook) -> Plan:
    plan = Plan()
    read: dict[Key, list[BudgetEntry]] = {}
    for row in stage.rows():
        entry = _entry(row, stage, book, plan)
        if entry is not None:
            read.setdefault(entry.key, []).append(entry)
    for same in read.values():
        if len({entry.values for entry in same}) == 1:
            plan.entries.append(same[0])
            plan.repeated.extend(entry.row_number for entry in same[1:])
        else:
            plan.rejects.extend(_reject(entry.row_number, "nama_pd", "rows_differ", "") for entry in same)
    _hold_against_stored(plan, stage, mentioned=read.keys())
    return plan


def _entry(row: Staged, stage: Stage, book: units.UnitBook, plan: Plan) -> BudgetEntry | None:
    """One row as a figure of one of our units; None where it is skipped, unmapped or refused."""
    values = row.values
    code, name = str(values["kode_pd"] or ""), str(values["nama_pd"] or "")
    if stage.values.get(code or name) == SKIP:
        plan.skipped += 1
        return None
    day = date.fromisoformat(str(values["per_tanggal"]))
    version = units.resolve(book, stage.values, code=code, name=name, day=day)
    if version is None:
        plan.unmapped.setdefault(code or name, []).append(row)
        return None
    try:
        figure = _figure(row, version, day)
    except BudgetDataError as error:
        plan.rejects.append(_reject(row.number, "per_tanggal", error.code, day.isoformat()))
        return None
    if code and code not in stage.values and not budget_checks.same_name(name, version.name):
        plan.renamed.append(row.number)
    return BudgetEntry(
        unit_pk=version.unit_id,
        year=figure.year,
        as_of=figure.as_of,
        ceiling=figure.ceiling,
        realised=figure.realised,
        reported_pct=figure.reported_pct,
        physical_pct=figure.physical_pct,
        own_target_pct=figure.own_target_pct,
        row_number=row.number,
    )


def _figure(row: Staged, version: UnitVersion, day: date) -> BudgetFigure:
    values = row.values
    return BudgetFigure(
        unit=version.unit.key,
        as_of=day,
        year=int(values["tahun"] or 0),
        ceiling=int(values["pagu"] or 0),
        realised=int(values["realisasi_keu_rp"] or 0),
        reported_pct=_pct(values["realisasi_keu_pct"]),
        physical_pct=_pct(values["realisasi_fisik_pct"]),
        own_target_pct=_pct(values["target_pct"]),
    )


def _pct(value: str | int | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(HUNDREDTH)


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=LAYOUT.column(column).label, code=code, value=value)


def _hold_against_stored(plan: Plan, stage: Stage, *, mentioned: Iterable[Key]) -> None:
    """Sort the entries into new, changed and unchanged, and name what the file no longer says."""
    named = set(mentioned)
    pairs = {(year, as_of) for _, year, as_of in named}
    # Two short lists find a superset in one index; a file with many dates would make a query of as many parts.
    rows = BudgetRow.objects.filter(
        superseded_at=None, year__in={year for year, _ in pairs}, as_of__in={as_of for _, as_of in pairs}
    ).select_related("batch")
    stored = {(row.unit_id, row.year, row.as_of): row for row in rows if (row.year, row.as_of) in pairs}
    for entry in plan.entries:
        row = stored.get(entry.key)
        if row is None:
            plan.new.append(entry)
        elif entry.values == _stored_values(row):
            plan.unchanged += 1
        else:
            plan.changed.append((row.pk, entry))
    plan.gone = [row.pk for key, row in stored.items() if key not in named and row.batch.source_id == stage.source_pk]


def _stored_values(row: BudgetRow) -> tuple[int, int, Decimal | None, Decimal | None, Decimal | None]:
    return (row.ceiling, row.realised, row.reported_pct, row.physical_pct, row.own_target_pct)


def _comparison(stage: Stage, plan: Plan, book: units.UnitBook) -> Comparison:
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged + len(plan.repeated),
        gone=len(plan.gone),
        skipped=plan.skipped,
        unmapped_rows=sum(len(rows) for rows in plan.unmapped.values()),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        unmapped=tuple(_unmapped(value, rows, stage, book) for value, rows in plan.unmapped.items()),
        findings=budget_checks.findings(
            plan.entries, book, repeated=plan.repeated, renamed=plan.renamed, today=stage.today
        ),
        newest=max((entry.as_of for entry in plan.entries), default=None),
    )


def _unmapped(value: str, rows: Sequence[Staged], stage: Stage, book: units.UnitBook) -> Unmapped:
    first = rows[0]
    name = str(first.values["nama_pd"] or "")
    code = str(first.values["kode_pd"] or "")
    day = date.fromisoformat(str(first.values["per_tanggal"]))
    return Unmapped(
        value=value,
        label=name,
        count=len(rows),
        row=first.number,
        nearest=book.nearest(code=code, name=name, day=day),
    )


BUDGET = ImportKind(
    code="budget",
    label=wording.budget_kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=("tahun", "per_tanggal"),
    vocabulary=Vocabulary(
        name="unit",
        label=wording.unit_vocabulary,
        columns=("kode_pd", "nama_pd"),
        options=units.options,
        creatable=units.creatable,
        create=units.create,
    ),
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=20_000,
    cadence_days=45,
    coverage=work_queries.budget_coverage,
    covers=wording.agencies,
    affects=wording.budget_affects,
)
