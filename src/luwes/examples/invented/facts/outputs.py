"""What people produced: day by day in half of the perangkat daerah, by month and unit in the others."""

import random
from collections.abc import Collection, Iterator
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.files import SOURCES, InventedFile, csv_bytes, number_of, spelled
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.world import SILENT, Province, following
from luwes.examples.invented.names import UNIT_NAMES

DAILY = ("NIP", "Tanggal Kegiatan", "Uraian Kegiatan", "Realisasi Kuantitas", "Target Kuantitas", "Kualitas (%)")
MONTHLY = ("Perangkat Daerah", "Periode", "Indikator", "Capaian", "Rencana")
# One result in a file of its own, sent again without its mistake.
MISTAKEN = "Badan Pendapatan Daerah"
MISTAKES, TIMES = 5, 10
ARRIVES_AFTER, CORRECTED_AFTER = 4, 17
MEAN, TARGET, SPREAD = 12.0, 12, 3.0
_WHAT = ("Berkas diperiksa", "Surat disusun", "Data dimutakhirkan", "Permohonan diverifikasi")
Row = tuple[str, ...]


def output_files(province: Province, month: date, offices: Collection[str] | None = None) -> Iterator[InventedFile]:
    """By day and by month from one source; one perangkat daerah sends wrong figures first and right ones later."""
    arrives, source = following(month) + ARRIVES_AFTER * DAY, SOURCES["outputs"]
    daily = dict(daily_rows(province, month, offices))
    wrong = {office: _mistaken(rows) if office == MISTAKEN else rows for office, rows in daily.items()}
    rows = [row for each in wrong.values() for row in each]
    if rows:
        yield InventedFile("outputs", source, f"kinerja-harian-{month:%Y-%m}.csv", arrives, csv_bytes(DAILY, rows))
    months = list(monthly_rows(province, month, offices))
    yield InventedFile("outputs", source, f"kinerja-bulanan-{month:%Y-%m}.csv", arrives, csv_bytes(MONTHLY, months))
    if MISTAKEN in daily:
        name, payload = f"kinerja-harian-{month:%Y-%m}-perbaikan.csv", csv_bytes(DAILY, daily[MISTAKEN])
        yield InventedFile("outputs", source, name, following(month) + CORRECTED_AFTER * DAY, payload)


def daily_rows(
    province: Province, month: date, offices: Collection[str] | None = None
) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each perangkat daerah that counts by day, one per person and day on duty."""
    plan, scenario = plan_of(province, month), province.scenario
    found: dict[str, list[Row]] = {}
    for place, since in plan.serving.items():
        person = province.people[place]
        office = person.unit.office
        if number_of(office) % 2 == 0 or office == SILENT or (offices is not None and office not in offices):
            continue
        chance = random.Random(f"{scenario.seed}/outputs/{place}/{month}")
        what, rows = chance.choice(_WHAT), found.setdefault(office, [])
        for day in plan.days:
            drawn, quality = chance.gauss(0, 1), chance.random()
            if since > day or (place, day) in plan.away:
                continue
            mean = MEAN * scenario.output_factor(day, flexible=plan.at_home(place, day))
            count = max(round(mean + SPREAD * drawn), 0)
            rows.append((person.nip, f"{day:%d/%m/%Y}", what, str(count), str(TARGET), f"{88 + quality * 12:.0f}"))
    yield from found.items()


def monthly_rows(province: Province, month: date, offices: Collection[str] | None = None) -> Iterator[Row]:
    """One row for each perangkat daerah that counts by month."""
    plan, scenario = plan_of(province, month), province.scenario
    chance = random.Random(f"{scenario.seed}/outputs/{month}")
    means: dict[str, list[float]] = {}
    for place, since in plan.serving.items():
        own = means.setdefault(province.people[place].unit.office, [])
        for day in plan.days:
            if since <= day and (place, day) not in plan.away:
                own.append(MEAN * scenario.output_factor(day, flexible=plan.at_home(place, day)))
    for office in UNIT_NAMES:
        drawn, own = chance.gauss(0, 1), means.get(office, [])
        if number_of(office) % 2 or not own or (offices is not None and office not in offices) or office == SILENT:
            continue
        count = max(round(sum(own) + SPREAD * drawn * len(own) ** 0.5), 0)
        yield spelled(office), f"{month:%m/%Y}", "Seluruh hasil kerja", str(count), str(TARGET * len(own))


def _mistaken(rows: list[Row]) -> list[Row]:
    wrong = [(*row[:3], str(int(row[3]) * TIMES), *row[4:]) for row in rows[:MISTAKES]]
    return wrong + rows[MISTAKES:]
