"""A counter with its service and the units above it, as actions and pages need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.models import Counting, ServicePoint, ServicePointVersion, ServiceVersion
from luwes.apps.results.services.catalogue import Days, Spot, Standing, standing_of
from luwes.core.services.hours import Window
from luwes.core.services.opentime import Spans
from luwes.core.workdays.calendar import MissingYear


class NoSuchPoint(Refused):
    """There is no such counter of a confirmed service today."""

    code = "no_such_point"


@dataclass(frozen=True, slots=True)
class Place:
    """A counter of a confirmed service on a day; `line` are the keys from its unit to the top."""

    pk: int
    key: str
    name: str
    service: int
    service_key: str
    service_name: str
    unit: str
    line: Sequence[str]
    spot: Spot
    standing: Standing


def place(key: str, day: date) -> Place:
    """The counter with this key. Raises NoSuchPoint."""
    found = places([key], day)
    if not found:
        raise NoSuchPoint(key)
    return found[0]


def places(keys: Sequence[str] | None, day: date, *, unit_keys: Sequence[str] | None = None) -> Sequence[Place]:
    """Counters by key, by the unit that stands there, or all, by service and name; a constant number of queries."""
    points = ServicePointVersion.objects.filter(superseded_at=None, period__contains=day)
    if keys is not None:
        points = points.filter(point__key__in=keys)
    if unit_keys is not None:
        points = points.filter(unit__key__in=unit_keys)
    rows = list(points.select_related("point", "unit").order_by("name", "pk"))
    services = ServiceVersion.objects.filter(
        superseded_at=None,
        period__contains=day,
        status=Counting.CONFIRMED,
        service__in=[r.point.service_id for r in rows],
    )
    standing = {row.service_id: standing_of(row) for row in services.select_related("service")}
    above = units.lines({row.unit.key for row in rows}, day)
    found = []
    for row in rows:
        service = standing.get(row.point.service_id)
        if service is not None:
            windows = [Window(*window) for window in row.windows]
            spot = Spot(row.point_id, service.pk, row.name, row.unit_id, windows, row.period.lower, row.period.upper)
            found.append(
                Place(
                    row.point_id,
                    row.point.key,
                    row.name,
                    service.pk,
                    service.key,
                    service.name,
                    row.unit.key,
                    above[row.unit.key],
                    spot,
                    service,
                )
            )
    return sorted(found, key=lambda one: (one.service_name.casefold(), one.name.casefold(), one.pk))


def require(actor: Actor, right: Right, key: str, day: date) -> Place:
    """The counter, where the actor may do this there. Raises OutsideScope, Forbidden."""
    try:
        found = place(key, day)
    except NoSuchPoint as missing:
        raise OutsideScope(key) from missing
    access.require_unit(actor, right, found.unit, day)
    return found


def promised(one: Place, day: date, days: Days | None = None) -> Spans:
    """When the counter is to be open on the day; nothing where no calendar of the year is known."""
    try:
        return (days or Days.read(day, day)).promised(one.standing, one.spot, day)
    except MissingYear:
        return []


def point_pk(key: str) -> int | None:
    """The counter behind a key, whenever it stood."""
    return ServicePoint.objects.filter(key=key).values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Owned:
    """A confirmed service on a day and the unit that owns it."""

    pk: int
    unit: str
    standing: Standing


def owner(service_key: str, day: date) -> Owned | None:
    """The confirmed service with this key and its owner, or None."""
    rows = ServiceVersion.objects.filter(
        superseded_at=None, period__contains=day, status=Counting.CONFIRMED, service__key=service_key
    )
    row = rows.select_related("service", "owner").first()
    return Owned(row.service_id, row.owner.key, standing_of(row)) if row else None
