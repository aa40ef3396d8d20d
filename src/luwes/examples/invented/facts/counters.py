"""At the counter: who took a number and how long they waited, and when the counter opened and closed."""

import random
from collections.abc import Iterator
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.doors import doors_of
from luwes.examples.invented.facts.files import SOURCES, InventedFile, csv_bytes, number_of
from luwes.examples.invented.facts.plan import dose
from luwes.examples.invented.facts.truths import WAIT_PERCENT
from luwes.examples.invented.facts.world import SILENT, InventedService, Province, following, poisson, spans_of

QUEUE = ("Layanan", "Unit Pelayanan", "Loket", "Tanggal", "Nomor Antrean", "Datang", "Dipanggil", "Selesai")
OPENINGS = ("Layanan", "Perangkat Daerah", "Loket", "Tanggal", "Jam Buka", "Jam Tutup", "Tutup Sementara", "Keterangan")
ARRIVES_AFTER = 4
_WALKED_AWAY = 0.03
_SERVED_MINUTES = 9.0
_LAST = 23 * 60 + 59


def queue_file(province: Province, month: date) -> Iterator[InventedFile]:
    """One row for each number taken, where there is a machine; who walked away was never called."""
    rows = [row for service in province.services if service.visitors for row in _visits(province, service, month)]
    yield _sent("queue", "antrean", month, csv_bytes(QUEUE, rows))


def openings_file(province: Province, month: date) -> Iterator[InventedFile]:
    """The log of the counters, with days nobody wrote anything."""
    rows = [row for service in province.services for row in _log(province, service, month)]
    yield _sent("openings", "jam-buka", month, csv_bytes(OPENINGS, rows))


def _sent(kind: str, name: str, month: date, payload: bytes) -> InventedFile:
    arrives = following(month) + ARRIVES_AFTER * DAY
    return InventedFile(kind, SOURCES[kind], f"{name}-{month:%Y-%m}.csv", arrives, payload)


def _visits(province: Province, service: InventedService, month: date) -> Iterator[tuple[str, ...]]:
    chance = random.Random(f"{province.scenario.seed}/queue/{service.place}/{month}")
    if service.office == SILENT:
        return
    written = _dotted if number_of(service.office) % 2 else _colons
    for day in province.working_days(month):
        for start, end in spans_of(service.windows, day)[:1]:
            longer = 1 + dose(province, service, day) * WAIT_PERCENT / 100
            # Nobody comes in the last half hour, so that every wait ends on its day.
            width, number = max(end - start - 30, 1), poisson(chance, service.visitors)
            came = sorted(start + int(chance.random() * width) for _ in range(number))
            for number, minute in enumerate(came, start=1):
                wait, served = chance.expovariate(1 / service.wait), chance.expovariate(1 / _SERVED_MINUTES)
                gone = chance.random()
                called = min(minute + round(wait * longer), _LAST - 1)
                left = min(called + 1 + round(served), _LAST)
                point = service.points[number % len(service.points)]
                ends = ("", "") if gone < _WALKED_AWAY else (written(called), written(left))
                yield service.name, service.office, point, f"{day:%d/%m/%Y}", f"A{number:03d}", written(minute), *ends


def _log(province: Province, service: InventedService, month: date) -> Iterator[tuple[str, ...]]:
    if service.office == SILENT or not service.windows:
        return
    for door in doors_of(province, service, month):
        if door.logged:
            yield (
                *(service.name, service.office, door.point, f"{door.day:%d/%m/%Y}"),
                *(_dotted(door.opened), _dotted(door.closed), str(door.pause or ""), door.why),
            )


def _dotted(minute: int) -> str:
    return f"{minute // 60:02d}.{minute % 60:02d}"


def _colons(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
