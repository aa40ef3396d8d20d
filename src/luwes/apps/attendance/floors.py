"""Coverage floors proposed from who was usually at the office; a head confirms them as any other proposal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance.models import DayRecord
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services import floors, queries
from luwes.apps.people.services.facts import Floor
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import DAY
from luwes.core.workdays.worktime import Span
from luwes.core.worktime.cover import fewest, usual
from luwes.core.worktime.punches import Place

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """A point with the floors its last months suggest; none where its days or its opening hours say too little."""

    point_key: str
    point_name: str
    floors: Sequence[Floor]


def three_months(until: date) -> tuple[date, date]:
    """The first and the last day of the three whole months before the one `until` lies in."""
    last = until.replace(day=1) - DAY
    first = last.replace(day=1)
    for _ in range(MONTHS - 1):
        first = (first - DAY).replace(day=1)
    return first, last


def suggested(day: date) -> Sequence[Proposed]:
    """What three months of punches suggest for every service point that has opening hours; a few queries in all.

    Per weekday and opening window: the number of people at the office on nine of ten days, at the emptiest hour.
    Days reckoned without anybody's punch in the unit are not counted as days with nobody.
    """
    first, last = three_months(day)
    points = queries.points(day)
    windows = _opening_hours(day)
    stays = _stays({row.unit_key for row in points}, first, last)
    return [
        Proposed(
            row.key,
            row.name,
            _floors(row.windows or windows.get(row.service_key, ()), stays.get(row.unit_key, {})),
        )
        for row in points
    ]


def propose_from_punches(*, source: str) -> int:
    """Propose what three months of punches suggest, from today on; gives at how many points.

    Needs MANAGE_ATTENDANCE and MANAGE_SERVICES over the whole. Nothing counts before a head confirms it.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ATTENDANCE)
    found = {one.point_key: one.floors for one in suggested(work.today) if one.floors}
    return floors.propose_floors(floors=found, source=source, since=work.today)


def _opening_hours(day: date) -> dict[str, list[Window]]:
    """The opening hours of every service, for points that have none of their own."""
    rows = ServiceVersion.objects.filter(superseded_at=None, period__contains=day)
    return {key: [Window(*one) for one in found] for key, found in rows.values_list("service__key", "windows")}


def _stays(units: set[str], first: date, last: date) -> dict[str, dict[date, list[Span]]]:
    """When people of each unit were at the office, by day; days without any are missing."""
    rows = DayRecord.objects.filter(
        unit__key__in=units,
        day__gte=first,
        day__lte=last,
        where=Place.OFFICE,
        first_in__isnull=False,
        last_out__isnull=False,
    )
    found: dict[str, dict[date, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for unit, day, came, left in rows.values_list("unit__key", "day", "first_in", "last_out"):
        if came is not None and left is not None:
            found[unit][day].append(Span(came, left))
    return found


def _floors(windows: Sequence[Window], days: Mapping[date, Sequence[Span]]) -> list[Floor]:
    found: list[Floor] = []
    for window in windows:
        span = Span(window.start, window.end)
        counts = [fewest(stays, span) for day, stays in days.items() if day.isoweekday() == window.weekday]
        minimum = usual(counts)
        if minimum is not None:
            found.append(Floor(window, minimum))
    return found
