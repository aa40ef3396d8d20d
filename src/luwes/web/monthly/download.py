"""The monthly report itself: issued as a file, recorded on the trail, for one unit or for all."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents import wording as documents_wording
from luwes.apps.documents.pdf import TooManyRows
from luwes.apps.documents.report import CellKind, Column, Table
from luwes.apps.people import access as people_access
from luwes.apps.reporting.actions import FORMATS
from luwes.apps.reporting.monthly import Monthly, monthly, monthly_report
from luwes.apps.reporting.monthly_actions import issue_monthly_report
from luwes.apps.reporting.wording import language
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest
from luwes.web.leadership import shown

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# A table of more cells than this is folded; a column this wide holds sentences, read from the left on a phone too.
OPEN_CELLS, PROSE = 56, 40


class FormatForm(forms.Form):
    """What file a reader wants."""

    format = forms.ChoiceField(choices=[(one, one) for one in FORMATS])


@require_safe
@page(access=Right.SEE_GOVERNMENT)
def whole_report(request: HttpRequest, month: date) -> HttpResponse:
    """The month of the whole government: what is missing, then every table of the report."""
    return _read(cast(PageRequest, request), "", month)


@require_safe
@page(access=Right.SEE_UNIT, scoped=True)
def unit_report(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """The month of one unit with all below it."""
    visit = cast(PageRequest, request)
    people_access.require_unit(visit.actor, Right.SEE_UNIT, key, visit.today)
    return _read(visit, key, month)


@require_POST
@page(access=Right.ISSUE_REPORT)
def whole_download(request: HttpRequest, month: date) -> HttpResponse:
    """Issue the report of the whole government."""
    return _issued(cast(PageRequest, request), "", month)


@require_POST
@page(access=Right.ISSUE_REPORT, scoped=True)
def unit_download(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """Issue the report of one unit."""
    visit = cast(PageRequest, request)
    people_access.require_unit(visit.actor, Right.ISSUE_REPORT, key, visit.today)
    return _issued(visit, key, month)


def _read(visit: PageRequest, key: str, month: date) -> HttpResponse:
    if month > visit.today:
        raise Http404
    one = monthly(key, month, visit.today)
    made = monthly_report(one)
    context = {
        "one": one,
        "report": made,
        "tone": shown.tone(one.answer),
        "unit": one.facts.unit,
        "month": month,
        "tables": [cells(table) for table in made.tables],
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
        "may_see_board": rights.allows(visit.actor, Right.SEE_GOVERNMENT) and not visit.actor.scope,
        "form_url": _form_url(one, key, month),
    }
    return render(visit, "monthly/report.html", context)


def _form_url(one: Monthly, key: str, month: date) -> str:
    return reverse("monthly:form", args=[key, month]) if one.facts.form is not None else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text with the label it carries where the table becomes cards; `heads` its row."""

    label: str
    text: str
    style: str
    heads: bool = False


def cells(table: Table) -> dict[str, object]:
    """A table as text; the first column of words heads each row, and no column does where all are numbers."""
    kinds = [column.kind is CellKind.TEXT for column in table.columns]
    head = kinds.index(True) if True in kinds else None
    styles = [_style(column) for column in table.columns]
    rows = [
        [
            Cell(column.label, documents_wording.cell(value, column.kind, language()), style, place == head)
            for place, (value, column, style) in enumerate(zip(row, table.columns, styles, strict=True))
        ]
        for row in table.rows
    ]
    count = len(rows)
    # A long table would bury the others; a reader opens it, and the file has it whole.
    told = ngettext("Lihat %(count)d baris", "Lihat %(count)d baris", count) % {"count": count}
    return {
        "title": table.title,
        "heads": [Cell(column.label, column.label, style) for column, style in zip(table.columns, styles, strict=True)],
        "rows": rows,
        "note": table.note,
        "long": told if count * len(kinds) > OPEN_CELLS else "",
    }


def _style(column: Column) -> str:
    if column.kind is not CellKind.TEXT:
        return "figure"
    return "prose" if column.width >= PROSE else ""


def _issued(visit: PageRequest, key: str, month: date) -> HttpResponse:
    form = FormatForm(visit.POST)
    if not form.is_valid() or month > visit.today:
        raise Http404
    file_format = form.cleaned_data["format"]
    try:
        with unit_of_work(visit.actor, visit.now, request_id=visit.request_id):
            issued = issue_monthly_report(file_format=file_format, month=month, unit_key=key)
    except TooManyRows as refused:
        messages.error(visit, documents_wording.refusal(refused.code))
        where = reverse("monthly:unit_report", args=[key, month]) if key else reverse("monthly:report", args=[month])
        return HttpResponseRedirect(where)
    response = HttpResponse(issued.payload, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{issued.file_name}"'
    response["Cache-Control"] = "no-store"
    return response
