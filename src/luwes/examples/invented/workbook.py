"""The recap as officials send it: an XLSX with a title above and a row of units under the header."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

from luwes.core.formats import long_date, number
from luwes.core.indicators.budget import share_pct
from luwes.examples.invented.budget import BudgetRow
from luwes.examples.invented.names import GOVERNMENT

COLUMNS = (
    *("tahun", "per_tanggal", "kode_pd", "nama_pd", "pagu"),
    *("realisasi_keu_rp", "realisasi_keu_pct", "realisasi_fisik_pct", "target_pct"),
)
# What people write above the same columns when nobody gave them a template.
CAPTIONS = (
    *("Tahun Anggaran", "Per Tanggal", "Kode", "Perangkat Daerah", "Pagu Anggaran"),
    *("Realisasi Keuangan", "Realisasi Keuangan (%)", "Realisasi Fisik (%)", "Target (%)"),
)
UNITS = ("", "", "", "", "(Rp)", "(Rp)", "(%)", "(%)", "(%)")
HEADER_ROW = 3
FIRST_ROW = 5

Cell = str | int | float | date | None


def write_workbook(target: BinaryIO, rows: Sequence[BudgetRow], *, dirty: bool = False) -> None:
    """Write rows to an open binary file: merged title, header in row 4, units in row 5, data from row 6.

    `dirty` writes what real files hold: free captions, amounts as "Rp 1.234" text, decimal commas, dates
    as text, blank rows, names with stray spaces and a JUMLAH row that is no unit. The same rows give the
    same bytes. Raises ValueError without rows.
    """
    if not rows:
        raise ValueError("a recap has at least one row")
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Rekapitulasi realisasi anggaran", "created": _created(rows[0].as_of)})
    sheet = book.add_worksheet("Rekap")
    title = book.add_format({"bold": True, "align": "center", "font_size": 13})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"REKAPITULASI REALISASI ANGGARAN {GOVERNMENT.upper()}", title)
    sheet.merge_range(1, 0, 1, last, f"Per {long_date(rows[0].as_of, 'id')}", title)
    sheet.write_row(HEADER_ROW, 0, CAPTIONS if dirty else COLUMNS, head)
    sheet.write_row(HEADER_ROW + 1, 0, UNITS, head)
    sheet.set_column(3, 3, 48)
    sheet.set_column(4, 5, 22)
    for offset, cells in enumerate(_dirty_cells(rows) if dirty else [_cells(row) for row in rows]):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(FIRST_ROW + offset, column, cell, day)
            elif cell is not None:
                sheet.write(FIRST_ROW + offset, column, cell)
    book.close()


def _created(as_of: date) -> datetime:
    return datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _cells(row: BudgetRow) -> list[Cell]:
    return [
        row.year,
        row.as_of,
        row.code,
        row.name,
        row.ceiling,
        row.realised,
        _float(row.financial_pct),
        _float(row.physical_pct),
        _float(row.target_pct),
    ]


def _dirty_cells(rows: Sequence[BudgetRow]) -> list[list[Cell]]:
    sheet: list[list[Cell]] = []
    for index, row in enumerate(rows):
        cells = _cells(row)
        if index % 3 == 1:
            cells[4:6] = [f"Rp {number(row.ceiling, 0, 'id')}", f"Rp {number(row.realised, 0, 'id')}"]
        if index % 4 == 2 and row.financial_pct is not None:
            cells[6] = number(row.financial_pct, 2, "id")
        if index % 5 == 3:
            cells[1] = f"{row.as_of:%d/%m/%Y}"
        if index % 7 == 4:
            cells[3] = f"  {row.name} "
        if index and index % 10 == 0:
            sheet.append([])
        sheet.append(cells)
    ceiling, realised = sum(row.ceiling for row in rows), sum(row.realised for row in rows)
    total: list[Cell] = [None, None, None, "JUMLAH", ceiling, realised, _float(share_pct(realised, ceiling))]
    return [*sheet, [], total]
