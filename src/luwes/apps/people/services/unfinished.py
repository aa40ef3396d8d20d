"""Services that are confirmed but whose standard is not settled yet, and what forms about services offer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from luwes.apps.people.models import Counting, CoverageFloor, Post, ServicePointVersion, ServiceVersion, UnitVersion
from luwes.apps.people.services.facts import Standard
from luwes.apps.people.services.queries import standard_of
from luwes.core.names import name_key


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A service whose standard lacks something; `version` names what a form is made from."""

    key: str
    version: int
    standard: Standard
    owner_name: str


@dataclass(frozen=True, slots=True)
class Later:
    """A change that is recorded already and begins later."""

    since: date
    name: str


def unfinished(day: date, unit_keys: Iterable[str]) -> Sequence[Unfinished]:
    """Confirmed services of these units without promised time, hours, implementers, source or point; by name."""
    rows = list(_open(day, unit_keys).select_related("service", "owner").order_by("owner__key", "name_key"))
    owners = UnitVersion.objects.filter(
        unit__in={row.owner_id for row in rows}, superseded_at=None, period__contains=day
    )
    names = dict(owners.values_list("unit_id", "name"))
    return [Unfinished(row.service.key, row.pk, standard_of(row), names.get(row.owner_id, "")) for row in rows]


def unfinished_count(day: date, unit_keys: Iterable[str]) -> int:
    """How many `unfinished` would give."""
    return _open(day, unit_keys).count()


def usual_hours(day: date, unit_keys: Iterable[str]) -> str:
    """The opening hours most services of these units state, "" where none does."""
    rows = ServiceVersion.objects.filter(owner__key__in=list(unit_keys), superseded_at=None, period__contains=day)
    stated = Counter(rows.exclude(windows=[]).order_by("pk").values_list("hours", flat=True))
    stated.pop("", None)
    return stated.most_common(1)[0][0] if stated else ""


def usual_source(day: date, unit_keys: Iterable[str]) -> str:
    """The source most standards of these units rest on, "" where none names one."""
    rows = ServiceVersion.objects.filter(owner__key__in=list(unit_keys), superseded_at=None, period__contains=day)
    stated = Counter(rows.exclude(source="").order_by("pk").values_list("source", flat=True))
    return stated.most_common(1)[0][0] if stated else ""


def later_changes(key: str, day: date) -> Sequence[Later]:
    """Versions of the service that begin after the day."""
    rows = ServiceVersion.objects.filter(service__key=key, superseded_at=None, period__startswith__gt=day)
    return [Later(row.period.lower, row.name) for row in rows.order_by("period")]


def standard_at(version: int, key: str) -> Standard | None:
    """What a version of this service said, superseded or not: what a stale form was made from."""
    row = ServiceVersion.objects.filter(pk=version, service__key=key).select_related("owner").first()
    return standard_of(row) if row else None


def posts_of(unit_keys: Iterable[str]) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """The posts of units: unit key → key of the name → (the post's id, its name)."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    rows = Post.objects.filter(unit__key__in=list(unit_keys)).order_by("name_key")
    for unit, public_id, name in rows.values_list("unit__key", "public_id", "name"):
        found.setdefault(unit, {})[name_key(name)] = (public_id, name)
    return found


def _open(day: date, unit_keys: Iterable[str]) -> "QuerySet[ServiceVersion]":
    points = ServicePointVersion.objects.filter(
        point__service=OuterRef("service"), superseded_at=None, period__contains=day
    )
    lacks = Q(minutes_promised=None, days_promised=None) | Q(windows=[]) | Q(implementers=None) | Q(source="")
    rows = ServiceVersion.objects.filter(
        owner__key__in=list(unit_keys), superseded_at=None, period__contains=day, status=Counting.CONFIRMED.value
    )
    return rows.filter(lacks | ~Exists(points))


def bare_points(day: date, unit_keys: Iterable[str]) -> Sequence[str]:
    """Keys of the points of confirmed services at these units where no floor is confirmed, by name."""
    confirmed = Counting.CONFIRMED.value
    standing = {"superseded_at": None, "period__contains": day}
    counting = ServiceVersion.objects.filter(service=OuterRef("point__service"), status=confirmed, **standing)
    held = CoverageFloor.objects.filter(point=OuterRef("point"), status=confirmed, **standing)
    rows = ServicePointVersion.objects.filter(unit__key__in=list(unit_keys), **standing)
    return list(
        rows.filter(Exists(counting), ~Exists(held)).order_by("name", "pk").values_list("point__key", flat=True)
    )
