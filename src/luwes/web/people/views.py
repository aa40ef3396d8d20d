"""B5: who works where; a unit with its heads and people; one person with the whole history."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Capacity, Right
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as units
from luwes.apps.people.staff import access, actions, queries, wording
from luwes.apps.people.staff import heads as staff_heads
from luwes.apps.people.staff.head_proposals import head_proposals
from luwes.apps.people.staff.queries import PeoplePage, Person, PersonRow
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.people.forms import HeadForm

SEARCH, AFTER, LEFT = "cari", "sesudah", "semua"


@page(access=Right.SEE_STAFF)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody by name; who has left only on demand."""
    visit = cast(PageRequest, request)
    search, left = params.text(request, SEARCH), params.text(request, LEFT) == "ya"
    found = queries.people(on=visit.today, search=search, after=params.text(request, AFTER), left=left)
    top = units.government(visit.today)
    context = {
        **_listed(visit, found, reverse("people:list"), {SEARCH: search, LEFT: "ya" if left else ""}),
        "search": search,
        "left": left,
        "digits": search.replace(" ", "").isdigit(),
        "other_url": f"{reverse('people:list')}?{urlencode({SEARCH: search, LEFT: '' if left else 'ya'})}",
        "tree_url": reverse("people:unit", args=[top.key]) if top else "",
        "may_manage": rights.allows(visit.actor, Right.MANAGE_STAFF),
        "may_import": rights.allows(visit.actor, Right.IMPORT),
    }
    return render(request, "people/list.html", context)


@require_GET
@page(access=Right.SEE_STAFF, scoped=True)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: who heads it, the units below it, and its people with everything below."""
    visit = cast(PageRequest, request)
    people_access.require_unit(visit.actor, Right.SEE_STAFF, key, visit.today)
    tree = units.units_on(visit.today)
    here = next(row for row in tree if row.key == key)
    totals = queries.summed(tree, queries.headcounts(visit.today))
    search = params.text(request, SEARCH)
    below = queries.below(key, tree)
    found = queries.people(
        on=visit.today, search=search, after=params.text(request, AFTER), unit_keys=below if here.parent_key else None
    )
    parent = next((row for row in tree if row.key == here.parent_key), None)
    seen = parent is not None and (not visit.actor.scope or visit.actor.scope in units.above(parent.key, visit.today))
    context = {
        **_listed(visit, found, reverse("people:unit", args=[key]), {SEARCH: search}),
        "unit": here,
        "parent": parent if seen else None,
        "total": totals[key],
        "heads": (heads := staff_heads.heads(key, visit.today)),
        "lost": [] if heads else staff_heads.headless(visit.today, unit_key=key),
        "proposed": [] if heads else head_proposals(visit.today, unit_key=key),
        "children": [
            {
                "title": row.name,
                "note": row.code,
                "figure": totals[row.key],
                "url": reverse("people:unit", args=[row.key]),
            }
            for row in tree
            if row.parent_key == key
        ],
        "search": search,
        "may_see_services": rights.allows(visit.actor, Right.SEE_UNIT),
        "may_change": rights.allows(visit.actor, Right.IMPORT),
        "may_manage": rights.allows(visit.actor, Right.MANAGE_STAFF),
    }
    return render(request, "people/unit.html", context)


@require_GET
@page(access=Right.SEE_STAFF, scoped=True)
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person: where posted when, how serving, what is odd about the number."""
    visit = cast(PageRequest, request)
    found = _person(visit, person_id)
    # Disciplinary measures are for those who answer for the whole, not for every superior.
    measure = "" if visit.actor.scope else queries.disciplined(found.id, visit.today)
    context = {
        "person": found,
        "today": visit.today,
        "oddities": [wording.oddity(code) for code in found.oddities],
        "services": [
            {
                "row": row,
                "employment": wording.employment(row.employment),
                "standing": wording.standing(row.standing),
                "hours": None if row.weekly_minutes is None else row.weekly_minutes / 60,
            }
            for row in found.services
        ],
        "measure": measure,
        "may_manage": rights.allows(visit.actor, Right.MANAGE_STAFF),
        "may_see_all": not visit.actor.scope,
    }
    return render(request, "people/person.html", context)


@page(access=Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def head(request: HttpRequest, person_id: str) -> HttpResponse:
    """Make somebody head of a unit: for good, as Plt. or as Plh."""
    visit = cast(PageRequest, request)
    found = _person(visit, person_id)
    choices = list(units.choices(visit.today))
    initial = {"unit": found.unit_key, "since": visit.today}
    form = HeadForm(request.POST if request.method == "POST" else None, units=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            actions.set_head(
                unit_key=data["unit"],
                employee_id=found.id,
                capacity=Capacity(data["capacity"]),
                since=data["since"],
                until=data["until"],
                basis=data["basis"],
            )
            return reverse("people:unit", args=[data["unit"]])

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Pimpinan unit tercatat."))
            return response
    context = {"person": found, "form": form}
    return render(request, "people/head.html", context, status=422 if form.errors else 200)


def _person(visit: PageRequest, person_id: str) -> Person:
    found = queries.person(person_id, visit.today)
    if found is None:
        raise Http404
    access.require_person(visit.actor, Right.SEE_STAFF, found, visit.today)
    return found


def _listed(visit: PageRequest, found: PeoplePage, here: str, asked: Mapping[str, str]) -> dict[str, object]:
    kept = {name: value for name, value in asked.items() if value}
    return {
        "items": [_item(row) for row in found.rows],
        "first_url": f"{here}?{urlencode(kept)}" if visit.GET.get(AFTER) else "",
        "next_url": f"{here}?{urlencode({**kept, AFTER: found.next})}" if found.next else "",
    }


def _item(row: PersonRow) -> Mapping[str, str]:
    note = " · ".join(filter(None, (row.post, row.unit_name))) or _("Tidak memegang jabatan hari ini")
    item = {"title": row.name, "note": note, "url": reverse("people:person", args=[row.id])}
    if row.standing and row.standing != "aktif":
        item |= {"tag": wording.standing(row.standing), "tone": "warning"}
    elif row.employment:
        item |= {"tag": wording.employment(row.employment), "tone": "neutral"}
    return item
