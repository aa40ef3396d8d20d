"""Workplaces: where a unit works, in which time zone, and how well connected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access as unit_access
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import Signal, Unit, Workplace, WorkplaceVersion, Zone
from luwes.core.names import name_key
from luwes.core.workdays.periods import Period


class NoSuchPlace(Refused):
    """The workplace is not one of that unit."""

    code = "no_such_place"


class StalePlaces(Refused):
    """Somebody recorded another place of the unit since the form was shown."""

    code = "stale_places"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A workplace on a day; `signal` "" is not graded yet."""

    key: str
    unit_key: str
    name: str
    zone: str
    signal: str


def set_workplace(*, unit: Unit, name: str, zone: Zone, signal: Signal | None, since: date) -> str:
    """From `since` on the unit's place of this name has this zone and signal; gives its key.

    A unit's place is known by its name: the same name again is the same place. Needs IMPORT over the whole.
    """
    access.require_whole(current().actor, Right.IMPORT)
    return _place(unit, name, zone, signal, since)


def record_workplace(*, unit_key: str, name: str, zone: str, signal: str, since: date, made_from: str) -> str:
    """`set_workplace` for who manages the unit's services; `signal` "" is not graded. Gives the place's key.

    `made_from` is `places_version` of the day as the form was made from it. Raises OutsideScope, StalePlaces.
    """
    unit_access.require_unit(current().actor, Right.MANAGE_SERVICES, unit_key, since)
    unit = Unit.objects.get(key=unit_key)
    locking.lock_rows({Unit: [unit.pk]})
    if made_from != places_version(unit_key, since):
        raise StalePlaces(unit_key)
    key = _place(unit, name, Zone(zone), Signal(signal) if signal else None, since)
    record(action="workplace.set", subject=key, facts={"unit": unit_key, "since": since.isoformat()})
    return key


def places_version(unit_key: str, day: date) -> str:
    """Names the places of the unit that stand on the day, so that a form can say from which it was made."""
    rows = WorkplaceVersion.objects.filter(unit__key=unit_key, superseded_at=None, period__contains=day)
    return "-".join(str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True))


def _place(unit: Unit, name: str, zone: Zone, signal: Signal | None, since: date) -> str:
    key = name_key(name)
    known = WorkplaceVersion.objects.filter(unit=unit, name_key=key, superseded_at=None).select_related("workplace")
    first = known.order_by("pk").first()
    workplace = first.workplace if first else Workplace.objects.create()
    make_room(WorkplaceVersion.objects.filter(workplace=workplace), Period(since))
    WorkplaceVersion.objects.create(
        workplace=workplace,
        unit=unit,
        name=name.strip(),
        name_key=key,
        zone=zone.value,
        signal=signal.value if signal else "",
        period=(since, None),
        recorded_at=current().now,
    )
    return workplace.key


def require_place(key: str, unit_key: str, day: date) -> Workplace | None:
    """The workplace of the unit with this key, None for "". Raises NoSuchPlace for another unit's."""
    if not key:
        return None
    rows = WorkplaceVersion.objects.filter(workplace__key=key, unit__key=unit_key, superseded_at=None)
    found = rows.filter(period__contains=day).select_related("workplace").first()
    if found is None:
        raise NoSuchPlace(key)
    return found.workplace


def workplaces(day: date, unit_keys: Iterable[str] | None = None) -> Sequence[PlaceRow]:
    """The places that stand on the day, by name."""
    rows = WorkplaceVersion.objects.filter(superseded_at=None, period__contains=day)
    if unit_keys is not None:
        rows = rows.filter(unit__key__in=list(unit_keys))
    return [
        PlaceRow(row.workplace.key, row.unit.key, row.name, row.zone, row.signal)
        for row in rows.select_related("workplace", "unit").order_by("name_key", "pk")
    ]


def zones(day: date) -> Mapping[str, str]:
    """The time zone of each unit that has a place of its own on the day, by unit key: its first place's."""
    found: dict[str, str] = {}
    for row in workplaces(day):
        found.setdefault(row.unit_key, row.zone)
    return found
