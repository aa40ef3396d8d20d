"""Reads for who closes a month: its runs, everybody of it with a reason, and what came too late or fits nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import connection
from django.db.models import Count, Max, Min, Q

from luwes.apps.attendance.models import DayRecord, MonthRun, Punch
from luwes.apps.attendance.runs import DIED_AFTER
from luwes.apps.people.models import Employee, UnitVersion
from luwes.core.names import name_key
from luwes.core.workdays.months import month_end

PAGE_SIZE = 50
# Days of punches by people whom no posting puts in service on that day; SQL, because it goes over all punches.
STRAYS = """
SELECT p.employee_id, count(DISTINCT p.day)
FROM attendance_punch p
WHERE p.day >= %(first)s AND p.day <= %(last)s AND NOT EXISTS (
    SELECT 1 FROM people_posting q
    WHERE q.employee_id = p.employee_id AND q.superseded_at IS NULL AND q.period @> p.day
)
GROUP BY 1
"""


class Reason(StrEnum):
    """Why somebody's month looks as it does; the first that fits."""

    LEFT = "left"
    JOINED = "joined"
    OUTSIDE = "outside"
    AWAY = "away"
    LEAVE = "leave"
    TRIP = "trip"
    TRAINING = "training"
    NO_DATA = "no_data"
    NEVER = "never_punched"
    NONE = ""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A reckoning of a month and what it came to. `running` while it writes; `died` where it stopped midway."""

    number: int
    final: bool
    counts: Mapping[str, int]
    reason: str
    through: date | None
    run_at: datetime
    finished_at: datetime | None
    reopened_at: datetime | None
    reopened_reason: str
    running: bool
    died: bool

    @property
    def closed(self) -> bool:
        """Whether the month stands closed by this run."""
        return self.final and self.finished_at is not None and self.reopened_at is None


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """Somebody's month: days by status, minutes, and why if it is out of the ordinary. `on` dates LEFT and JOINED."""

    id: str
    name: str
    unit_name: str
    statuses: Mapping[str, int]
    required: int
    late: int
    late_minutes: int
    early: int
    excused: int
    reason: Reason
    on: date | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people; `next` is the id after which the next begins, `total` how many there are in all."""

    rows: Sequence[PersonMonth]
    next: str
    total: int


@dataclass(frozen=True, slots=True)
class LateFile:
    """Punches of a closed month that arrived after it was reckoned, by the file that brought them."""

    file_name: str
    punches: int
    people: int
    days: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Stray:
    """Somebody's days with punches outside service: in no total, for the personnel office to look at."""

    id: str
    name: str
    days: int


def runs_of(month: date, now: datetime) -> Sequence[RunRow]:
    """Every run of the month, oldest first."""
    return [
        RunRow(
            row.number,
            row.final,
            row.counts,
            row.reason,
            row.through,
            row.run_at,
            row.finished_at,
            row.reopened_at,
            row.reopened_reason,
            running=row.finished_at is None and row.touched_at > now - DIED_AFTER,
            died=row.finished_at is None and row.touched_at <= now - DIED_AFTER,
        )
        for row in MonthRun.objects.filter(month=month).order_by("number")
    ]


