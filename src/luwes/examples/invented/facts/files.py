"""A file as somebody in the invented province sends it, and the two shapes files come in."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter

from luwes.examples.invented.names import GOVERNMENT, UNIT_NAMES

Cell = str | int | float | date | None
HEADER_ROW = 2
# What three perangkat daerah are called in files where nobody keeps to the list of units.
SPELLINGS = {
    "Dinas Komunikasi, Informatika, Persandian dan Statistik": "Diskominfosantik",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": "DPMPTSP",
    "RSUD Contoh Sehat": "RSUD Cth. Sehat",
}
SOURCES = {
    "budget": "Biro Administrasi Pembangunan (contoh)",
    "lots": "Undian hari fleksibel (contoh)",
    "leave": "Cuti pegawai (contoh)",
    "trips": "Surat tugas (contoh)",
    "flexdays": "Rencana hari fleksibel (contoh)",
    "punches": "Mesin presensi (contoh)",
    "recap": "Rekap presensi (contoh)",
    "outputs": "Kinerja harian (contoh)",
    "tickets": "Aplikasi layanan (contoh)",
    "queue": "Mesin antrean (contoh)",
    "survey": "Survei kepuasan (contoh)",
    "complaints": "Rekap pengaduan (contoh)",
    "openings": "Buku jaga loket (contoh)",
    "bills": "Tagihan utilitas (contoh)",
    "programs": "Program strategis (contoh)",
    "isian": "Isian laporan bulanan (contoh)",
}


@dataclass(frozen=True, slots=True)
class InventedFile:
    """One file: what kind it is, which source sends it on which day, its name and its bytes."""

    kind: str
    source: str
    name: str
    arrives: date
    payload: bytes


def spelled(office: str) -> str:
    """The perangkat daerah as such files call it."""
    return SPELLINGS.get(office, office)


def number_of(office: str) -> int:
    """Its place among the perangkat daerah, from 0."""
    return UNIT_NAMES.index(office)


def csv_bytes(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: Sequence[str] = (), bom: bool = False
) -> bytes:
    """Semicolons, as a spreadsheet in Indonesian saves it; `title` are lines above the header."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([line] for line in title)
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def xlsx_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A merged title, the government below it, the header in row 3; dates are a spreadsheet's day numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        # Without it the clock of the machine would be in the file.
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        bold, day = book.add_format({"bold": True, "align": "center"}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Data")
        sheet.merge_range(0, 0, 0, len(headers) - 1, title.upper(), bold)
        sheet.merge_range(1, 0, 1, len(headers) - 1, GOVERNMENT, bold)
        sheet.write_row(HEADER_ROW, 0, headers, bold)
        for place, row in enumerate(rows, start=HEADER_ROW + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, datetime(cell.year, cell.month, cell.day, tzinfo=None), day)  # noqa: DTZ001 - a plain date
                elif cell is not None:
                    sheet.write(place, column, cell)
    return file.getvalue()
