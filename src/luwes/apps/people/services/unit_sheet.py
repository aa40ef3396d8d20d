"""The import kind `units`: the tree with its workplaces, as one sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import ALWAYS, create_unit
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import Signal, Unit, UnitKind, UnitVersion, WorkplaceVersion, Zone
from luwes.apps.people.services import wording
from luwes.apps.people.services.layout import KINDS, SIGNALS, UNITS, UNITS_EXAMPLE, ZONES
from luwes.apps.people.services.places import set_workplace
from luwes.apps.sources.kinds import NO_CODES, Comparison, Finding, ImportKind, Stage, Staged
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.names import normalise
from luwes.core.names import name_key
from luwes.core.workdays.periods import Period

KIND_OF = dict(zip(KINDS, UnitKind, strict=True))
ZONE_OF = dict(zip(ZONES, Zone, strict=True))
SIGNAL_OF = dict(zip(SIGNALS, Signal, strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One unit as the sheet states it; `parent` is the code or name as written."""

    number: int
    code: str
    name: str
    kind: UnitKind
    parent: str
    place: str
    zone: Zone | None
    signal: Signal | None
    since: date | None

    @property
    def said(self) -> tuple[object, ...]:
        return (self.name, self.kind, self.parent, self.place, self.zone, self.signal, self.since)


@dataclass(slots=True)
class Plan:
    """What confirming would do, parents before children; `units` are the known units by code."""

    ordered: list[Row] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    known: dict[str, UnitVersion] = field(default_factory=dict)
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


class Book:
    """The tree as known now, by code and by name on the day."""

    def __init__(self, day: date) -> None:
        rows = UnitVersion.objects.filter(superseded_at=None, period__contains=day).select_related("unit", "parent")
        self.by_code = {row.code: row for row in rows}
        self.by_pk = {row.unit_id: row for row in rows}
        self._names: dict[str, list[UnitVersion]] = {}
        for row in rows:
            self._names.setdefault(normalise(row.name), []).append(row)
        found = WorkplaceVersion.objects.filter(superseded_at=None, period__contains=day)
        self.places = {(row.unit_id, row.name_key): (row.zone, row.signal) for row in found}

    def named(self, name: str) -> list[UnitVersion]:
        return self._names.get(normalise(name), [])

    def code_of(self, pk: int | None) -> str:
        return self.by_pk[pk].code if pk in self.by_pk else ""


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against the tree; reads only."""
    return _comparison(_plan(stage, Book(stage.today)))


def write(stage: Stage) -> Comparison:
    """Compare once more, then record new units and what changed, parents first."""
    plan = _plan(stage, Book(stage.today))
    units: dict[str, Unit] = {code: version.unit for code, version in plan.known.items()}
    new, changed = {row.code for row in plan.new}, {row.code for row in plan.changed}
    for row in plan.ordered:
        parent = units.get(plan.parents[row.code])
        if row.code in new:
            since = row.since or ALWAYS
            units[row.code] = create_unit(code=row.code, name=row.name, kind=row.kind, parent=parent, since=since)
        elif row.code in changed:
            since = row.since or stage.today
            _change(row, plan.known[row.code], parent, since)
        if row.place and row.code in new | changed and row.zone is not None:
            set_workplace(unit=units[row.code], name=row.place, zone=row.zone, signal=row.signal, since=since)
    return _comparison(plan)


def _change(row: Row, old: UnitVersion, parent: Unit | None, since: date) -> None:
    told = (row.code, row.name, row.kind.value, parent.pk if parent else None)
    if told == (old.code, old.name, old.kind, old.parent_id):
        return
    make_room(UnitVersion.objects.filter(unit=old.unit), Period(since))
    UnitVersion.objects.create(
        unit=old.unit,
        code=row.code,
        name=row.name,
        name_key=name_key(row.name),
        kind=row.kind.value,
        parent=parent,
        period=(since, None),
        recorded_at=current().now,
    )
    announce(kind="unit", subject=old.unit.key, unit=old.unit.key, period=Period(since))


def _plan(stage: Stage, book: Book) -> Plan:
    plan = Plan(known=dict(book.by_code))
    rows: dict[str, Row] = {}
    for staged in stage.rows():
        row = _row(staged, plan)
        if row is None:
            continue
        first = rows.setdefault(row.code, row)
        if first.said != row.said:
            plan.rejects.append(_reject(row.number, "kode", "rows_differ", row.code))
        elif first is not row:
            plan.repeated.append(row.number)
    top = next((row.code for row in rows.values() if row.kind is UnitKind.GOVERNMENT), "")
    top = top or next((v.code for v in book.by_code.values() if v.kind == UnitKind.GOVERNMENT), "")
    for row in list(rows.values()):
        parent = _parent(row, rows, book, top)
        if parent is None:
            plan.rejects.append(_reject(row.number, "induk", "parent_unknown", row.parent))
            del rows[row.code]
        else:
            plan.parents[row.code] = parent
    _order(rows, plan)
    for row in plan.ordered:
        _sort(row, plan, book)
    return plan


def _row(staged: Staged, plan: Plan) -> Row | None:
    values = {name: "" if value is None else str(value) for name, value in staged.values.items()}
    zone = ZONE_OF.get(values["zona"])
    place = values["tempat"] or (values["nama"] if values["zona"] or values["sinyal"] else "")
    if place and zone is None:
        plan.rejects.append(_reject(staged.number, "zona", "zone_missing", place))
        return None
    return Row(
        number=staged.number,
        code=values["kode"],
        name=" ".join(values["nama"].split()),
        kind=KIND_OF[values["jenis"]],
        parent=values["induk"],
        place=place,
        zone=zone,
        signal=SIGNAL_OF.get(values["sinyal"]),
        since=date.fromisoformat(values["berlaku"]) if values["berlaku"] else None,
    )


def _parent(row: Row, rows: Mapping[str, Row], book: Book, top: str) -> str | None:
    """The parent's code, "" for the top, None where it is unknown or not one unit."""
    if not row.parent:
        return "" if row.code == top else top
    if row.parent in rows or row.parent in book.by_code:
        return row.parent
    wanted = normalise(row.parent)
    named = {one.code for one in rows.values() if normalise(one.name) == wanted}
    named = named or {version.code for version in book.named(row.parent)}
    return named.pop() if len(named) == 1 else None


