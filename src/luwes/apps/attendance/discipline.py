"""To what the unexcused days of a year add up, person by person; proposals to examine, never measures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from luwes.apps.attendance.models import DayRecord, MonthRun
from luwes.apps.people.models import DisciplineRecord, Employee, EmployeeVersion, Posting, UnitVersion
from luwes.apps.people.models.staff import Employment
from luwes.core.worktime.day import DayResult, Status
from luwes.core.worktime.discipline import Accumulated, Proposal, accumulate, proposal

PAGE_SIZE = 50
CIVIL_SERVANTS = (Employment.PNS, Employment.CPNS)


@dataclass(frozen=True, slots=True)
class PersonYear:
    """Somebody's year so far. `proposal` is None below every step, and for whom the ladder does not hold.

    `absent` are the days that count, `open_days` how many of them lie in months not closed yet. `on_record`: a measure
    or an examination that began in the year is on file, whatever it was for.
    """

    id: str
    name: str
    unit_name: str
    civil_servant: bool
    sums: Accumulated
    proposal: Proposal | None
    absent: Sequence[date]
    open_days: int
    on_record: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """A page of people, most days first; `total` is how many have any, `more` whether a page follows."""

    rows: Sequence[PersonYear]
    total: int
    more: bool


def years() -> Sequence[int]:
    """The years that have reckoned days, oldest first."""
    return sorted({month.year for month in MonthRun.objects.values_list("month", flat=True)})


def year_of(year: int, today: date, *, unit_keys: Iterable[str] | None = None, page: int = 1) -> YearPage:
    """Everybody posted today in these units (None: all) with a day absent in the year, wherever they were then.

    Who left is not shown: nobody here could examine it. A handful of queries.
    """
    posted = Posting.objects.filter(superseded_at=None, period__contains=today)
    if unit_keys is not None:
        posted = posted.filter(unit__key__in=list(unit_keys))
    rows = DayRecord.objects.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31), required=True)
    absent = rows.filter(status=Status.ABSENT.value, employee__in=posted.values("employee"))
    counted = absent.values("employee").annotate(days=Count("pk")).order_by("-days", "employee__name_key", "employee")
    start = (page - 1) * PAGE_SIZE
    shown = [row["employee"] for row in counted[start : start + PAGE_SIZE + 1]]
    people = shown[:PAGE_SIZE]
    return YearPage(_people(year, today, people), absent.values("employee").distinct().count(), len(shown) > PAGE_SIZE)


def _people(year: int, today: date, pks: Sequence[int]) -> list[PersonYear]:
    persons = Employee.objects.in_bulk(list(pks))
    days = _days(year, pks)
    units, serving = _units(today, pks), _serving(today, pks)
    closed, punished = _closed(year), _on_record(year, pks)
    found = []
    for pk in pks:
        sums = accumulate(result for _, result in days[pk])
        absent = [day for day, result in days[pk] if result.required and result.status is Status.ABSENT]
        civil = serving.get(pk) in CIVIL_SERVANTS
        found.append(
            PersonYear(
                persons[pk].public_id,
                persons[pk].name,
                units.get(pk, ""),
                civil,
                sums,
                proposal(sums, civil_servant=civil),
                absent,
                sum(day.replace(day=1) not in closed for day in absent),
                pk in punished,
            )
        )
    return found


def _days(year: int, pks: Sequence[int]) -> Mapping[int, Sequence[tuple[date, DayResult]]]:
    rows = DayRecord.objects.filter(employee__in=pks, day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    found: dict[int, list[tuple[date, DayResult]]] = defaultdict(list)
    told = rows.order_by("day").values_list("employee_id", "day", "status", "required", "late", "early")
    for employee, day, status, required, late, early in told:
        found[employee].append((day, DayResult(Status(status), required, late=late, early=early)))
    return found


def _units(today: date, pks: Sequence[int]) -> Mapping[int, str]:
    posted = dict(
        Posting.objects.filter(superseded_at=None, period__contains=today, employee__in=pks).values_list(
            "employee_id", "unit_id"
        )
    )
    names = dict(
        UnitVersion.objects.filter(
            superseded_at=None, period__contains=today, unit__in=set(posted.values())
        ).values_list("unit_id", "name")
    )
    return {employee: names.get(unit, "") for employee, unit in posted.items()}


def _serving(today: date, pks: Sequence[int]) -> Mapping[int, str]:
    rows = EmployeeVersion.objects.filter(superseded_at=None, period__contains=today, employee__in=pks)
    return dict(rows.values_list("employee_id", "employment"))


def _closed(year: int) -> set[date]:
    rows = MonthRun.objects.filter(month__year=year, final=True, finished_at__isnull=False, reopened_at=None)
    return set(rows.values_list("month", flat=True))


def _on_record(year: int, pks: Sequence[int]) -> set[int]:
    rows = DisciplineRecord.objects.filter(superseded_at=None, employee__in=pks, starts__year=year)
    return set(rows.values_list("employee_id", flat=True))
