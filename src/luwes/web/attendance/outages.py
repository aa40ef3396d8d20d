"""Declared failures of the presensi system: the list, a look at whom one would excuse, and taking one back."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance import outages as declarations
from luwes.apps.attendance import wording
from luwes.apps.people import queries as units
from luwes.core.workdays.periods import DAY
from luwes.web.access import page
from luwes.web.attendance.forms import OutageForm, ReasonForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

LOOK = "lihat"
# So many of the newest are listed; older ones are in the audit trail.
LISTED = 200
SINCE = date(1945, 8, 17)
METHODS = ["GET", "HEAD", "POST"]


@page(access=Right.MANAGE_ATTENDANCE)
@require_http_methods(METHODS)
def outages(request: HttpRequest) -> HttpResponse:
    """Declare a failure, after a look at whom it would excuse; below, what was declared."""
    visit = cast(PageRequest, request)
    kinds = [units.kind("perangkat_daerah"), units.kind("unit")]
    choices = [(row.key, row.name) for row in units.units_on(visit.today, kinds=kinds)]
    posted = visit.method == "POST"
    form = OutageForm(visit.POST if posted else None, units=choices, initial={"day": visit.today})
    seen = None
    if posted and form.is_valid():
        if LOOK in visit.POST:
            seen = declarations.affected(**_window(form))
        else:
            response = _declare(visit, form)
            if response is not None:
                return response
    context = {"form": form, "seen": seen, "rows": _rows(visit), "may_declare": seen is not None}
    return render(request, "attendance/outages.html", context, status=422 if form.errors else 200)


@page(access=Right.MANAGE_ATTENDANCE)
@require_http_methods(METHODS)
def revoke(request: HttpRequest, outage_id: str) -> HttpResponse:
    """Take a declaration back, with the reason; it stays in the list."""
    visit = cast(PageRequest, request)
    back = reverse("attendance:outages")
    row = next((one for one in _listed(visit) if one.id == outage_id), None)
    if row is None:
        raise Http404
    form = ReasonForm(visit.POST if visit.method == "POST" else None)
    if visit.method == "POST" and form.is_valid():

        def act() -> str:
            declarations.revoke_outage(outage_id=outage_id, reason=form.cleaned_data["reason"])
            return back

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, " ".join([_("Pernyataan dicabut."), _follows()]))
            return response
    context = {
        "form": form,
        "title": _("Cabut pernyataan gangguan"),
        "lead": _("%(cause)s. Pernyataan ini tetap terbaca setelah dicabut.") % {"cause": row.cause.rstrip(".")},
        "button": _("Cabut pernyataan"),
        "back": back,
        "crumb": _("Gangguan presensi"),
    }
    return render(request, "attendance/form.html", context, status=422 if form.errors else 200)


def _declare(visit: PageRequest, form: OutageForm) -> HttpResponse | None:
    def act() -> str:
        declarations.declare_outage(**_window(form), cause=form.cleaned_data["cause"])
        return reverse("attendance:outages")

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, " ".join([_("Gangguan dinyatakan."), _follows()]))
    return response


def _window(form: OutageForm) -> dict[str, Any]:
    start, end = form.window
    data = form.cleaned_data
    return {"unit_key": data["unit"], "day": data["day"], "from_minute": start, "to_minute": end}


def _listed(visit: PageRequest) -> list[declarations.OutageRow]:
    return list(declarations.outages(SINCE, visit.today + DAY)[:LISTED])


def _rows(visit: PageRequest) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "unit": row.unit_name or _("Seluruh pemerintah daerah"),
            "hours": f"{wording.clock(row.from_minute)}–{wording.clock(row.to_minute)}",
        }
        for row in _listed(visit)
    ]


def _follows() -> str:
    return _("Bulannya dihitung lagi di latar; bulan yang sudah ditutup baru berubah sesudah dibuka kembali.")
