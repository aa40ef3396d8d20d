"""Small budget recaps as bytes, and the units they speak of."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import Unit, UnitKind

HEADERS = (
    *("tahun", "per_tanggal", "kode_pd", "nama_pd", "pagu", "realisasi_keu_rp"),
    *("realisasi_keu_pct", "realisasi_fisik_pct", "target_pct"),
)
OCTOBER = "2026-10-31"
Row = Sequence[object]


def row(
    code: str,
    name: str,
    ceiling: object,
    realised: object,
    *,
    as_of: str = OCTOBER,
    year: int = 2026,
    pct: object = "",
    physical: object = "",
    target: object = "",
) -> Row:
    return (year, as_of, code, name, ceiling, realised, pct, physical, target)


TWO = (
    row("1.01", "Dinas Pendidikan", 1_000, 600, pct="60,00", physical="62,5", target="85"),
    row("1.02", "Dinas Kesehatan", 2_000, 1_000, pct="50,00", physical="51", target="85"),
)


def csv_bytes(rows: Sequence[Row], headers: Sequence[str] = HEADERS, delimiter: str = ";") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode()


def xlsx_bytes(rows: Sequence[Row], headers: Sequence[str] = HEADERS, title: str = "") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Rekap")
        first = 0
        if title:
            sheet.merge_range(0, 0, 0, len(headers) - 1, title)
            first = 2
        sheet.write_row(first, 0, headers)
        for index, values in enumerate(rows, start=first + 1):
            sheet.write_row(index, 0, values)
    return file.getvalue()


def make_units(names: Mapping[str, str] | None = None) -> dict[str, Unit]:
    """The government and two agencies; needs an open unit of work."""
    top = create_unit(code="00", name="Pemerintah Provinsi Contoh", kind=UnitKind.GOVERNMENT, parent=None)
    found = {"00": top}
    for code, name in (names or {"1.01": "Dinas Pendidikan", "1.02": "Dinas Kesehatan"}).items():
        found[code] = create_unit(code=code, name=name, kind=UnitKind.AGENCY, parent=top)
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)
