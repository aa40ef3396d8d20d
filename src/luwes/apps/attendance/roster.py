"""Everybody of a month with unit, post and legal position, day by day: the list from which days are reckoned.

It starts from people, not from punches, so that nobody is missing from a month for want of a row.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Value
from django.db.models.functions import Greatest, Least

from luwes.apps.people.models import EmployeeVersion, Posting
from luwes.apps.people.models.staff import ENDED
from luwes.apps.schedule.service import ON_DUTY
from luwes.core.workdays.periods import Period


class Fit(StrEnum):
    """Whether presence can be asked of somebody."""

    SERVING = "serving"
    AWAY = "away"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Stint:
    """Somebody over a run of days `[since, until)` in one unit, post and legal position.

    Outside service `unit` is the one of the nearest posting, so that the person stands in somebody's list.
    `weekly` are the minutes of a shorter contract.
    """

    employee: int
    unit: int
    post: int | None
    since: date
    until: date
    fit: Fit
    weekly: int | None = None


# From, until, what holds.
Posted = tuple[date, date, tuple[int, int | None]]
Stood = tuple[date, date, tuple[str, int | None]]


def stints(span: Period) -> Sequence[Stint]:
    """Every day of the span of everybody posted on one of them, by person and then by day; two queries.

    Raises ValueError for a span without an end.
    """
    if span.end is None:
        raise ValueError("a span without an end")
    overlap = DateRange(span.start, span.end)
    postings: dict[int, list[Posted]] = defaultdict(list)
    # The server cuts the periods: as ranges they cost more to read than everything else here.
    since = Greatest("period__startswith", Value(span.start))
    until = Least("period__endswith", Value(span.end))
    rows = Posting.objects.filter(superseded_at=None, period__overlap=overlap)
    for employee, unit, post, *cut in rows.values_list("employee_id", "unit_id", "post_id", since, until):
        postings[employee].append((*cut, (unit, post)))
    versions: dict[int, list[Stood]] = defaultdict(list)
    held = EmployeeVersion.objects.filter(superseded_at=None, period__overlap=overlap)
    for employee, standing, weekly, *cut in held.values_list("employee_id", "standing", "weekly_minutes", since, until):
        versions[employee].append((*cut, (standing, weekly)))
    return [
        stint
        for employee in sorted(postings)
        for stint in _person(
            employee,
            sorted(postings[employee], key=_since),
            sorted(versions[employee], key=_since),
            span.start,
            span.end,
        )
    ]


def _since(row: Posted | Stood) -> date:
    return row[0]


def _person(
    employee: int, postings: Sequence[Posted], versions: Sequence[Stood], start: date, end: date
) -> Iterator[Stint]:
    """The stints of one person; they cover `[start, end)` without a gap."""
    at = start
    unit, _ = postings[0][2]
    for since, until, held in postings:
        if at < since:
            yield Stint(employee, unit, None, at, since, Fit.OUTSIDE)
        unit, _ = held
        yield from _standing(employee, held, versions, since, until)
        at = until
    if at < end:
        yield Stint(employee, unit, None, at, end, Fit.OUTSIDE)


def _standing(
    employee: int, held: tuple[int, int | None], versions: Sequence[Stood], since: date, until: date
) -> Iterator[Stint]:
    """One posting, cut by legal position; where none is known the person is in no service."""
    unit, post = held
    at = since
    for lower, upper, (standing, weekly) in versions:
        first, last = max(lower, at), min(upper, until)
        if first >= last:
            continue
        if at < first:
            yield Stint(employee, unit, post, at, first, Fit.OUTSIDE)
        fit = Fit.SERVING if standing in ON_DUTY else Fit.OUTSIDE if standing in ENDED else Fit.AWAY
        yield Stint(employee, unit, post, first, last, fit, weekly)
        at = last
    if at < until:
        yield Stint(employee, unit, post, at, until, Fit.OUTSIDE)
