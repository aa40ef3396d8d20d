"""Imports: reading and staging of the largest files a province sends, against openpyxl and against the clock."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import psycopg
import xlsxwriter

from bench.bar import Bar
from bench.database import fresh_database
from luwes.apps.sources.reading.contract import Job, Reject, Summary
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.parent import parse

SEED = 20261125
STAFF, STAFF_COLUMNS, TAKEN = 14_000, 65, 18
PUNCHES = 1_200_000
TABLE = "CREATE TABLE stage (batch bigint, row_number integer, key text, data jsonb)"
OPENPYXL = (
    "import sys, time, openpyxl; start = time.process_time(); openpyxl.load_workbook(sys.argv[1]); "
    "print(time.process_time() - start)"
)
GIVEN = ("Yosé", "Rina", "Siti", "D'Arcy", "Ma’ruf", "Dewi", "Agus", "Norma", "Bambang", "Mina")
FAMILY = ("Limbong", "Nahan", "Aminah", "Saputra", "Rangkap", "Tundan", "Lestari", "Umar")


@dataclass(frozen=True, slots=True)
class Staged:
    """What one run cost: wall seconds, CPU seconds of child and client together, and what the child said."""

    wall: float
    cpu: float
    summary: Summary


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject."""
    runs = 5 if os.environ.get("FULL") == "1" else 3
    with tempfile.TemporaryDirectory(prefix="luwes-bench-") as folder, fresh_database() as database:
        yield from staff_workbook(Path(folder) / "staff.xlsx", database, runs)
        yield from punch_log(database, runs)
        migrate(database)
        yield from pages(database)
    with fresh_database() as database:
        migrate(database)
        yield from audit(database)


def staff_workbook(path: Path, database: str, runs: int) -> Iterator[Bar]:
    """Compare parse-and-stage of a staff workbook with openpyxl's default load of the same file, run by run."""
    write_staff(path)
    payload = path.read_bytes()
    ratios, peaks, ours, theirs = [], [], [], []
    for _ in range(runs):
        staged = stage(payload, Job(staff_layout(), prefix="1"), database, STAFF)
        other = openpyxl_cpu(path)
        ratios.append(staged.cpu / other)
        ours.append(round(staged.cpu, 3))
        theirs.append(round(other, 3))
        peaks.append(staged.summary.peak_kb / 1024)
    detail = {
        "rows": STAFF,
        "columns": STAFF_COLUMNS,
        "columns_taken": TAKEN,
        "bytes": len(payload),
        "cpu_s": ours,
        "openpyxl_cpu_s": theirs,
        "runs": runs,
    }
    yield Bar("imports.xlsx_parse_stage_cpu_vs_openpyxl", median(ratios), 0.35, "<=", "ratio", detail)
    yield Bar("imports.xlsx_child_peak_mb", max(peaks), 180, "<=", "MB", {"runs": runs})


def punch_log(database: str, runs: int) -> Iterator[Bar]:
    """Measure how fast a punch log goes from bytes to rows in a table."""
    payload = punches()
    speeds, peaks = [], []
    for _ in range(runs):
        staged = stage(payload, Job(punch_layout(), prefix="1"), database, PUNCHES)
        speeds.append(PUNCHES / staged.wall)
        peaks.append(staged.summary.peak_kb / 1024)
    detail = {"rows": PUNCHES, "bytes": len(payload), "rows_per_s": [round(speed) for speed in speeds]}
    yield Bar("imports.csv_stage_rows_per_s", median(speeds), 100_000, ">=", "rows/s", detail)
    yield Bar("imports.csv_child_peak_mb", max(peaks), 180, "<=", "MB", {"runs": runs})


def stage(payload: bytes, job: Job, database: str, expected: int) -> Staged:
    """Read a file and COPY its rows into a new table in one transaction; every row must arrive."""
    rejects: list[Reject] = []
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS stage")
        cursor.execute(TABLE)
        wall, cpu = time.perf_counter(), _cpu()
        with cursor.copy("COPY stage FROM STDIN") as copy:
            summary = parse(payload, job, on_rows=copy.write, on_rejects=rejects.extend)
        connection.commit()
        spent = Staged(time.perf_counter() - wall, _cpu() - cpu, summary)
        cursor.execute("SELECT count(*) FROM stage")
        arrived = cursor.fetchone()
    if arrived != (expected,) or rejects:
        raise RuntimeError(f"{arrived} of {expected} rows arrived, {len(rejects)} rejects")
    return spent


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def openpyxl_cpu(path: Path) -> float:
    """Return the CPU seconds of openpyxl's default load, without the start of its interpreter."""
    done = subprocess.run([sys.executable, "-c", OPENPYXL, str(path)], capture_output=True, check=True, text=True)
    return float(done.stdout)


