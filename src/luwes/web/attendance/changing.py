"""What changes a month: reckoning it, closing it, opening it again, and floors proposed from its punches."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance import floors as proposing
from luwes.apps.attendance import runs, tasks, wording
from luwes.core import formats
from luwes.core.workdays.periods import DAY
from luwes.web.access import page
from luwes.web.attendance.chosen import MONTH, language, month_of, name_of, overview
from luwes.web.attendance.forms import ReasonForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

CLOSE = "tutup"


@page(access=Right.MANAGE_ATTENDANCE)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Start to reckon the month in the background, provisional or to close it."""
    visit = cast(PageRequest, request)
    month = _month(visit.POST.get(MONTH, ""))
    final = visit.POST.get(CLOSE) == "ya"

    def act() -> str:
        tasks.enqueue(runs.start_run(month=month, final=final))
        return overview(month)

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        messages.error(visit, sentence(refused, wording.refusal))
        return HttpResponseRedirect(overview(month))
    messages.info(visit, _("Penghitungan dimulai. Muat ulang halaman untuk melihat kemajuannya."))
    return response


@page(access=Right.MANAGE_ATTENDANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest) -> HttpResponse:
    """Open a closed month again, with the reason."""
    visit = cast(PageRequest, request)
    usual = (visit.today.replace(day=1) - DAY).replace(day=1)
    month = _month(visit.GET.get(MONTH, f"{usual:%Y-%m}"))
    form = ReasonForm(visit.POST if visit.method == "POST" else None)
    if visit.method == "POST" and form.is_valid():

        def act() -> str:
            runs.reopen(month=month, reason=form.cleaned_data["reason"])
            return overview(month)

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Bulan dibuka kembali. Hitungan yang lama tetap tersimpan."))
            return response
    context = {
        "form": form,
        "title": _("Buka kembali %(month)s") % {"month": name_of(month)},
        "lead": _("Hitungan yang sudah ditutup tetap tersimpan bersama alasan Anda."),
        "button": _("Buka kembali bulan ini"),
        "back": overview(month),
        "crumb": _("Presensi"),
    }
    return render(request, "attendance/form.html", context, status=422 if form.errors else 200)


@page(access=Right.MANAGE_ATTENDANCE)
@require_POST
def floors(request: HttpRequest) -> HttpResponse:
    """Propose coverage floors from the last three whole months."""
    visit = cast(PageRequest, request)
    first, last = proposing.three_months(visit.today)
    source = _("Dari presensi 3 bulan, %(first)s sampai %(last)s") % {
        "first": formats.short_date(first, language()),
        "last": formats.short_date(last, language()),
    }
    back = reverse("attendance:month")

    def act() -> str:
        return str(proposing.propose_from_punches(source=source))

    try:
        number = int(once.run(visit, act))
    except Refused as refused:
        messages.error(visit, sentence(refused, wording.refusal))
        return HttpResponseRedirect(back)
    if number:
        said = ngettext(
            "Lantai %(count)d titik layanan diusulkan. Kepala unit memastikannya.",
            "Lantai %(count)d titik layanan diusulkan. Kepala unit memastikannya.",
            number,
        )
        messages.success(visit, said % {"count": number})
    else:
        messages.info(visit, _("Tidak ada usulan: jam buka atau hari presensinya belum cukup, atau sudah dipastikan."))
    return HttpResponseRedirect(back)


def _month(text: str) -> date:
    found = month_of(text)
    if found is None:
        raise Http404
    return found
