"""What the government itself collects: complaints, bills of buildings, progress of programmes, budget recaps."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from luwes.core.indicators.budget import share_pct
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.budget import BudgetRow, budget_rows
from luwes.examples.invented.facts.files import SOURCES, Cell, InventedFile, csv_bytes, spelled, xlsx_bytes
from luwes.examples.invented.facts.truths import BUDGET_PERCENT, Scenario, Truth
from luwes.examples.invented.facts.world import SILENT, Province, following, poisson, preceding
from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.programmes import PROGRAMMES, InventedProgramme
from luwes.examples.invented.workbook import write_workbook

COMPLAINTS = (
    "Nama PD",
    "Periode",
    "Kanal",
    "Belum Disposisi",
    "Belum Tindak Lanjut",
    "Dalam Proses",
    "Selesai",
    "Jumlah",
)
BILLS = ("Gedung", "Jenis Rekening", "ID Pelanggan", "Mulai", "Sampai", "Pemakaian", "Golongan Tarif", "Tagihan (Rp)")
PROGRAMS = (
    *("nama", "pemilik", "tim", "mulai", "sampai", "tonggak", "target_fisik", "capaian_fisik"),
    *("target_keuangan", "capaian_keuangan", "per_tanggal"),
)
# As many complaints as a province of this size gets in a month, in all.
PER_MONTH = 10.0
_STATES = (0.05, 0.1, 0.15)
# A building takes this much of its usual month when it is closed; the rest follows its open days.
BASE_LOAD = 0.3
RUPIAH_PER_KWH, RUPIAH_PER_M3 = 1_650, 9_500


def complaint_file(province: Province, month: date) -> Iterator[InventedFile]:
    """The recap of SP4N-LAPOR by perangkat daerah, most of which have none."""
    chance = random.Random(f"{province.scenario.seed}/complaints/{month}")
    rows: list[tuple[Cell, ...]] = []
    for office in UNIT_NAMES:
        states = [0, 0, 0, 0]
        for _ in range(poisson(chance, PER_MONTH / len(UNIT_NAMES))):
            drawn = chance.random()
            states[next((n for n, until in enumerate(_STATES) if drawn < until), 3)] += 1
        if office != SILENT:
            rows.append((spelled(office), f"{month:%m/%Y}", "SP4N-LAPOR!", *states, sum(states)))
    title = f"Rekapitulasi pengaduan SP4N-LAPOR! {month:%m/%Y}"
    arrives = following(month) + 11 * DAY
    payload = xlsx_bytes(title, COMPLAINTS, rows)
    yield InventedFile("complaints", SOURCES["complaints"], f"pengaduan-{month:%Y-%m}.xlsx", arrives, payload)


def bill_file(province: Province, month: date) -> Iterator[InventedFile]:
    """Electricity from the 21st to the 20th and water by month, for every building; no truth saves anything."""
    chance = random.Random(f"{province.scenario.seed}/bills/{month}")
    usual = random.Random(f"{province.scenario.seed}/bills")
    first, last = preceding(month) + timedelta(days=20), month + timedelta(days=19)
    open_days = sum(province.works(first + n * DAY) for n in range((last - first).days + 1))
    load = BASE_LOAD + (1 - BASE_LOAD) * open_days / 21
    rows: list[tuple[Cell, ...]] = []
    for place, office in enumerate(UNIT_NAMES, start=1):
        kwh = round(usual.uniform(4_000, 40_000) * load * chance.gauss(1, 0.03), 1)
        water = round(usual.uniform(60, 500) * chance.gauss(1, 0.05), 2)
        name, end = spelled(office), following(month) - DAY
        rows.append((name, "Listrik", f"2390{place:08d}", first, last, kwh, "P-1/53 kVA", round(kwh * RUPIAH_PER_KWH)))
        rows.append(
            (name, "Air", f"01{place:05d}", month, end, water, "Instansi pemerintah", round(water * RUPIAH_PER_M3))
        )
    payload = xlsx_bytes(f"Tagihan listrik dan air {month:%m/%Y}", BILLS, rows)
    arrives = following(month) + 13 * DAY
    yield InventedFile("bills", SOURCES["bills"], f"tagihan-{month:%Y-%m}.xlsx", arrives, payload)


def program_file(province: Province, month: date) -> Iterator[InventedFile]:
    """The strategic programmes under way, with their progress at the end of the month."""
    as_of = following(month) - DAY
    rows = [_program(one, as_of) for one in PROGRAMMES if one.first <= as_of]
    if rows:
        name, arrives = f"program-strategis-{month:%Y-%m}.csv", following(month) + 6 * DAY
        yield InventedFile("programs", SOURCES["programs"], name, arrives, csv_bytes(PROGRAMS, rows))


def budget_file(province: Province, month: date) -> Iterator[InventedFile]:
    """The recap of the budget at the end of the month."""
    as_of, file = following(month) - DAY, io.BytesIO()
    write_workbook(file, budget_of(province.scenario, as_of), dirty=month.month == 6)
    arrives = following(month) + 7 * DAY
    yield InventedFile("budget", SOURCES["budget"], f"rekap-anggaran-{as_of}.xlsx", arrives, file.getvalue())


def budget_of(scenario: Scenario, as_of: date) -> tuple[BudgetRow, ...]:
    """The budget of every perangkat daerah as it stood on a day, under the scenario."""
    rows = budget_rows(scenario.seed, as_of.year, as_of)
    if scenario.truth is not Truth.BUDGET_SHOCK or as_of <= scenario.shocked_on:
        return rows
    begun = max(scenario.shocked_on, date(as_of.year, 1, 1))
    before = budget_rows(scenario.seed, as_of.year, begun)
    return tuple(_slowed(row, old.realised) for row, old in zip(rows, before, strict=True))


def _slowed(row: BudgetRow, before: int) -> BudgetRow:
    realised = before + round((row.realised - before) * (1 + BUDGET_PERCENT / 100))
    financial = share_pct(realised, row.ceiling)
    return replace(row, realised=realised, financial_pct=financial)


def _program(one: InventedProgramme, as_of: date) -> tuple[Cell, ...]:
    """Progress grows evenly until the day its figures are known of, and stands still afterwards."""
    share = min((as_of - one.first).days / max((one.as_of - one.first).days, 1), 1.0)
    steps = [
        f"{step.due.isoformat()}: {step.name}"
        + (f" (tercapai {step.reached.isoformat()})" if step.reached and step.reached <= as_of else "")
        for step in one.steps
    ]
    return (
        *(one.name, one.owner, "; ".join(one.team), one.first, one.last, "; ".join(steps)),
        *(_part(float(one.physical_target), share), _part(float(one.physical_progress), share)),
        *(one.money_target, round(one.money_progress * share), as_of),
    )


def _part(percent: float, share: float) -> str:
    return f"{percent * share:.2f}".replace(".", ",")