def months_with_punches() -> Sequence[date]:
    """From the first month that has punches or a run to the last, oldest first, none left out between."""
    edges = Punch.objects.aggregate(first=Min("day"), last=Max("day"))
    runs = MonthRun.objects.aggregate(first=Min("month"), last=Max("month"))
    days = [day for day in (*edges.values(), *runs.values()) if day is not None]
    if not days:
        return []
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month
    at = first.year * 12 + first.month - 1
    return [date((at + n) // 12, (at + n) % 12 + 1, 1) for n in range(count + 1)]


def people_of(month: date, *, unit_keys: Iterable[str] | None = None, search: str = "", after: str = "") -> PeoplePage:
    """Everybody who stood in these units (None: all) in the month by name, with or without a punch."""
    days = DayRecord.objects.filter(day__gte=month, day__lte=month_end(month))
    if unit_keys is not None:
        days = days.filter(unit__key__in=list(unit_keys))
    found = Employee.objects.filter(pk__in=days.values("employee"))
    for word in name_key(search).split():
        found = found.filter(name_key__contains=word)
    total = found.count()
    last = Employee.objects.filter(public_id=after).first() if after else None
    if last is not None:
        found = found.filter(Q(name_key__gt=last.name_key) | Q(name_key=last.name_key, pk__gt=last.pk))
    page = list(found.order_by("name_key", "pk")[: PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    months = _months(month, days.filter(employee__in=[one.pk for one in shown]).order_by("day"))
    rows = [_person(one, months[one.pk]) for one in shown]
    return PeoplePage(rows, shown[-1].public_id if len(page) > PAGE_SIZE else "", total)


def late_files(month: date) -> Sequence[LateFile]:
    """Files that brought punches of the month after its closing run had begun; [] while it is open."""
    closing = MonthRun.objects.filter(month=month, final=True, reopened_at=None, finished_at__isnull=False).first()
    if closing is None:
        return []
    rows = Punch.objects.filter(day__gte=month, day__lte=month_end(month), recorded_at__gt=closing.run_at)
    grouped = rows.values("batch__file_name").annotate(
        punches=Count("pk"),
        people=Count("employee", distinct=True),
        days=Count("day", distinct=True),
        at=Max("recorded_at"),
    )
    return [
        LateFile(row["batch__file_name"], row["punches"], row["people"], row["days"], row["at"])
        for row in grouped.order_by("-at")
    ]


def strays(month: date) -> Sequence[Stray]:
    """Everybody with punches on days of the month outside service, by name."""
    with connection.cursor() as cursor:
        cursor.execute(STRAYS, {"first": month, "last": month_end(month)})
        found = dict(cursor.fetchall())
    rows = Employee.objects.filter(pk__in=found).order_by("name_key", "pk")
    return [Stray(row.public_id, row.name, found[row.pk]) for row in rows]


@dataclass(slots=True)
class _Month:
    statuses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: list[tuple[date, str]] = field(default_factory=list)
    required: int = 0
    late: int = 0
    late_minutes: int = 0
    early: int = 0
    excused: int = 0
    unit_name: str = ""


def _months(month: date, rows: "Iterable[DayRecord]") -> dict[int, _Month]:
    found: dict[int, _Month] = defaultdict(_Month)
    names = dict(
        UnitVersion.objects.filter(superseded_at=None, period__startswith__lte=month_end(month))
        .order_by("period")
        .values_list("unit_id", "name")
    )
    for row in rows:
        one = found[row.employee_id]
        one.statuses[row.status] += 1
        one.days.append((row.day, row.status))
        one.required += row.required
        one.late += row.late > 0
        one.late_minutes += row.late
        one.early += row.early > 0
        one.excused += bool(row.excused)
        one.unit_name = names.get(row.unit_id, "")
    return found


def _person(one: Employee, month: _Month) -> PersonMonth:
    reason, on = _reason(month)
    return PersonMonth(
        one.public_id,
        one.name,
        month.unit_name,
        dict(month.statuses),
        month.required,
        month.late,
        month.late_minutes,
        month.early,
        month.excused,
        reason,
        on,
    )


# Statuses that, filling all days in service, say why.
WHOLE = {
    "away": Reason.AWAY,
    "leave": Reason.LEAVE,
    "trip": Reason.TRIP,
    "training": Reason.TRAINING,
    "no_data": Reason.NO_DATA,
    "absent": Reason.NEVER,
}


def _reason(month: _Month) -> tuple[Reason, date | None]:
    outside = {day for day, status in month.days if status == "not_in_service"}
    inside = [(day, status) for day, status in month.days if day not in outside]
    if not inside:
        return Reason.OUTSIDE, None
    after = [day for day in outside if day > inside[-1][0]]
    before = [day for day in outside if day < inside[0][0]]
    if after:
        return Reason.LEFT, min(after)
    if before:
        return Reason.JOINED, inside[0][0]
    kinds = {status for _, status in inside}
    return (WHOLE.get(next(iter(kinds)), Reason.NONE) if len(kinds) == 1 else Reason.NONE), None
