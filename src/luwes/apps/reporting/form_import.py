"""The import kind `isian`: monthly forms of many units in one workbook.

A form is one document, so a file only adds and corrects answers: rows it leaves out or leaves empty stay as they are.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from luwes.apps.people.models import UnitKind, UnitVersion
from luwes.apps.people.unit_book import UnitReader
from luwes.apps.reporting import form_wording
from luwes.apps.reporting.form_actions import store_version
from luwes.apps.reporting.form_fields import FIELDS, Field, Value, disagreeing
from luwes.apps.reporting.form_layout import EXAMPLE, LAYOUT
from luwes.apps.reporting.form_values import AnswerUnread, parse
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.apps.results import work_queries
from luwes.apps.results.work_units import VOCABULARY
from luwes.apps.sources.kinds import Comparison, Coverage, Finding, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import LISTED_ROWS, Entry, Revision, Stored, comparison, revise
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.names import nearest, normalise
from luwes.core.workdays.months import month_end

# A unit's month.
Place = tuple[int, date]


@dataclass(slots=True)
class Plan:
    """What confirming would do; `stored` are the current forms of the places the file speaks of."""

    reader: UnitReader
    entries: list[Entry] = field(default_factory=list)
    stored: dict[Place, MonthlyForm] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    rejects: list[Reject] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store a new version of every form that gains or changes an answer."""
    plan = _plan(stage)
    done = _comparison(plan)
    if not done.unmapped:
        for (unit_pk, month), answers in _answers(plan.revision.inserts).items():
            known = plan.stored.get((unit_pk, month))
            store_version(
                unit_pk=unit_pk,
                month=month,
                values=(known.values if known else {}) | answers,
                comment=known.comment if known else "",
                batch_pk=stage.batch_pk,
            )
    return done


def coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """How many perangkat daerah began a form for the month."""
    having: dict[date, set[int]] = defaultdict(set)
    rows = MonthlyForm.objects.filter(superseded_at=None, month__in=months)
    for unit, month in rows.values_list("unit_id", "month"):
        having[month].add(unit)
    return work_queries.agencies(months, having)


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnitReader(stage))
    fields = _by_name()
    agencies = _agencies()
    for row in stage.rows():
        found = _entry(row, plan, fields, agencies, stage.today)
        if isinstance(found, Reject):
            plan.rejects.append(found)
        elif found is not None:
            plan.entries.append(found)
    places = {_place(entry) for entry in plan.entries}
    forms = MonthlyForm.objects.filter(
        superseded_at=None, unit__in={pk for pk, _ in places}, month__in={month for _, month in places}
    )
    plan.stored = {(row.unit_id, row.month): row for row in forms if (row.unit_id, row.month) in places}
    _refuse_signed(plan, places)
    stored: dict[tuple[Hashable, ...], Stored] = {
        (*place, code): Stored(form.pk, (_hashable(value),), None)
        for place, form in plan.stored.items()
        for code, value in form.values.items()
    }
    plan.revision = revise(plan.entries, stored, source_pk=stage.source_pk)
    _refuse_impossible(plan)
    return plan


def _entry(
    row: Staged, plan: Plan, fields: Mapping[str, Field], agencies: set[int], today: date
) -> Entry | Reject | None:
    """One row as an answer or as why it is none; None where it says nothing, is skipped or unmapped, which is told."""
    values = row.values
    month = date.fromisoformat(str(values["bulan"]))
    if month > today:
        return _reject(row, "bulan", "month_ahead")
    # By the month's last day: a unit that came into being within it reports the month.
    unit = plan.reader.find(row, min(month_end(month), today))
    if unit is None:
        return None
    if unit not in agencies:
        return _reject(row, "unit", "not_an_agency")
    name = str(values["butir"])
    known = fields.get(normalise(name))
    if known is None:
        return _reject(row, "butir", "field_unknown", nearest(name, [one.code for one in FIELDS if one.asked]))
    if not known.asked:
        return _reject(row, "butir", "not_asked")
    try:
        value = parse(known, str(values["nilai"] or ""))
    except AnswerUnread as refused:
        return _reject(row, "nilai", refused.code)
    if value is None:
        plan.empty.append(row.number)
        return None
    return Entry((unit, month, known.code), (_hashable(value),), row.number)


