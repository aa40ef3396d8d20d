"""Reads of services, always on a date and, where it matters, as known at an instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from luwes.apps.people.models import (
    ChainLink,
    Counting,
    LinkRole,
    ServicePointVersion,
    ServiceVersion,
    UnitVersion,
    WorkplaceVersion,
)
from luwes.apps.people.services.facts import Standard
from luwes.core.names import name_key
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import Period

PAGE_SIZE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in a list."""

    key: str
    name: str
    owner_key: str
    owner_name: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A page of a list; `next` is the key after which the next page begins, "" on the last."""

    rows: Sequence[ServiceRow]
    next: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of the chain: unit and post by name, and the keys."""

    role: str
    unit_pk: int
    unit_key: str
    unit_name: str
    post_id: str
    post_name: str
    weight: int


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of a service, with its workplace by name ("": not recorded)."""

    key: str
    name: str
    service_key: str
    service_name: str
    unit_key: str
    unit_name: str
    place: str
    zone: str
    signal: str
    version: int
    place_key: str
    hours: str
    windows: Sequence[Window]


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """One service on a day; `version` names what a form is made from."""

    key: str
    version: int
    standard: Standard
    owner_name: str
    confirmed: bool
    period: Period
    links: Sequence[LinkRow]
    points: Sequence[PointRow]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A link as upper apps need it: by primary keys. `post_pk` None is everybody in the unit."""

    role: str
    unit_pk: int
    post_pk: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class CountingService:
    """A confirmed service of a day with its chain, for exposure."""

    pk: int
    key: str
    name: str
    owner_pk: int
    chain: Sequence[ChainRow]


