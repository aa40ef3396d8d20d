"""Reading rows as they were known at a moment, and the days on which anything changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from luwes.core.policy.facts import Tag
from luwes.core.workdays.periods import DAY


def known(at: datetime) -> Q:
    """Rows known at the moment: what was replaced in the very instant it was recorded was never what anybody knew."""
    return Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both inside."""

    first: date
    last: date

    @property
    def touching(self) -> Q:
        """Rows whose period touches the span."""
        return Q(period__overlap=DateRange(self.first, self.last + DAY))

    @property
    def days(self) -> tuple[date, ...]:
        """Every day in order."""
        return _days(self.first, self.last)

    def columns(self, period: DateRange) -> slice:
        """The places of a half-open period's days among those of the span."""
        size = (self.last - self.first).days + 1
        start = 0 if period.lower is None else max(0, (period.lower - self.first).days)
        end = size if period.upper is None else min(size, (period.upper - self.first).days)
        return slice(start, max(start, end))


@lru_cache(maxsize=64)
def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + step * DAY for step in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which nothing that is read here changes; both ends inside."""

    first: date
    last: date


def stretches(span: Span, periods: Iterable[DateRange]) -> tuple[Stretch, ...]:
    """The span cut at every day on which one of the periods begins or has ended."""
    cuts = {span.first}
    for period in periods:
        cuts |= {edge for edge in (period.lower, period.upper) if edge is not None and span.first < edge <= span.last}
    starts = sorted(cuts)
    ends = [start - DAY for start in starts[1:]] + [span.last]
    return tuple(Stretch(start, end) for start, end in zip(starts, ends, strict=True))


def covers(period: DateRange, day: date) -> bool:
    """Whether the half-open period holds the day."""
    return (period.lower is None or period.lower <= day) and (period.upper is None or day < period.upper)


def dated(name: str, period: DateRange, span: Span) -> Tag:
    """A tag for the period; without dates where it holds on every day of the span."""
    if covers(period, span.first) and covers(period, span.last):
        return Tag(name)
    return Tag(name, period.lower, None if period.upper is None else period.upper - DAY)