def _reject(row: Staged, column: str, code: str, near: str | None = None) -> Reject:
    return Reject(row.number, LAYOUT.column(column).label, code, str(row.values[column])[:40], near)


def _by_name() -> dict[str, Field]:
    """Rows by their code and by what they are called, where that names one alone."""
    found: dict[str, Field] = {}
    doubled: set[str] = set()
    for one in FIELDS:
        name = normalise(str(one.label))
        if name in found:
            doubled.add(name)
        found[name] = one
    kept = {name: one for name, one in found.items() if name not in doubled}
    return kept | {normalise(one.code): one for one in FIELDS}


def _agencies() -> set[int]:
    rows = UnitVersion.objects.filter(superseded_at=None, kind=UnitKind.AGENCY)
    return set(rows.values_list("unit_id", flat=True))


def _refuse_signed(plan: Plan, places: set[Place]) -> None:
    rows = MonthlySignature.objects.filter(ended_at=None, unit__in={pk for pk, _ in places})
    signed = set(rows.values_list("unit_id", "month")) & places
    stays: list[Entry] = []
    for entry in plan.entries:
        form = plan.stored.get(_place(entry))
        # The same file again says nothing new, also after it was signed.
        same = form is not None and (_hashable(form.values.get(_code(entry))),) == entry.values
        if _place(entry) in signed and not same:
            column = LAYOUT.column("bulan").label
            plan.rejects.append(Reject(entry.row, column, "month_signed", f"{_place(entry)[1]:%Y-%m}"))
        else:
            stays.append(entry)
    plan.entries = stays


def _refuse_impossible(plan: Plan) -> None:
    """Counts that contradict each other once they stand in one form are refused together, row by row."""
    revision = plan.revision
    bad: set[tuple[Place, str]] = set()
    for place, answers in _answers(revision.inserts).items():
        known = plan.stored.get(place)
        whole = (known.values if known else {}) | answers
        bad.update((place, code) for pair in disagreeing(whole) for code in pair)
    refused = [entry for entry in revision.inserts if (_place(entry), _code(entry)) in bad]
    rows = {entry.row for entry in refused}
    revision.new = [entry for entry in revision.new if entry.row not in rows]
    revision.changed = [(pk, entry) for pk, entry in revision.changed if entry.row not in rows]
    column = LAYOUT.column("nilai").label
    told = [Reject(entry.row, column, "counts_disagree", str(entry.values[0])) for entry in refused]
    plan.rejects.extend(told)


def _answers(entries: Sequence[Entry]) -> dict[Place, dict[str, Value]]:
    found: dict[Place, dict[str, Value]] = defaultdict(dict)
    for entry in entries:
        found[_place(entry)][_code(entry)] = _value(entry.values[0])
    return found


def _place(entry: Entry) -> Place:
    unit, month, _code_of = cast(tuple[int, date, str], entry.key)
    return unit, month


def _code(entry: Entry) -> str:
    return str(entry.key[2])


def _hashable(value: Value | None) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


def _value(kept: Hashable) -> Value:
    return list(kept) if isinstance(kept, tuple) else cast(Value, kept)


def _comparison(plan: Plan) -> Comparison:
    empty = Finding("left_empty", {"count": len(plan.empty)}, tuple(plan.empty[:LISTED_ROWS]))
    return comparison(
        plan.revision,
        clash_column=LAYOUT.column("butir").label,
        rejects=plan.rejects,
        findings=[empty] if plan.empty else [],
        unmapped=plan.reader.unmapped(),
        skipped=plan.reader.skipped,
        newest=max((_place(entry)[1] for entry in plan.entries), default=None),
    )


FORM_KIND = ImportKind(
    code="isian",
    label=form_wording.kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=form_wording.say,
    max_rows=100_000,
    cadence_days=45,
    coverage=coverage,
    covers=form_wording.covers,
    affects=form_wording.affects,
)
