"""Who lives in the invented province: staff by unit, and services with their chains, hours and usual figures."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from luwes.core.services.hours import HoursUnread, Window, read_hours
from luwes.core.services.opentime import Spans
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.truths import Scenario
from luwes.examples.invented.people import InventedPerson, invented_people
from luwes.examples.invented.services import service_rows
from luwes.examples.invented.units import invented_units

FRONT_DESK = "Bidang Pelayanan"
# Never sends anything of its own: a real province always has one.
SILENT = "Badan Penghubung"
# What a standard asks for that names no share, and the services that are slow on any day, whatever is planted.
DEFAULT_SHARE = 90
SLOW_EVERY, SLOW_PLACE, SLOW_BY = 12, 7, 0.2
# Hours of work without breaks, Monday to Thursday and on Fridays, as the presidential regulation has them.
WORKING_HOURS: Sequence[Spans] = ([(450, 720), (780, 960)],) * 4 + ([(450, 690), (780, 990)],)


@dataclass(frozen=True, slots=True)
class InventedService:
    """A service as its standard has it, and how it usually runs.

    `chain` are the units of each link, with all below them, and its weight. `minutes` or `days` are promised.
    `windows` is empty where the standard only says "in working hours". `on_time` is the chance of a case to be in
    time, `wait` the mean wait in minutes; `cases`, `visitors` and `answers` are expected per open day. `implementers`
    are promised by the standard, 0 where it names no number; they stand in the first link.
    """

    place: int
    name: str
    office: str
    chain: tuple[tuple[frozenset[str], int], ...]
    minutes: int | None
    days: int | None
    windows: tuple[Window, ...]
    points: tuple[str, ...]
    on_time: float
    wait: float
    cases: float
    visitors: float
    answers: float
    implementers: int


@dataclass(frozen=True, eq=False)
class Province:
    """The province under one scenario; `works` says which days are working days."""

    scenario: Scenario
    works: Callable[[date], bool]

    @cached_property
    def people(self) -> Sequence[InventedPerson]:
        """Everybody, always in the same order."""
        return invented_people(self.scenario.staff, self.scenario.seed)

    @cached_property
    def luck(self) -> Sequence[float]:
        """One draw for each person: who is flexible stays so from month to month."""
        chance = random.Random(f"{self.scenario.seed}/luck")
        return [chance.random() for _ in self.people]

    @cached_property
    def services(self) -> Sequence[InventedService]:
        """All services, as the sheet of the invented province states them."""
        chance = random.Random(f"{self.scenario.seed}/services")
        rows = dict.fromkeys(tuple(sorted(row.items())) for row in service_rows(self.people))
        return [_service(chance, place, dict(row)) for place, row in enumerate(rows)]

    @cached_property
    def desks(self) -> dict[frozenset[str], int]:
        """The units of each desk and how many its standards promise to be there: the most of its services."""
        found: dict[frozenset[str], int] = {}
        for service in self.services:
            desk = service.chain[0][0]
            found[desk] = max(found.get(desk, 0), service.implementers)
        return found

    def working_days(self, month: date) -> Sequence[date]:
        """The working days of the month that begins with this day."""
        end = following(month)
        return [day for n in range((end - month).days) if self.works(day := month + n * DAY)]


def following(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + 31 * DAY).replace(day=1)


def preceding(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - DAY).replace(day=1)


def spans_of(windows: Sequence[Window], day: date) -> Spans:
    """When a service is open on a working day, in minutes of the day; without windows in working hours."""
    if windows:
        return [(one.start, one.end) for one in windows if one.weekday == day.isoweekday()]
    return WORKING_HOURS[day.weekday()] if day.weekday() < len(WORKING_HOURS) else []


def poisson(chance: random.Random, mean: float) -> int:
    """So many, where each is rare: counted by the waiting times between them."""
    count, left = 0, mean
    while (left := left - chance.expovariate(1.0)) > 0:
        count += 1
    return count


def _service(chance: random.Random, place: int, row: dict[str, str]) -> InventedService:
    office = row["perangkat_daerah"] or row["unit"]
    try:
        windows = read_hours(row["jam_buka"])
    except HoursUnread:
        windows = ()
    return InventedService(
        place=place,
        name=" ".join(row["nama"].split()),
        office=office,
        chain=_chain(row, office),
        minutes=int(row["waktu_menit"]) if row["waktu_menit"] else None,
        days=int(row["waktu_hari_kerja"]) if row["waktu_hari_kerja"] else None,
        windows=windows,
        points=tuple(point.strip() for point in row["titik"].split(";")),
        on_time=_on_time(chance.random(), place, int(row["wajib_tepat"] or DEFAULT_SHARE) / 100),
        wait=chance.uniform(8, 20),
        cases=chance.uniform(3.0, 6.0),
        visitors=chance.uniform(5, 11) if ";" in row["titik"] else 0.0,
        answers=chance.uniform(0.7, 1.7),
        implementers=int(row["pelaksana"] or 0),
    )


def _on_time(luck: float, place: int, required: float) -> float:
    """A promise is made for what the office can keep: most services keep it well, one in `SLOW_EVERY` does not."""
    if place % SLOW_EVERY == SLOW_PLACE:
        return required - SLOW_BY
    return required + (1 - required) * (0.8 + 0.19 * luck)


def _chain(row: dict[str, str], office: str) -> tuple[tuple[frozenset[str], int], ...]:
    """The links as the importer of the sheet makes them: without a front the owner receives the people."""
    links = [(row["unit"], office, 1)]
    for column in ("verifikasi", "tanda_tangan", "ti"):
        if row[column]:
            name, _, weight = row[column].partition(" * ")
            links.append((name, name if column == "ti" else office, int(weight or 1)))
    return tuple((_units(name, within), weight) for name, within, weight in links)


def _units(name: str, office: str) -> frozenset[str]:
    """A unit with all below it."""
    units = [unit for unit in invented_units() if unit.office == office]
    return frozenset(unit.id for unit in units if name in (office, unit.name))
