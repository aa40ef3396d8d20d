"""Whom the numbers of a punch file mean, and in which time zone and standing those people were on each day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.conf import settings

from luwes.apps.attendance.models import Badge
from luwes.apps.attendance.roster import Fit, Stint, stints
from luwes.apps.attendance.zones import Zones
from luwes.apps.people.models import Employee
from luwes.core.nip import NotANip, parse_nip
from luwes.core.workdays.periods import DAY, Period


@dataclass(frozen=True, slots=True)
class Who:
    """A number of the file, on one machine ("": of none) or on every (None), meaning somebody on `[since, until)`.

    `outside`: in no service then; the punch is kept, told, and counted nowhere.
    """

    number: str
    device: str | None
    employee: int
    since: date
    until: date
    zone: str
    outside: bool


# The machines on which these numbers were punched: (number, serial number or "").
Machines = Callable[[Sequence[str]], Sequence[tuple[str, str]]]


def whoever(numbers: Sequence[str], machines: Machines, first: date, last: date) -> list[Who]:
    """What the numbers mean on the days of `[first, last]`: a NIP, else what the list of badges says.

    A number that means nobody is missing. A handful of queries, however many numbers.
    """
    nips = dict(Employee.objects.values_list("nip", "pk"))
    meant: list[tuple[str, str | None, int]] = [
        # A number that is somebody's NIP as it stands, as nearly all of a province's are, need not be taken apart.
        (number, None, nips[nip])
        for number in numbers
        if (nip := number if number in nips else _nip(number)) in nips
    ]
    known = {number for number, _, _ in meant}
    meant += _by_badge([number for number in numbers if number not in known], machines)
    days = _days({employee for _, _, employee in meant}, first, last)
    return [
        Who(number, device, employee, since, until, zone, outside)
        for number, device, employee in meant
        for since, until, zone, outside in days[employee]
    ]


def _nip(number: str) -> str:
    try:
        return parse_nip(number).digits
    except NotANip:
        return ""


def _by_badge(numbers: Sequence[str], machines: Machines) -> Iterator[tuple[str, str, int]]:
    """A number listed for one machine holds there; one listed for every machine holds wherever else it is punched."""
    rows = Badge.objects.filter(superseded_at=None).values_list("badge", "device", "employee_id")
    listed = {(badge, device): employee for badge, device, employee in rows}
    badges = {badge for badge, _ in listed}
    for number, device in machines([number for number in numbers if number in badges]):
        employee = listed.get((number, device)) or listed.get((number, ""))
        if employee is not None:
            yield number, device, employee


# Since, until, zone, outside service.
Held = tuple[date, date, str, bool]


def _days(employees: Iterable[int], first: date, last: date) -> Mapping[int, Sequence[Held]]:
    """Everybody's days `[first, last]` without a gap; who was never posted then is outside all along."""
    zones = Zones.read(first, last)
    wanted = set(employees)
    found: dict[int, list[Held]] = defaultdict(list)
    for stint in stints(Period(first, last + DAY)):
        if stint.employee in wanted:
            found[stint.employee].extend(_cut(stint, zones))
    nowhere: Held = (first, last + DAY, settings.TIME_ZONE, True)
    return {employee: _joined(found[employee]) if employee in found else [nowhere] for employee in wanted}


def _cut(stint: Stint, zones: Zones) -> Iterator[Held]:
    inner = [day for day in zones.cuts if stint.since < day < stint.until]
    for since, until in pairwise([stint.since, *inner, stint.until]):
        yield since, until, zones.of(stint.unit, since), stint.fit is Fit.OUTSIDE


def _joined(days: Sequence[Held]) -> list[Held]:
    """Neighbours that say the same become one: most people are one row."""
    found = [days[0]]
    for since, until, zone, outside in days[1:]:
        before = found[-1]
        if before[1:] == (since, zone, outside):
            found[-1] = (before[0], until, zone, outside)
        else:
            found.append((since, until, zone, outside))
    return found
