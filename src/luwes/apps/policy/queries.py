"""Which rules hold, and what was decided under them: as known at an instant, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from luwes.apps.policy import layers as layering
from luwes.apps.policy.layers import Rest
from luwes.apps.policy.models import (
    ClauseAdoption,
    DecisionFigure,
    Effect,
    Enactment,
    Judgement,
    NeedStatement,
    Restriction,
    Suspension,
    WordMeaning,
)
from luwes.core.policy import stack as core
from luwes.core.policy.clauses import EVERYBODY, Forbid, Quota, Who
from luwes.core.policy.facts import Tag
from luwes.core.policy.rulebook import Rulebook
from luwes.core.policy.stack import Recorded, Rules, Stack
from luwes.core.policy.terms import Per, Rounding
from luwes.core.workdays.periods import DAY, Period

# A figure with this name says whether a required fact has come (1) or not (0).
ARRIVED = "arrived:"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a unit for the days from `first` to `last`, both inside; no `last` is open."""

    metric: str
    value: float
    first: date
    last: date | None
    as_of: date | None
    source: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What policy knows of one unit itself; units above are asked for by their own keys.

    `tags`: the need stated (need:yes, need:conditional, need:no) and facts that came (arrived:<fact>), dated.
    `late`: names of facts known not to have come (a name in neither is unknown). `figures`: by metric, dated.
    """

    tags: tuple[Tag, ...] = ()
    late: tuple[Tag, ...] = ()
    figures: tuple[Figure, ...] = ()

    def measures(self, day: date) -> dict[str, float]:
        """The figures of a day by metric, as guards ask for them."""
        return {
            one.metric: one.value for one in self.figures if one.first <= day and (one.last is None or day <= one.last)
        }


def stack(on: date, known_at: datetime, *, until: date | None = None) -> Stack:
    """All that holds from the week of `on` to that of `until` (None: all that comes), as it was known at `known_at`.

    Name the last day only where no later one will be asked about: a search for another day that would do must see
    what closes it. What was withdrawn or lifted after `known_at` is given as if it never would be, so that the same
    question has the same answer for good, to the last bit. Five queries. Raises Tampered.
    """
    first = on - on.weekday() * DAY if on > date.min + 7 * DAY else on
    days = DateRange(first, None if until is None else until + (7 - until.weekday()) * DAY, "[)")
    return Stack(
        tuple(one for part in _enacted(known_at) for one in part),
        tuple(_judgement(row) for row in known(Judgement, known_at).filter(period__overlap=days).order_by("pk")),
        tuple(
            restriction(row)
            for row in known(Restriction, known_at)
            .filter(period__overlap=days, rule="")
            .select_related("unit")
            .order_by("pk")
        ),
    )


def rules(on: date, known_at: datetime, *, until: date | None = None) -> Rules:
    """`stack`, ready to decide by."""
    return Rules(stack(on, known_at, until=until), known_at)


def trying(rulebook: Rulebook, on: date, known_at: datetime, *, until: date | None = None) -> Rules:
    """The rules as they would be with a rulebook that is not enacted, of which every reported clause is adopted."""
    found = stack(on, known_at, until=until)
    return Rules(replace(found, layers=(*found.layers, layering.tried(rulebook, known_at))), known_at)


def unit_facts(unit_keys: Collection[str], first: date, last: date, known_at: datetime) -> Mapping[str, UnitFacts]:
    """Need, arrivals and figures of units over a span (both days inside); units nothing is known of are left out.

    Two queries however many units.
    """
    days = DateRange(first, last + DAY, "[)")
    here = {"period__overlap": days, "unit__key__in": list(unit_keys)}
    tags: dict[str, list[Tag]] = defaultdict(list)
    late: dict[str, list[Tag]] = defaultdict(list)
    figures: dict[str, list[Figure]] = defaultdict(list)
    needs = known(NeedStatement, known_at).filter(**here).order_by("period", "pk")
    for key, answer, period in needs.values_list("unit__key", "answer", "period"):
        tags[key].append(Tag(f"need:{answer}", period.lower, last_of(period)))
    rows = known(DecisionFigure, known_at).filter(**here).select_related("unit").order_by("metric", "period", "pk")
    for row in rows:
        key = row.unit.key
        if row.metric.startswith(ARRIVED):
            side = tags if row.value else late
            side[key].append(Tag(row.metric, row.period.lower, last_of(row.period)))
        else:
            figures[key].append(figure(row))
    return {key: UnitFacts(tuple(tags[key]), tuple(late[key]), tuple(figures[key])) for key in {*tags, *late, *figures}}


def meanings(first: date, last: date, known_at: datetime) -> Sequence[tuple[str, frozenset[str], DateRange]]:
    """What words mean on the days of the span: the word, the keys of its units, and for which days. One query."""
    days = DateRange(first, last + DAY, "[)")
    rows = known(WordMeaning, known_at).filter(period__overlap=days).order_by("word", "period")
    return [(word, frozenset(units), period) for word, units, period in rows.values_list("word", "units", "period")]


def figure(row: DecisionFigure) -> Figure:
    """A stored figure as a frozen row."""
    return Figure(row.metric, row.value, row.period.lower, last_of(row.period), row.as_of, row.source)


def restriction(row: Restriction) -> core.Restriction:
    """A stored restriction as `core` decides by it: a closed day, or a lower share counted down over everybody."""
    head: dict[str, Any] = {
        "id": row.public_id,
        "basis": row.basis,
        "who": Who(all=(f"unit:{row.unit.key}",)) if row.unit else EVERYBODY,
        "first": row.period.lower,
        "last": last_of(row.period),
    }
    clause: Forbid | Quota = Forbid(**head)
    if row.effect == Effect.LOWER:
        clause = Quota(**head, per=Per.UNIT, flex_max=row.flex_max, rounding=Rounding.DOWN, without=())
    return core.Restriction(clause, Recorded(row.recorded_at), warning=row.effect == Effect.WARN)


def who(subject: str) -> Who:
    """The people a stored subject means."""
    return Who(all=(subject,)) if subject else EVERYBODY


def _judgement(row: Judgement) -> core.Judgement:
    return core.Judgement(
        rule=row.rule,
        who=who(row.subject),
        first=row.period.lower,
        last=last_of(row.period),
        allow=row.allow,
        value=row.value,
        by=row.decided_by,
        recorded=Recorded(row.recorded_at),
    )


def _enacted(known_at: datetime) -> Iterable[tuple[core.Layer, ...]]:
    """Every enactment there was: also one that has ended tells that an older one is gone."""
    enactments = known(Enactment, known_at).select_related("version").order_by("pk")
    adopted: dict[int, set[str]] = defaultdict(set)
    for enactment, clause in ClauseAdoption.objects.filter(recorded_at__lte=known_at).values_list(
        "enactment_id", "clause"
    ):
        adopted[enactment].add(clause)
    rests = _rests(known(Suspension, known_at))
    for row in enactments:
        yield layering.layers(row, adopted[row.pk], rests[row.version.instrument_id])


def _rests(rows: "QuerySet[Suspension]") -> Mapping[int, Sequence[Rest]]:
    found: dict[int, list[Rest]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.instrument_id].append((row.area, Period(row.period.lower, row.period.upper)))
    return found


def known(model: Any, at: datetime) -> "QuerySet[Any]":
    """The rows as they were known at the instant."""
    found: QuerySet[Any] = model.objects.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), recorded_at__lte=at)
    return found


def last_of(period: Any) -> date | None:
    """The last day inside a stored period; None for an open one."""
    return None if period.upper is None else period.upper - DAY
