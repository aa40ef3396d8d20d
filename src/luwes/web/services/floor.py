"""K3: how many must be present at a point, by weekday and hour; proposed from the published standard."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people.services import floors, queries, wording
from luwes.apps.people.services.facts import Floor
from luwes.core.services.floors import proposed
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.services.forms import Bands, BaseBands, FloorForm, line_of


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def floor(request: HttpRequest, key: str) -> HttpResponse:
    """Show what holds or what the standard asks for; what is sent holds from a day on."""
    visit = cast(PageRequest, request)
    point = queries.point(key, visit.today)
    if point is None:
        raise Http404
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, point.unit_key, visit.today)
    service = queries.service(point.service_key, visit.today)
    if service is None:
        raise Http404
    held = [row for row in floors.floors_of([key], visit.today)[key] if row.confirmed]
    offered = [
        Floor(band.window, band.minimum) for band in proposed(service.standard.windows, service.standard.implementers)
    ]
    source = held[0].source if held else service.standard.source
    lines = [line_of(one) for one in ([row.floor for row in held] or offered)]
    data = visit.POST if visit.method == "POST" else None
    form = FloorForm(data, base=service.standard.implementers, initial={"since": visit.today, "source": source})
    bands = cast(BaseBands, Bands(data, initial=lines))
    if data is not None and form.is_valid() and bands.is_valid():
        response = _save(visit, form, bands, key, back=reverse("services:service", args=[service.key]))
        if response is not None:
            return response
    context = {
        "point": point,
        "service": service,
        "form": form,
        "bands": bands,
        "held": bool(held),
        "offered": bool(offered) and not held,
    }
    return render(
        request, "services/floor.html", context, status=422 if form.errors or bands.total_error_count() else 200
    )


def _save(visit: PageRequest, form: FloorForm, bands: BaseBands, key: str, *, back: str) -> HttpResponse | None:
    """Store the floors and go back; None where the form now says what is wrong."""
    data = form.cleaned_data
    try:
        wanted = bands.floors(data["share"], form.base)
    except forms.ValidationError as error:
        form.add_error(None, error)
        return None

    def act() -> str:
        floors.set_floors(point_key=key, floors=wanted, source=data["source"], since=data["since"])
        return back

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, _("Lantai layanan tersimpan."))
    return response
