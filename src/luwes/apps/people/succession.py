"""Merging, splitting and succeeding units, so that figures before and after stay readable and comparable."""

from collections.abc import Mapping, Sequence
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import NoSuchUnit, create_unit
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.following import follow
from luwes.apps.people.models import SuccessionKind, Unit, UnitKind, UnitSuccession, UnitVersion
from luwes.core.workdays.periods import Period

# One reorganisation at a time: several units change together.
LOCK = "people.succession"


class BasisMissing(Refused):
    """A reorganisation rests on a regulation, which is not named."""

    code = "basis_missing"


class StillHasUnits(Refused):
    """Units stand below the one that ends; they must be moved first."""

    code = "still_has_units"


class TooFewUnits(Refused):
    """A merge needs two units, a split two heirs, and nobody succeeds itself."""

    code = "too_few_units"


def merge_units(*, unit_keys: Sequence[str], on: date, code: str, name: str, basis: str) -> str:
    """From `on` one new unit does the work of several, which end; gives its key.

    It stands where the first of them stood, with the first one's kind; units below any of them move under it, and
    services, chains and people of all of them go on under it.
    Raises NoSuchUnit, TooFewUnits, StillHasUnits (one stands directly below another), BasisMissing, CodeTaken.
    """
    ended = _ending(unit_keys, on, basis)
    if len(ended) < 2:
        raise TooFewUnits
    first = ended[0]
    if {version.parent_id for version in ended} & {version.unit_id for version in ended}:
        raise StillHasUnits(first.unit.key)
    for version in ended:
        _end(version, on)
    heir = create_unit(code=code, name=name, kind=UnitKind(first.kind), parent=first.parent, since=on)
    for version in ended:
        _move_below(version.unit, heir, on)
    old = [version.unit for version in ended]
    _succeed(old, [heir], on, SuccessionKind.MERGE, basis, _followed(old, heir, on))
    return heir.key


def split_unit(
    *,
    unit_key: str,
    on: date,
    parts: Sequence[tuple[str, str]],
    basis: str,
    main: int = 0,
    placing: Mapping[str, int] | None = None,
) -> Sequence[str]:
    """From `on` several new units, given as (code, name), do the work of one, which ends; gives their keys.

    Services, chains and people go on under part number `main`; `placing` says which part does the work of single
    services (by key). The next staff file says who works in which part.
    Raises NoSuchUnit, TooFewUnits, BasisMissing, StillHasUnits, CodeTaken.
    """
    (version,) = _ending([unit_key], on, basis)
    if len(parts) < 2:
        raise TooFewUnits
    if UnitVersion.objects.filter(parent=version.unit, superseded_at=None, period__contains=on).exists():
        raise StillHasUnits(unit_key)
    _end(version, on)
    heirs = [
        create_unit(code=code, name=name, kind=UnitKind(version.kind), parent=version.parent, since=on)
        for code, name in parts
    ]
    placed = {key: heirs[number] for key, number in (placing or {}).items()}
    followed = _followed([version.unit], heirs[main], on, placed)
    _succeed([version.unit], heirs, on, SuccessionKind.SPLIT, basis, followed)
    return [heir.key for heir in heirs]


def succeed(*, unit_key: str, heir_key: str, on: date, basis: str) -> None:
    """From `on` a standing unit does the work of another, which ends; what is below it and names it moves along.

    Raises NoSuchUnit, TooFewUnits, BasisMissing, StillHasUnits.
    """
    if unit_key == heir_key:
        raise TooFewUnits
    (version,) = _ending([unit_key], on, basis)
    heir = UnitVersion.objects.filter(unit__key=heir_key, superseded_at=None, period__contains=on).first()
    if heir is None:
        raise NoSuchUnit(heir_key)
    if heir.parent_id == version.unit_id:
        raise StillHasUnits(unit_key)
    _end(version, on)
    _move_below(version.unit, heir.unit, on)
    followed = _followed([version.unit], heir.unit, on)
    _succeed([version.unit], [heir.unit], on, SuccessionKind.SUCCESSOR, basis, followed)


def _ending(keys: Sequence[str], on: date, basis: str) -> list[UnitVersion]:
    access.require_whole(current().actor, Right.IMPORT)
    if not basis.strip():
        raise BasisMissing
    locking.lock_rows({}, names=[LOCK])
    found = []
    for key in dict.fromkeys(keys):
        version = UnitVersion.objects.filter(unit__key=key, superseded_at=None, period__contains=on).first()
        if version is None:
            raise NoSuchUnit(key)
        found.append(version)
    return found


def _end(version: UnitVersion, on: date) -> None:
    make_room(UnitVersion.objects.filter(unit=version.unit), Period(on))


def _move_below(old: Unit, heir: Unit, on: date) -> None:
    """What stood below the old unit stands below its heir from `on`; each earlier day keeps its parent."""
    children = UnitVersion.objects.filter(parent=old, superseded_at=None, period__overlap=(on, None))
    for child in list(children.exclude(unit=heir)):
        start, end = max(child.period.lower, on), child.period.upper
        period = Period(start, end)
        make_room(UnitVersion.objects.filter(unit=child.unit), period)
        UnitVersion.objects.create(
            unit=child.unit,
            code=child.code,
            name=child.name,
            name_key=child.name_key,
            kind=child.kind,
            parent=heir,
            period=(start, end),
            recorded_at=current().now,
        )


def _followed(old: Sequence[Unit], heir: Unit, on: date, placed: Mapping[str, Unit] | None = None) -> Mapping[str, int]:
    """Let services, chains, places and people of the old units follow; gives the sums of what did."""
    each = [follow(old=unit, heir=heir, on=on, placed=placed or {}) for unit in old]
    return {name: sum(one[name] for one in each) for name in each[0]}


def _succeed(
    before: Sequence[Unit],
    after: Sequence[Unit],
    on: date,
    kind: SuccessionKind,
    basis: str,
    followed: Mapping[str, int],
) -> None:
    UnitSuccession.objects.bulk_create(
        UnitSuccession(before=old, after=new, on=on, kind=kind.value, basis=basis.strip(), recorded_at=current().now)
        for old in before
        for new in after
    )
    for unit in (*before, *after):
        announce(kind="unit", subject=unit.key, unit=unit.key, period=Period(on))
    record(
        action="unit.succeeded",
        subject=before[0].key,
        facts={"kind": kind.value, "on": on.isoformat(), "entries": len(before) * len(after), **followed},
        basis=basis.strip(),
    )
