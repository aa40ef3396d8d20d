"""Heads of units: of one unit by form, and as proposed from structural posts, ticked and confirmed many at once."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Capacity, Right
from luwes.apps.people import queries as units
from luwes.apps.people import wording
from luwes.apps.people.staff import actions, queries
from luwes.apps.people.staff import wording as staff_wording
from luwes.apps.people.staff.head_proposals import confirm_heads, head_proposals
from luwes.apps.people.staff.heads import headless
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.people.forms import UnitHeadForm

FIELD = "usulan"


class HeadsForm(forms.Form):
    """On what the headships rest."""

    basis = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Boleh kosong: jabatan pada berkas pegawai sudah menjadi dasarnya."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_STAFF)
def proposals(request: HttpRequest) -> HttpResponse:
    """Units without a head whose "Kepala …" post is held by one person."""
    visit = cast(PageRequest, request)
    form = HeadsForm(visit.POST if visit.method == "POST" else None)
    ticked = visit.POST.getlist(FIELD)
    if visit.method == "POST" and form.is_valid():

        def act() -> str:
            return str(confirm_heads(ids=ticked, basis=form.cleaned_data["basis"]))

        try:
            count = int(once.run(visit, act))
        except Refused as refused:
            said = _("Belum ada unit yang dipilih. Centang sedikitnya satu.")
            form.add_error(None, sentence(refused, wording.refusal) if ticked else said)
        else:
            told = ngettext("%(count)d pimpinan unit tercatat.", "%(count)d pimpinan unit tercatat.", count)
            messages.success(visit, told % {"count": count})
            return HttpResponseRedirect(reverse("people:heads"))
    found = head_proposals(visit.today)
    lost = [
        {
            "title": one.unit_name,
            "note": _("Terakhir: %(name)s") % {"name": one.last_name},
            "url": reverse("people:unit_head", args=[one.unit_key]),
        }
        for one in headless(visit.today)
    ]
    ids = [one.id for one in found]
    context = {"form": form, "proposals": found, "ticked": ticked if form.is_bound else ids, "lost": lost}
    return render(visit, "people/heads.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_STAFF)
def unit_head(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the head of one unit among its own people; who holds its "Kepala …" post stands chosen."""
    visit = cast(PageRequest, request)
    here = units.unit_on(key, visit.today)
    if here is None:
        raise Http404
    people = [(one.id, " · ".join(filter(None, (one.name, one.post)))) for one in queries.posted_in(key, visit.today)]
    proposed = next(iter(head_proposals(visit.today, unit_key=key)), None)
    initial = {"since": visit.today, "person": proposed.person_id if proposed else None}
    form = UnitHeadForm(visit.POST if visit.method == "POST" else None, people=people, initial=initial)
    if visit.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            actions.set_head(
                unit_key=key,
                employee_id=data["person"],
                capacity=Capacity(data["capacity"]),
                since=data["since"],
                until=data["until"],
                basis=data["basis"],
            )
            return reverse("people:unit", args=[key])

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, staff_wording.refusal))
        else:
            messages.success(visit, _("Pimpinan unit tercatat."))
            return response
    context = {"unit": here, "form": form, "people": people}
    return render(visit, "people/unit_head.html", context, status=422 if form.errors else 200)
