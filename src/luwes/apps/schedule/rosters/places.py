"""Where people must stay: the confirmed floors of counters, and who signs for a service."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import (
    ChainLink,
    Counting,
    CoverageFloor,
    LinkRole,
    ServicePointVersion,
    ServiceVersion,
)
from luwes.apps.schedule.tree import Tree
from luwes.core.services.floors import Band, Need, needs
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import DAY

Dated = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Counters:
    """By unit: what its points are called, how many must be there each day, and days without a confirmed floor."""

    names: Mapping[str, Sequence[str]]
    needed: Mapping[str, Mapping[date, int]]
    unset: Mapping[str, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Signer:
    """A confirmed service that needs somebody of a unit (or one post of it) to sign, and on which days."""

    service: str
    unit: str
    post: int | None
    days: frozenset[date]


def counters(tree: Tree, days: Sequence[date], units: Collection[str]) -> Counters:
    """The counters of these units over the days, in two queries."""
    span = DateRange(days[0], days[-1] + DAY)
    points: dict[int, list[tuple[str, str, Dated]]] = defaultdict(list)
    versions = ServicePointVersion.objects.filter(superseded_at=None, period__overlap=span, unit__key__in=list(units))
    for pk, name, unit, period in versions.values_list("point_id", "name", "unit__key", "period"):
        points[pk].append((name, unit, (period.lower, period.upper)))
    bands: dict[int, list[tuple[Band, Dated]]] = defaultdict(list)
    floors = CoverageFloor.objects.filter(superseded_at=None, period__overlap=span, status=Counting.CONFIRMED)
    for floor in floors.filter(point__in=points).order_by("pk"):
        window = Window(floor.weekday, floor.from_minute, floor.to_minute)
        bands[floor.point_id].append((Band(window, floor.minimum), (floor.period.lower, floor.period.upper)))
    names: dict[str, set[str]] = defaultdict(set)
    wanted: dict[str, dict[date, list[tuple[Need, ...]]]] = defaultdict(lambda: defaultdict(list))
    unset: dict[str, set[date]] = defaultdict(set)
    for pk, stands in points.items():
        for name, unit, period in stands:
            names[unit].add(name)
            for day in (day for day in days if _in(day, period) and tree.works(unit, day)):
                held = [band for band, since in bands[pk] if _in(day, since)]
                if held:
                    wanted[unit][day].append(needs(held, day.isoweekday()))
                else:
                    # No confirmed floor: nobody knows who must stay, so nobody may go.
                    unset[unit].add(day)
    return Counters(
        {unit: sorted(found) for unit, found in names.items()},
        {unit: {day: busiest(found) for day, found in by_day.items()} for unit, by_day in wanted.items()},
        {unit: frozenset(found) for unit, found in unset.items()},
    )


def busiest(points: Iterable[Sequence[Need]]) -> int:
    """How many people some counters need at once, at their busiest minute: nobody stands at two of them."""
    changes: dict[int, int] = defaultdict(int)
    for found in points:
        for need in found:
            changes[need.start] += need.minimum
            changes[need.end] -= need.minimum
    most = now = 0
    for minute in sorted(changes):
        now += changes[minute]
        most = max(most, now)
    return most


def signers(tree: Tree, days: Sequence[date]) -> list[Signer]:
    """Who signs for each confirmed service: of every such link at least one stays, on days its unit works."""
    span = DateRange(days[0], days[-1] + DAY)
    versions = ServiceVersion.objects.filter(superseded_at=None, period__overlap=span, status=Counting.CONFIRMED)
    names = dict(versions.order_by("period").values_list("service_id", "name"))
    links = ChainLink.objects.filter(superseded_at=None, period__overlap=span, role=LinkRole.SIGN, service__in=names)
    found = []
    for service, unit, post, period in links.order_by("pk").values_list("service_id", "unit__key", "post_id", "period"):
        on = frozenset(day for day in days if _in(day, (period.lower, period.upper)) and tree.works(unit, day))
        if on:
            found.append(Signer(names[service], unit, post, on))
    return found


def _in(day: date, period: Dated) -> bool:
    return period[0] <= day and (period[1] is None or day < period[1])
