"""Letterheads for the admin, and the check of a printed document's code for anybody."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.documents import actions, queries, wording
from luwes.apps.people import queries as people
from luwes.web.access import PUBLIC, page
from luwes.web.documents.forms import CodeForm, LetterheadForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

# Stands in the address for the government's own letterhead, whose unit key is empty.
GOVERNMENT = "pemerintah"


@page(access=Right.SET_LETTERHEAD)
@require_safe
def letterheads(request: HttpRequest) -> HttpResponse:
    """Which letterhead is printed for whom; a unit without its own uses the government's."""
    visit = cast(PageRequest, request)
    own = queries.letterheads()
    rows = [_row(GOVERNMENT, _government_name(visit), "" in own)]
    rows += [_row(unit.key, unit.name, unit.key in own) for unit in people.units_on(visit.today) if unit.parent_key]
    return render(request, "documents/letterheads.html", {"rows": rows})


@page(access=Right.SET_LETTERHEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest, key: str) -> HttpResponse:
    """Set a letterhead; reports issued earlier keep theirs."""
    visit = cast(PageRequest, request)
    unit = None if key == GOVERNMENT else people.unit_on(key, visit.today)
    if unit is None and key != GOVERNMENT:
        raise Http404
    kop = queries.letterheads().get("" if unit is None else key)
    initial = {"lines": "\n".join(kop.lines), "address": kop.address, "place": kop.place} if kop else {}
    form = LetterheadForm(visit.POST if visit.method == "POST" else None, initial=initial)
    if visit.method == "POST" and form.is_valid():
        try:
            response = once.redirect(visit, lambda: _set(key, form))
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Kop tersimpan. Laporan berikutnya memakainya."))
            return response
    context = {"name": unit.name if unit else _government_name(visit), "form": form}
    return render(visit, "documents/letterhead.html", context, status=422 if form.errors else 200)


@page(access=PUBLIC)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code printed on a document."""
    form = CodeForm(request.GET or None)
    if form.is_valid() and form.cleaned_data["code"]:
        return HttpResponseRedirect(reverse("documents:check", args=[form.cleaned_data["code"]]))
    return render(request, "documents/find.html", {"form": form}, status=422 if form.errors else 200)


@page(access=PUBLIC)
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a document was issued here: what, when, and the hash of the file; nothing of its content."""
    found = queries.issued_by_code(code)
    unit = people.unit_on(found.subject, cast(PageRequest, request).today) if found and found.subject else None
    context = {"code": code, "found": found, "unit": unit, "agency": _government_name(cast(PageRequest, request))}
    return render(request, "documents/check.html", context, status=200 if found else 404)


def _set(key: str, form: LetterheadForm) -> str:
    data = form.cleaned_data
    actions.set_letterhead(
        unit_key="" if key == GOVERNMENT else key,
        lines=data["lines"].splitlines(),
        address=data["address"],
        place=data["place"],
    )
    return reverse("documents:letterheads")


def _row(key: str, name: str, own: bool) -> dict[str, str]:
    note = _("Kop sendiri") if own else _("Memakai kop pemerintah daerah")
    if key == GOVERNMENT and not own:
        note = _("Belum diatur; kop disusun dari nama instansi")
    return {"title": name, "url": reverse("documents:letterhead", args=[key]), "note": note}


def _government_name(visit: PageRequest) -> str:
    top = people.government(visit.today)
    return top.name if top else str(settings.AGENCY_NAME)
