"""A real `luwes import` in a process of its own, watched through the database it writes to."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.db import connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.apps.budget_files import Row, csv_bytes, make_units, row
from tests.config.processes import PROJECT

ME = system("test")
COUNTED = ("sources_importbatch", "sources_stagedrow", "sources_source", "results_budgetrow", "audit_auditentry")
# Enough for COPY to be seen at work: the recap kind takes at most 20,000 rows.
MANY = 19_000
PATIENCE = 30.0


def address() -> str:
    """The address of the database the test runs on."""
    settings = connections.settings["default"]
    parts = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if settings[key]}
    return make_conninfo(dbname=settings["NAME"], **parts)


def many_rows(names: int = MANY) -> list[Row]:
    """A recap long enough to be interrupted: one unit at many dates of many years."""
    found = []
    for index in range(names):
        year, rest = 2000 + index // 330, index % 330
        found.append(
            row(
                "1.01",
                "Dinas Pendidikan",
                1_000,
                rest,
                as_of=f"{year}-{1 + rest // 28:02}-{1 + rest % 28:02}",
                year=year,
            )
        )
    return found


def units() -> None:
    """The units of the recap, committed."""
    with unit_of_work(ME, timezone.now()):
        make_units()


def write(folder: Path, rows: list[Row]) -> Path:
    """The recap as a file."""
    file = folder / "rekap.csv"
    file.write_bytes(csv_bytes(rows))
    return file


def start(file: Path, url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start the import of one file."""
    return subprocess.Popen(
        [sys.executable, "-m", "luwes.config.cli", "import", "budget", str(file), "--source", "Biro", *arguments],
        env={**os.environ, "LUWES_DATABASE_URL": url, "PYTHONWARNINGS": "default"},
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end; exit code and both outputs."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that must come; fails loudly when it does not."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.002)


def copying(observer: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether rows are being staged at this moment."""
    found = observer.execute(
        "SELECT count(*) FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 0"
    ).fetchone()
    return found is not None and found[0] != 0


def waiting(observer: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether somebody waits for an advisory lock of this database."""
    found = observer.execute(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
        " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
    ).fetchone()
    return found is not None and found[0] != 0


def children(pid: int) -> list[int]:
    """The direct children of a process."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def counts(observer: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """How many rows each table of the import flow holds."""
    found = {}
    for table in COUNTED:
        answer = observer.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert answer is not None
        found[table] = int(str(answer[0]))
    return found
