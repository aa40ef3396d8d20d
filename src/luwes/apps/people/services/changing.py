"""Further writes of services: points changed or ended, services ended, and many standards settled at once.

Every write takes the version its form was made from, so that a stale tab is refused instead of undoing what somebody
else recorded meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import (
    ChainLink,
    CoverageFloor,
    Service,
    ServicePoint,
    ServicePointVersion,
    ServiceVersion,
)
from luwes.apps.people.services.actions import (
    NameMissing,
    change_to,
    point_to,
    require_service,
    rows_of,
    service_on,
    standing_unit,
)
from luwes.apps.people.services.facts import Floor, Point, Standard
from luwes.apps.people.services.floors import NoSuchPoint, write_floors
from luwes.apps.people.services.places import require_place
from luwes.core.services.floors import proposed, share_of
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import Period


class StalePoint(Refused):
    """Somebody recorded something newer about the point since the form was shown."""

    code = "stale_point"


class ReasonMissing(Refused):
    """Who ends a service says why."""

    code = "reason_missing"


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of a list that is settled at once; `version` is the row the form was made from."""

    key: str
    version: int
    standard: Standard


def change_point(*, key: str, version: int, point: Point, since: date) -> None:
    """From `since` on the point has this name, unit, place and hours; earlier days keep theirs.

    Raises NoSuchPoint, StalePoint, NameMissing, NoSuchPlace, OutsideScope.
    """
    old = _point(key, version, since)
    if not point.name.strip():
        raise NameMissing
    rows = ServicePointVersion.objects.filter(point=old.point)
    make_room(rows, Period(since, old.period.upper))
    rows.create(
        point=old.point,
        unit=standing_unit(point.unit),
        workplace=require_place(point.workplace, point.unit, since),
        name=point.name.strip(),
        hours=point.hours.strip(),
        windows=rows_of(point.windows),
        period=(since, old.period.upper),
        recorded_at=current().now,
    )
    _told(old, since, "service.point_changed")


def end_point(*, key: str, version: int, since: date) -> None:
    """From `since` on there is no such point, and no floor at it. Raises NoSuchPoint, StalePoint, OutsideScope."""
    old = _point(key, version, since)
    make_room(ServicePointVersion.objects.filter(point=old.point), Period(since))
    make_room(CoverageFloor.objects.filter(point=old.point), Period(since))
    _told(old, since, "service.point_ended")


def end_service(*, key: str, version: int, since: date, reason: str) -> None:
    """From `since` on the service, its chain, points and floors are gone; the days before keep them all.

    Raises NoSuchService, StaleService, ReasonMissing, OutsideScope.
    """
    old = require_service(key, since, version)
    if not reason.strip():
        raise ReasonMissing
    gone = Period(since)
    make_room(ServiceVersion.objects.filter(service=old.service), gone)
    make_room(ChainLink.objects.filter(service=old.service), gone)
    make_room(ServicePointVersion.objects.filter(point__service=old.service), gone)
    make_room(CoverageFloor.objects.filter(point__service=old.service), gone)
    announce(kind="service", subject=key, unit=old.owner.key, period=gone)
    record(
        action="service.ended",
        subject=key,
        facts={"unit": old.owner.key, "since": since.isoformat()},
        basis=reason.strip(),
    )


def settle_standards(*, entries: Sequence[Entry], since: date, point: str = "", floor_share: int | None = None) -> int:
    """Record the standards of many services at once; gives how many.

    `point` names the place where a service without any is given (""; none is recorded). With `floor_share` points
    without floors get one in all opening hours: that share of the implementers, rounded up, from the standard's
    source. Raises what `change_service` and `add_point` raise.
    """
    keys = [entry.key for entry in entries]
    services = Service.objects.filter(key__in=keys).values_list("pk", flat=True)
    points = ServicePoint.objects.filter(service__key__in=keys).values_list("pk", flat=True)
    locking.lock_rows({Service: list(services), ServicePoint: list(points)})
    for entry in entries:
        old = service_on(entry.key, since, entry.version)
        change_to(old, entry.standard, since)
        if point.strip() and not _points(old.service, since):
            point_to(service_on(entry.key, since), Point(point, entry.standard.owner), since)
        if floor_share:
            _first_floors(old.service, entry.standard, floor_share, since)
    return len(entries)


def _points(service: Service, day: date) -> list[ServicePointVersion]:
    rows = ServicePointVersion.objects.filter(point__service=service, superseded_at=None, period__contains=day)
    return list(rows.select_related("point", "unit").order_by("pk"))


def _first_floors(service: Service, standard: Standard, share: int, since: date) -> None:
    """Floors for the points without any where the actor may set them: a share of the implementers, rounded up."""
    for version in _points(service, since):
        held = CoverageFloor.objects.filter(point=version.point, superseded_at=None, period__overlap=(since, None))
        if held.exists() or not access.in_scope(current().actor, version.unit.key, since):
            continue
        windows = tuple(Window(*window) for window in version.windows) or standard.windows
        floors = [
            # All of them is what the standard itself says: no share was taken.
            Floor(band.window, share_of(band.minimum, share), share, band.minimum)
            if share < 100
            else Floor(band.window, band.minimum)
            for band in proposed(windows, standard.implementers)
        ]
        if floors:
            write_floors(version, floors, source=standard.source, since=since)


def _point(key: str, version: int, day: date) -> ServicePointVersion:
    """The version of the day, its service locked, for who may manage the service's owner."""
    service = Service.objects.filter(points__key=key).first()
    if service is None:
        raise NoSuchPoint(key)
    require_service(service.key, day)
    rows = ServicePointVersion.objects.filter(point__key=key, superseded_at=None, period__contains=day)
    found = rows.select_related("point__service").first()
    if found is None:
        raise NoSuchPoint(key)
    if found.pk != version:
        raise StalePoint(key)
    return found


def _told(old: ServicePointVersion, since: date, action: str) -> None:
    service = old.point.service
    owner = service_on(service.key, since).owner.key
    announce(kind="service", subject=service.key, unit=owner, period=Period(since))
    facts = {"since": since.isoformat()}
    if action == "service.point_changed":
        record(action="service.point_changed", subject=service.key, facts=facts)
    else:
        record(action="service.point_ended", subject=service.key, facts=facts)
