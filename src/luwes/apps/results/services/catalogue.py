"""Services, their standards and points on any day, read once; and when each of them is open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import Counting, ServicePointVersion, ServiceVersion
from luwes.apps.schedule.tree import Tree
from luwes.apps.sources.reading.names import normalise
from luwes.core.services.hours import Window
from luwes.core.services.opentime import Spans, joined


@dataclass(frozen=True, slots=True)
class Standing:
    """A service during `[since, until)` with its standard; what the standard does not say is None or empty."""

    pk: int
    key: str
    name: str
    owner: int
    minutes: int | None
    days: int | None
    implementers: int | None
    required_pct: int
    windows: Sequence[Window]
    confirmed: bool
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a service during `[since, until)`; without windows it is open when the service is."""

    pk: int
    service: int
    name: str
    unit: int
    windows: Sequence[Window]
    since: date
    until: date | None


class Catalogue:
    """Everything current about services and points; ask it about any day."""

    def __init__(self, services: Iterable[Standing], spots: Iterable[Spot]) -> None:
        self.services = list(services)
        self._by_pk: dict[int, list[Standing]] = defaultdict(list)
        self._by_key: dict[str, list[Standing]] = defaultdict(list)
        self._by_name: dict[str, list[Standing]] = defaultdict(list)
        self._spots: dict[int, list[Spot]] = defaultdict(list)
        for one in self.services:
            self._by_pk[one.pk].append(one)
            self._by_key[one.key].append(one)
            self._by_name[normalise(one.name)].append(one)
        for spot in spots:
            self._spots[spot.service].append(spot)

    @classmethod
    def read(cls) -> "Catalogue":
        """The catalogue as it is known now, in two queries."""
        versions = ServiceVersion.objects.filter(superseded_at=None).select_related("service").order_by("period", "pk")
        points = ServicePointVersion.objects.filter(superseded_at=None).order_by("period", "pk")
        rows = points.values_list("point_id", "point__service_id", "name", "unit_id", "windows", "period")
        return cls((standing_of(row) for row in versions), (_spot(*row) for row in rows))

    def on(self, service: int, day: date) -> Standing | None:
        """The service as it stood on the day, or None."""
        return next((one for one in self._by_pk[service] if _on(one.since, one.until, day)), None)

    def by_key(self, key: str) -> int | None:
        """The service with this key, whenever it stood."""
        found = self._by_key.get(key)
        return found[0].pk if found else None

    def named(self, name: str, day: date) -> Sequence[Standing]:
        """The services of exactly this name on the day."""
        return [one for one in self._by_name.get(normalise(name), ()) if _on(one.since, one.until, day)]

    def standing(self, day: date) -> Sequence[Standing]:
        """Every service on the day."""
        return [one for one in self.services if _on(one.since, one.until, day)]

    def spots(self, service: int, day: date) -> Sequence[Spot]:
        """The points of the service on the day."""
        return [spot for spot in self._spots[service] if _on(spot.since, spot.until, day)]

    def spot(self, service: int, point: int, day: date) -> Spot | None:
        """One point of the service on the day, or None."""
        return next((spot for spot in self.spots(service, day) if spot.pk == point), None)

    def spot_named(self, service: int, name: str, day: date) -> int | None:
        """The point of exactly this name on the day, or None."""
        wanted = normalise(name)
        found = [spot.pk for spot in self.spots(service, day) if normalise(spot.name) == wanted]
        return found[0] if len(found) == 1 else None


class Days:
    """Working days and opening hours over a span of days, by the calendar of the unit that owns a service."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._hours: dict[tuple[str, date], Spans] = {}
        # What is promised on a weekday is the same all month; only holidays differ.
        self._weekly: dict[tuple[object, ...], Spans] = {}

    @classmethod
    def read(cls, first: date, last: date) -> "Days":
        """Read `[first, last]` in a constant number of queries."""
        return cls(Tree.read(first, last))

    def works(self, unit: int, day: date) -> bool:
        """Whether the unit stands and works on the day. Raises MissingYear."""
        key = self._tree.keys.get(unit)
        return key is not None and self._tree.works(key, day)

    def promised(self, service: Standing, spot: Spot | None, day: date) -> Spans:
        """When the standard says that the service, or one point of it, is open; nothing where it does not say.

        Nothing either on days off: a standard that names weekdays promises no holidays. Raises MissingYear.
        """
        windows = (spot.windows if spot is not None else ()) or service.windows
        place = (service.pk, service.since, spot and (spot.pk, spot.since), day.isoweekday())
        if place not in self._weekly:
            self._weekly[place] = joined((one.start, one.end) for one in windows if one.weekday == day.isoweekday())
        spans = self._weekly[place]
        return spans if spans and self._open(service.owner, day, windows) else []

    def open(self, service: Standing, day: date) -> Spans:
        """When promised time runs: the promised hours, else the owner's hours. Raises MissingYear, NoSchedule."""
        if service.windows:
            return self.promised(service, None, day)
        key = self._tree.keys.get(service.owner)
        if key is None or not self._tree.works(key, day):
            return []
        if (key, day) not in self._hours:
            self._hours[key, day] = self._of_unit(key, day)
        return self._hours[key, day]

    def _open(self, owner: int, day: date, windows: Sequence[Window]) -> bool:
        # What is open on a Sunday has a calendar of its own: holidays close it no more than Sundays do.
        return any(window.weekday == 7 for window in windows) or self.works(owner, day)

    def _of_unit(self, key: str, day: date) -> Spans:
        parents = self._tree.parents(day)
        line: list[str] = []
        at = key
        while at in parents and at not in line:
            line.append(at)
            at = parents[at]
        on_day = self._tree.book.facts(day, line).hours
        if on_day is None:
            return []
        hours, pauses = on_day.hours.hours, sorted(on_day.hours.breaks, key=lambda pause: pause.start)
        edges = [hours.start, *(edge for pause in pauses for edge in (pause.start, pause.end)), hours.end]
        return joined(zip(edges[::2], edges[1::2], strict=True))


def standing_of(row: ServiceVersion) -> Standing:
    """A version as the catalogue holds it; its service is read with it."""
    return Standing(
        pk=row.service_id,
        key=row.service.key,
        name=row.name,
        owner=row.owner_id,
        minutes=row.minutes_promised,
        days=row.days_promised,
        implementers=row.implementers,
        required_pct=row.required_share_pct,
        windows=[Window(*window) for window in row.windows],
        confirmed=row.status == Counting.CONFIRMED,
        since=row.period.lower,
        until=row.period.upper,
    )


def _spot(pk: int, service: int, name: str, unit: int, windows: list[list[int]], period: DateRange) -> Spot:
    return Spot(pk, service, name, unit, [Window(*window) for window in windows], period.lower, period.upper)


def _on(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)
