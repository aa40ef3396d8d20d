"""Services: the list, a unit's services, and one service with standard, chain, points and floors."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.services import floors, places, queries, unfinished, wording
from luwes.apps.people.services.queries import LinkRow, ServicePage, ServiceRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import standards_wording
from luwes.apps.reporting.four import month_label
from luwes.apps.reporting.standards import standards
from luwes.core.workdays.months import month_before
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.leadership.shown import TAG_TONES
from luwes.web.services import settling
from luwes.web.services.forms import SettleForm
from luwes.web.services.said import said

SEARCH, AFTER = "cari", "sesudah"


@page(access=Right.SEE_UNIT, own="services:unit")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service by name."""
    visit = cast(PageRequest, request)
    search = params.text(request, SEARCH)
    found = queries.services(visit.today, search=search, after=params.text(request, AFTER))
    context = {
        **_listed(visit, found, reverse("services:list"), search),
        "may_import": rights.allows(visit.actor, Right.IMPORT),
    }
    return render(request, "services/list.html", context)


@require_GET
@page(access=Right.SEE_UNIT, scoped=True)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """The services of a unit and all below it, with its workplaces and what waits for confirmation."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.SEE_UNIT, key, visit.today)
    here = units.unit_on(key, visit.today)
    inside = below(key, units.units_on(visit.today))
    search = params.text(request, SEARCH)
    found = queries.services(visit.today, search=search, after=params.text(request, AFTER), unit_keys=inside)
    may_manage = rights.allows(visit.actor, Right.MANAGE_SERVICES)
    context = {
        **_listed(visit, found, reverse("services:unit", args=[key]), search),
        "unit": here,
        "places": [
            {"title": row.name, "note": f"{wording.zone(row.zone)} · {wording.signal(row.signal)}"}
            for row in places.workplaces(visit.today, [key])
        ],
        "waiting": settling.waiting(key, visit.today) if may_manage else None,
        "left": unfinished.unfinished_count(visit.today, inside) if may_manage else 0,
        "may_manage": may_manage,
        "may_see_staff": rights.allows(visit.actor, Right.SEE_STAFF),
    }
    return render(request, "services/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Propose services from the catalogue, and say of each whether it is one."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    here = reverse("services:settle", args=[key])
    waiting = settling.waiting(key, visit.today)
    posted = visit.method == "POST" and not settling.wants_proposals(visit)
    form = SettleForm(visit.POST if posted else None, rows=waiting.rows)
    try:
        if settling.wants_proposals(visit):
            once.run(visit, lambda: str(settling.propose(key, visit.today)))
            return HttpResponseRedirect(here)
        if posted and form.is_valid():
            count = int(once.run(visit, lambda: str(settling.settle(form, key, visit.today))))
            told = ngettext("%(count)d usulan terjawab.", "%(count)d usulan terjawab.", count) % {"count": count}
            left = unfinished.unfinished_count(visit.today, below(key, units.units_on(visit.today)))
            messages.success(visit, told)
            return HttpResponseRedirect(reverse("services:standards" if left else "services:unit", args=[key]))
    except Refused as refused:
        form.is_valid()
        form.add_error(None, sentence(refused, wording.refusal))
    context = {"unit": units.unit_on(key, visit.today), "waiting": waiting, "form": form}
    return render(request, "services/settle.html", context, status=422 if form.errors else 200)


@require_GET
@page(access=Right.SEE_UNIT, scoped=True)
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service: the published standard, the chain with its weights, the points and their floors."""
    visit = cast(PageRequest, request)
    found = queries.service(key, visit.today)
    if found is None:
        raise Http404
    access.require_unit(visit.actor, Right.SEE_UNIT, found.standard.owner, visit.today)
    may_manage = rights.allows(visit.actor, Right.MANAGE_SERVICES)
    set_ = floors.floors_of([point.key for point in found.points], visit.today)
    context = {
        "service": found,
        "standard": said(found.standard),
        "later": unfinished.later_changes(key, visit.today),
        "month": month_label(month_before(visit.today)),
        "kept": _kept(key, visit.today),
        "may_manage": may_manage,
        "may_see_exposure": rights.allows(visit.actor, Right.SEE_GOVERNMENT) and not visit.actor.scope,
        "may_see_staff": rights.allows(visit.actor, Right.SEE_STAFF),
        "chain": _chain(found.links),
        "points": [
            {
                "row": point,
                "place": " · ".join(
                    filter(None, (point.unit_name, point.place, wording.signal(point.signal) if point.place else ""))
                ),
                "floors": [
                    {
                        "day": wording.weekday(row.floor.window.weekday),
                        "hours": _hours(row.floor.window.start, row.floor.window.end),
                        "minimum": row.floor.minimum,
                        "share": row.floor.share,
                        "base": row.floor.base,
                    }
                    for row in set_[point.key]
                    if row.confirmed
                ],
                "source": next((row.source for row in set_[point.key] if row.confirmed), ""),
                "hours": wording.hours(point.windows),
                "may_set": may_manage and access.in_scope(visit.actor, point.unit_key, visit.today),
            }
            for point in found.points
        ],
    }
    return render(request, "services/service.html", context)


def _kept(key: str, today: date) -> Sequence[Mapping[str, object]]:
    """How the service kept its standard in the last full month, by kind of day; [] where it did not stand then."""
    return [
        {"line": line, "tone": TAG_TONES[line.tone]}
        for one in standards(month_before(today), service=key)
        for line in standards_wording.lines(one)
    ]


def _chain(rows: Sequence[LinkRow]) -> list[Mapping[str, object]]:
    total = sum(row.weight for row in rows)
    return [
        {
            "title": row.unit_name,
            "note": " · ".join(filter(None, (wording.link_role(row.role), row.post_name))),
            "share": 100 * row.weight / total,
            "weight": row.weight,
        }
        for row in rows
    ]


def _hours(start: int, end: int) -> str:
    return f"{wording.clock(start)}–{wording.clock(end)}"


def _listed(visit: PageRequest, found: ServicePage, here: str, search: str) -> dict[str, object]:
    kept = {SEARCH: search} if search else {}
    return {
        "items": [_item(row) for row in found.rows],
        "search": search,
        "first_url": f"{here}?{urlencode(kept)}" if visit.GET.get(AFTER) else "",
        "next_url": f"{here}?{urlencode({**kept, AFTER: found.next})}" if found.next else "",
    }


def _item(row: ServiceRow) -> Mapping[str, str]:
    item = {"title": row.name, "note": row.owner_name, "url": reverse("services:service", args=[row.key])}
    return item if row.confirmed else item | {"tag": _("Usulan"), "tone": "warning"}
