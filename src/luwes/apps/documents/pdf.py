"""Tagged PDF through typst. Data travels beside the template as JSON, never inside its markup."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

import font_source_sans_pro
import typst
from django.utils.translation import gettext as _

from luwes.apps.accounts.access import Refused
from luwes.apps.documents import wording
from luwes.apps.documents.report import Cell, CellKind, Kop, Paper, Report, Stamp, Table
from luwes.core.charts import PRINT

MAX_ROWS = 1000
# PDF/UA-1: the export fails rather than leave a picture without words or a heading out of order.
STANDARD: Final = "ua-1"
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")


class TooManyRows(Refused):
    """More table rows than a PDF is good for; the workbook holds them all."""

    code = "too_many_rows"


def render_pdf(template_name: str, data: Mapping[str, Any], *, created: int) -> bytes:
    """Compile `templates/<template_name>.typ` with `data` as its `data` value; `created` in Unix seconds.

    The same data gives the same bytes. Raises typst.TypstError for a fault of the template.
    """
    source = (files("luwes.apps.documents") / "templates" / f"{template_name}.typ").read_bytes()
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False)}
    try:
        return _compiled(source, inputs, created, standards=[STANDARD])
    except typst.TypstError as fault:
        if "could not be displayed" not in fault.message:
            raise
    # A name in a script our fonts lack prints as boxes; it must not keep the whole report from leaving.
    return _compiled(source, inputs, created, standards=[])


def _compiled(source: bytes, inputs: dict[str, str], created: int, *, standards: list[Literal["ua-1"]]) -> bytes:
    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True)
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[*standards], timestamp=created)
    return cast(bytes, pdf)


def _printable(value: Any) -> Any:
    """The data without control characters, which no font can show."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    # Typst's own Libertinus for the letterhead; the sans comes with its package, so every machine prints alike.
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )


def report_pdf(report: Report, *, kop: Kop, stamp: Stamp, language: str, paper: Paper = Paper.A4) -> bytes:
    """Print a report on letter paper. Raises TooManyRows past 1,000 table rows."""
    rows = sum(len(table.rows) for table in report.tables)
    if rows > MAX_ROWS:
        raise TooManyRows(str(rows))
    data = {
        "language": language,
        "paper": paper.value,
        "palette": {name: getattr(PRINT, name) for name in PRINT.__slots__},
        "kop": {"lines": kop.lines, "address": kop.address},
        "title": report.title,
        "subject": report.subject,
        "period": report.period,
        "verdict": {name: getattr(report.verdict, name) for name in report.verdict.__slots__},
        "notices": list(report.notices),
        "facts": [list(pair) for pair in report.facts],
        "pictures": [{"title": p.title, "svg": p.svg, "alt": p.alt, "width": p.width} for p in report.pictures],
        "tables": [_table(table, language) for table in report.tables],
        "remarks_title": report.remarks_title,
        "remarks": [{"text": r.text, "signature": r.signature} for r in report.remarks],
        "definitions_title": _("Keterangan"),
        "definitions": [list(pair) for pair in report.definitions],
        "footer": {
            "issued": wording.issued(stamp.issued_at, language, kop.place),
            "head": wording.audit_head(stamp.audit_head),
            "code": wording.document_code(stamp.code),
            "page": _("Halaman"),
            "of": _("dari"),
        },
    }
    return render_pdf("report", data, created=int(stamp.issued_at.astimezone(UTC).timestamp()))


def _table(table: Table, language: str) -> dict[str, Any]:
    printed = [(index, column) for index, column in enumerate(table.columns) if column.on_paper]

    def shown(row: Sequence[Cell]) -> list[str]:
        return [wording.cell(row[index], column.kind, language) for index, column in printed]

    return {
        "title": table.title,
        "columns": [{"label": c.label, "left": c.kind is CellKind.TEXT, "width": c.width} for _index, c in printed],
        "rows": [shown(row) for row in table.rows],
        "total": None if table.total is None else shown(table.total),
        "note": table.note,
    }
