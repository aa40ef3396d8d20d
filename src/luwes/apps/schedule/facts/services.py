"""Which services somebody's unit and post stand in, and who meets citizens."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import ChainLink, Counting, LinkRole, ServicePointVersion, ServiceVersion
from luwes.apps.schedule.facts.known import Span, covers, known
from luwes.apps.schedule.facts.tree import slug


@dataclass(frozen=True, slots=True)
class Link:
    """A unit (or one post of it) in the chain of a service."""

    service: int
    role: str
    unit: int
    post: int | None
    period: DateRange


@dataclass(frozen=True, slots=True)
class Named:
    """A service by key and name; only confirmed ones count."""

    service: int
    key: str
    slug: str
    confirmed: bool
    period: DateRange


@dataclass(frozen=True, slots=True)
class Services:
    """The catalogue, the chains and the points that touch the span."""

    named: Sequence[Named]
    links: Sequence[Link]
    points: Sequence[tuple[int, DateRange]]

    @classmethod
    def read(cls, span: Span, at: datetime) -> "Services":
        """Three queries."""
        rows = ServiceVersion.objects.filter(known(at), span.touching).order_by("pk")
        named = [
            Named(pk, key, slug(name), status == Counting.CONFIRMED.value, period)
            for pk, key, name, status, period in rows.values_list(
                "service_id", "service__key", "name_key", "status", "period"
            )
        ]
        chain = ChainLink.objects.filter(known(at), span.touching).order_by("pk")
        links = [Link(*row) for row in chain.values_list("service_id", "role", "unit_id", "post_id", "period")]
        points = ServicePointVersion.objects.filter(known(at), span.touching).order_by("pk")
        return cls(named, links, list(points.values_list("unit_id", "period")))

    @property
    def periods(self) -> list[DateRange]:
        """Everything dated here."""
        return [
            *(one.period for one in self.named),
            *(one.period for one in self.links),
            *(period for _, period in self.points),
        ]

    def on(self, day: date) -> "OnDay":
        """The catalogue of one day."""
        links: dict[int, list[Link]] = defaultdict(list)
        for one in self.links:
            if covers(one.period, day):
                links[one.unit].append(one)
        return OnDay(
            confirmed=frozenset(one.service for one in self.named if one.confirmed and covers(one.period, day)),
            named=tuple(one for one in self.named if covers(one.period, day)),
            links=links,
            standing=frozenset(unit for unit, period in self.points if covers(period, day)),
        )


@dataclass(frozen=True, slots=True)
class OnDay:
    """The catalogue of one day, its links by unit; `standing` are the units that stand at some point."""

    confirmed: frozenset[int]
    named: tuple[Named, ...]
    links: Mapping[int, Sequence[Link]]
    standing: frozenset[int]

    def front(self, unit: int, post: int | None) -> bool | None:
        """Whether somebody there receives citizens by the chain of a service.

        None where that is not known: no service is confirmed, the chain is only proposed, or the unit stands at a
        point and nobody said which posts do.
        """
        met = [one for one in self.links.get(unit, ()) if one.role == LinkRole.FRONT.value]
        mine = [one for one in met if one.post is None or one.post == post]
        if any(one.service in self.confirmed for one in mine):
            return True
        doubt = bool(mine) or (unit in self.standing and not met) or not self.confirmed
        return None if doubt or (post is None and met) else False

    def within(self, word: str, unit: int, post: int | None) -> bool | None:
        """Whether somebody there stands in the chain of the service the word names; None for an unknown service."""
        meant = {one.service: one.confirmed for one in self.named if word in (one.key, one.slug)}
        if not meant:
            return None
        met = [one for one in self.links.get(unit, ()) if one.service in meant]
        mine = [one for one in met if one.post is None or one.post == post]
        if any(meant[one.service] for one in mine):
            return True
        return None if mine or (post is None and met) else False
