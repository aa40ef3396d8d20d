"""K3: how many must be present at a point, by weekday and hour; proposed from the published standard."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
from luwes.web.services.editing import renew
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
    rows = floors.floors_of([key], visit.today)[key]
    held, waiting = [row for row in rows if row.confirmed], [row for row in rows if not row.confirmed]
    windows = point.windows or service.standard.windows
    asked = [Floor(band.window, band.minimum) for band in proposed(windows, service.standard.implementers)]
    # What somebody proposed from evidence goes before what the standard alone asks for.
    offered = [row.floor for row in waiting] or asked
    version = floors.floors_version(key, visit.today)
    source = (held or waiting)[0].source if rows else service.standard.source
    lines = [line_of(one) for one in ([row.floor for row in held] or offered)]
    initial = {"since": visit.today, "source": source, "version": version}
    data = visit.POST if visit.method == "POST" else None
    form = FloorForm(data, base=service.standard.implementers, initial=initial)
    bands = cast(BaseBands, Bands(data, initial=lines))
    if data is not None and form.is_valid() and bands.is_valid():
        wanted = _wanted(form, bands, [row.floor for row in held])
        back = reverse("services:service", args=[service.key])
        response = None if wanted is None else _save(visit, form, wanted, key, back=back)
        if response is not None:
            return response
    newer = data is not None and form.is_valid() is False and data.get("version", "") != version
    if newer:
        renew(form, "version", version)
    context = {
        "point": point,
        "service": service,
        "form": form,
        "bands": bands,
        "held": bool(held),
        "offered": bool(offered) and not held,
        "proposal": waiting[0].source if waiting else "",
        "newer": [_said(row.floor) for row in held] if newer else [],
    }
    return render(
        request, "services/floor.html", context, status=422 if form.errors or bands.total_error_count() else 200
    )


def _wanted(form: FloorForm, bands: BaseBands, held: Sequence[Floor]) -> Sequence[Floor] | None:
    """The floors of the lines; None where the form now says what is wrong."""
    try:
        return bands.floors(form.cleaned_data["share"], form.base, held)
    except forms.ValidationError as error:
        form.add_error(None, error)
        return None


def _said(floor: Floor) -> str:
    window = floor.window
    people = ngettext("%(count)d orang", "%(count)d orang", floor.minimum) % {"count": floor.minimum}
    hours = f"{wording.clock(window.start)}–{wording.clock(window.end)}"
    return f"{wording.weekday(window.weekday)} {hours} · {people}"


def _save(visit: PageRequest, form: FloorForm, wanted: Sequence[Floor], key: str, *, back: str) -> HttpResponse | None:
    """Store the floors and go back; None where the form now says what is wrong."""
    data = form.cleaned_data

    def act() -> str:
        floors.set_floors(
            point_key=key, floors=wanted, source=data["source"], since=data["since"], made_from=data["version"]
        )
        return back

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, _("Lantai layanan tersimpan."))
    return response
