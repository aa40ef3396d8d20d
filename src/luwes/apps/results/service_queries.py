"""Reads of services for reports: every measure summed per service, month and kind of day.

A constant number of queries, however many services and months. Sums alone: who shows them divides and suppresses.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luwes.apps.results.measures import AnswerSums, CaseSums, Measure, OpenSums, WaitSums
from luwes.apps.results.models import ServiceFigure
from luwes.apps.results.services.catalogue import Catalogue, Standing
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one service on the days of one kind in one month.

    `days` are its days of that kind. `timely` and `content` are (kept, of) of cases due and of answers.
    Whether that keeps a promise, and what is not recorded at all, is told by `reporting.standards`.
    """

    days: int = 0
    timely: tuple[int, int] = (0, 0)
    content: tuple[int, int] = (0, 0)
    cases: CaseSums = field(default_factory=CaseSums)
    waits: WaitSums = field(default_factory=WaitSums)
    answers: AnswerSums = field(default_factory=AnswerSums)
    hours: OpenSums = field(default_factory=OpenSums)

    def __add__(self, other: "Facts") -> "Facts":
        return Facts(
            self.days + other.days,
            (self.timely[0] + other.timely[0], self.timely[1] + other.timely[1]),
            (self.content[0] + other.content[0], self.content[1] + other.content[1]),
            self.cases + other.cases,
            self.waits + other.waits,
            self.answers + other.answers,
            self.hours + other.hours,
        )


@dataclass(frozen=True, slots=True)
class ServiceMonth:
    """One service in one month, as it stood at the month's end or, where it ended before, last.

    `kinds` holds the kinds of day it had anything on. Days without exposure (days off, months before any threshold)
    are undefined: they belong to neither side of a comparison.
    """

    pk: int
    key: str
    name: str
    owner_pk: int
    confirmed: bool
    month: date
    kinds: Mapping[DayKind, Facts]

    @property
    def whole(self) -> Facts:
        """All days of the month together."""
        return sum(self.kinds.values(), Facts())


# What the figures of one service, month, kind of day and measure add up to.
Sums = CaseSums | WaitSums | AnswerSums | OpenSums
Place = tuple[int, date, DayKind]
READ: Mapping[Measure, Callable[[Mapping[str, Any]], Sums]] = {
    Measure.WITHIN_TIME: CaseSums.from_json,
    Measure.QUEUE_WAIT: WaitSums.from_json,
    Measure.SURVEY: AnswerSums.from_json,
    Measure.HOURS_KEPT: OpenSums.from_json,
}


def service_months(
    months: Sequence[date], service_pks: Iterable[int] | None = None, *, measures: Iterable[Measure] = Measure
) -> Sequence[ServiceMonth]:
    """Every service that stands in one of the months (their first days), by month and name; None: all services.

    Services without any figure are there, too: what is missing must be seen. Only `measures` are read.
    """
    if not months:
        return []
    wanted = None if service_pks is None else set(service_pks)
    book = _Book.read(months, wanted, [measure.value for measure in measures])
    return [
        ServiceMonth(
            pk=one.pk,
            key=one.key,
            name=one.name,
            owner_pk=one.owner,
            confirmed=one.confirmed,
            month=month,
            kinds=book.facts_of(one.pk, month),
        )
        for month in sorted(months)
        for one in book.standing_in(month, wanted)
    ]


@dataclass(slots=True)
class _Book:
    """Services, kinds of day and figures of some months, read once."""

    catalogue: Catalogue
    kinds: Mapping[tuple[int, date], DayKind]
    totals: Mapping[Place, Mapping[Measure, "_Total"]]

    @classmethod
    def read(cls, months: Sequence[date], wanted: set[int] | None, measures: Sequence[str]) -> "_Book":
        first, last = min(months), next_month(max(months)) - DAY
        exposed = ExposureDay.objects.filter(service__isnull=False, day__range=(first, last))
        rows = exposed.values_list("service_id", "day", "kind")
        kinds = {(service, day): DayKind(kind) for service, day, kind in rows if service is not None}
        return cls(Catalogue.read(), kinds, _totals(first, last, kinds, wanted, measures))

    def standing_in(self, month: date, wanted: set[int] | None) -> Sequence[Standing]:
        """The services of the month by name, each by its last version in it."""
        latest: dict[int, Standing] = {}
        for one in sorted(self.catalogue.services, key=lambda each: each.since):
            touches = one.since < next_month(month) and (one.until is None or one.until > month)
            if touches and (wanted is None or one.pk in wanted):
                latest[one.pk] = one
        return sorted(latest.values(), key=lambda each: (each.name.casefold(), each.pk))

    def facts_of(self, service: int, month: date) -> Mapping[DayKind, Facts]:
        counted = Counter(
            kind for (pk, day), kind in self.kinds.items() if pk == service and month <= day < next_month(month)
        )
        found = {}
        for kind in DayKind:
            totals = self.totals.get((service, month, kind), {})
            if totals or counted[kind]:
                found[kind] = _facts(counted[kind], totals)
        return found


@dataclass(slots=True)
class _Total:
    """Figures of one measure added up."""

    kept: int
    of: int
    sums: Any


def _totals(
    first: date,
    last: date,
    kinds: Mapping[tuple[int, date], DayKind],
    wanted: set[int] | None,
    measures: Sequence[str],
) -> Mapping[Place, Mapping[Measure, _Total]]:
    rows = ServiceFigure.objects.filter(day__range=(first, last), measure__in=measures)
    if wanted is not None:
        rows = rows.filter(service__in=wanted)
    totals: dict[Place, dict[Measure, _Total]] = defaultdict(dict)
    columns = ("service_id", "day", "measure", "kept", "of", "sums")
    for service, day, name, kept, of, data in rows.values_list(*columns).iterator(chunk_size=10_000):
        measure = Measure(name)
        sums = READ[measure](data)
        place = totals[service, day.replace(day=1), kinds.get((service, day), DayKind.UNDEFINED)]
        total = place.get(measure)
        if total is None:
            place[measure] = _Total(kept, of, sums)
        else:
            total.kept, total.of, total.sums = total.kept + kept, total.of + of, total.sums + sums
    return totals


def _facts(days: int, totals: Mapping[Measure, _Total]) -> Facts:
    cases, waits = totals.get(Measure.WITHIN_TIME), totals.get(Measure.QUEUE_WAIT)
    answers, hours = totals.get(Measure.SURVEY), totals.get(Measure.HOURS_KEPT)
    return Facts(
        days=days,
        timely=(cases.kept, cases.of) if cases else (0, 0),
        content=(answers.kept, answers.of) if answers else (0, 0),
        cases=cases.sums if cases else CaseSums(),
        waits=waits.sums if waits else WaitSums(),
        answers=answers.sums if answers else AnswerSums(),
        hours=hours.sums if hours else OpenSums(),
    )
