"""Writes of services: recorded or changed from a day on, proposed, confirmed or turned down."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import as_range, make_room
from luwes.apps.people.models import (
    ChainLink,
    Counting,
    LinkRole,
    Post,
    Service,
    ServicePoint,
    ServicePointVersion,
    ServiceVersion,
    Unit,
)
from luwes.apps.people.queries import above
from luwes.apps.people.services.facts import Link, Point, Standard
from luwes.apps.people.services.places import require_place
from luwes.core.names import name_key
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import Period


class NoSuchService(Refused):
    """There is no such service on that day."""

    code = "no_such_service"


class StaleService(Refused):
    """Somebody recorded something newer since the form was shown."""

    code = "stale_service"


class StaleChain(Refused):
    """Somebody changed the chain since the form was shown."""

    code = "stale_chain"


class AlreadyThere(Refused):
    """The unit has a service of that name already."""

    code = "already_there"


class PromiseTwice(Refused):
    """A time is promised in working days or by the clock, not in both."""

    code = "promise_twice"


class NameMissing(Refused):
    """A service or a point needs a name."""

    code = "service_name_missing"


class SourceMissing(Refused):
    """A standard is published somewhere; without a source nobody can check it."""

    code = "source_missing"


class LinkTwice(Refused):
    """The same unit stands in the same role twice."""

    code = "link_twice"


class NoFront(Refused):
    """Somebody must receive the people: the chain has no front."""

    code = "no_front"


class NoSuchPost(Refused):
    """The post belongs to another unit, or to none."""

    code = "no_such_post"


def signed(actor: Actor) -> str:
    """Who confirmed, as it is kept: the opaque id and, of a job link, how the act is signed."""
    return " ".join(filter(None, (actor.id, actor.signature)))


def create_service(
    *,
    standard: Standard,
    since: date,
    status: Counting = Counting.CONFIRMED,
    links: Sequence[Link] = (),
    points: Sequence[Point] = (),
) -> str:
    """Record a service from `since` on; gives its key. Without links the owner alone is the chain's front.

    Raises NoSuchUnit, OutsideScope, NameMissing, SourceMissing (to confirm needs a source), AlreadyThere,
    PromiseTwice, LinkTwice, NoFront, NoSuchPlace.
    """
    owner = _owner(standard, since, status)
    _refuse_twice(owner, standard.name, Period(since))
    service = Service.objects.create()
    write_version(service, owner, standard, Period(since), status)
    write_chain(service, links or [Link(LinkRole.FRONT.value, standard.owner)], since)
    for point in points:
        write_point(service, point, since)
    _told(service, standard.owner, since, "service.recorded", status)
    return service.key


def change_service(*, key: str, version: int, standard: Standard, since: date) -> None:
    """From `since` on the service has this name, owner and standard; earlier days keep theirs.

    `version` is the row the form was made from. A change by who may confirm counts as confirmed.
    Raises NoSuchService, StaleService and what `create_service` raises.
    """
    change_to(require_service(key, since, version), standard, since)


def change_to(old: ServiceVersion, standard: Standard, since: date) -> None:
    """Change a service whose row the caller has locked; see `change_service`."""
    owner = _owner(standard, since, Counting.CONFIRMED)
    _refuse_twice(owner, standard.name, Period(since, old.period.upper), old.service)
    write_version(old.service, owner, standard, Period(since, old.period.upper), Counting.CONFIRMED)
    _told(old.service, standard.owner, since, "service.changed", Counting.CONFIRMED)


def set_chain(*, key: str, links: Sequence[Link], since: date, version: str | None = None) -> None:
    """From `since` on exactly these links are the chain; days before keep theirs.

    `version` is `chain_version` of the day as the form was made from it; None where nothing was shown before.
    Raises NoSuchService, StaleChain, NoSuchUnit, NoSuchPost, LinkTwice, NoFront.
    """
    service = require_service(key, since)
    if version is not None and version != chain_version(key, since):
        raise StaleChain(key)
    write_chain(service.service, links, since)
    announce(kind="service", subject=key, unit=service.owner.key, period=Period(since))
    record(action="service.chain_set", subject=key, facts={"since": since.isoformat(), "entries": len(links)})


def chain_version(key: str, day: date) -> str:
    """Names the links that stand on the day, so that a form can say from which it was made."""
    rows = ChainLink.objects.filter(service__key=key, superseded_at=None, period__contains=day)
    return "-".join(str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True))


def add_point(*, key: str, point: Point, since: date) -> str:
    """Record a further point of the service; gives its key. Raises NoSuchService, NoSuchUnit, NameMissing."""
    return point_to(require_service(key, since), point, since).key


def point_to(version: ServiceVersion, point: Point, since: date) -> ServicePoint:
    """Add a point to a service whose row the caller has locked; see `add_point`."""
    key = version.service.key
    found = write_point(version.service, point, since)
    announce(kind="service", subject=key, unit=version.owner.key, period=Period(since))
    record(action="service.point_added", subject=key, facts={"since": since.isoformat()})
    return found


def settle_proposals(*, unit_key: str, confirmed: Iterable[str], dropped: Iterable[str], since: date) -> int:
    """Confirm or turn down proposed services of the unit and all below it; gives how many were settled.

    What was settled already is left alone, so that a second answer changes nothing. Raises NoSuchService for a key
    of another unit.
    """
    work = current()
    access.require_unit(work.actor, Right.MANAGE_SERVICES, unit_key, since)
    keep, drop = set(confirmed), set(dropped)
    rows = ServiceVersion.objects.filter(service__key__in=keep | drop, superseded_at=None).select_related("service")
    rows = rows.select_related("owner").filter(period__contains=since)
    found = {row.service.key: row for row in rows}
    if set(found) != keep | drop or any(unit_key not in above(row.owner.key, since) for row in found.values()):
        raise NoSuchService(unit_key)
    locking.lock_rows({Service: [row.service_id for row in found.values()]})
    proposed = {key: row for key, row in found.items() if row.status == Counting.PROPOSED}
    for key, row in proposed.items():
        if key in drop:
            withdraw_service(row.service)
        else:
            _confirm(row, signed(work.actor))
        announce(kind="service", subject=key, unit=row.owner.key, period=Period(row.period.lower, row.period.upper))
    if proposed:
        record(
            action="service.settled",
            subject=unit_key,
            facts={"confirmed": len(keep & proposed.keys()), "dropped": len(drop & proposed.keys())},
        )
    return len(proposed)


def require_service(key: str, day: date, made_from: int | None = None) -> ServiceVersion:
    """The version of the day, locked, for who may manage its owner's services.

    Raises NoSuchService, and StaleService where it is not the row a form was made from.
    """
    found = Service.objects.filter(key=key).first()
    if found is None:
        raise NoSuchService(key)
    locking.lock_rows({Service: [found.pk]})
    return service_on(key, day, made_from)


def service_on(key: str, day: date, made_from: int | None = None) -> ServiceVersion:
    """`require_service` for a row the caller has locked."""
    rows = ServiceVersion.objects.filter(service__key=key, superseded_at=None, period__contains=day)
    version = rows.select_related("service", "owner").first()
    if version is None:
        raise NoSuchService(key)
    access.require_unit(current().actor, Right.MANAGE_SERVICES, version.owner.key, day)
    if made_from is not None and version.pk != made_from:
        raise StaleService(key)
    return version


def write_version(service: Service, owner: Unit, standard: Standard, period: Period, status: Counting) -> None:
    """Record what holds for the service in the period. Access is the caller's matter."""
    make_room(ServiceVersion.objects.filter(service=service), period)
    ServiceVersion.objects.create(
        service=service,
        name=standard.name.strip(),
        name_key=name_key(standard.name),
        owner=owner,
        minutes_promised=standard.minutes,
        days_promised=standard.days,
        required_share_pct=standard.required_share,
        cost=standard.cost,
        implementers=standard.implementers,
        hours=standard.hours.strip(),
        windows=rows_of(standard.windows),
        source=standard.source.strip(),
        status=status.value,
        confirmed_by=signed(current().actor) if status is Counting.CONFIRMED else "",
        period=as_range(period),
        recorded_at=current().now,
    )


