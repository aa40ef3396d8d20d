"""The monthly form as a workbook, prefilled: one row per unit and row of the form, read back by the kind `isian`."""

from collections.abc import Collection
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from luwes.apps.documents.xlsx import MAX_TEXT
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.reporting import form_fields, form_wording
from luwes.apps.reporting.form_fields import SECTIONS, Field, Value
from luwes.apps.reporting.form_queries import standing_day, with_presence
from luwes.apps.reporting.form_values import written
from luwes.apps.reporting.models import MonthlyForm
from luwes.core.workdays.periods import DAY

# The first five are the columns of the kind; the others are there to be read and are left out when it comes back.
HEADERS = ("kode_unit", "unit", "bulan", "butir", "nilai", "uraian", "satuan", "pilihan", "keterangan", "bagian")
WIDTHS = (12, 34, 12, 26, 34, 48, 12, 40, 34, 40)
VALUE = HEADERS.index("nilai")


def form_book(month: date, today: date, unit_keys: Collection[str] | None = None) -> bytes:
    """The rows asked of these perangkat daerah (None: all of the month), with what is stored or carried over."""
    units = [
        unit
        for unit in people.units_on(standing_day(month, today), kinds=[UnitKind.AGENCY])
        if unit_keys is None or unit.key in unit_keys
    ]
    pks = [unit.pk for unit in units]
    before = (month - DAY).replace(day=1)
    forms = {
        (row.unit_id, row.month): row.values
        for row in MonthlyForm.objects.filter(unit__in=pks, month__in=(month, before), superseded_at=None)
    }
    present = with_presence(month, pks)
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = _sheet(book)
        # Text whatever is typed: 50 % stays what was written, and no row turns into a date.
        style = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFF8DC"})
        number = 0
        for unit in units:
            stored = forms.get((unit.pk, month), {})
            carried = form_fields.carried_over(forms.get((unit.pk, before), {}))
            for field in form_fields.asked_fields(has_presence=unit.pk in present):
                number += 1
                first = [unit.code, unit.name, f"{month:%Y-%m}", field.code]
                value, note = _value(field, stored, carried)
                _write(sheet, number, [*first, value, *_explained(field, note)], style)
                _offer(sheet, number, field)
        sheet.autofilter(0, 0, max(number, 1), len(HEADERS) - 1)
    return buffer.getvalue()


def _sheet(book: Any) -> Any:
    sheet = book.add_worksheet(_("Isian"))
    sheet.freeze_panes(1, VALUE + 1)
    sheet.write_row(0, 0, HEADERS, book.add_format({"bold": True, "bottom": 1}))
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, text)
    # Numbers are kept as text on purpose; the small green corners would only worry people.
    sheet.ignore_errors({"number_stored_as_text": "A1:J1048576"})
    return sheet


def _value(field: Field, stored: dict[str, Value], carried: dict[str, Value]) -> tuple[str, str]:
    """The cell of the answer, and a word on where it comes from."""
    given = stored.get(field.code, carried.get(field.code))
    if given is None:
        return "", ""
    labels = dict(field.options())
    cell = str(labels.get(str(given), "")) or written(field, given).replace("\n", "; ")
    return cell, "" if field.code in stored else _("dari bulan lalu, periksa")


def _explained(field: Field, note: str) -> list[str]:
    options = " / ".join(str(label) for _code, label in field.options())
    required = form_wording.required_when(field)
    said = "; ".join(part for part in (note, required) if part)
    section = f"{field.section}. {SECTIONS[field.section]}"
    return [str(field.label), str(field.unit), options, said, section]


def _write(sheet: Any, number: int, cells: list[str], style: Any) -> None:
    for place, cell in enumerate(cells):
        sheet.write_string(number, place, cell[:MAX_TEXT], style if place == VALUE else None)
    if not cells[VALUE]:
        sheet.write_blank(number, VALUE, None, style)


def _offer(sheet: Any, number: int, field: Field) -> None:
    """A list to choose from in the cell, where there are only so many answers."""
    if field.options():
        source = [str(label) for _code, label in field.options()]
        sheet.data_validation(number, VALUE, number, VALUE, {"validate": "list", "source": source})