def services(
    day: date,
    *,
    search: str = "",
    after: str = "",
    unit_keys: Iterable[str] | None = None,
    status: Counting | None = None,
) -> ServicePage:
    """Services by name, every word of `search` somewhere in it; two queries however many there are.

    `unit_keys` limits the owners; None is the whole government.
    """
    rows = _on(ServiceVersion.objects.all(), day).select_related("service", "owner")
    if unit_keys is not None:
        rows = rows.filter(owner__key__in=list(unit_keys))
    if status is not None:
        rows = rows.filter(status=status.value)
    for word in name_key(search).split():
        rows = rows.filter(name_key__contains=word)
    start = _on(ServiceVersion.objects.filter(service__key=after), day).first() if after else None
    if start is not None:
        beyond = Q(name_key=start.name_key, service__gt=start.service_id)
        rows = rows.filter(Q(name_key__gt=start.name_key) | beyond)
    page = list(rows.order_by("name_key", "service")[: PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    names = _names({row.owner_id for row in shown}, day)
    found = [
        ServiceRow(
            row.service.key, row.name, row.owner.key, names.get(row.owner_id, ""), row.status == Counting.CONFIRMED
        )
        for row in shown
    ]
    return ServicePage(found, shown[-1].service.key if len(page) > PAGE_SIZE else "")


def proposed(day: date, unit_keys: Iterable[str]) -> Sequence[ServiceRow]:
    """What waits for the head of these units, all of it: a catalogue is short."""
    rows = _on(ServiceVersion.objects.filter(owner__key__in=list(unit_keys)), day)
    found = list(rows.filter(status=Counting.PROPOSED.value).select_related("service", "owner").order_by("name_key"))
    names = _names({row.owner_id for row in found}, day)
    return [ServiceRow(row.service.key, row.name, row.owner.key, names.get(row.owner_id, ""), False) for row in found]


def service(key: str, day: date) -> ServiceDetail | None:
    """One service with its chain and points on the day, or None."""
    row = _on(ServiceVersion.objects.filter(service__key=key), day).select_related("owner").first()
    if row is None:
        return None
    return ServiceDetail(
        key=key,
        version=row.pk,
        standard=standard_of(row),
        owner_name=_names({row.owner_id}, day).get(row.owner_id, ""),
        confirmed=row.status == Counting.CONFIRMED,
        period=Period(row.period.lower, row.period.upper),
        links=chain([key], day)[key],
        points=points(day, service_keys=[key]),
    )


def standard_of(row: ServiceVersion) -> Standard:
    """What a version says; its owner is read with it."""
    return Standard(
        name=row.name,
        owner=row.owner.key,
        minutes=row.minutes_promised,
        days=row.days_promised,
        cost=row.cost,
        implementers=row.implementers,
        hours=row.hours,
        windows=tuple(Window(*window) for window in row.windows),
        source=row.source,
        required_share=row.required_share_pct,
    )


def chain(keys: Sequence[str], day: date) -> Mapping[str, Sequence[LinkRow]]:
    """The links of each service on the day: front first, then verify, sign, and what keeps the system running."""
    found = list(_on(ChainLink.objects.filter(service__key__in=keys), day).select_related("service", "unit", "post"))
    order = [role.value for role in LinkRole]
    found.sort(key=lambda row: (order.index(row.role), row.pk))
    names = _names({row.unit_id for row in found}, day)
    answer: dict[str, list[LinkRow]] = {key: [] for key in keys}
    for row in found:
        answer[row.service.key].append(
            LinkRow(
                role=row.role,
                unit_pk=row.unit_id,
                unit_key=row.unit.key,
                unit_name=names.get(row.unit_id, ""),
                post_id=row.post.public_id if row.post else "",
                post_name=row.post.name if row.post else "",
                weight=row.weight,
            )
        )
    return answer


def points(
    day: date, *, service_keys: Sequence[str] | None = None, unit_keys: Iterable[str] | None = None
) -> Sequence[PointRow]:
    """Service points that stand on the day, by service or by the unit that stands there."""
    rows = _on(ServicePointVersion.objects.all(), day).select_related("point__service", "unit", "workplace")
    if service_keys is not None:
        rows = rows.filter(point__service__key__in=service_keys)
    if unit_keys is not None:
        rows = rows.filter(unit__key__in=list(unit_keys))
    found = list(rows.order_by("name", "pk"))
    names = _names({row.unit_id for row in found}, day)
    pks = [row.workplace_id for row in found if row.workplace_id]
    places = {row.workplace_id: row for row in _on(WorkplaceVersion.objects.filter(workplace__in=pks), day)}
    titles = _on(ServiceVersion.objects.filter(service__in=[row.point.service_id for row in found]), day)
    named = dict(titles.values_list("service_id", "name"))
    answer = []
    for row in found:
        place = places.get(row.workplace_id) if row.workplace_id else None
        answer.append(
            PointRow(
                key=row.point.key,
                name=row.name,
                service_key=row.point.service.key,
                service_name=named.get(row.point.service_id, ""),
                unit_key=row.unit.key,
                unit_name=names.get(row.unit_id, ""),
                place=place.name if place else "",
                zone=place.zone if place else "",
                signal=place.signal if place else "",
                version=row.pk,
                place_key=row.workplace.key if row.workplace else "",
                hours=row.hours,
                windows=tuple(Window(*window) for window in row.windows),
            )
        )
    return answer


def point(key: str, day: date) -> PointRow | None:
    """One point as it stands on the day, or None."""
    service = ServicePointVersion.objects.filter(point__key=key).values_list("point__service__key", flat=True).first()
    found = points(day, service_keys=[service]) if service else []
    return next((row for row in found if row.key == key), None)


def counting_services(day: date, known_at: datetime | None = None) -> Sequence[CountingService]:
    """Every confirmed service of the day with its chain, as known now or at an instant; two queries."""
    rows = _on(ServiceVersion.objects.filter(status=Counting.CONFIRMED.value), day, known_at)
    links: dict[int, list[ChainRow]] = {}
    for link in _on(ChainLink.objects.all(), day, known_at).order_by("pk"):
        links.setdefault(link.service_id, []).append(ChainRow(link.role, link.unit_id, link.post_id, link.weight))
    return [
        CountingService(row.service_id, row.service.key, row.name, row.owner_id, links.get(row.service_id, []))
        for row in rows.select_related("service").order_by("service_id")
    ]


def _on(rows: "QuerySet[Row]", day: date, known_at: datetime | None = None) -> "QuerySet[Row]":
    known = Q(superseded_at=None)
    if known_at is not None:
        known = Q(recorded_at__lte=known_at) & (known | Q(superseded_at__gt=known_at))
    return rows.filter(known, period__contains=day)


def _names(pks: set[int], day: date) -> dict[int, str]:
    """Names of units on the day."""
    rows = UnitVersion.objects.filter(unit__in=pks, superseded_at=None, period__contains=day)
    return dict(rows.values_list("unit_id", "name"))
