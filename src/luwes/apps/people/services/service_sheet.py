"""The import kind `services`: names, owners, published standards, points and chains, as one sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.changes import announce
from luwes.apps.people.models import (
    ChainLink,
    Counting,
    LinkRole,
    Service,
    ServicePointVersion,
    ServiceVersion,
    Unit,
    UnitVersion,
)
from luwes.apps.people.models.services import USUAL_SHARE
from luwes.apps.people.services import wording
from luwes.apps.people.services.actions import write_chain, write_point, write_version
from luwes.apps.people.services.facts import Link, Point, Standard
from luwes.apps.people.services.layout import SERVICES, SERVICES_EXAMPLE
from luwes.apps.people.staff import units
from luwes.apps.people.staff.units import Unor, UnorBook
from luwes.apps.sources.kinds import SKIP, Comparison, Finding, ImportKind, Stage, Staged, Unmapped, Vocabulary
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.names import normalise
from luwes.core.names import name_key
from luwes.core.services.hours import HoursUnread, Window, read_hours
from luwes.core.workdays.periods import Period

ROLE_COLUMNS = {
    "depan": LinkRole.FRONT,
    "verifikasi": LinkRole.VERIFY,
    "tanda_tangan": LinkRole.SIGN,
    "ti": LinkRole.IT,
}
_WEIGHT = re.compile(r"\s*[*×]\s*(\d{1,3})$")
Doers = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One service as the sheet states it; `chain` are (role, unit pk, weight), empty where the sheet is silent."""

    number: int
    owner: int
    standard: Standard
    chain: Doers
    points: tuple[str, ...]
    since: date | None
    # None: the sheet is silent, so what is recorded stays.
    share: int | None

    @property
    def key(self) -> tuple[int, str]:
        return self.owner, name_key(self.standard.name)


@dataclass(frozen=True, slots=True)
class Known:
    """A service as stored now."""

    version: ServiceVersion
    chain: Doers
    points: frozenset[str]


@dataclass(slots=True)
class Plan:
    """What confirming would do."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Known]] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    skipped: int = 0
    unread: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    unmapped: dict[Unor, list[int]] = field(default_factory=dict)


class Tree:
    """The tree of the day: which unit a word in a chain means."""

    def __init__(self, day: date) -> None:
        rows = list(UnitVersion.objects.filter(superseded_at=None, period__contains=day).select_related("unit"))
        self.keys = {row.unit_id: row.unit.key for row in rows}
        self._codes = {row.code: row.unit_id for row in rows}
        self._parents = {row.unit_id: row.parent_id for row in rows}
        self._names: dict[str, list[int]] = {}
        for row in rows:
            self._names.setdefault(normalise(row.name), []).append(row.unit_id)

    def find(self, text: str, owner: int) -> int | None:
        """By code, else the only unit of exactly this name, else the only one nearest to the owner."""
        if text in self._codes:
            return self._codes[text]
        named = self._names.get(normalise(text), [])
        if len(named) > 1:
            named = [pk for pk in named if self._parents[pk] in (owner, self._parents[owner])]
        return named[0] if len(named) == 1 else None


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    book = UnorBook.read(stage.today)
    return _comparison(_plan(stage, book, Tree(stage.today)), book)


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed. A service with a source counts as confirmed."""
    book, tree = UnorBook.read(stage.today), Tree(stage.today)
    plan = _plan(stage, book, tree)
    done = _comparison(plan, book)
    if not plan.unmapped:
        for row in plan.new:
            _store(row, None, tree, row.since or ALWAYS)
        for row, known in plan.changed:
            _store(row, known, tree, row.since or stage.today)
    return done


