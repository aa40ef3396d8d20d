"""Workbooks whose numbers are numbers and whose text can never become a formula or a link."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from luwes.apps.documents import wording
from luwes.apps.documents.report import Cell, CellKind, Column, Kop, Paper, Report, Stamp, Table
from luwes.core.charts import PRINT

# Above this a spreadsheet's number loses its last digits without saying so.
EXACT = 2**53
MAX_TEXT = 32_767
# Points of a line of text; a row that is higher than this many lines is cut on any screen.
LINE_HEIGHT, MOST_LINES = 15, 27
# Excel's own codes: 9 is A4; 14 is Folio, 8.5 × 13 inches, which printers take for F4.
PAPERS = {Paper.A4: 9, Paper.F4: 14}
# 421 is Excel's code for Indonesian: month names and the place of "Rp" follow it on any machine.
FORMATS = {
    CellKind.TEXT: "@",
    CellKind.COUNT: "#,##0",
    CellKind.RUPIAH: "[$Rp-421]#,##0",
    CellKind.PERCENT: '0.00" %"',
    CellKind.POINTS: '0.00;"−"0.00',
    CellKind.DATE: "[$-421]d mmm yyyy;@",
}
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Styles:
    """The few cell styles of a workbook; `headings` of text (True) and of numbers."""

    kop: Any
    title: Any
    plain: Any
    muted: Any
    headings: dict[bool, Any]
    wrapped: Any
    term: Any
    cells: dict[CellKind, Any]
    totals: dict[CellKind, Any]


def report_xlsx(report: Report, *, kop: Kop, stamp: Stamp, language: str, paper: Paper = Paper.A4) -> bytes:
    """Write each table of a report on a sheet of its own, then a sheet that explains them."""
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = stamp.issued_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": f"{report.title}, {report.subject}, {report.period}",
            "author": kop.lines[0],
            "comments": wording.document_code(stamp.code),
            "created": created,
        }
    )
    styles = _styles(book)
    used: set[str] = set()
    for table in report.tables:
        sheet = book.add_worksheet(sheet_name(table.title, used))
        above = [*kop.lines, "", report.title, f"{report.subject} · {report.period}", report.verdict.sentence]
        write_table(sheet, table, styles=styles, above=above, kop_lines=len(kop.lines))
        _print_setup(sheet, paper=paper, footer=wording.document_code(stamp.code), landscape=True)
    explained = book.add_worksheet(sheet_name(_("Keterangan"), used))
    _write_explanation(explained, _explanation(report, kop, stamp, language), styles)
    _print_setup(explained, paper=paper, footer=wording.document_code(stamp.code), landscape=False)
    book.close()
    return buffer.getvalue()


def table_xlsx(table: Table, *, above: Sequence[str] = ()) -> bytes:
    """One table as a workbook of its own, for working lists that are no report: no letterhead, no code."""
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet(sheet_name(table.title, set()))
    write_table(sheet, table, styles=_styles(book), above=above)
    book.close()
    return buffer.getvalue()


def write_table(sheet: Any, table: Table, *, styles: Styles, above: Sequence[str] = (), kop_lines: int = 0) -> None:
    """Write the lines `above`, then the table with frozen headings and a filter; rows go out one by one."""
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    row = 0
    for line in above:
        style = styles.kop if row < kop_lines else styles.title if row == kop_lines + 1 else styles.plain
        if line:
            _write_text(sheet, row, 0, line, style)
        row += 1
    row += 1 if above else 0
    heading = row
    sheet.set_row(heading, LINE_HEIGHT * max(2, _most((column.label, column.width) for column in table.columns)))
    for index, column in enumerate(table.columns):
        _write_text(sheet, heading, index, column.label, styles.headings[column.kind is CellKind.TEXT])
    for values in table.rows:
        row += 1
        _write_row(sheet, row, values, table.columns, styles.cells)
    sheet.autofilter(heading, 0, max(row, heading + 1), len(table.columns) - 1)
    sheet.freeze_panes(heading + 1, 0)
    sheet.repeat_rows(heading)
    if table.total is not None:
        row += 1
        _write_row(sheet, row, table.total, table.columns, styles.totals)
    if table.note:
        _write_text(sheet, row + 2, 0, table.note, styles.muted)


def sheet_name(title: str, used: set[str]) -> str:
    """A name Excel accepts (31 characters, no brackets, not taken), noted in `used`."""
    base = _FORBIDDEN_IN_NAMES.sub(" ", title).strip().strip("'")[:31] or "Tabel"
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    used.add(name.casefold())
    return name


def _write_row(
    sheet: Any, row: int, values: Sequence[Cell], columns: Sequence[Column], styles: dict[CellKind, Any]
) -> None:
    _set_height(sheet, row, [(value, column.width) for value, column in zip(values, columns, strict=True)])
    for index, (value, column) in enumerate(zip(values, columns, strict=True)):
        style = styles[column.kind]
        if value is None:
            sheet.write_blank(row, index, None, style)
        elif isinstance(value, int | Decimal) and -EXACT <= value <= EXACT:
            sheet.write_number(row, index, float(value), style)
        elif isinstance(value, date):
            sheet.write_datetime(row, index, value, style)
        else:
            _write_text(sheet, row, index, wording.cell(value, column.kind, "id"), style)


def _set_height(sheet: Any, row: int, texts: Sequence[tuple[Cell, int]]) -> None:
    lines = _most(texts)
    if lines > 1:
        # Excel would find the height by itself; LibreOffice prints the second line over the next row.
        sheet.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))


def _most(texts: Iterable[tuple[Cell, int]]) -> int:
    """The most lines any of these texts takes in its column of so many characters; words do not fill a line."""
    lines = (ceil(1.1 * len(text) / max(width - 1, 1)) for text, width in texts if isinstance(text, str))
    return max(lines, default=1)


def _write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    # XlsxWriter lets a string pass as raw XML when it looks like its own rich text.
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    sheet.write_string(row, column, text[:MAX_TEXT], style)


def _styles(book: Any) -> Styles:
    heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": PRINT.track, "top": 1, "bottom": 1}

    def cells(**more: Any) -> dict[CellKind, Any]:
        return {
            kind: book.add_format(
                {
                    "num_format": shown,
                    "valign": "top",
                    **_side(kind is CellKind.TEXT),
                    "text_wrap": kind is CellKind.TEXT,
                    "bottom": 4,
                    "bottom_color": PRINT.grid,
                    **more,
                }
            )
            for kind, shown in FORMATS.items()
        }

    return Styles(
        kop=book.add_format({"bold": True, "font_size": 12}),
        title=book.add_format({"bold": True, "font_size": 15}),
        plain=book.add_format({}),
        muted=book.add_format({"font_color": PRINT.muted, "italic": True}),
        headings={text: book.add_format(heading | _side(text)) for text in (True, False)},
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        term=book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
        cells=cells(),
        totals=cells(bold=True, top=1, bottom=1),
    )


def _side(text: bool) -> dict[str, Any]:
    # The indent keeps a text off the number in the column before it.
    return {"align": "left", "indent": 1} if text else {"align": "right"}


def _explanation(report: Report, kop: Kop, stamp: Stamp, language: str) -> list[tuple[str, str]]:
    return [
        (report.title, f"{report.subject} · {report.period}"),
        (report.verdict.word, report.verdict.sentence),
        *((_("Catatan data"), notice) for notice in report.notices),
        *report.facts,
        *report.definitions,
        *((remark.signature, remark.text) for remark in report.remarks),
        (_("Terbit"), wording.issued(stamp.issued_at, language, kop.place)),
        # The workbook carries the whole head: it can be pasted into the check.
        (_("Kepala jejak audit"), stamp.audit_head),
        (_("Kode dokumen"), stamp.code),
    ]


def _write_explanation(sheet: Any, lines: Sequence[tuple[str, str]], styles: Styles) -> None:
    widths = (30, 96)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, (term, meaning) in enumerate(lines):
        _set_height(sheet, row, [(term, widths[0]), (meaning, widths[1])])
        _write_text(sheet, row, 0, term, styles.term)
        _write_text(sheet, row, 1, meaning, styles.wrapped)


def _print_setup(sheet: Any, *, paper: Paper, footer: str, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(PAPERS[paper])
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    # An ampersand starts a code in footers; doubled it is itself.
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P/&N")
