"""Pages of strategic programmes: one programme with its versions, and its form."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.people import queries as people
from luwes.apps.people.programmes import actions, queries
from luwes.web.access import SIGNED_IN, page
from luwes.web.calendar.programme_form import ProgramForm, as_initial
from luwes.web.calendar.saving import save, sent
from luwes.web.frame.requests import PageRequest


@page(access=SIGNED_IN)
@require_safe
def program(request: HttpRequest, key: str) -> HttpResponse:
    """One programme as it stands, and how it stood before."""
    visit = cast(PageRequest, request)
    versions = queries.versions_of(key)
    if not versions:
        raise Http404
    names = {unit.key: unit.name for unit in people.units_on(visit.today)}
    gone = _("Unit yang tidak berlaku lagi")
    facts = versions[0].facts
    context = {
        "row": versions[0],
        "facts": facts,
        "versions": versions,
        "owner": names.get(facts.owner, gone),
        "team": [names.get(one, gone) for one in facts.team],
        "may_change": access.allows(visit.actor, Right.MANAGE_CALENDAR) and not visit.actor.scope,
    }
    return render(request, "calendar/program.html", context)


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Record a new programme."""
    visit = cast(PageRequest, request)
    form = ProgramForm(people.units_on(visit.today), sent(visit))

    def act() -> str:
        return reverse("calendar:program", args=[actions.create_program(facts=form.facts())])

    words = {"title": _("Catat program strategis"), "button": _("Simpan program"), "eyebrow": ""}
    return save(visit, form, act, words=words, back=reverse("calendar:year"), said=_("Program tersimpan."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Save a new version of a programme."""
    visit = cast(PageRequest, request)
    versions = queries.versions_of(key)
    if not versions:
        raise Http404
    newest = versions[0]
    initial = as_initial(newest.facts, newest.number)
    form = ProgramForm(people.units_on(visit.today), sent(visit), initial=initial)
    back = reverse("calendar:program", args=[key])

    def act() -> str:
        data = form.cleaned_data
        actions.change_program(key=key, number=data["number"] or 0, facts=form.facts(), reason=data["reason"])
        return back

    words = {"title": _("Ubah program strategis"), "button": _("Simpan program"), "eyebrow": newest.facts.name}
    return save(visit, form, act, words=words, back=back, said=_("Program tersimpan sebagai versi baru."))
