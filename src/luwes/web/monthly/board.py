"""K6: how far every perangkat daerah is with its form of a month, what to remind them of, and one workbook for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts import wording as accounts_wording
from luwes.apps.accounts.roles import Capacity, Job, Right
from luwes.apps.reporting import form_queries, form_wording
from luwes.apps.reporting.form_book import form_book
from luwes.apps.reporting.form_queries import BoardRow, State
from luwes.core.names import name_key
from luwes.core.workdays.months import month_before, month_end
from luwes.web.access import SIGNED_IN, page
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest
from luwes.web.monthly import months

MONTH, SEARCH = "bulan", "cari"
NAMED = 3
TONES = {
    State.NOT_STARTED: "neutral",
    State.DRAFT: "warning",
    State.COMPLETE: "info",
    State.SIGNED: "success",
}
# Nobody needs to be reminded of these, so many of them stay folded.
DONE, OPEN = (State.COMPLETE, State.SIGNED), 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the board as shown."""

    row: BoardRow
    missing: str
    head: str
    form_url: str
    link_url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one state, those furthest from a signature first; `folded` says how many where they are folded."""

    word: str
    lines: Sequence[Shown]
    folded: str


@page(access=SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The way in for everybody: the board for who sees all, the own form for a head, the start page for others."""
    visit = cast(PageRequest, request)
    month = _asked(visit)
    if rights.allows(visit.actor, Right.SEE_GOVERNMENT) and not visit.actor.scope:
        return HttpResponseRedirect(reverse("monthly:board", args=[month]))
    if rights.allows(visit.actor, Right.FILL_MONTHLY_FORM) and visit.actor.scope:
        return HttpResponseRedirect(reverse("monthly:form", args=[visit.actor.scope, month]))
    return HttpResponseRedirect(reverse("home:index"))


@page(access=Right.SEE_GOVERNMENT)
@require_safe
def board(request: HttpRequest, month: date) -> HttpResponse:
    """Every perangkat daerah with its state, since when, what is missing, and who owns it."""
    visit = cast(PageRequest, request)
    rows = form_queries.board(month, visit.today)
    search = params.text(visit, SEARCH)
    wanted = [row for row in rows if name_key(search) in name_key(row.unit.name)]
    entry = f"{visit.build_absolute_uri(reverse('monthly:index'))}?{urlencode({MONTH: months.text(month)})}"
    context = {
        "month": month,
        "month_name": form_wording.month(month),
        "neighbours": months.neighbours("monthly:board", month, visit.today),
        "any": bool(rows),
        "search": search,
        "groups": [
            _group(visit, state, found, month, folds=not search)
            for state in State
            if (found := [row for row in wanted if row.state is state])
        ],
        "progress": form_wording.progress(rows),
        "counts": [(form_wording.state(state), count) for state, count in form_wording.counts(rows)],
        "reminder": form_wording.reminder(rows, month, entry),
        "over": month_end(month) < visit.today,
        "may_fill": rights.allows(visit.actor, Right.FILL_MONTHLY_FORM),
        "may_import": rights.allows(visit.actor, Right.IMPORT),
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
        "may_link": rights.allows(visit.actor, Right.ISSUE_JOB_LINK),
        "upload_url": f"{reverse('sources:upload')}?{urlencode({'jenis': 'isian'})}",
    }
    return render(request, "monthly/board.html", context)


@page(access=Right.FILL_MONTHLY_FORM)
@require_safe
def book(request: HttpRequest, month: date) -> HttpResponse:
    """The forms of all perangkat daerah in one workbook, to be filled in and uploaded as a file."""
    visit = cast(PageRequest, request)
    return attachment(form_book(month, visit.today), f"isian-{months.text(month)}.xlsx")


def attachment(payload: bytes, name: str) -> HttpResponse:
    """A workbook to save."""
    response = HttpResponse(payload, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _asked(visit: PageRequest) -> date:
    """The month asked for, else the last full one."""
    try:
        return months.read(params.text(visit, MONTH))
    except ValueError:
        return month_before(visit.today)


def _group(visit: PageRequest, state: State, rows: Sequence[BoardRow], month: date, *, folds: bool) -> Group:
    count = len(rows)
    told = ngettext("Lihat %(count)d perangkat daerah", "Lihat %(count)d perangkat daerah", count) % {"count": count}
    folded = folds and state in DONE and count > OPEN
    return Group(form_wording.state(state), [_shown(visit, row, month) for row in rows], told if folded else "")


def _shown(visit: PageRequest, row: BoardRow, month: date) -> Shown:
    links = rights.allows(visit.actor, Right.ISSUE_JOB_LINK) and row.state is not State.SIGNED
    asked = urlencode({"unit": row.unit.key, "tugas": Job.MONTHLY_FORM.value})
    return Shown(
        row=row,
        missing=_missing(row),
        head=_head(row),
        form_url=reverse("monthly:form", args=[row.unit.key, month]),
        link_url=f"{reverse('accounts:link_issue')}?{asked}" if links else "",
    )


def _missing(row: BoardRow) -> str:
    """What is missing: of a signed form how many rows with a reason, else the first few by name."""
    if row.state is State.SIGNED:
        return ngettext("%(count)d dengan alasan", "%(count)d dengan alasan", row.gaps) % {"count": row.gaps}
    return listed(form_wording.labels(row.missing))


def listed(labels: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = len(labels) - NAMED
    said = ", ".join(labels[:NAMED])
    if more <= 0:
        return said
    return _("%(labels)s, dan %(count)d lainnya") % {"labels": said, "count": more}


def _head(row: BoardRow) -> str:
    if row.head is None:
        return _("Perlu pimpinan") if row.headless else ""
    return f"{accounts_wording.capacity(Capacity(row.head.capacity))} {row.head.name}".strip()
