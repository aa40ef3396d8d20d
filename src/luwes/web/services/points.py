"""A point of a service by form: its name, the unit that stands there, the place and the hours; or its end."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people.services import actions, changing, places, queries, wording
from luwes.apps.people.services.facts import Point
from luwes.apps.people.services.queries import PointRow, ServiceDetail
from luwes.core.services.hours import read_hours
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input
from luwes.web.services.editing import managed, renew, wants_check
from luwes.web.services.standard_forms import USUAL_HOURS, HoursField
from luwes.web.services.unit_names import UnitField, UnitNames

END = "akhiri"


class PointForm(forms.Form):
    """Where a service is given. Without hours of its own the point is open when the service is."""

    name = forms.CharField(
        label=gettext_lazy("Nama titik"), max_length=200, help_text=gettext_lazy("Misalnya: Loket 1.")
    )
    unit = UnitField(label=gettext_lazy("Unit yang bertugas"))
    place = forms.ChoiceField(label=gettext_lazy("Tempat kerja"), required=False)
    hours = HoursField(required=False)
    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: UnitNames, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].names = names  # type: ignore[attr-defined] # a UnitField
        self.fields["place"].choices = [("", _("Tidak dicatat")), *places]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["hours"].help_text = _("Kosongkan bila sama dengan jam buka layanan. Misalnya: %(example)s.") % {
            "example": USUAL_HOURS
        }

    def point(self) -> Point:
        """What a valid form says."""
        data = self.cleaned_data
        hours = data["hours"]
        return Point(data["name"], data["unit"], data["place"], hours, read_hours(hours))


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """A further point of the service."""
    visit = cast(PageRequest, request)
    return _form(visit, managed(visit, key, visit.today), None)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def point(request: HttpRequest, key: str) -> HttpResponse:
    """One point: changed or ended from a day on."""
    visit = cast(PageRequest, request)
    row = queries.point(key, visit.today)
    if row is None:
        raise Http404
    return _form(visit, managed(visit, row.service_key, visit.today), row)


def _form(visit: PageRequest, service: ServiceDetail, row: PointRow | None) -> HttpResponse:
    names = UnitNames(visit.today)
    form = PointForm(
        visit.POST if visit.method == "POST" else None,
        names=names,
        places=_places(visit, service, row, names),
        initial={"since": visit.today, **_initial(service, row, names)},
    )
    newer = False
    if visit.method == "POST" and form.is_valid() and not wants_check(visit):
        response = _save(visit, form, service, row)
        if response is not None:
            return response
        newer = row is not None and form.cleaned_data["version"] != row.version
        if newer and row is not None:
            renew(form, "version", str(row.version))
    windows = read_hours(form.cleaned_data["hours"]) if wants_check(visit) and form.is_valid() else ()
    context = {
        "service": service,
        "form": form,
        "row": row,
        "units": names.offered,
        "newer": _said(row) if newer and row else "",
        "preview": {"open": wording.hours(windows), "closed": wording.closed(windows)} if windows else None,
    }
    return render(visit, "services/point.html", context, status=422 if form.errors else 200)


def _save(visit: PageRequest, form: PointForm, service: ServiceDetail, row: PointRow | None) -> HttpResponse | None:
    """Store what the form says and go back; None where it now says what is wrong."""
    data = form.cleaned_data
    version = data["version"] or 0

    def act() -> str:
        if row is None:
            actions.add_point(key=service.key, point=form.point(), since=data["since"])
        elif END in visit.POST:
            changing.end_point(key=row.key, version=version, since=data["since"])
        else:
            changing.change_point(key=row.key, version=version, point=form.point(), since=data["since"])
        return reverse("services:service", args=[service.key])

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error("place" if refused.code == "no_such_place" else None, sentence(refused, wording.refusal))
        return None
    messages.success(
        visit, _("Titik berakhir pada tanggal itu.") if END in visit.POST else _("Titik layanan tersimpan.")
    )
    return response


def _initial(service: ServiceDetail, row: PointRow | None, names: UnitNames) -> dict[str, object]:
    if row is None:
        return {"unit": names.name(service.standard.owner)}
    return {
        "name": row.name,
        "unit": names.name(row.unit_key),
        "place": row.place_key,
        "hours": row.hours,
        "version": row.version,
    }


def _places(
    visit: PageRequest, service: ServiceDetail, row: PointRow | None, names: UnitNames
) -> list[tuple[str, str]]:
    """The workplaces of the units that do something for the service."""
    near = {service.standard.owner, *(link.unit_key for link in service.links), *([row.unit_key] if row else [])}
    return [
        (place.key, f"{place.name} · {names.name(place.unit_key)}")
        for place in places.workplaces(visit.today, sorted(near))
    ]


def _said(row: PointRow) -> str:
    return " · ".join(filter(None, (row.name, row.unit_name, row.place, wording.hours(row.windows))))
