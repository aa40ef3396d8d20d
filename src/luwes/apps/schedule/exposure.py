"""Bringing the exposure of months up to date: sums by the database, shares by `core.exposure`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import ChainLink
from luwes.apps.people.staff import swift
from luwes.apps.schedule.models import ExposureDay, ExposureMonth
from luwes.apps.schedule.service import ON_DUTY
from luwes.apps.schedule.tree import Tree
from luwes.core.exposure.months import MonthKey, MonthSum, month_sums
from luwes.core.exposure.shares import (
    Exposure,
    Link,
    NoThreshold,
    Tally,
    day_kind,
    roll_up,
    service_exposure,
    threshold_on,
    unit_exposure,
)
from luwes.core.exposure.states import ABSENT, FLEXIBLE
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY

PLACES = Decimal("0.0000000001")
# People in service on the working days of their unit, by unit and day; posts that stand in a chain are told apart,
# all others are summed under no post. Claims are counted by a second query: joined to the first, tables that were
# filled a moment ago (and have no statistics yet) lead the planner to compare every person with every claim.
PEOPLE = """
SELECT posting.unit_id, CASE WHEN posting.post_id = ANY(%(posts)s) THEN posting.post_id END, working.day, count(*)
FROM unnest(%(units)s::bigint[], %(days)s::date[]) AS working (unit_id, day)
JOIN people_posting posting
    ON posting.unit_id = working.unit_id AND posting.superseded_at IS NULL AND posting.period @> working.day
JOIN people_employeeversion served
    ON served.employee_id = posting.employee_id AND served.superseded_at IS NULL AND served.standing = ANY(%(on_duty)s)
    AND served.period @> working.day
GROUP BY 1, 2, 3
"""
CLAIMS = """
SELECT posting.unit_id, CASE WHEN posting.post_id = ANY(%(posts)s) THEN posting.post_id END, claim.day,
    count(*) FILTER (WHERE claim.state = ANY(%(flexible)s)), count(*) FILTER (WHERE claim.state = ANY(%(absent)s))
FROM schedule_personday claim
JOIN people_posting posting
    ON posting.employee_id = claim.employee_id AND posting.superseded_at IS NULL AND posting.period @> claim.day
JOIN people_employeeversion served
    ON served.employee_id = posting.employee_id AND served.superseded_at IS NULL AND served.standing = ANY(%(on_duty)s)
    AND served.period @> claim.day