def write_chain(service: Service, links: Sequence[Link], since: date) -> bool:
    """Make these the links from `since` on; gives whether anything changed. Access is the caller's matter."""
    if not any(link.role == LinkRole.FRONT for link in links):
        raise NoFront
    wanted = {(link.role, *_doer(link)): link.weight for link in links}
    if len(wanted) != len(links):
        raise LinkTwice
    standing = {
        (row.role, row.unit_id, row.post_id): row
        for row in ChainLink.objects.filter(service=service, superseded_at=None, period__contains=since)
    }
    changed = [key for key in wanted.keys() | standing.keys() if _weight(standing.get(key)) != wanted.get(key)]
    for role, unit, post in changed:
        one = Q(post=None) if post is None else Q(post=post)
        rows = ChainLink.objects.filter(one, service=service, role=role, unit_id=unit)
        make_room(rows, Period(since))
        if (role, unit, post) in wanted:
            rows.create(
                service=service,
                role=role,
                unit_id=unit,
                post_id=post,
                weight=wanted[role, unit, post],
                period=(since, None),
                recorded_at=current().now,
            )
    return bool(changed)


def write_point(service: Service, point: Point, since: date) -> ServicePoint:
    """Record a point from `since` on. Access is the caller's matter."""
    if not point.name.strip():
        raise NameMissing
    row = ServicePoint.objects.create(service=service)
    ServicePointVersion.objects.create(
        point=row,
        unit=standing_unit(point.unit),
        workplace=require_place(point.workplace, point.unit, since),
        name=point.name.strip(),
        hours=point.hours.strip(),
        windows=rows_of(point.windows),
        period=(since, None),
        recorded_at=current().now,
    )
    return row


