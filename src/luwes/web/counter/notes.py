"""What citizens read beside a service."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.results.counters import actions, places, queries, wording
from luwes.web.access import page
from luwes.web.counter.forms import NoteForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Say what works online and where to complain."""
    visit = cast(PageRequest, request)
    owner = places.owner(key, visit.today)
    if owner is None:
        raise OutsideScope(key)
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, owner.unit, visit.today)
    now = queries.note(key)
    posted = visit.POST if visit.method == "POST" else None
    form = NoteForm(posted, initial={"online": now.online, "complaint": now.complaint})
    if posted is not None and form.is_valid():

        def act() -> str:
            actions.set_note(service_key=key, **form.cleaned_data)
            return reverse("services:service", args=[key])

        try:
            address = once.run(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Keterangan tersimpan dan sudah terlihat oleh warga."))
            return HttpResponseRedirect(address)
    context = {"form": form, "name": owner.standing.name, "key": key}
    return render(visit, "counter/note.html", context, status=422 if form.errors else 200)
