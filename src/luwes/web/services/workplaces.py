"""A unit's workplaces by form: a place is known by its name, so the same name again changes that place."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.services import places, wording
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input
from luwes.web.services.editing import renew

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
SIGNALS = ("", "baik", "lemah", "tidak_ada")


class WorkplaceForm(forms.Form):
    """Name, time zone and connection of a place, from a day on."""

    name = forms.CharField(
        label=gettext_lazy("Nama tempat"),
        max_length=200,
        help_text=gettext_lazy("Nama yang sudah tercatat berarti tempat itu juga."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Zona waktu"))
    signal = forms.ChoiceField(label=gettext_lazy("Sinyal"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["list"] = "nama-tempat"
        zones = [(zone, wording.zone(zone)) for zone in ZONES]
        self.fields["zone"].choices = zones  # type: ignore[attr-defined] # a ChoiceField
        signals = [(signal, wording.signal(signal)) for signal in SIGNALS]
        self.fields["signal"].choices = signals  # type: ignore[attr-defined] # a ChoiceField


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def workplace(request: HttpRequest, key: str) -> HttpResponse:
    """Record a place of the unit, or what changed about one."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    known = places.workplaces(visit.today, [key])
    version = places.places_version(key, visit.today)
    initial = {"since": visit.today, "version": version, "zone": known[0].zone if known else ZONES[0]}
    form = WorkplaceForm(visit.POST if visit.method == "POST" else None, initial=initial)
    if visit.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            places.record_workplace(
                unit_key=key,
                name=data["name"],
                zone=data["zone"],
                signal=data["signal"],
                since=data["since"],
                made_from=data["version"],
            )
            return reverse("services:unit", args=[key])

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
            renew(form, "version", version)
        else:
            messages.success(visit, _("Tempat kerja tersimpan."))
            return response
    context = {
        "unit": units.unit_on(key, visit.today),
        "form": form,
        "known": [
            {"title": row.name, "note": f"{wording.zone(row.zone)} · {wording.signal(row.signal)}"} for row in known
        ],
    }
    return render(request, "services/workplace.html", context, status=422 if form.errors else 200)
