"""Files the import flow gives out: the list of refused rows and the empty template, as CSV and XLSX.

Text from a foreign file must open as text: a cell that begins like a formula is guarded in CSV by an apostrophe
(which our reader takes off again) and written as a plain string in XLSX.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from luwes.apps.sources import wording
from luwes.apps.sources.kinds import ImportKind
from luwes.apps.sources.queries import RejectRow

Cell = str | int | float | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")
FORMATS = ("xlsx", "csv")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
NUMBER_FORMATS = {"rupiah": "#,##0", "percent": "0.00", "decimal": "#,##0.00", "date": "yyyy-mm-dd", "code": "@"}


def safe(value: Cell) -> Cell:
    """The value, guarded where a spreadsheet would run it; a plain number stays a number."""
    if isinstance(value, str) and value.startswith(DANGEROUS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def rejects_file(kind: ImportKind, rows: Iterable[RejectRow], file_format: str) -> bytes:
    """Every refused cell with row, column, value, reason and the nearest valid value."""
    header = [_("Baris"), _("Kolom"), _("Nilai"), _("Alasan"), _("Mungkin maksudnya")]
    lines: list[Sequence[Cell]] = [
        (row.row, row.column, row.value, wording.reject(kind, row.code), row.nearest) for row in rows
    ]
    return _csv(header, lines) if file_format == "csv" else _xlsx(header, lines, widths=(8, 26, 30, 60, 30))


def template_file(kind: ImportKind, file_format: str) -> bytes:
    """The kind's columns under our own names, with invented example rows."""
    columns = kind.layout.columns
    header = [column.name for column in columns]
    lines: list[Sequence[Cell]] = [[row.get(column.name) for column in columns] for row in kind.example]
    if file_format == "csv":
        return _csv(header, lines)
    formats = [NUMBER_FORMATS.get(column.kind, "") for column in columns]
    widths = [max(14, len(column.name) + 2) if column.kind != "text" else 40 for column in columns]
    return _xlsx(header, lines, widths=widths, formats=formats)


def _csv(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    # Semicolons and a byte order mark: what Excel with Indonesian settings opens without asking.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_decimal_comma(safe(cell)) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _decimal_comma(value: Cell) -> Cell:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _xlsx(
    header: Sequence[str],
    lines: Iterable[Sequence[Cell]],
    *,
    widths: Sequence[int],
    formats: Sequence[str] = (),
) -> bytes:
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header, book.add_format({"bold": True, "bottom": 1}))
        looks = [book.add_format({"num_format": each}) if each else None for each in formats]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, looks[place] if looks else None)
        for number, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell, looks[place] if looks else None)
                elif cell is not None:
                    sheet.write_number(number, place, cell, looks[place] if looks else None)
    return file.getvalue()
