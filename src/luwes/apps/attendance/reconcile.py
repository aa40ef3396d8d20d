"""The month as it was paid on beside the month as reckoned: per person, explained, nothing overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from luwes.apps.attendance.hours import Hours
from luwes.apps.attendance.models import DayRecord, RecapRow
from luwes.apps.people.models import Employee, UnitVersion
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY
from luwes.core.worktime.day import Status
from luwes.core.worktime.punches import Place
from luwes.core.worktime.recap import Difference, Paid, Reckoned, Why, differences, explain


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of the recap (of a person, or of a whole unit: `person_id` "") that differs from what was reckoned."""

    person_id: str
    name: str
    unit_key: str
    unit_name: str
    differences: Sequence[Difference]
    why: Sequence[Why]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The rows that differ by unit and name, and how many rows were compared in all."""

    rows: Sequence[Compared]
    compared: int

    @property
    def same(self) -> int:
        """The rows that agree."""
        return self.compared - len(self.rows)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The bands and the number of the schedules that held in a unit in the month."""

    bands: frozenset[str]
    number: int


def reconcile(month: date, unit_keys: Iterable[str] | None = None) -> Reconciliation:
    """Compare every current recap row of the month (of these units) with the days as last reckoned.

    People with days but without a row are listed too, wherever the recap speaks of others of their unit; and rows of
    people of whom no day was reckoned. A constant number of queries.
    """
    keys = None if unit_keys is None else list(unit_keys)
    recaps = RecapRow.objects.filter(month=month, superseded_at=None).select_related("unit", "employee")
    days = DayRecord.objects.filter(day__gte=month, day__lte=month_end(month)).exclude(
        status__in=(Status.NOT_IN_SERVICE, Status.RUNNING)
    )
    if keys is not None:
        recaps, days = recaps.filter(unit__key__in=keys), days.filter(unit__key__in=keys)
    rows = list(recaps)
    people, units = _reckoned(days)
    names, parents = _units(month)
    rules = _rules(month, {row.unit_id for row in rows})
    found = [
        _row(row, people, _below(row.unit_id, units, parents) if row.employee_id is None else None, names, rules)
        for row in rows
    ]
    personal = {row.unit_id for row in rows if row.employee_id is not None}
    told = {row.employee_id for row in rows}
    missing = [(employee, unit) for employee, (unit, _) in people.items() if employee not in told and unit in personal]
    found += _left_out(missing, names)
    differing = sorted(
        (one for one in found if one.why), key=lambda one: (one.unit_name, bool(one.person_id), one.name)
    )
    return Reconciliation(differing, len(found))


def _row(
    row: RecapRow,
    people: Mapping[int, tuple[int, Reckoned]],
    unit: Reckoned | None,
    names: Mapping[int, tuple[str, str]],
    rules: Mapping[int, _Rules],
) -> Compared:
    key, name = names.get(row.unit_id, (row.unit.key, ""))
    here = unit if row.employee_id is None else people[row.employee_id][1] if row.employee_id in people else None
    who = row.employee
    if here is None:
        return Compared(who.public_id if who else "", who.name if who else name, key, name, (), (Why.NOT_RECKONED,))
    paid = Paid(row.present, row.flexible_days, row.late, row.early, row.absent)
    differing = differences(paid, here)
    held = rules.get(row.unit_id, _Rules(frozenset(), 1))
    why = explain(differing, paid, here, bands=held.bands, rules=held.number)
    return Compared(who.public_id if who else "", who.name if who else name, key, name, differing, why)


def _left_out(missing: Sequence[tuple[int, int]], names: Mapping[int, tuple[str, str]]) -> list[Compared]:
    known = Employee.objects.in_bulk([employee for employee, _ in missing])
    return [
        Compared(known[employee].public_id, known[employee].name, *names.get(unit, ("", "")), (), (Why.NOT_PAID,))
        for employee, unit in missing
    ]


def _reckoned(
    days: "QuerySet[DayRecord]",
) -> tuple[dict[int, tuple[int, Reckoned]], dict[int, Reckoned]]:
    """By person with the unit of their last days, and by unit."""
    columns = ("employee_id", "unit_id", "status", "where", "late_band", "early_band", "excused")
    people: dict[int, tuple[int, Reckoned]] = {}
    units: dict[int, Reckoned] = defaultdict(Reckoned)
    for employee, unit, status, where, late, early, excused, number in (
        days.order_by().values_list(*columns).annotate(number=Count("pk"))
    ):
        own = people[employee][1] if employee in people else Reckoned()
        people[employee] = (unit, own)
        for one in (own, units[unit]):
            one.add(
                Status(status),
                days=number,
                elsewhere=where == Place.ELSEWHERE,
                late_band=late,
                early_band=early,
                spared=bool(excused),
            )
    return people, units


def _units(month: date) -> tuple[dict[int, tuple[str, str]], dict[int, int | None]]:
    """Key, name and the unit above of every unit as it stood at the end of the month."""
    rows = UnitVersion.objects.filter(superseded_at=None, period__startswith__lte=month_end(month)).order_by("period")
    names: dict[int, tuple[str, str]] = {}
    parents: dict[int, int | None] = {}
    for unit, key, name, parent in rows.values_list("unit_id", "unit__key", "name", "parent_id"):
        names[unit], parents[unit] = (key, name), parent
    return names, parents


def _below(unit: int, units: Mapping[int, Reckoned], parents: Mapping[int, int | None]) -> Reckoned | None:
    """The sum of a unit and all below it; None where no day of it was reckoned."""
    inside = [own for at, own in units.items() if unit in _line(at, parents)]
    return _sum(inside) if inside else None


def _line(unit: int, parents: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    at: int | None = unit
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


def _sum(parts: Sequence[Reckoned]) -> Reckoned:
    total = Reckoned()
    for part in parts:
        for name in ("present", "elsewhere", "missing", "unexcused", "ordered", "granted", "no_data", "spared"):
            setattr(total, name, getattr(total, name) + getattr(part, name))
        for bands, own in ((total.late, part.late), (total.early, part.early)):
            for code, number in own.items():
                bands[code] = bands.get(code, 0) + number
    return total


def _rules(month: date, units: Iterable[int]) -> dict[int, _Rules]:
    """What schedules held; none are known in a year without a calendar."""
    last = month_end(month)
    hours = Hours.read(month, last)
    span = [month + n * DAY for n in range((last - month).days + 1)]
    found: dict[int, _Rules] = {}
    for unit in units:
        try:
            held = {on.schedule.code: on.schedule for day in span if (on := hours.on(unit, day).on) is not None}
        except MissingYear:
            return {}
        bands = {band.code for one in held.values() for band in (*one.late, *one.early)}
        found[unit] = _Rules(frozenset(bands), len(held))
    return found
