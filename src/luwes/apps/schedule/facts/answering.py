"""When silence on the phone is excused: breaks of the unit's own hours, leave and trips, a place with a weak signal."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from luwes.apps.people.calendars.queries import day_book
from luwes.apps.people.models import Employee, WorkplaceVersion
from luwes.apps.schedule.facts.known import Span, known
from luwes.apps.schedule.facts.staff import Staff, away_code
from luwes.apps.schedule.facts.tree import Tree
from luwes.core.policy.response import Excused
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY
from luwes.core.workdays.worktime import NoSchedule

BREAK, AWAY, WEAK = "break", "away", "weak_signal"
WEAK_GRADES = frozenset({"lemah", "tidak_ada"})


def excused_on(person: str, day: date, at: datetime) -> tuple[Excused, ...]:
    """Stretches of the day in which somebody (by public id) need not answer, as known at a moment.

    Local times are those of the unit's place of work. A place nobody graded excuses nobody, and of several places all
    must be weak; hours nobody set have no break. Whether a clause heeds an excuse is the clause's to say.
    """
    span = Span(day, day)
    found_one = Employee.objects.filter(public_id=person).first()
    employee = found_one.pk if found_one else 0
    staff, tree = Staff.read(span, at, [employee]), Tree.read(span, at)
    stay = next(iter(staff.stays), None)
    if stay is None:
        return ()
    line = [row.key for row in tree.line(stay.unit, day)]
    places = _places(line, span, at)
    zone = ZoneInfo(places[0][0] if places else settings.TIME_ZONE)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    found = list(_breaks(line, day, at, midnight))
    whole = (midnight, midnight + timedelta(days=1))
    if places and all(signal in WEAK_GRADES for _zone, signal in places):
        found.append(Excused(WEAK, *whole))
    if away_code(staff.days.get((employee, day), ("", ""))) or staff.records[employee].away(span)[0]:
        found.append(Excused(AWAY, *whole))
    return tuple(found)


def _breaks(line: list[str], day: date, at: datetime, midnight: datetime) -> Iterator[Excused]:
    try:
        hours = day_book(day, day + DAY, at).facts(day, line).hours
    except (MissingYear, NoSchedule):
        return
    for pause in hours.hours.breaks if hours else ():
        start, end = (midnight + timedelta(minutes=minute) for minute in (pause.start, pause.end))
        yield Excused(BREAK, start, end)


def _places(line: list[str], span: Span, at: datetime) -> list[tuple[str, str]]:
    """Zone and signal of the places of the nearest unit that has some."""
    rows = WorkplaceVersion.objects.filter(known(at), span.touching, unit__key__in=line).order_by("pk")
    told: dict[str, list[tuple[str, str]]] = {}
    for key, zone, signal in rows.values_list("unit__key", "zone", "signal"):
        told.setdefault(key, []).append((zone, signal))
    return next((told[key] for key in line if key in told), [])