def _store(row: Row, known: Known | None, tree: Tree, since: date) -> None:
    service = known.version.service if known else Service.objects.create()
    owner = Unit.objects.get(pk=row.owner)
    if known is None or _said(row.standard) != _stored(known.version):
        settled = known is not None and known.version.status == Counting.CONFIRMED
        status = Counting.CONFIRMED if row.standard.source or settled else Counting.PROPOSED
        write_version(service, owner, row.standard, Period(since), status)
    if row.chain or known is None:
        doers = sorted(row.chain) or [(LinkRole.FRONT.value, row.owner, 1)]
        write_chain(service, [Link(role, tree.keys[pk], weight=weight) for role, pk, weight in doers], since)
    for name in row.points:
        if known is None or name not in known.points:
            write_point(service, Point(name, tree.keys[row.owner]), since)
    announce(kind="service", subject=service.key, unit=tree.keys[row.owner], period=Period(since))


def _plan(stage: Stage, book: UnorBook, tree: Tree) -> Plan:
    plan = Plan()
    stored = _read(stage.today)
    seen: dict[tuple[int, str], Row] = {}
    for staged in stage.rows():
        row = _row(staged, stage, book, tree, plan)
        if row is None:
            continue
        first = seen.setdefault(row.key, row)
        if first is not row:
            if (first.standard, first.chain, first.points) == (row.standard, row.chain, row.points):
                plan.repeated.append(row.number)
            else:
                plan.rejects.append(_reject(row.number, "nama", "service_rows_differ", row.standard.name))
    for row in seen.values():
        known = stored.get(row.key)
        if known is not None:
            row = replace(row, standard=_kept(row, known.version))
        if known is None:
            plan.new.append(row)
        elif (
            _said(row.standard) == _stored(known.version)
            and row.chain in (frozenset(), known.chain)
            and set(row.points) <= known.points
        ):
            plan.unchanged += 1
        else:
            plan.changed.append((row, known))
    return plan


def _kept(row: Row, version: ServiceVersion) -> Standard:
    """The row's standard; where a cell is silent, or its hours cannot be read, what is recorded holds on.

    A sheet sent again must not empty what a head has filled in meanwhile; emptying is done by form.
    """
    said = row.standard
    timed = said.minutes is not None or said.days is not None
    hours = bool(said.windows) or (not version.windows and bool(said.hours))
    return replace(
        said,
        minutes=said.minutes if timed else version.minutes_promised,
        days=said.days if timed else version.days_promised,
        cost=version.cost if said.cost is None else said.cost,
        implementers=version.implementers if said.implementers is None else said.implementers,
        hours=said.hours if hours else version.hours,
        windows=said.windows if hours else [Window(*window) for window in version.windows],
        source=said.source or version.source,
        required_share=version.required_share_pct if row.share is None else said.required_share,
    )


def _row(staged: Staged, stage: Stage, book: UnorBook, tree: Tree, plan: Plan) -> Row | None:
    text = {name: "" if value is None else str(value).strip() for name, value in staged.values.items()}
    unor = Unor(text["kode_unit"], text["unit"], text["perangkat_daerah"])
    if stage.values.get(unor.value) == SKIP:
        plan.skipped += 1
        return None
    owner = book.resolve(unor, stage.values)
    if owner is None or owner not in tree.keys:
        plan.unmapped.setdefault(unor, []).append(staged.number)
        return None
    chain = _chain(staged.number, text, owner, tree, plan)
    if chain is None:
        return None
    minutes, days = _whole(staged.values["waktu_menit"]), _whole(staged.values["waktu_hari_kerja"])
    if minutes and days:
        plan.rejects.append(_reject(staged.number, "waktu_hari_kerja", "promise_twice", str(days)))
        return None
    share = _whole(staged.values["wajib_tepat"])
    standard = Standard(
        name=" ".join(text["nama"].split()),
        owner=tree.keys[owner],
        minutes=minutes,
        days=days,
        cost=_whole(staged.values["biaya"]),
        implementers=_whole(staged.values["pelaksana"]),
        hours=text["jam_buka"],
        windows=_windows(staged.number, text["jam_buka"], plan),
        source=text["sumber"],
        required_share=share or USUAL_SHARE,
    )
    since = date.fromisoformat(text["berlaku"]) if text["berlaku"] else None
    return Row(staged.number, owner, standard, chain, _parts(text["titik"]), since, share)


