"""Further writes of services: points changed or ended, services ended, and many standards settled at once.

Every write takes the version its form was made from, so that a stale tab is refused instead of undoing what somebody
else recorded meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import (
    ChainLink,
    CoverageFloor,
    Service,
    ServicePointVersion,
    ServiceVersion,
)
from luwes.apps.people.services.actions import (
    NameMissing,
    add_point,
    change_service,
    require_service,
    rows_of,
    standing_unit,
)
from luwes.apps.people.services.facts import Floor, Point, Standard
from luwes.apps.people.services.floors import NoSuchPoint, set_floors
from luwes.apps.people.services.places import require_place
from luwes.core.services.floors import proposed, share_of
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
    source. Raises what `change_service`, `add_point` and `set_floors` raise.
    """
    locking.lock_rows(
        {Service: list(Service.objects.filter(key__in=[e.key for e in entries]).values_list("pk", flat=True))}
    )
    for entry in entries:
        change_service(key=entry.key, version=entry.version, standard=entry.standard, since=since)
        rows = ServicePointVersion.objects.filter(point__service__key=entry.key, superseded_at=None)
        points = list(rows.filter(period__contains=since).values_list("point__key", flat=True))
        if not points and point.strip():
            points = [add_point(key=entry.key, point=Point(point, entry.standard.owner), since=since)]
        floors = floors_asked(entry.standard, floor_share) if floor_share else []
        for key in points if floors else []:
            if not CoverageFloor.objects.filter(point__key=key, superseded_at=None, period__overlap=(since, None)):
                set_floors(point_key=key, floors=floors, source=entry.standard.source, since=since)
    return len(entries)


def floors_asked(standard: Standard, share: int) -> list[Floor]:
    """The floor that a share of the standard's implementers gives in all opening hours; [] where it says too little."""
    base = standard.implementers
    return [
        replace(Floor(band.window, share_of(band.minimum, share)), share=share, base=base)
        for band in proposed(standard.windows, base)
    ]


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
    owner = require_service(service.key, since).owner.key
    announce(kind="service", subject=service.key, unit=owner, period=Period(since))
    facts = {"since": since.isoformat()}
    if action == "service.point_changed":
        record(action="service.point_changed", subject=service.key, facts=facts)
    else:
        record(action="service.point_ended", subject=service.key, facts=facts)
