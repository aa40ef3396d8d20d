"""Writes of the unit tree."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import announce
from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.apps.people.names import name_key
from luwes.core.workdays.periods import Period

# Units known before any decree is recorded count as having always been there.
ALWAYS = date(1945, 8, 17)


class CodeTaken(Refused):
    """Another unit carries this code on a day of the period."""

    code = "code_taken"


class NoSuchUnit(Refused):
    """No unit has this key, or it has no version on that day."""

    code = "no_such_unit"


class StaleUnit(Refused):
    """Somebody recorded something newer about the unit since the form was shown."""

    code = "stale_unit"


class ParentBelowItself(Refused):
    """The parent named lies below the unit: the tree would close on itself."""

    code = "parent_below_itself"


def create_unit(
    *, code: str, name: str, kind: UnitKind, parent: Unit | None, since: date = ALWAYS, basis: str = ""
) -> Unit:
    """Create a unit as from `since`; `basis` is the regulation it rests on, where known.

    Raises CodeTaken where another carries the code on any day from then on."""
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    period = DateRange(since, None, "[)")
    if UnitVersion.objects.filter(code=code, superseded_at=None, period__overlap=period).exists():
        raise CodeTaken(code)
    unit = Unit.objects.create()
    _version(unit, code, name, kind, parent, period)
    record(
        action="unit.created",
        subject=unit.key,
        facts={"code": code, "name": name, "kind": kind.value, "parent": parent.key if parent else None},
        basis=basis.strip(),
    )
    return unit


def change_unit(
    *,
    unit_key: str,
    since: date,
    code: str,
    name: str,
    kind: UnitKind,
    parent: Unit | None,
    version: int | None = None,
    basis: str = "",
) -> None:
    """From `since` on the unit has this code, name, kind and parent; earlier days keep what they had.

    The open version is superseded and replaced by its closed part and the new one. `version` is the row a form was
    made from (None: no form). Raises NoSuchUnit, StaleUnit, CodeTaken, ParentBelowItself.
    """
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    unit = Unit.objects.filter(key=unit_key).first()
    if unit is None:
        raise NoSuchUnit(unit_key)
    locking.lock_rows({Unit: [unit.pk]})
    old = UnitVersion.objects.filter(unit=unit, superseded_at=None, period__contains=since).first()
    if old is None:
        raise NoSuchUnit(unit_key)
    if version is not None and old.pk != version:
        raise StaleUnit(unit_key)
    period = DateRange(since, old.period.upper, "[)")
    clash = UnitVersion.objects.filter(code=code, superseded_at=None, period__overlap=period).exclude(unit=unit)
    if clash.exists():
        raise CodeTaken(code)
    _refuse_cycle(unit, parent, since)
    old.superseded_at = work.now
    old.save(update_fields=["superseded_at"])
    kept = [(old.code, old.name, old.kind, old.parent, DateRange(old.period.lower, since, "[)"))]
    for row in [*(kept if old.period.lower < since else []), (code, name, kind, parent, period)]:
        _version(unit, *row)
    announce(kind="unit", subject=unit.key, unit=unit.key, period=Period(since))
    record(
        action="unit.changed",
        subject=unit.key,
        facts={"since": since.isoformat(), "code": code, "name": name, "kind": kind.value},
        basis=basis.strip(),
    )


def _version(unit: Unit, code: str, name: str, kind: str, parent: Unit | None, period: DateRange) -> None:
    UnitVersion.objects.create(
        unit=unit,
        code=code,
        name=name,
        name_key=name_key(name),
        kind=kind,
        parent=parent,
        period=period,
        recorded_at=current().now,
    )


def _refuse_cycle(unit: Unit, parent: Unit | None, on: date) -> None:
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ParentBelowItself(unit.key)
        version = UnitVersion.objects.filter(unit=above, superseded_at=None, period__contains=on).first()
        above = version.parent if version else None
