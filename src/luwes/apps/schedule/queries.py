"""Reads of exposure: months of units and services. Sums go out; who divides, divides by `days`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luwes.apps.people import queries as people
from luwes.apps.people.models import ServiceVersion, UnitKind
from luwes.apps.schedule.models import ExposureMonth, Origin, PersonDay
from luwes.core.exposure.shares import DayKind


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One unit or service in one month. `thresholds` are those that told its kinds of day.

    `mean` and `largest` are means over the days on which somebody was on duty, fractions of 1; None without any.
    """

    name: str
    days: Mapping[DayKind, int]
    flexible: int
    on_duty: int
    mean: Decimal | None
    mean_flexible: Decimal | None
    largest: Decimal | None
    thresholds: frozenset[Decimal]


def months() -> Sequence[date]:
    """The months exposure is kept for, oldest first."""
    return list(ExposureMonth.objects.order_by("month").values_list("month", flat=True).distinct())


def flexible_days_planned(start: date, end: date) -> bool:
    """Whether anybody's flexible day is planned in `[start, end)`."""
    planned = PersonDay.objects.filter(origin__in=(Origin.FLEXDAYS, Origin.ROSTER), superseded_at=None)
    return planned.filter(day__gte=start, day__lt=end).exists()


def services_in(month: date) -> Sequence[MonthLine]:
    """Every service that had a working day in the month, by name as it stood on the month's last version."""
    versions = ServiceVersion.objects.filter(superseded_at=None, period__startswith__lt=_next(month))
    names = dict(versions.order_by("period").values_list("service_id", "name"))
    rows = ExposureMonth.objects.filter(month=month, service__isnull=False)
    by_service: dict[int, list[ExposureMonth]] = defaultdict(list)
    for row in rows:
        by_service[row.service_id or 0].append(row)
    return sorted((_line(names.get(pk, ""), found) for pk, found in by_service.items()), key=lambda line: line.name)


def units_in(month: date, *, kinds: Iterable[UnitKind] = UnitKind) -> Sequence[MonthLine]:
    """Every unit of these kinds with people in service in the month, by name, each with all below it."""
    # A unit that began or ended within the month is named by the end it stood at.
    names = {row.pk: row.name for day in (month, _next(month)) for row in people.units_on(day, kinds=kinds)}
    by_unit: dict[int, list[ExposureMonth]] = defaultdict(list)
    for row in ExposureMonth.objects.filter(month=month, unit_id__in=names):
        by_unit[row.unit_id or 0].append(row)
    return sorted((_line(names[pk], found) for pk, found in by_unit.items()), key=lambda line: line.name)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _line(name: str, rows: Sequence[ExposureMonth]) -> MonthLine:
    days: dict[DayKind, int] = dict.fromkeys(DayKind, 0)
    for row in rows:
        days[DayKind(row.kind)] += row.days
    defined = [row for row in rows if row.kind != DayKind.UNDEFINED]
    return MonthLine(
        name=name,
        days=days,
        flexible=sum(row.flexible for row in rows),
        on_duty=sum(row.on_duty for row in rows),
        mean=_mean(defined, [row.exposure_sum for row in defined]),
        mean_flexible=_mean(only := [r for r in rows if r.kind == DayKind.FLEXIBLE], [r.exposure_sum for r in only]),
        largest=_mean(defined, [row.largest_sum for row in defined]),
        thresholds=frozenset(row.threshold for row in rows),
    )


def _mean(rows: Sequence[ExposureMonth], sums: Sequence[Decimal]) -> Decimal | None:
    days = sum(row.days for row in rows)
    return sum(sums, Decimal(0)) / days if days else None


def agencies_in(month: date) -> Sequence[MonthLine]:
    """The perangkat daerah in the month, each with all below it."""
    return units_in(month, kinds=[UnitKind.AGENCY])


def government_in(month: date) -> MonthLine | None:
    """The whole government in the month; None where nobody was in service."""
    found = units_in(month, kinds=[UnitKind.GOVERNMENT])
    return found[0] if found else None