def migrate(database: str) -> None:
    """Create the product's own tables in the bench's database."""
    subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product(database), check=True, stdout=2)


def pages(database: str) -> Iterator[Bar]:
    """Open the pages of the demo's province; the slowest of them must keep the limit."""
    subprocess.run([sys.executable, "-m", "luwes.config.cli", "demo"], env=product(database), check=True, stdout=2)
    done = subprocess.run(
        [sys.executable, "-m", "bench._pages"], env=product(database), check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    detail = {page: round(value, 1) for page, value in found.items()}
    yield Bar("imports.page_p95_ms", max(found.values()), 100, "<=", "ms", detail)


def audit(database: str) -> Iterator[Bar]:
    """Verify a million audit entries and find one that was changed."""
    done = subprocess.run(
        [sys.executable, "-m", "bench._audit"], env=product(database), check=True, stdout=subprocess.PIPE, text=True
    )
    yield Bar("imports.audit_verify_million_s", float(done.stdout), 10, "<=", "s", {"entries": 1_000_000, "runs": 3})


def product(database: str) -> dict[str, str]:
    """The environment in which the product uses the bench's database."""
    return os.environ | {"LUWES_DATABASE_URL": database}


def staff_layout() -> Layout:
    """Return a layout that takes 18 of the 65 columns, as minimisation demands."""
    kinds = ("code", "text", "date")
    columns = tuple(
        Column(f"kolom_{index:02}", f"Kolom {index}", kinds[index % 3], required=index == 0)  # type: ignore[arg-type] # each is a Kind
        for index in range(TAKEN)
    )
    return Layout("staff", columns, ("kolom_00",))


def write_staff(path: Path) -> None:
    """Write the invented staff export: apostrophes before values, `null` for empty, 65 columns."""
    chance = random.Random(SEED)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Data ASN")
    for column in range(STAFF_COLUMNS):
        sheet.write_string(0, column, f"kolom_{column:02}")
    for row in range(1, STAFF + 1):
        for column in range(STAFF_COLUMNS):
            sheet.write_string(row, column, _staff_cell(chance, row, column))
    book.close()


def _staff_cell(chance: random.Random, row: int, column: int) -> str:
    if column == 0:
        return f"'{row:018d}"
    if column % 3 == 0:
        return f"'{chance.getrandbits(128):032X}" if column % 2 else f"'{chance.randrange(1, 99):02d}"
    if column % 3 == 1:
        return f"'{chance.choice(GIVEN)} {chance.choice(FAMILY)} {chance.randrange(900)}"
    if chance.random() < 0.3:
        return "null"
    return f"'{chance.randrange(1, 29):02d}-{chance.randrange(1, 13):02d}-{chance.randrange(1970, 2026)}"


def punch_layout() -> Layout:
    """Return the layout of a fingerprint machine's log."""
    columns = (
        Column("badge", "Nomor badge", "code", True, ("badgenumber",)),
        Column("waktu", "Waktu", "datetime", True, ("checktime",)),
        Column("jenis", "Jenis", "choice", True, ("checktype",), choices=("I", "O")),
        Column("mesin", "Mesin", "code", True, ("sn",)),
        Column("verifikasi", "Verifikasi", "code", False, ("verifycode",)),
    )
    return Layout("punches", columns, ("badge", "waktu"))


def punches() -> bytes:
    """Return the invented punch log as CSV, under the size an upload may have."""
    chance = random.Random(SEED)
    start = datetime(2026, 1, 5, 6, 0)  # noqa: DTZ001 - machines log local time
    lines = ["badgenumber,checktime,checktype,SN,verifycode"]
    for number in range(PUNCHES):
        moment = start + timedelta(seconds=number * 13 + chance.randrange(13))
        badge, way, machine = chance.randrange(1, 14_001), "IO"[number % 2], chance.randrange(60)
        lines.append(f"{badge:06d},{moment:%Y-%m-%d %H:%M:%S},{way},M{machine:03d},1")
    return "\n".join(lines).encode()


if __name__ == "__main__":
    for found in bars():
        print(found.line(), flush=True)
