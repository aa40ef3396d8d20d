"""The recap a month was paid on beside the month reckoned from punches, on the page and as a workbook."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.accounts.roles import Right
from luwes.apps.attendance import overview, wording
from luwes.apps.attendance.reconcile import Compared, Reconciliation, reconcile
from luwes.apps.documents.report import CellKind, Column, Table
from luwes.apps.documents.xlsx import table_xlsx
from luwes.apps.people import queries as units
from luwes.apps.people.staff.queries import below
from luwes.core.workdays.months import month_end
from luwes.web.access import page
from luwes.web.attendance.chosen import MONTH, Chosen, address, chosen
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest

UNIT = "unit"
# Beyond, the workbook is the better reading.
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(access=Right.MANAGE_ATTENDANCE)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Every row that differs with what may explain it; nothing is changed here."""
    visit = cast(PageRequest, request)
    base = reverse("attendance:compare")
    here, key, found = _found(visit, base)
    agencies = units.units_on(month_end(here.first), kinds=[units.kind("perangkat_daerah")])
    context = {
        "month": here,
        "found": found,
        "rows": [_shown(row) for row in found.rows[:SHOWN]],
        "more": max(0, len(found.rows) - SHOWN),
        "agencies": [(row.key, row.name, row.key == key) for row in agencies],
        "month_value": f"{here.first:%Y-%m}",
        "month_name": MONTH,
        "download_url": address(reverse("attendance:download"), here.first, **({UNIT: key} if key else {})),
        "back": address(reverse("attendance:month"), here.first),
    }
    return render(request, "attendance/compare.html", context)


@page(access=Right.MANAGE_ATTENDANCE)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """All rows that differ, as a workbook."""
    here, _key, found = _found(cast(PageRequest, request), reverse("attendance:compare"))
    columns = [
        Column(_("Unit"), CellKind.TEXT, 36),
        Column(_("Nama"), CellKind.TEXT, 30),
        Column(_("Yang berbeda"), CellKind.TEXT, 60),
        Column(_("Kemungkinan sebab"), CellKind.TEXT, 60),
    ]
    rows = [
        (
            row.unit_name,
            row.name,
            "; ".join(map(wording.difference, row.differences)),
            "; ".join(map(wording.why, row.why)),
        )
        for row in found.rows
    ]
    title = _("Perbandingan presensi dan rekap")
    table = Table(title, columns, rows, note=_("Tidak ada angka yang diubah oleh perbandingan ini."))
    above = [title, here.label]
    response = HttpResponse(table_xlsx(table, above=above), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="perbandingan-rekap-{here.first:%Y-%m}.xlsx"'
    return response


def _found(visit: PageRequest, base: str) -> tuple[Chosen, str, Reconciliation]:
    here = chosen(visit, overview.months_with_punches(), visit.today, base)
    key = params.text(visit, UNIT)
    inside = below(key, units.units_on(month_end(here.first))) if key else None
    return here, key, reconcile(here.first, inside)


def _shown(row: Compared) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": reverse("people:person", args=[row.person_id]) if row.person_id else "",
        "unit": row.unit_name,
        "differences": [wording.difference(one) for one in row.differences],
        "why": [wording.why(one) for one in row.why],
    }
