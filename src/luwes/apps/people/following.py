"""What names a unit goes on under its heir: services, chains, points, places and people, from one day on.

Each day before keeps the old unit. Nothing is guessed about roles and heads: those are granted anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range, copy, make_room
from luwes.apps.people.models import (
    ChainLink,
    Post,
    PostAssessment,
    Posting,
    ServicePointVersion,
    ServiceVersion,
    Unit,
    UnitHead,
    WorkplaceVersion,
)
from luwes.apps.people.staff.swift import insert
from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service that names the units in question: as its owner, or in its chain or points."""

    key: str
    name: str
    owned: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What names some units on a day and after it."""

    services: tuple[NamedService, ...]
    links: int
    points: int
    workplaces: int
    people: int
    heads: int


def naming(unit_keys: set[str], on: date) -> Naming:
    """What would follow if these units ended on the day."""
    links = _from(ChainLink.objects.filter(unit__key__in=unit_keys), on)
    points = _from(ServicePointVersion.objects.filter(unit__key__in=unit_keys), on)
    owned = set(_from(ServiceVersion.objects.filter(owner__key__in=unit_keys), on).values_list("service_id", flat=True))
    named = (
        owned | set(links.values_list("service_id", flat=True)) | set(points.values_list("point__service", flat=True))
    )
    names = _from(ServiceVersion.objects.filter(service__in=named), on).order_by("name_key", "period")
    found = {
        row.service.key: NamedService(row.service.key, row.name, row.service_id in owned) for row in _joined(names)
    }
    return Naming(
        services=tuple(found.values()),
        links=links.count(),
        points=points.count(),
        workplaces=_from(WorkplaceVersion.objects.filter(unit__key__in=unit_keys), on).count(),
        people=_from(Posting.objects.filter(unit__key__in=unit_keys), on).count(),
        heads=_from(UnitHead.objects.filter(unit__key__in=unit_keys), on).count(),
    )


def follow(*, old: Unit, heir: Unit, on: date, placed: Mapping[str, Unit]) -> Mapping[str, int]:
    """Let everything that names `old` from `on` on name `heir`; gives how many rows of each kind followed.

    `placed` says for single services (by key) which other heir does their work. Headships of the old unit end.
    """
    return {
        "services": _services(old, heir, on, placed),
        "links": _links(old, heir, on, placed),
        "points": _points(old, heir, on, placed),
        "workplaces": _rename(WorkplaceVersion.objects.filter(unit=old), on, "workplace_id", {"unit_id": heir.pk}),
        "people": _people(old, heir, on),
        "heads": len(make_room(UnitHead.objects.filter(unit=old), Period(on))),
    }


def _from(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(superseded_at=None, period__overlap=(on, None))


def _joined(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("service")


def _services(old: Unit, heir: Unit, on: date, placed: Mapping[str, Unit]) -> int:
    done = 0
    for row in list(_joined(_from(ServiceVersion.objects.filter(owner=old), on))):
        to = placed.get(row.service.key, heir)
        done += _rename(ServiceVersion.objects.filter(pk=row.pk), on, "service_id", {"owner_id": to.pk})
    return done


def _points(old: Unit, heir: Unit, on: date, placed: Mapping[str, Unit]) -> int:
    done = 0
    rows = _from(ServicePointVersion.objects.filter(unit=old), on).select_related("point__service")
    for row in list(rows):
        to = placed.get(row.point.service.key, heir)
        done += _rename(ServicePointVersion.objects.filter(pk=row.pk), on, "point_id", {"unit_id": to.pk})
    return done


def _links(old: Unit, heir: Unit, on: date, placed: Mapping[str, Unit]) -> int:
    """Two units of one chain that become one weigh together, so that no weight of the chain is lost."""
    done = 0
    for row in list(_joined(_from(ChainLink.objects.filter(unit=old), on).select_related("post"))):
        to = placed.get(row.service.key, heir)
        post = None if row.post is None else _post_at(row.post, to)
        period = Period(max(row.period.lower, on), row.period.upper)
        same = ChainLink.objects.filter(
            service=row.service, role=row.role, unit=to, post=post, superseded_at=None, period__overlap=as_range(period)
        )
        if beside := list(same):
            _weigh_together(row, beside, period)
        else:
            _rename(
                ChainLink.objects.filter(pk=row.pk), on, "pk", {"unit_id": to.pk, "post_id": post.pk if post else None}
            )
        done += 1
    return done


def _weigh_together(row: ChainLink, beside: list[ChainLink], period: Period) -> None:
    make_room(ChainLink.objects.filter(pk=row.pk), period)
    for other in beside:
        both = Period(max(period.start, other.period.lower), _earlier(period.end, other.period.upper))
        make_room(ChainLink.objects.filter(pk=other.pk), both)
        together = copy(other, both)
        together.weight = other.weight + row.weight
        together.save()


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _rename(rows: QuerySet[Any], on: date, identity: str, values: Mapping[str, int | None]) -> int:
    """Supersede what of these rows lies on `on` or after it; the same is recorded anew with other columns."""
    done = 0
    for row in list(_from(rows, on)):
        period = Period(max(row.period.lower, on), row.period.upper)
        make_room(type(row)._default_manager.filter(pk=row.pk), period)
        made = copy(row, period)
        for name, value in values.items():
            setattr(made, name, value)
        made.save()
        done += 1
    return done


def _people(old: Unit, heir: Unit, on: date) -> int:
    """Everybody posted in the old unit holds the like post in its heir, until a staff file says otherwise."""
    staying = list(_from(Posting.objects.filter(unit=old), on).select_related("post"))
    Posting.objects.filter(pk__in=[row.pk for row in staying]).update(superseded_at=current().now)
    posts = {row.post_id: _post_at(row.post, heir) for row in staying if row.post is not None}
    made = []
    for row in staying:
        if row.period.lower < on:
            made.append(copy(row, Period(row.period.lower, on)))
        moved = copy(row, Period(max(row.period.lower, on), row.period.upper))
        moved.unit_id = heir.pk
        moved.post_id = posts[row.post_id].pk if row.post_id else None
        made.append(moved)
    insert(Posting, made)
    return len(staying)


def _post_at(post: Post, unit: Unit) -> Post:
    """The like post in another unit: the same work under another roof, so its assessment goes along."""
    known, created = Post.objects.get_or_create(
        unit=unit,
        name_key=post.name_key,
        defaults={
            "name": post.name,
            "siasn_id": "",
            "kind": post.kind,
            "job_class": post.job_class,
            "level": post.level,
            "level_known_at": post.level_known_at,
        },
    )
    assessed = PostAssessment.objects.filter(post=post, superseded_at=None).first() if created else None
    if assessed is not None:
        values = {field.attname: getattr(assessed, field.attname) for field in assessed._meta.concrete_fields}
        values |= {"id": None, "post_id": known.pk, "recorded_at": current().now}
        PostAssessment.objects.create(**values)
    return known
