"""A million punches of a province's staff: what it costs to stage and to store them. Run with Django.

Counted is the CPU time of this process, of the reading child, and of every process of the database server on this
machine. The two files are whole months, as they are sent; a file of all of it would be larger than an upload may be.
"""

import io
import json
import os
import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

import django

STAFF, PUNCHES = 14_000, 1_200_000
MONTHS = (date(2026, 9, 1), date(2026, 10, 1))
SEED = 20261125
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.utils import timezone

    from luwes.apps.attendance.models import Punch
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.actions import create_unit
    from luwes.apps.people.models import Employee, UnitKind
    from luwes.config import importing
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    with unit_of_work(importing.CONSOLE, timezone.now()):
        create_unit(code="0", name="Provinsi Contoh", kind=UnitKind.GOVERNMENT, parent=None)
    staff = io.BytesIO()
    write_csv(staff, invented_people(STAFF))
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=staff.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    nips = list(Employee.objects.order_by("pk").values_list("nip", flat=True))
    files = [log(month, nips, PUNCHES // len(MONTHS)) for month in MONTHS]
    spent = {"stage_cpu_s": 0.0, "store_cpu_s": 0.0, "server_cpu_s": 0.0}
    for payload in files:
        before, server = cpu(), server_cpu()
        batch = importing.staged(kind="punches", source="Mesin", file_name="log.csv", payload=payload)
        between = cpu()
        importing.confirmed(batch)
        spent["stage_cpu_s"] += between - before
        spent["store_cpu_s"] += cpu() - between
        spent["server_cpu_s"] += server_cpu() - server
    stored = Punch.objects.count()
    again = importing.staged(kind="punches", source="Mesin", file_name="log.csv", payload=files[-1])
    importing.dropped(again)
    print(
        json.dumps(
            {
                **spent,
                "sent": PUNCHES,
                "stored": stored,
                "bytes": sum(map(len, files)),
                "new_again": again.counts["new"],
            }
        )
    )


def log(month: date, nips: Sequence[str], punches: int) -> bytes:
    """The log of all machines in a month: everybody comes and goes on every weekday, until there are enough."""
    chance = random.Random(f"{SEED}/{month}")
    lines = ["badgenumber,checktime,checktype,SN"]
    day = month
    while True:
        if day.weekday() < 5:
            for place, nip in enumerate(nips):
                for hour, way in ((7, "I"), (16, "O")):
                    at = datetime.combine(day, time(hour)) + timedelta(seconds=chance.randrange(3_600))
                    lines.append(f"{nip},{at:%Y-%m-%d %H:%M:%S},{way},M{place % 60:03d}")
                    if len(lines) > punches:
                        return "\n".join(lines).encode()
        day += timedelta(days=1)


def cpu() -> float:
    """CPU seconds so far of this process, its finished children, and the database server."""
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime + server_cpu()


def server_cpu() -> float:
    """CPU seconds of the server's processes, those that ended among them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(backend,)] = cursor.fetchall()
    master = _stat(backend)[1]
    processes = [
        pid
        for pid in map(int, filter(str.isdigit, (one.name for one in Path("/proc").iterdir())))
        if _parent(pid) == master
    ]
    # Of the postmaster its ended children count, too: fields 14 to 17 of its line.
    ticks = sum(_stat(master)[11:15]) + sum(sum(_stat(pid)[11:13]) for pid in processes)
    return ticks / TICK


def _stat(pid: int) -> list[int]:
    """The line of a process from its state on, as numbers (the state itself as 0)."""
    line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return [int(field) if field.lstrip("-").isdigit() else 0 for field in line.rpartition(")")[2].split()]


def _parent(pid: int) -> int:
    try:
        return _stat(pid)[1]
    except FileNotFoundError:
        return 0


if __name__ == "__main__":
    main()