def _chain(number: int, text: Mapping[str, str], owner: int, tree: Tree, plan: Plan) -> Doers | None:
    """The links a row names; with any link but no front, the owner receives the people."""
    found: dict[tuple[str, int], int] = {}
    for column, role in ROLE_COLUMNS.items():
        for part in _parts(text[column]):
            weight = _WEIGHT.search(part)
            pk = tree.find(_WEIGHT.sub("", part), owner)
            if pk is None:
                plan.rejects.append(_reject(number, column, "chain_unit_unknown", part))
                return None
            found[role.value, pk] = max(int(weight[1]), 1) if weight else 1
    if found and not any(role == LinkRole.FRONT for role, _ in found):
        found[LinkRole.FRONT.value, owner] = 1
    return frozenset((role, pk, weight) for (role, pk), weight in found.items())


def _windows(number: int, hours: str, plan: Plan) -> Sequence[Window]:
    try:
        return read_hours(hours)
    except HoursUnread:
        plan.unread.append(number)
        return ()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _whole(value: str | int | float | None) -> int | None:
    return None if value is None else int(value)


def _said(standard: Standard) -> tuple[object, ...]:
    windows = [[window.weekday, window.start, window.end] for window in standard.windows]
    return (
        *(standard.name, standard.minutes, standard.days, standard.cost, standard.implementers),
        *(standard.hours, windows, standard.source, standard.required_share),
    )


def _stored(row: ServiceVersion) -> tuple[object, ...]:
    return (
        *(row.name, row.minutes_promised, row.days_promised, row.cost, row.implementers),
        *(row.hours, row.windows, row.source, row.required_share_pct),
    )


def _read(day: date) -> dict[tuple[int, str], Known]:
    """Every service of the day by owner and name, in three queries."""
    chains: dict[int, set[tuple[str, int, int]]] = {}
    for link in ChainLink.objects.filter(superseded_at=None, period__contains=day):
        chains.setdefault(link.service_id, set()).add((link.role, link.unit_id, link.weight))
    points: dict[int, set[str]] = {}
    found = ServicePointVersion.objects.filter(superseded_at=None, period__contains=day)
    for service, name in found.values_list("point__service_id", "name"):
        points.setdefault(service, set()).add(name)
    rows = ServiceVersion.objects.filter(superseded_at=None, period__contains=day).select_related("service")
    return {
        (row.owner_id, row.name_key): Known(
            row, frozenset(chains.get(row.service_id, ())), frozenset(points.get(row.service_id, ()))
        )
        for row in rows
    }


def _comparison(plan: Plan, book: UnorBook) -> Comparison:
    rows = [*plan.new, *(row for row, _ in plan.changed)]
    told = {
        "repeated_rows": plan.repeated,
        "hours_unread": plan.unread,
        "source_missing": [row.number for row in rows if not row.standard.source],
        "implementers_missing": [row.number for row in rows if row.standard.implementers is None],
    }
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged + len(plan.repeated),
        skipped=plan.skipped,
        unmapped_rows=sum(map(len, plan.unmapped.values())),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        unmapped=tuple(
            Unmapped(unor.value, unor.label, len(found), found[0], book.nearest(unor))
            for unor, found in plan.unmapped.items()
        ),
        findings=tuple(Finding(code, {"count": len(n)}, tuple(n[:20])) for code, n in told.items() if n),
        newest=max((row.since for row in rows if row.since), default=None),
    )


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=SERVICES.column(column).label, code=code, value=value[:80])


SERVICES_KIND = ImportKind(
    code="services",
    label=wording.services_kind,
    layout=SERVICES,
    example=SERVICES_EXAMPLE,
    asked=("berlaku",),
    vocabulary=Vocabulary(
        name="service_unit",
        label=wording.owner_vocabulary,
        columns=("kode_unit", "unit"),
        options=units.options,
        creatable=units.creatable,
        create=units.create,
    ),
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=20_000,
)
