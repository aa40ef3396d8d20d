"""Real files for the tests, and reading them in this process or in the real child."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from luwes.apps.sources.reading import child, frames
from luwes.apps.sources.reading.contract import (
    REJECT_CODES,
    SKIP_REASONS,
    WARNING_CODES,
    Job,
    Limits,
    Reject,
    Summary,
)
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.parent import parse

BUDGET = Layout(
    "budget",
    (
        Column("tahun", "Tahun", "year", True),
        Column("per_tanggal", "Per tanggal", "date", True, ("posisi",)),
        Column("kode_pd", "Kode PD", "code", True, ("kode",)),
        Column("nama_pd", "Nama PD", "text", True, ("perangkat daerah",)),
        Column("pagu", "Pagu", "rupiah", True, ("pagu rp",), minimum=0),
        Column("realisasi_keu_rp", "Realisasi keuangan (Rp)", "rupiah", True),
        Column("realisasi_keu_pct", "Realisasi keuangan (%)", "percent", False),
    ),
    ("tahun", "per_tanggal", "kode_pd"),
)
BUDGET_HEADER = [
    "tahun",
    "per_tanggal",
    "kode_pd",
    "nama_pd",
    "pagu",
    "realisasi_keuangan_rp",
    "realisasi_keuangan_%",
]
PEOPLE = Layout(
    "people",
    (
        Column("nip", "NIP", "code", True),
        Column("nama", "Nama", "text", True, ("nama pegawai",)),
        Column("lahir", "Tanggal lahir", "date", False, ("tgl lahir",), minimum="1940-01-01", maximum="2026-11-25"),
        Column("jenis", "Jenis", "choice", False, choices=("PNS", "PPPK", "PPPK paruh waktu")),
    ),
    ("nip",),
)
PEOPLE_HEADER = ["nip", "nama", "lahir", "jenis"]


def one(kind: str, *, required: bool = False, **more: Any) -> Layout:
    """A layout of a key and one column `nilai` of the given kind."""
    return Layout(
        "one",
        (Column("kunci", "Kunci", "code", True), Column("nilai", "Nilai", kind, required, **more)),  # type: ignore[arg-type] # any kind
        ("kunci",),
    )


def at(*parts: int) -> datetime:
    """A local moment as spreadsheets and machines keep it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type,misc] # noqa: DTZ001 - as many parts as a test needs


@dataclass(frozen=True, slots=True)
class Outcome:
    summary: Summary
    lines: list[str]
    rejects: list[Reject]
    columns: tuple[str, ...] = ()

    @property
    def fields(self) -> list[list[str]]:
        """The fields of every COPY line as PostgreSQL would take them in."""
        return [[unescape(field) for field in line.split("\t")] for line in self.lines]

    @property
    def rows(self) -> list[list[Any]]:
        """The canonical values of every accepted row."""
        return [json.loads(fields[-1]) for fields in self.fields]

    @property
    def keys(self) -> list[str]:
        return [fields[-2] for fields in self.fields]

    @property
    def numbers(self) -> list[int]:
        return [int(fields[-3]) for fields in self.fields]

    @property
    def codes(self) -> list[tuple[int, str, str]]:
        return [(reject.row, reject.column, reject.code) for reject in self.rejects]

    def add_up(self) -> bool:
        """Whether every row below the header is accounted for, the lines are those counted, and every code is known."""
        said = self.summary
        counted = said.valid + said.rejected + sum(said.skipped.values())
        if not {reject.code for reject in self.rejects} <= REJECT_CODES:
            return False
        if not set(said.skipped) <= SKIP_REASONS or not {each.code for each in said.warnings} <= WARNING_CODES:
            return False
        rejected_rows = len({reject.row for reject in self.rejects})
        return said.rows_in == counted and len(self.lines) == said.valid and rejected_rows == said.rejected


def unescape(field: str) -> str:
    """Undo the escapes of COPY text format, character by character as the server does."""
    meaning = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
    out, escaped = [], False
    for character in field:
        if escaped:
            out.append(meaning.get(character, character))
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            out.append(character)
    return "".join(out)


def read(payload: bytes, layout: Layout, *, limits: Limits | None = None, **job: Any) -> Outcome:
    """Read in this process: for many small cases, where starting a child each time would cost minutes."""
    out = io.BytesIO()
    summary = child.read(payload, Job(layout, **job), limits or Limits(), out)
    out.seek(0)
    lines: list[str] = []
    rejects: list[Reject] = []
    columns: list[str] = []
    while frame := frames.read(out):
        kind, body = frame
        if kind == frames.ROWS:
            lines += body.decode().split("\n")[:-1]
        elif kind == frames.COLUMNS:
            columns += json.loads(body)
        else:
            rejects += [Reject(**each) for each in json.loads(body)]
    return Outcome(Summary.from_json(json.loads(json.dumps(summary.to_json()))), lines, rejects, tuple(columns))


def read_in_child(payload: bytes, layout: Layout, *, limits: Limits | None = None, **job: Any) -> Outcome:
    """Read the way the product does."""
    chunks: list[bytes] = []
    rejects: list[Reject] = []
    summary = parse(
        payload, Job(layout, **job), on_rows=chunks.append, on_rejects=rejects.extend, limits=limits or Limits()
    )
    return Outcome(summary, b"".join(chunks).decode().split("\n")[:-1], rejects)


def csv_bytes(rows: Sequence[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(
    rows: Sequence[Sequence[object]],
    *,
    date_1904: bool = False,
    merge: Callable[[Any], None] | None = None,
    sheet: str = "Data",
) -> bytes:
    """A workbook as xlsxwriter makes it: dates as date cells, numbers as numbers, text as text, None as nothing."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": date_1904})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                page.write_datetime(number, column, value, moment)
            elif isinstance(value, (date, time)):
                page.write_datetime(number, column, value, day)
            elif isinstance(value, bool):
                page.write_boolean(number, column, value)
            elif isinstance(value, (int, float)):
                page.write_number(number, column, value)
            elif value is not None:
                page.write_string(number, column, str(value))
    if merge is not None:
        merge(page)
    book.close()
    return buffer.getvalue()
