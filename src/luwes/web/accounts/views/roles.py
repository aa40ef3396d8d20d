"""Giving and ending roles, one thing per page."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts import queries, wording
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import role_holding
from luwes.apps.accounts.queries import RoleRow
from luwes.apps.accounts.roles import Capacity, Right, Role
from luwes.apps.people import queries as units
from luwes.apps.people.queries import UnitRow
from luwes.web.access import page
from luwes.web.accounts.forms import EndRoleForm, RoleForm, day_after
from luwes.web.frame import once
from luwes.web.frame.context import role_label, scope_label
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest


@page(access=Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, user_id: str) -> HttpResponse:
    """Give a role over a unit or over all, for a period."""
    visit = cast(PageRequest, request)
    account = queries.user_by_id(user_id)
    if account is None:
        raise Http404
    choices = _units(visit)
    if request.method == "POST":
        form = RoleForm(request.POST, units=choices)
    else:
        form = RoleForm(units=choices, initial={"since": visit.today, "capacity": Capacity.DEFINITIVE.value})

    def act() -> str:
        data = form.cleaned_data
        role_holding.grant_role(
            user=account,
            role=Role(data["role"]),
            scope=data["scope"],
            since=data["since"],
            until=day_after(data["last_day"]),
            capacity=Capacity(data["capacity"]),
            basis=data["basis"],
        )
        return reverse("accounts:user", args=[user_id])

    if request.method == "POST" and form.is_valid():
        try:
            answer = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.info(request, _("Peran diberikan dan tercatat pada jejak audit."))
            return answer
    context = {"account": account, "form": form}
    return render(request, "accounts/role_grant.html", context, status=422 if form.errors else 200)


@page(access=Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, user_id: str, assignment_id: str) -> HttpResponse:
    """End a role from a day on, with the reason."""
    visit = cast(PageRequest, request)
    account, row = queries.user_by_id(user_id), queries.assignment(assignment_id, visit.today)
    if account is None or (row is not None and row.user_id != user_id):
        raise Http404
    form = EndRoleForm(request.POST if request.method == "POST" else None, initial={"on": visit.today})

    def act() -> str:
        role_holding.end_role(assignment_id=assignment_id, **form.cleaned_data)
        return reverse("accounts:user", args=[user_id])

    if request.method == "POST" and form.is_valid():
        try:
            answer = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.info(request, _("Peran diakhiri dan tercatat pada jejak audit."))
            return answer
    elif request.method != "POST" and row is None:
        raise Http404
    context = {"account": account, "form": form, "role": _shown(row, visit)}
    return render(request, "accounts/role_end.html", context, status=422 if form.errors else 200)


def _units(visit: PageRequest) -> list[UnitRow]:
    return [row for row in units.units_on(visit.today) if row.parent_key]


def _shown(row: RoleRow | None, visit: PageRequest) -> str:
    # Ended in another tab meanwhile: the form says so, there is no role left to name.
    return f"{role_label(row)} · {scope_label(row.scope, visit.today)}" if row else ""
