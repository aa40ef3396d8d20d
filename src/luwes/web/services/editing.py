"""One service by form: recorded, its published standard changed from a day on, ended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.services import actions, changing, proposals, queries, unfinished, wording
from luwes.apps.people.services.actions import StaleService
from luwes.apps.people.services.facts import Link, Point
from luwes.apps.people.services.queries import ServiceDetail
from luwes.apps.people.staff.queries import below
from luwes.core.names import name_key
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.services.said import differences
from luwes.web.services.standard_forms import CreateForm, EndForm, StandardForm, initial_of
from luwes.web.services.unit_names import UnitNames

DAY, CHECK = "tanggal", "periksa"


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def create(request: HttpRequest, key: str) -> HttpResponse:
    """A further service of a unit or of one below it; names of the catalogue are suggested, with their chain."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    inside = below(key, units.units_on(visit.today))
    names = UnitNames(visit.today, inside)
    offered = {name_key(one.name): one for one in proposals.proposals(key, visit.today)}
    hours = unfinished.usual_hours(visit.today, inside)
    initial = {"since": visit.today, "owner": names.name(key), "hours": hours}
    form = CreateForm(visit.POST if visit.method == "POST" else None, names=names, initial=initial)
    form.fields["name"].widget.attrs["list"] = "katalog"

    def act() -> str:
        standard = form.standard()
        known = offered.get(name_key(standard.name))
        return actions.create_service(
            standard=standard,
            since=form.cleaned_data["since"],
            links=[Link(role, unit) for role, unit in known.chain] if known else [],
            points=[Point(form.cleaned_data["point"], standard.owner)],
        )

    if visit.method == "POST" and form.is_valid() and not wants_check(visit):
        try:
            made = once.redirect(visit, lambda: reverse("services:service", args=[act()]))
        except Refused as refused:
            form.add_error("name" if refused.code == "already_there" else None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Layanan tercatat."))
            return made
    context = {
        "unit": units.unit_on(key, visit.today),
        "form": form,
        "units": names.offered,
        "catalogue": [one.name for one in offered.values()],
        "preview": preview(visit, form),
    }
    return render(request, "services/create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def standard(request: HttpRequest, key: str) -> HttpResponse:
    """The published standard as it is from a day on; a change that begins later is opened by its day."""
    visit = cast(PageRequest, request)
    day = chosen_day(visit)
    found = managed(visit, key, day)
    names = UnitNames(day, below(visit.actor.scope, units.units_on(day)) if visit.actor.scope else None)
    initial = initial_of(found.standard, names.name(found.standard.owner)) | {"since": day, "version": found.version}
    form = StandardForm(visit.POST if visit.method == "POST" else None, names=names, initial=initial)
    changed: Sequence[Mapping[str, str]] = ()
    if visit.method == "POST" and form.is_valid() and not wants_check(visit):
        data = form.cleaned_data

        def act() -> str:
            actions.change_service(key=key, version=data["version"] or 0, standard=form.standard(), since=data["since"])
            return reverse("services:service", args=[key])

        try:
            response = once.redirect(visit, act)
        except StaleService:
            changed = tell_stale(form, found, data["version"], day)
        except Refused as refused:
            form.add_error("name" if refused.code == "already_there" else None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Standar tersimpan."))
            return response
    context = {
        "service": found,
        "form": form,
        "units": names.offered,
        "changed": changed,
        "later": unfinished.later_changes(key, day),
        "preview": preview(visit, form),
    }
    return render(request, "services/standard.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End a service: from a day on it is gone with its chain, points and floors; the days before keep them."""
    visit = cast(PageRequest, request)
    found = managed(visit, key, visit.today)
    initial = {"since": visit.today, "version": found.version}
    form = EndForm(visit.POST if visit.method == "POST" else None, initial=initial)
    changed: Sequence[Mapping[str, str]] = ()
    if visit.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            changing.end_service(key=key, version=data["version"], since=data["since"], reason=data["reason"])
            return reverse("services:unit", args=[found.standard.owner])

        try:
            response = once.redirect(visit, act)
        except StaleService:
            changed = tell_stale(form, found, data["version"], visit.today)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Layanan berakhir pada tanggal itu."))
            return response
    context = {"service": found, "form": form, "changed": changed}
    return render(request, "services/end.html", context, status=422 if form.errors else 200)


def managed(visit: PageRequest, key: str, day: date) -> ServiceDetail:
    """The service of the day for who may change it; else 404 or 403."""
    found = queries.service(key, day)
    if found is None:
        raise Http404
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, found.standard.owner, day)
    return found


def chosen_day(visit: PageRequest) -> date:
    """The day the page is about: today, or a later one named in the address."""
    try:
        return max(date.fromisoformat(params.text(visit, DAY)), visit.today)
    except ValueError:
        return visit.today


def wants_check(visit: PageRequest) -> bool:
    """Whether only the look at it was asked for."""
    return visit.method == "POST" and CHECK in visit.POST


def preview(visit: PageRequest, form: StandardForm) -> dict[str, str] | None:
    """The opening hours in words and the days without any, once they can be read."""
    if visit.method != "POST" or "hours" not in form.cleaned_data:
        return None
    windows = form.windows()
    return {"open": wording.hours(windows), "closed": wording.closed(windows) if windows else ""}


def tell_stale(form: forms.Form, found: ServiceDetail, version: int | None, day: date) -> Sequence[Mapping[str, str]]:
    """Say beside the form what somebody else changed; the form is then made from what stands now.

    Where nothing is newer on the page's day, the day asked for lies in another version.
    """
    if version == found.version:
        form.add_error("since", wording.refusal("later_change"))
        return ()
    renew(form, "version", str(found.version))
    form.add_error(None, wording.refusal("stale_service"))
    before = unfinished.standard_at(version or 0, found.key)
    return differences(before, found.standard, found.owner_name) if before else ()


def renew(form: forms.Form, name: str, value: str) -> None:
    """Put the newest version into a form that was sent, so that sending it again is a decision."""
    fresh = cast(QueryDict, form.data).copy()
    fresh[form.add_prefix(name)] = value
    form.data = fresh
