"""Bringing the exposure of months up to date: sums by the database, shares by `core.exposure`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
from luwes.apps.schedule.service import Roll
from luwes.apps.schedule.thresholds import thresholds
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
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY

PLACES = Decimal("0.0000000001")
# The claims that hold, by person and day. Who serves where is matched outside: joined to tables that were filled a
# moment ago and have no statistics yet, the same sum took two minutes for a province instead of one second.
CLAIMS = """
SELECT employee_id, day,
    count(*) FILTER (WHERE state = ANY(%(flexible)s)), count(*) FILTER (WHERE state = ANY(%(absent)s))
FROM schedule_personday
WHERE superseded_at IS NULL AND yields_to = '' AND day >= %(first)s AND day <= %(last)s
GROUP BY 1, 2
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
    last = month_end(month)
    ExposureDay.objects.filter(day__gte=month, day__lte=last).delete()
    ExposureMonth.objects.filter(month=month).delete()
    roll = Roll.read(month, last)
    links = list(
        ChainLink.objects.filter(superseded_at=None, period__overlap=DateRange(month, last + DAY)).values_list(
            "service_id", "unit_id", "post_id", "weight", "period"
        )
    )
    sums = _sums(roll, {post for _, _, post, _, _ in links if post is not None}, month, last)
    found: dict[Subject, list[tuple[date, Exposure, Fraction]]] = defaultdict(list)
    steps = thresholds()
    for day, tallies in sorted(sums.units.items()):
        try:
            at_least = threshold_on(day, steps)
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


def _working(tree: Tree, first: date, last: date) -> dict[str, list[date]]:
    """The working days of each unit; none in a year without a calendar."""
    found: dict[str, list[date]] = {key: [] for key in tree.keys.values()}
    day = first
    while day <= last:
        try:
            for key, days in found.items():
                if tree.works(key, day):
                    days.append(day)
        except MissingYear:
            return {}
        day += DAY
    return found


def _claims(first: date, last: date) -> dict[tuple[int, date], tuple[int, int]]:
    values: dict[str, Any] = {"absent": sorted(ABSENT), "flexible": sorted(FLEXIBLE), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(CLAIMS, values)
        return {(employee, day): (flexible, absent) for employee, day, flexible, absent in cursor.fetchall()}


def _sums(roll: Roll, posts: set[int], first: date, last: date) -> Sums:
    claims, working = _claims(first, last), _working(roll.tree, first, last)
    # Flexible and on duty by unit, day and, where it stands in a chain, post.
    halves: dict[tuple[str, date, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for employee, stays in roll.postings.items():
        for stay in stays:
            _, _, key, post = stay
            for day in working.get(key, ()):
                if roll.serving(employee, day) is not stay:
                    continue
                flexible, absent = claims.get((employee, day), (0, 0))
                sums = halves[key, day, post if post in posts else None]
                sums[0] += flexible
                sums[1] += 2 - absent
    pks = {key: pk for pk, key in roll.tree.keys.items()}
    own: dict[date, dict[str, Tally]] = defaultdict(dict)
    by_post: dict[tuple[int, int, date], Tally] = {}
    for (key, day, post), (flexible, on_duty) in halves.items():
        tally = Tally(flexible, on_duty)
        if post is not None:
            by_post[pks[key], post, day] = tally
        own[day][key] = own[day].get(key, Tally()) + tally
    units = {
        day: {pks[key]: tally for key, tally in roll_up(tallies, roll.tree.parents(day)).items()}
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
