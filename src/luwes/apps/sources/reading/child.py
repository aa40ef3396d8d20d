"""The reading process: `python -m luwes.apps.sources.reading.child`.

Standard input: one JSON line {"job", "limits", "bytes"}, then the file's bytes. Standard output: frames. It holds no
database connection and no secret, may write no file, and ends itself when its parent dies.
"""

import ctypes
import json
import os
import re
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from luwes.apps.sources.reading import frames, header
from luwes.apps.sources.reading.contract import Job, Limits, Summary, UnreadableFile
from luwes.apps.sources.reading.delimited import DelimitedTable
from luwes.apps.sources.reading.names import compact
from luwes.apps.sources.reading.stage import Stage, Table
from luwes.apps.sources.reading.workbook import OLE_MAGIC, ZIP_MAGIC, WorkbookTable, refuse_ole

OPEN_FILES = 16
# Blanks, delimiters and byte order marks: a file of these alone holds no value.
NOTHING = b'\0 \t\r\n,;|"\xef\xbb\xbf\xff\xfe'
MEGABYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1
_PEAK = re.compile(r"VmHWM:\s+([0-9]+) kB")


def confine(limits: Limits, parent: int) -> None:
    """Take away what reading a file does not need; exits when the parent is gone already."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)
    for kind, value, spare in (
        (resource.RLIMIT_AS, limits.memory_mb * MEGABYTE, 0),
        # At the soft limit SIGXCPU says what happened; at the hard one SIGKILL would not.
        (resource.RLIMIT_CPU, limits.cpu_seconds, 5),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, hard = resource.getrlimit(kind)
        top = value + spare if hard == resource.RLIM_INFINITY else min(value + spare, hard)
        resource.setrlimit(kind, (min(value, top), top))


def open_table(payload: bytes, matcher: header.Matcher, limits: Limits) -> Table:
    """Choose the reader by what the bytes are, never by a name; raises UnreadableFile."""
    if not payload.strip(NOTHING):
        raise UnreadableFile("empty", {})
    if payload.startswith(ZIP_MAGIC):
        return WorkbookTable(payload, matcher, limits)
    if payload.startswith(b"PK"):
        raise UnreadableFile("corrupt", {"why": "zip"})
    if payload.startswith(OLE_MAGIC):
        refuse_ole(payload)
    return DelimitedTable(payload, matcher, limits)


def read(payload: bytes, job: Job, limits: Limits, out: BinaryIO) -> Summary:
    """Read one file, writing row and reject frames to `out`; raises UnreadableFile."""
    matcher = header.Matcher(job)
    table = open_table(payload, matcher, limits)
    found = header.check(header.find(table.head, matcher), table.head, job)
    _check_money(table, found, job)
    stage = Stage(
        table,
        found,
        job,
        limits,
        send_columns=lambda body: frames.write(out, frames.COLUMNS, body),
        send_rows=lambda body: frames.write(out, frames.ROWS, body),
        send_rejects=lambda body: frames.write(out, frames.REJECTS, body),
    )
    stage.run()
    return Summary(**_about_file(table, found, job), **_about_rows(stage), **_own_cost())


def _check_money(table: Table, found: header.Header, job: Job) -> None:
    """Refuse sums in thousands or millions of rupiah until the job says what one unit is."""
    kinds = {job.layout.column(name).kind for name in found.columns}
    named = header.money_unit(table.head, found)
    if named is not None and job.money_unit is None and "rupiah" in kinds:
        raise UnreadableFile("money_unit", {"unit": named[0], "text": named[1]})


def _about_file(table: Table, found: header.Header, job: Job) -> dict[str, Any]:
    titles = {place: title for place, title in enumerate(found.titles) if title}
    taken = set(found.columns.values())
    seen = {compact(title) for title in titles.values()}
    known = {compact(title) for title in job.known_headers}
    return {
        "format": table.format,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "sheets": table.sheets,
        "date_1904": table.date_1904,
        "header_row": found.last + 1,
        "header_height": found.last - found.first + 1,
        "headers": tuple(titles.values()),
        "mapping": {found.titles[place]: name for name, place in found.columns.items()},
        "dropped": tuple(title for place, title in titles.items() if place not in taken),
        "vanished": tuple(title for title in job.mapping or {} if compact(title) not in seen),
        "new_headers": tuple(title for title in titles.values() if known and compact(title) not in known),
        "absent": tuple(column.name for column in job.layout.columns if column.name not in found.columns),
    }


def _about_rows(stage: Stage) -> dict[str, Any]:
    return {
        "rows_in": stage.rows_in,
        "valid": stage.valid,
        "rejected": stage.rejected,
        "skipped": dict(stage.skipped),
        "skipped_rows": tuple(stage.skipped_rows),
        "rejects_listed": stage.rejects_listed,
        "warnings": stage.warnings(),
        "fraction_like": tuple(reader.column.name for reader in stage.readers if reader.fraction_like),
        "sample": tuple(tuple(row) for row in stage.sample),
    }


def _own_cost() -> dict[str, Any]:
    # ru_maxrss would show the parent's memory from before exec; this figure is the process's own.
    peak = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return {"peak_kb": int(peak[1]) if peak else 0, "cpu_seconds": round(time.process_time(), 4)}


def main() -> int:
    """Read the job and the file from standard input and answer on standard output."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    order = json.loads(source.readline())
    limits = Limits(**order["limits"])
    confine(limits, order["parent"])
    payload = source.read(order["bytes"])
    if len(payload) != order["bytes"]:
        return 1
    try:
        summary = read(payload, Job.from_json(order["job"]), limits, out)
    except UnreadableFile as refusal:
        answer = {"code": refusal.code, "facts": refusal.facts}
        frames.write(out, frames.ERROR, json.dumps(answer).encode())
    except MemoryError:
        frames.write(out, frames.ERROR, b'{"code": "memory", "facts": {}}')
    else:
        frames.write(out, frames.SUMMARY, json.dumps(summary.to_json()).encode())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
