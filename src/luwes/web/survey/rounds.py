"""B11: rounds of the survey and the services that are surveyed."""

from collections.abc import Mapping, Set
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.staff.queries import below
from luwes.apps.results.intake import queries, wording
from luwes.apps.results.intake import rounds as acts
from luwes.apps.results.intake.kinds import RoundKind
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.survey.forms import ConfirmForm, RoundForm
from luwes.web.survey.shown import content_words, per_delivered


@require_safe
@page(access=Right.SEE_UNIT, scoped=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Rounds, and every surveyed service with its answers of the last thirty days."""
    visit = cast(PageRequest, request)
    rights.require(visit.actor, Right.SEE_UNIT)
    keys = scope_keys(visit)
    context = {
        "rounds": [_row(row, visit) for row in queries.rounds(keys)],
        "services": [
            {
                "name": row.name,
                "url": reverse("survey:service", args=[row.key]),
                "content": row.content,
                "words": content_words(row.content),
                "per_delivered": per_delivered(row.content.answers, row.delivered),
            }
            for row in queries.surveyed(keys, visit.today)
        ],
        "may_manage": rights.allows(visit.actor, Right.MANAGE_SERVICES),
        "services_url": _services(visit),
    }
    return render(request, "survey/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a round, for everybody or for the own unit and all below it."""
    visit = cast(PageRequest, request)
    rights.require(visit.actor, Right.MANAGE_SERVICES)
    posted = visit.method == "POST"
    form = RoundForm(visit.POST if posted else None, initial={"since": visit.today, "kind": RoundKind.SHORT.value})
    if posted and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            acts.begin_round(
                kind=RoundKind(data["kind"]),
                name=data["name"],
                unit_key=visit.actor.scope,
                since=data["since"],
                last=data["last"],
            )
            return reverse("survey:list")

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Putaran survei tercatat."))
            return response
    context = {"form": form, "unit": _unit(visit)}
    return render(request, "survey/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a round: today is its last day."""
    visit = cast(PageRequest, request)
    found = next((row for row in queries.rounds(None) if row.key == key), None)
    if found is None:
        raise Http404
    if found.unit:
        access.require_unit(visit.actor, Right.MANAGE_SERVICES, found.unit, visit.today)
    else:
        rights.require_whole(visit.actor, Right.MANAGE_SERVICES)
    form = ConfirmForm(visit.POST if visit.method == "POST" else None)
    if form.is_valid():

        def act() -> str:
            acts.close_round(key=key)
            return reverse("survey:list")

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Putaran ditutup; hari ini hari terakhirnya."))
            return response
    context = {"form": form, "round": found}
    return render(request, "survey/close.html", context, status=422 if form.errors else 200)


def scope_keys(visit: PageRequest) -> Set[str] | None:
    """The units the visitor sees, or None for all."""
    if not visit.actor.scope:
        return None
    return set(below(visit.actor.scope, units.units_on(visit.today)))


def _row(row: queries.RoundRow, visit: PageRequest) -> Mapping[str, object]:
    # Those of units in the list lie in the visitor's scope; the government's own are for who runs all of it.
    mine = bool(row.unit) or not visit.actor.scope
    over = row.last is not None and row.last < visit.today
    # Closing makes today the last day, so there is nothing to close on it.
    closable = mine and not over and row.last != max(row.since, visit.today)
    return {
        "row": row,
        "kind": wording.round_kind(row.kind),
        "runs": row.runs(visit.today),
        "over": over,
        "url": reverse("survey:close", args=[row.key]) if closable else "",
    }


def _unit(visit: PageRequest) -> str:
    found = units.unit_on(visit.actor.scope, visit.today) if visit.actor.scope else None
    return found.name if found else ""


def _services(visit: PageRequest) -> str:
    scope = visit.actor.scope
    return reverse("services:unit", args=[scope]) if scope else reverse("services:list")
