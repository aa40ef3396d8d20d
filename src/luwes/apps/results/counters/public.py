"""What the public pages read: services and agencies, never units inside them, never people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luwes.apps.people.calendars.queries import day_book
from luwes.apps.people.models import Counting, ServicePointVersion, ServiceVersion
from luwes.apps.people.queries import UnitRow, above
from luwes.apps.results.counters import places
from luwes.apps.results.counters.queries import Counter, NoteRow, agency_of, counters, note
from luwes.apps.results.measures import Witness
from luwes.apps.results.models import ServiceFigure
from luwes.apps.results.service_queries import Facts, service_months
from luwes.core.services.hours import Window
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import month_before, next_month
from luwes.core.workdays.periods import DAY

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A decreed day off to come, on which a service that does not work holidays is shut."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service as citizens see it; `facts` are last month's, `reports` the reports of a closed door in it."""

    key: str
    name: str
    agency: UnitRow | None
    minutes: int | None
    days: int | None
    windows: Sequence[Window]
    counters: Sequence[Counter]
    note: NoteRow
    month: date
    facts: Facts
    reports: int
    days_off: Sequence[DayOff]


def service_page(key: str, today: date) -> ServicePage | None:
    """A confirmed service, or None for anything else."""
    found = places.owner(key, today)
    if found is None:
        return None
    points = ServicePointVersion.objects.filter(superseded_at=None, period__contains=today, point__service=found.pk)
    keys = list(points.values_list("point__key", flat=True))
    month = month_before(today)
    months = service_months([month], [found.pk])
    reports = ServiceFigure.objects.filter(
        service=found.pk, measure=Witness.CLOSED_REPORTS.value, day__gte=month, day__lt=next_month(month)
    )
    return ServicePage(
        key=key,
        name=found.standing.name,
        agency=agency_of(found.unit, today),
        minutes=found.standing.minutes,
        days=found.standing.days,
        windows=found.standing.windows,
        counters=counters(places.places(keys, today), today),
        note=note(key),
        month=month,
        facts=months[0].whole if months else Facts(),
        reports=sum(reports.values_list("of", flat=True)),
        days_off=_days_off(found.unit, found.standing.windows, today),
    )


def services_of(owners: Collection[str], today: date) -> Sequence[tuple[str, str, Sequence[Counter]]]:
    """The confirmed services of these units by name, each with its counters as they stand."""
    rows = ServiceVersion.objects.filter(
        superseded_at=None, period__contains=today, status=Counting.CONFIRMED, owner__key__in=owners
    ).order_by("name_key", "pk")
    named = list(rows.values_list("service_id", "service__key", "name"))
    points = ServicePointVersion.objects.filter(
        superseded_at=None, period__contains=today, point__service__in=[pk for pk, _, _ in named]
    )
    found = counters(places.places(list(points.values_list("point__key", flat=True)), today), today)
    return [(key, name, [one for one in found if one.place.service == pk]) for pk, key, name in named]


def _days_off(owner: str, windows: Sequence[Window], today: date) -> Sequence[DayOff]:
    if any(window.weekday == 7 for window in windows):
        return []
    book, line = day_book(today, today + AHEAD), above(owner, today)
    found = []
    day = today
    while day < today + AHEAD:
        try:
            holiday = book.facts(day, line).holiday
        except MissingYear:
            break
        if holiday is not None:
            found.append(DayOff(day, holiday.name))
        day += DAY
    return found