WHERE claim.superseded_at IS NULL AND claim.yields_to = '' AND claim.day >= %(first)s AND claim.day <= %(last)s
GROUP BY 1, 2, 3
"""
# A unit or a service: ("unit" or "service", primary key).
Subject = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """Half days by unit and day, and by unit, post and day for posts that stand in a chain."""

    units: Mapping[date, Mapping[int, Tally]]
    posts: Mapping[tuple[int, int, date], Tally]


def recompute(*, days: Iterable[date]) -> None:
    """Write the exposure of every month that holds one of the days anew, for units and services.

    Derived rows alone are replaced; the claims they come from keep their history. Days of a year without a
    calendar, or before any threshold, have no exposure. Doing it twice changes nothing.
    """
    now = current().now
    for month in sorted({day.replace(day=1) for day in days}):
        _month(month, now)


def _month(month: date, now: datetime) -> None:
    last = (month + 31 * DAY).replace(day=1) - DAY
    ExposureDay.objects.filter(day__gte=month, day__lte=last).delete()
    ExposureMonth.objects.filter(month=month).delete()
    tree = Tree.read(month, last)
    working = list(_working(tree, month, last))
    links = list(
        ChainLink.objects.filter(superseded_at=None, period__overlap=DateRange(month, last + DAY)).values_list(
            "service_id", "unit_id", "post_id", "weight", "period"
        )
    )
    sums = _sums(tree, working, {post for _, _, post, _, _ in links if post is not None}, month, last)
    found: dict[Subject, list[tuple[date, Exposure, Fraction]]] = defaultdict(list)
    for day, tallies in sorted(sums.units.items()):
        try:
            at_least = threshold_on(day)
        except NoThreshold:
            continue
        for unit, tally in tallies.items():
            found["unit", unit].append((day, unit_exposure(tally), at_least))
        for service, chain in _chains(links, sums, day).items():
            found["service", service].append((day, service_exposure(chain), at_least))
    swift.insert(ExposureDay, [_day(subject, one, now) for subject, days in found.items() for one in days])
    swift.insert(
        ExposureMonth,
        [
            _month_row(subject, key, total, now)
            for subject, days in found.items()
            for key, total in month_sums(days).items()
        ],
    )


def _working(tree: Tree, first: date, last: date) -> Iterator[tuple[int, date]]:
    keys = tree.keys
    day = first
    while day <= last:
        try:
            yield from ((pk, day) for pk, key in keys.items() if tree.works(key, day))
        except MissingYear:
            return
        day += DAY


def _sums(tree: Tree, working: Sequence[tuple[int, date]], posts: set[int], first: date, last: date) -> Sums:
    keys = tree.keys
    pks = {key: pk for pk, key in keys.items()}
    own: dict[date, dict[str, Tally]] = defaultdict(dict)
    by_post: dict[tuple[int, int, date], Tally] = {}
    values: dict[str, Any] = {
        "units": [unit for unit, _ in working],
        "days": [day for _, day in working],
        "posts": sorted(posts),
        "absent": sorted(ABSENT),
        "flexible": sorted(FLEXIBLE),
        "on_duty": list(ON_DUTY),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIMS, values)
        claims = {(unit, post, day): (flexible, absent) for unit, post, day, flexible, absent in cursor.fetchall()}
        cursor.execute(PEOPLE, values)
        for unit, post, day, people in cursor.fetchall():
            flexible, absent = claims.get((unit, post, day), (0, 0))
            tally = Tally(flexible, 2 * people - absent)
            if post is not None:
                by_post[unit, post, day] = tally
            own[day][keys[unit]] = own[day].get(keys[unit], Tally()) + tally
    units = {
        day: {pks[key]: tally for key, tally in roll_up(tallies, tree.parents(day)).items()}
        for day, tallies in own.items()
    }
    return Sums(units, by_post)


def _chains(
    links: Iterable[tuple[int, int, int | None, int, DateRange]], sums: Sums, day: date
) -> dict[int, list[Link]]:
    """The links of each service on a day on which some link's unit works."""
    tallies = sums.units[day]
    chains: dict[int, list[Link]] = defaultdict(list)
    awake: set[int] = set()
    for service, unit, post, weight, period in links:
        if not (period.lower <= day and (period.upper is None or day < period.upper)):
            continue
        if unit in tallies:
            awake.add(service)
        tally = tallies.get(unit, Tally()) if post is None else sums.posts.get((unit, post, day), Tally())
        chains[service].append(Link(tally, weight))
    return {service: chain for service, chain in chains.items() if service in awake}


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)


def _ids(subject: Subject) -> dict[str, int | None]:
    what, pk = subject
    return {"unit_id": pk if what == "unit" else None, "service_id": pk if what == "service" else None}


def _day(subject: Subject, one: tuple[date, Exposure, Fraction], now: datetime) -> ExposureDay:
    day, exposure, at_least = one
    return ExposureDay(
        **_ids(subject),
        day=day,
        flexible=exposure.tally.flexible,
        on_duty=exposure.tally.on_duty,
        exposure=None if exposure.mean is None else _decimal(exposure.mean),
        largest=None if exposure.largest is None else _decimal(exposure.largest),
        silent_links=exposure.silent,
        kind=day_kind(exposure.mean, at_least).value,
        threshold=_decimal(at_least),
        computed_at=now,
    )


def _month_row(subject: Subject, key: MonthKey, total: MonthSum, now: datetime) -> ExposureMonth:
    month, kind, at_least = key
    return ExposureMonth(
        **_ids(subject),
        month=month,
        kind=kind.value,
        threshold=_decimal(at_least),
        days=total.days,
        flexible=total.tally.flexible,
        on_duty=total.tally.on_duty,
        exposure_sum=_decimal(total.exposure),
        largest_sum=_decimal(total.largest),
        computed_at=now,
    )
