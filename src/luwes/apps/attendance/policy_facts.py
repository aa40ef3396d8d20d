"""What presence tells decisions about a person: unexcused days of the month before, and whether a year points to a
measure. Only closed months speak; what is open or unknown stays unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from luwes.apps.attendance.models import DayRecord, MonthRun
from luwes.apps.people.models import Employee, EmployeeVersion
from luwes.apps.people.models.staff import Employment
from luwes.apps.schedule.facts.brought import Brought
from luwes.apps.schedule.facts.known import known
from luwes.core.policy.facts import Tag
from luwes.core.workdays.months import month_before, month_end, next_month
from luwes.core.worktime.day import Status
from luwes.core.worktime.discipline import LADDER, UNKNOWN

ABSENT, COMPLETE, PROPOSED = "presence:alpa", "presence:tanpa_alpa", "discipline:proposed"
ALL = frozenset({ABSENT, COMPLETE, PROPOSED})
CIVIL_SERVANTS = (Employment.PNS.value, Employment.CPNS.value)


@dataclass(frozen=True, slots=True)
class Sums:
    """Unexcused days, days nothing is known of, and all reckoned days of one person."""

    absent: int
    unknown: int
    days: int


def presence(first: date, last: date, at: datetime) -> Brought:
    """The tags of everybody on the days from `first` to `last`, as far as months closed by `at` tell.

    A month is judged by the one before it, a year by its months up to then; a reopened month is open. Proposals follow
    the ladder of PNS and CPNS: of others nothing is proposed, and nothing is known. Three queries a month.
    """
    persons: dict[str, list[Tag]] = {}
    gaps: dict[str, list[Tag]] = {}
    missing: list[Tag] = []
    everybody = dict(Employee.objects.values_list("pk", "public_id"))
    month = first.replace(day=1)
    while month <= last:
        told = _month(month, at, everybody)
        for kept, found in ((persons, told.persons), (gaps, told.gaps)):
            for person, tags in found.items():
                kept.setdefault(person, []).extend(tags)
        missing += told.missing
        month = next_month(month)
    return Brought(persons=persons, settled=ALL, gaps=gaps, missing=missing)


def _month(month: date, at: datetime, everybody: Mapping[int, str]) -> Brought:
    before = month_before(month)
    closed = _closed(at)
    persons: dict[str, list[Tag]] = {}
    gaps: dict[str, list[Tag]] = {}
    missing: list[Tag] = []

    def dated(name: str) -> Tag:
        return Tag(name, month, month_end(month))

    if before not in closed:
        missing += [dated(ABSENT), dated(COMPLETE)]
    else:
        sums = _sums(before, month_end(before))
        for pk, key in everybody.items():
            one = sums.get(pk, Sums(0, 0, 0))
            if one.absent:
                persons.setdefault(key, []).append(dated(ABSENT))
            elif one.unknown or not one.days:
                gaps.setdefault(key, []).extend([dated(ABSENT), dated(COMPLETE)])
            else:
                persons.setdefault(key, []).append(dated(COMPLETE))
    year = date(before.year, 1, 1)
    whole = all(date(before.year, number, 1) in closed for number in range(1, before.month + 1))
    years, civil = _sums(year, month_end(before), closed), _civil(month, at)
    for pk, key in everybody.items():
        one = years.get(pk, Sums(0, 0, 0))
        if pk in civil and one.absent >= LADDER[0].since:
            persons.setdefault(key, []).append(dated(PROPOSED))
        elif pk not in civil or not whole or one.unknown:
            gaps.setdefault(key, []).append(dated(PROPOSED))
    return Brought(persons=persons, gaps=gaps, missing=missing)


def _closed(at: datetime) -> frozenset[date]:
    """Months that were closed at the moment and have not been opened again since: reopening rewrites their days."""
    rows = MonthRun.objects.filter(final=True, finished_at__lte=at, reopened_at=None)
    return frozenset(rows.values_list("month", flat=True))


def _sums(first: date, last: date, closed: Iterable[date] | None = None) -> dict[int, Sums]:
    rows = DayRecord.objects.filter(day__gte=first, day__lte=last)
    if closed is not None:
        rows = rows.filter(run__month__in=list(closed))
    absent = Count("pk", filter=Q(required=True, status=Status.ABSENT.value))
    unknown = Count("pk", filter=Q(status__in=[one.value for one in UNKNOWN]))
    told = rows.values("employee").annotate(absent=absent, unknown=unknown, days=Count("pk"))
    return {row["employee"]: Sums(row["absent"], row["unknown"], row["days"]) for row in told}


def _civil(day: date, at: datetime) -> frozenset[int]:
    rows = EmployeeVersion.objects.filter(known(at), period__contains=day, employment__in=CIVIL_SERVANTS)
    return frozenset(rows.values_list("employee_id", flat=True))
