"""The first page: where each role's work begins."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from luwes.apps.accounts import access, queries
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.web.access import SIGNED_IN, page
from luwes.web.frame.requests import PageRequest


@page(access=SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """Go to the page that matters for the role; a calm page where nothing waits."""
    visit = cast(PageRequest, request)
    if visit.role is None and any(row.held for row in queries.roles_of(queries.signed_in(visit.user), visit.today)):
        return HttpResponseRedirect(reverse("accounts:roles"))
    if place := _first_page(visit.actor):
        return HttpResponseRedirect(place)
    return render(
        request,
        "home/index.html",
        {"has_role": visit.role is not None, "has_nip": bool(getattr(visit.user, "nip", None))},
    )


def _first_page(actor: Actor) -> str:
    rights = access.rights_of(actor)
    # The order matters: an admin may see the government too, but comes to bring files in.
    if Right.IMPORT in rights:
        return reverse("sources:list")
    if Right.READ_AUDIT in rights:
        return reverse("audit:list")
    if Right.SEE_GOVERNMENT in rights:
        return reverse("leadership:overview")
    if Right.SEE_UNIT in rights and actor.scope:
        return reverse("leadership:unit", args=[actor.scope])
    if Right.SEE_SYSTEM in rights:
        return reverse("system:health")
    return ""
