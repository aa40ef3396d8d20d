"""Reads of presence for reports and pages: sums by month and kind of day, never a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.attendance.models import MonthRun, PresenceDay, ServicePresenceDay
from luwes.apps.attendance.runs import PUNCHES
from luwes.apps.people import queries as people
from luwes.apps.people.models import Service
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.presence import PresenceSums
from luwes.core.indicators.realised import Realised, Source
from luwes.core.workdays.months import month_end
from luwes.core.worktime.tally import NUMBERS

LATE_BANDS, EARLY_BANDS = "TL", "PSW"
# Owed no presence that day, by the code under which it is summed.
EXCUSED_CODES = ("leave", "trip", "training", "off", "away", "excused_outage")


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """A unit with all below it on the days of one kind in a month: person-days, added up over `days` days.

    `numbers` and `sums` are those of `core.worktime.tally`. `known` of the `days` are those on which the evidence was
    asked of somebody; on the others no file of punches has arrived. `planned` of `planned_on_duty` half days were
    planned to be flexible, as exposure counts them.
    """

    kind: DayKind
    days: int = 0
    known: int = 0
    numbers: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(NUMBERS, 0))
    sums: Mapping[str, int] = field(default_factory=dict)
    planned: int = 0
    planned_on_duty: int = 0

    @property
    def no_data(self) -> int:
        """Person-days of which no file of punches has arrived: in no rate, and printed beside it."""
        return self.sums.get("no_data", 0)

    @property
    def presence(self) -> PresenceSums:
        """The same days for the rates of attendance and lateness; minutes left early are not kept in sums.

        A missing file is nobody's absence, so days without data stand outside the denominator, see `no_data`.
        """
        return PresenceSums(
            present=self.numbers["present"],
            absent=self.numbers["absent"],
            unknown=self.sums.get("impossible", 0),
            excused=sum(self.sums.get(code, 0) for code in EXCUSED_CODES),
            late=self.numbers["late"],
            late_minutes=self.numbers["late_minutes"],
            early=self.numbers["early"],
            late_bands=_bands(self.sums, LATE_BANDS),
            early_bands=_bands(self.sums, EARLY_BANDS),
            absent_codes={code: self.sums[code] for code in EXCUSED_CODES if self.sums.get(code)},
        )

    @property
    def realised(self) -> Realised:
        """How flexible these days really were, by where people punched, beside how flexible they were planned."""
        there = self.numbers["present"]
        known = self.numbers["at_office"] + self.numbers["elsewhere"]
        return Realised(
            sources=frozenset({Source.PUNCHES}),
            on_duty=there,
            flexible=self.numbers["elsewhere"],
            unknown=there - known,
            planned=self.planned,
            planned_on_duty=self.planned_on_duty,
        )


@dataclass(frozen=True, slots=True)
class ImplementersLine:
    """A service on the days of one kind: on how many days its front was at the office in the number promised.

    `days` are those something is known of and a number was promised for; `unpromised` those without one. `at_office`
    and `promised` are sums over `days`.
    """

    kind: DayKind
    days: int = 0
    kept: int = 0
    at_office: int = 0
    promised: int = 0
    unpromised: int = 0


def presence_month(unit_key: str, month: date) -> Mapping[DayKind, PresenceLine]:
    """The unit's ("": the whole government's) sums of the month by kind of day; every kind is there, empty or not."""
    top = people.government(month_end(month))
    key = unit_key or (top.key if top else "")
    return presence_months(month, [key]).get(key) or {kind: PresenceLine(kind) for kind in DayKind}


def presence_months(
    month: date, unit_keys: Iterable[str] | None = None
) -> Mapping[str, Mapping[DayKind, PresenceLine]]:
    """`presence_month` of many units (None: all that have sums) in two queries, by key.

    The kind of a day is the one its unit's plan gave it (`schedule`); without a plan it is undefined.
    """
    first, last = month.replace(day=1), month_end(month)
    rows = PresenceDay.objects.filter(source=PUNCHES, day__gte=first, day__lte=last).select_related("unit")
    plans = ExposureDay.objects.filter(unit__isnull=False, day__gte=first, day__lte=last)
    if unit_keys is not None:
        asked = list(unit_keys)
        rows, plans = rows.filter(unit__key__in=asked), plans.filter(unit__key__in=asked)
    planned = {
        (unit, day): (DayKind(kind), flexible, on_duty)
        for unit, day, kind, flexible, on_duty in plans.values_list("unit_id", "day", "kind", "flexible", "on_duty")
    }
    found: dict[str, dict[DayKind, _Sum]] = defaultdict(lambda: {kind: _Sum() for kind in DayKind})
    for row in rows:
        kind, flexible, on_duty = planned.get((row.unit_id, row.day), (DayKind.UNDEFINED, 0, 0))
        found[row.unit.key][kind].add(row, flexible, on_duty)
    return {key: {kind: sums.line(kind) for kind, sums in kinds.items()} for key, kinds in found.items()}


def implementers_month(service_key: str, month: date) -> Mapping[DayKind, ImplementersLine]:
    """How often the front of a service was there in the number its standard names, by kind of day; three queries."""
    service = Service.objects.filter(key=service_key).first()
    first, last = month.replace(day=1), month_end(month)
    plans = ExposureDay.objects.filter(service=service, service__isnull=False, day__gte=first, day__lte=last)
    kinds = {day: DayKind(kind) for day, kind in plans.values_list("day", "kind")}
    rows = ServicePresenceDay.objects.filter(service=service, day__gte=first, day__lte=last)
    counts: dict[DayKind, Counter[str]] = {kind: Counter() for kind in DayKind}
    for day, there, promised in rows.values_list("day", "at_office", "promised"):
        at = counts[kinds.get(day, DayKind.UNDEFINED)]
        if promised is None:
            at["unpromised"] += 1
            continue
        at.update(days=1, kept=int(there >= promised), at_office=there, promised=promised)
    return {kind: ImplementersLine(kind, **count) for kind, count in counts.items()}


@dataclass(slots=True)
class _Sum:
    days: int = 0
    known: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    planned_on_duty: int = 0

    def add(self, row: PresenceDay, flexible: int, on_duty: int) -> None:
        self.days += 1
        self.known += row.required > 0
        self.numbers.update({name: getattr(row, name) for name in NUMBERS})
        self.sums.update(row.sums)
        self.planned += flexible
        self.planned_on_duty += on_duty

    def line(self, kind: DayKind) -> PresenceLine:
        numbers = {name: self.numbers[name] for name in NUMBERS}
        return PresenceLine(kind, self.days, self.known, numbers, dict(self.sums), self.planned, self.planned_on_duty)


def _bands(sums: Mapping[str, int], start: str) -> dict[str, int]:
    return {code: count for code, count in sorted(sums.items()) if code.startswith(start)}


def closed(month: date) -> bool:
    """Whether the month that begins on the day is closed, and not opened again."""
    return MonthRun.objects.filter(month=month, final=True, reopened_at=None, finished_at__isnull=False).exists()


def months() -> Sequence[date]:
    """The months that have sums of presence, oldest first."""
    days = PresenceDay.objects.filter(source=PUNCHES).order_by("day").values_list("day", flat=True).distinct()
    return sorted({day.replace(day=1) for day in days})
