"""Reads of the unit tree, always on a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.core.names import name_key

# Codes people know are shorter; longer ones are the ids of an information system.
LONGEST_KNOWN = 20


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it stood on the day asked for."""

    pk: int
    key: str
    code: str
    name: str
    kind: str
    parent_key: str


def units_on(day: date, *, kinds: Iterable[UnitKind] = UnitKind) -> Sequence[UnitRow]:
    """Every unit standing on the day, sorted by name."""
    rows = UnitVersion.objects.filter(superseded_at=None, period__contains=day, kind__in=[kind.value for kind in kinds])
    # Plain values: a page that shows the tree reads hundreds of them.
    columns = ("unit_id", "unit__key", "code", "name", "kind", "parent__key")
    found = rows.order_by("name_key", "pk").values_list(*columns)
    return [UnitRow(pk, key, code, name, kind, parent or "") for pk, key, code, name, kind, parent in found]


def units_named(name: str, day: date) -> Sequence[UnitRow]:
    """The units whose name has the same key on the day."""
    rows = UnitVersion.objects.filter(superseded_at=None, period__contains=day, name_key=name_key(name))
    return [_row(v) for v in rows.select_related("unit", "parent")]


def unit_on(key: str, day: date) -> UnitRow | None:
    """The unit with this key as it stood on the day, or None."""
    version = (
        UnitVersion.objects.filter(unit__key=key, superseded_at=None, period__contains=day)
        .select_related("unit", "parent")
        .first()
    )
    return _row(version) if version else None


def label(name: str, code: str, parent: str) -> str:
    """A unit as it is offered for choice: with its code, or where nobody knows the code, with the unit above it."""
    return f"{name}, {parent}" if len(code) > LONGEST_KNOWN and parent else f"{name} ({code})"


def choices(day: date) -> Sequence[tuple[str, str]]:
    """Key and label of every unit standing on the day, the government first, then by name."""
    rows = units_on(day)
    names = {row.key: row.name for row in rows}
    ordered = sorted(rows, key=lambda row: (row.kind != UnitKind.GOVERNMENT, row.name.casefold(), row.code))
    return [(row.key, label(row.name, row.code, names.get(row.parent_key, ""))) for row in ordered]


def kind(code: str) -> UnitKind:
    """The level of the tree with this code."""
    return UnitKind(code)


def kind_below(code: str) -> str:
    """The level that usually stands below."""
    return (UnitKind.AGENCY if code == UnitKind.GOVERNMENT else UnitKind.UNIT).value


def version_of(key: str, day: date) -> int:
    """The row a form about the unit is made from; 0 where it does not stand."""
    row = UnitVersion.objects.filter(unit__key=key, superseded_at=None, period__contains=day).first()
    return row.pk if row else 0


def unit_of(key: str) -> Unit | None:
    """The lasting unit behind a key."""
    return Unit.objects.filter(key=key).first()


def government(day: date) -> UnitRow | None:
    """The government itself: the top of the tree, once it is known."""
    tops = units_on(day, kinds=[UnitKind.GOVERNMENT])
    return next((row for row in tops if not row.parent_key), None)


def above(key: str, day: date) -> list[str]:
    """The keys from the unit up to the top, the unit first; [] for an unknown unit."""
    return lines([key], day)[key]


def lines(keys: Iterable[str], day: date) -> dict[str, list[str]]:
    """The same for many units, in one query."""
    rows = UnitVersion.objects.filter(superseded_at=None, period__contains=day)
    parents = {key: parent or "" for key, parent in rows.values_list("unit__key", "parent__key")}
    found: dict[str, list[str]] = {}
    for key in keys:
        line: list[str] = []
        at = key
        while at in parents and at not in line:
            line.append(at)
            at = parents[at]
        found[key] = line
    return found


def _row(version: UnitVersion) -> UnitRow:
    return UnitRow(
        pk=version.unit_id,
        key=version.unit.key,
        code=version.code,
        name=version.name,
        kind=version.kind,
        parent_key=version.parent.key if version.parent else "",
    )