def rows_of(windows: Iterable[Window]) -> list[list[int]]:
    """Opening hours as they are kept."""
    return [[window.weekday, window.start, window.end] for window in windows]


def withdraw_service(service: Service) -> None:
    """A proposal nobody wants: its rows are superseded, so that what was proposed stays readable."""
    now = current().now
    ServiceVersion.objects.filter(service=service, superseded_at=None).update(superseded_at=now)
    ChainLink.objects.filter(service=service, superseded_at=None).update(superseded_at=now)
    ServicePointVersion.objects.filter(point__service=service, superseded_at=None).update(superseded_at=now)


def _owner(standard: Standard, since: date, status: Counting) -> Unit:
    access.require_unit(current().actor, Right.MANAGE_SERVICES, standard.owner, since)
    if not standard.name.strip():
        raise NameMissing
    if standard.minutes and standard.days:
        raise PromiseTwice
    if status is Counting.CONFIRMED and not standard.source.strip():
        raise SourceMissing
    return standing_unit(standard.owner)


def _refuse_twice(owner: Unit, name: str, period: Period, own: Service | None = None) -> None:
    """A sheet knows a service by owner and name, so no other of the unit may bear it on the same day."""
    rows = ServiceVersion.objects.filter(owner=owner, name_key=name_key(name), superseded_at=None)
    if rows.filter(period__overlap=as_range(period)).exclude(service=own).exists():
        raise AlreadyThere(name)


def standing_unit(key: str) -> Unit:
    """The unit behind a key. Raises NoSuchUnit."""
    unit = Unit.objects.filter(key=key).first()
    if unit is None:
        raise NoSuchUnit(key)
    return unit


def _doer(link: Link) -> tuple[int, int | None]:
    unit = standing_unit(link.unit)
    if not link.post:
        return unit.pk, None
    post = Post.objects.filter(public_id=link.post, unit=unit).first()
    if post is None:
        raise NoSuchPost(link.post)
    return unit.pk, post.pk


def _weight(row: ChainLink | None) -> int | None:
    return row.weight if row else None


def _confirm(row: ServiceVersion, by: str) -> None:
    ServiceVersion.objects.filter(pk=row.pk).update(superseded_at=current().now)
    row.pk, row.status, row.confirmed_by, row.recorded_at = None, Counting.CONFIRMED.value, by, current().now
    row.save(force_insert=True)


def _told(service: Service, owner: str, since: date, action: str, status: Counting) -> None:
    announce(kind="service", subject=service.key, unit=owner, period=Period(since))
    facts = {"unit": owner, "since": since.isoformat(), "kind": status.value}
    if action == "service.recorded":
        record(action="service.recorded", subject=service.key, facts=facts)
    else:
        record(action="service.changed", subject=service.key, facts=facts)