def _order(rows: Mapping[str, Row], plan: Plan) -> None:
    """Parents first; what closes on itself is refused, and so is what hangs below a refused row."""
    waiting, placed = dict(rows), set(plan.known) - set(rows) | {""}
    while waiting:
        ready = [row for row in waiting.values() if plan.parents[row.code] in placed]
        for row in ready:
            del waiting[row.code]
            placed.add(row.code)
            plan.ordered.append(row)
        if not ready:
            break
    for row in waiting.values():
        code = "parent_closes" if plan.parents[row.code] in waiting else "parent_unknown"
        plan.rejects.append(_reject(row.number, "induk", code, row.parent))


def _sort(row: Row, plan: Plan, book: Book) -> None:
    parent = plan.parents[row.code]
    old = book.by_code.get(row.code)
    if old is None:
        # The staff file may have brought the unit under another code: same name below the same parent is the same.
        same = [one for one in book.named(row.name) if book.code_of(one.parent_id) == parent and parent]
        old = same[0] if len(same) == 1 and same[0].code not in plan.parents else None
        if old is not None:
            plan.known[row.code] = old
    if old is None:
        plan.new.append(row)
        return
    place = (row.zone, row.signal.value if row.signal else "")
    placed = not row.place or book.places.get((old.unit_id, name_key(row.place))) == place
    same_unit = (old.code, old.name, old.kind) == (row.code, row.name, row.kind)
    if placed and same_unit and book.code_of(old.parent_id) == parent:
        plan.unchanged += 1
    else:
        plan.changed.append(row)


def _comparison(plan: Plan) -> Comparison:
    rows = [*plan.new, *plan.changed]
    ungraded = [row.number for row in rows if row.place and row.signal is None]
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged + len(plan.repeated),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        findings=tuple(_findings({"repeated_rows": plan.repeated, "signal_missing": ungraded})),
        newest=max((row.since for row in rows if row.since), default=None),
    )


def _findings(found: Mapping[str, Sequence[int]]) -> Iterable[Finding]:
    return [Finding(code, {"count": len(rows)}, tuple(rows[:20])) for code, rows in found.items() if rows]


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=UNITS.column(column).label, code=code, value=value[:80])


UNITS_KIND = ImportKind(
    code="units",
    label=wording.units_kind,
    layout=UNITS,
    example=UNITS_EXAMPLE,
    asked=("berlaku",),
    vocabulary=NO_CODES,
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=20_000,
)
