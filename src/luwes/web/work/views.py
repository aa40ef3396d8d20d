"""P10: what one has done, read and noted by the person alone."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.attendance import queries as presence
from luwes.apps.results import own_entry, own_wording, own_work
from luwes.apps.results.own_work import OwnDay, OwnEntry, OwnMonth
from luwes.core import formats
from luwes.web.access import SIGNED_IN, page
from luwes.web.attendance.chosen import address, chosen, language
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.work.forms import OwnForm

WITHDRAW = "hapus"


@page(access=SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The results of the reader's own month, by kind and by day, with their files; and what they note themselves."""
    visit = cast(PageRequest, request)
    nip = str(getattr(visit.user, "nip", None) or "")
    form = OwnForm(visit.POST if visit.method == "POST" and WITHDRAW not in visit.POST else None, today=visit.today)
    if visit.method == "POST" and (done := _acted(visit, form)) is not None:
        return done
    months = own_work.own_months(nip) if nip else []
    here = chosen(request, months, visit.today, reverse("work:own"))
    found = own_work.own_month(nip, here.first) if nip else None
    context = {
        "month": here,
        "found": found,
        "lines": _lines(found) if found else [],
        "sides": _sides(found) if found else [],
        "away": [_day(one) for one in found.days if one.away] if found else [],
        "files": [_file(one.name, one.sender, one.arrived) for one in found.files] if found else [],
        "last": own_work.last_outputs_arrival(),
        "form": form,
        "noted": [_noted(one) for one in found.entries] if found else [],
        "withdraw": WITHDRAW,
    }
    return render(request, "work/own.html", context, status=422 if visit.method == "POST" else 200)


def _acted(visit: PageRequest, form: OwnForm) -> HttpResponse | None:
    """Note or take back; None where the form now says what is wrong."""

    def act() -> str:
        if WITHDRAW in visit.POST:
            own_entry.withdraw_own(entry_id=visit.POST[WITHDRAW], closed=presence.closed)
            return reverse("work:own")
        day = form.cleaned_data["day"]
        label, count = form.cleaned_data["label"], form.cleaned_data["count"]
        own_entry.record_own(day=day, label=label, count=count, closed=presence.closed)
        return address(reverse("work:own"), day.replace(day=1))

    if WITHDRAW not in visit.POST and not form.is_valid():
        return None
    try:
        answer = once.redirect(visit, act)
    except Refused as refused:
        words = sentence(refused, own_wording.refusal)
        if not form.is_bound:
            messages.error(visit, words)
            return HttpResponseRedirect(reverse("work:own"))
        form.add_error(None, words)
        return None
    messages.success(visit, _("Catatan dihapus.") if WITHDRAW in visit.POST else _("Hasil tercatat."))
    return answer


def _noted(one: OwnEntry) -> dict[str, object]:
    return {"row": one, "day": formats.long_date(one.day, language()), "count": _count(one.count)}


def _lines(found: OwnMonth) -> list[dict[str, str]]:
    return [
        {
            "label": label or _("Tanpa jenis"),
            "count": _count(sums.count),
            "target": _count(sums.target) if sums.target else "–",
            "reached": _share(sums.against_target),
        }
        for label, sums in found.lines
    ]


def _sides(found: OwnMonth) -> list[tuple[str, str]]:
    """Results per day on the days planned elsewhere and on the others; only rows that name a day count."""
    # Nothing is compared for who was planned elsewhere on no day, or has results of whole months only.
    if not any(one.count for one in found.days) or len({one.away for one in found.days}) == 1:
        return []
    told = []
    for away, label in ((True, _("Hari di luar kantor")), (False, _("Hari lain"))):
        days = [one for one in found.days if one.away is away]
        count = sum(one.count for one in days)
        said = ngettext("%(results)s hasil pada %(count)d hari", "%(results)s hasil pada %(count)d hari", len(days))
        told.append((label, said % {"results": _count(count), "count": len(days)}))
    return told


def _day(one: OwnDay) -> dict[str, str]:
    note = ngettext("%(count)d hasil", "%(count)d hasil", one.count) % {"count": one.count}
    return {"title": formats.long_date(one.day, language()), "note": note if one.count else _("belum ada hasil")}


def _file(name: str, sender: str, arrived: date) -> dict[str, str]:
    told = _("dari %(sender)s, diterima %(date)s")
    return {"title": name, "note": told % {"sender": sender, "date": formats.long_date(arrived, language())}}


def _count(value: int) -> str:
    return formats.number(Decimal(value), 0, language())


def _share(share: Fraction | None) -> str:
    return "–" if share is None else formats.percent(Decimal(round(share * 1000)) / 10, 1, language())
