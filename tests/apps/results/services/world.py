"""Three services of the small province, and files about them through the real import."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Counting, Service, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import ServiceFigure
from luwes.apps.sources.models import ImportBatch, RejectedCell
from luwes.core.services.hours import Window
from tests.apps.staff_files import ME, confirm, stage
from tests.world import Units, plant_service, plant_units

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
THURSDAY = date(2026, 11, 26)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
WEEK = tuple(Window(day, 480, 900) for day in range(1, 6))
TEST, PERMIT, COPY = "Pengujian sampel", "Izin praktik", "Legalisir"


@dataclass(frozen=True, slots=True)
class World:
    """Keys of units, and primary keys: the laboratory tests in 120 minutes, the agency permits in 3 working days.

    Copies are certified at the agency and at public works, without any standard.
    """

    units: Units
    test: int
    test_key: str
    counter: int
    permit: int
    copies: tuple[int, int]


def plant(now: datetime) -> World:
    units = plant_units(now)
    with unit_of_work(ME, now):
        seed_calendars()
    test, counter = plant_service(now, units.section, name=TEST)
    return World(
        units=units,
        test=_pk(test),
        test_key=test,
        counter=ServicePoint.objects.get(key=counter).pk,
        permit=add_service(now, Standard(PERMIT, units.health, days=3, windows=WEEK, source="SK 2/2026")),
        copies=(
            add_service(now, Standard(COPY, units.health, source="SK 3/2026")),
            add_service(now, Standard(COPY, units.works, source="SK 4/2026")),
        ),
    )


def add_service(now: datetime, standard: Standard, points: Sequence[Point] = ()) -> int:
    with unit_of_work(ME, now):
        return _pk(
            services.create_service(standard=standard, since=ALWAYS, status=Counting.CONFIRMED, points=list(points))
        )


def _pk(key: str) -> int:
    return Service.objects.get(key=key).pk


def staged(
    now: datetime, kind: str, headers: str, *rows: Sequence[object] | str, source: str = "Antrean PTSP"
) -> ImportBatch:
    """Semicolons and a byte order mark, as Excel with Indonesian settings writes it."""
    lines = [row if isinstance(row, str) else ";".join("" if c is None else str(c) for c in row) for row in rows]
    return stage("\n".join([headers, *lines]).encode("utf-8-sig"), now, kind=kind, source=source)


def store(now: datetime, kind: str, headers: str, *rows: Sequence[object] | str, **more: str) -> ImportBatch:
    return confirm(staged(now, kind, headers, *rows, **more), now)


def xlsx(*rows: Sequence[object]) -> bytes:
    """A workbook of raw cells, with date and time formats where a number of them is a moment."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def codes(batch: ImportBatch) -> list[str]:
    """Why rows were refused, in the order of the file."""
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number", "pk").values_list("code", flat=True))


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """New, changed, unchanged, gone."""
    return tuple(batch.counts[name] for name in ("new", "changed", "unchanged", "gone"))


def figure(service: int, day: date, measure: Measure) -> ServiceFigure:
    return ServiceFigure.objects.get(service=service, day=day, measure=measure.value)


def kept(service: int, day: date, measure: Measure) -> tuple[int, int]:
    found = figure(service, day, measure)
    return found.kept, found.of
