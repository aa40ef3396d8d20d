"""Getting in, choosing the role to act in, getting out."""

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from luwes.apps.accounts import queries
from luwes.apps.accounts.actions import sign_in as actions
from luwes.apps.accounts.queries import RoleRow
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.web.access import PUBLIC, SIGNED_IN, page
from luwes.web.accounts.forms import SignInForm
from luwes.web.frame.address import client_address
from luwes.web.frame.context import role_label, scope_label
from luwes.web.frame.middleware import ROLE_KEY
from luwes.web.frame.requests import PageRequest

NEXT = "lanjut"


@page(access=PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail or NIP with a password. Every failure gets the same sentence."""
    visit = cast(PageRequest, request)
    wanted = _safe_next(request)
    if request.method != "POST":
        if visit.user.is_authenticated:
            return HttpResponseRedirect(wanted or reverse("home:index"))
        return _form(request, SignInForm(), wanted)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, wanted, status=422)
    with unit_of_work(system("sign_in"), visit.now, request_id=visit.request_id):
        result = actions.sign_in(address=client_address(request), **form.cleaned_data)
    if result.user is None:
        form.refuse(result.locked_until)
        return _form(request, form, wanted, status=422)
    login(request, result.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    held = [row for row in queries.roles_of(result.user, visit.today) if row.held]
    if len(held) > 1:
        return HttpResponseRedirect(f"{reverse('accounts:roles')}?{urlencode({NEXT: wanted})}")
    return HttpResponseRedirect(wanted or reverse("home:index"))


@page(access=PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the session is emptied and its key thrown away. Leaving twice is no fault."""
    visit = cast(PageRequest, request)
    if visit.user.is_authenticated:
        with unit_of_work(visit.actor, visit.now, request_id=visit.request_id):
            actions.note_sign_out(user=queries.signed_in(visit.user))
        logout(request)
    return HttpResponseRedirect(reverse("accounts:sign_in"))


@page(access=SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Choose the role to act in. With a single one there is nothing to choose."""
    visit = cast(PageRequest, request)
    rows = queries.roles_of(queries.signed_in(visit.user), visit.today)
    held = [row for row in rows if row.held]
    wanted = _safe_next(request)
    if request.method == "POST":
        chosen = next((row for row in held if row.id == request.POST.get("peran")), None)
        if chosen is None:
            return _roles_page(visit, rows, wanted, refused=True)
        visit.session[ROLE_KEY] = chosen.id
        return HttpResponseRedirect(wanted or reverse("home:index"))
    if len(rows) == 1 and held:
        return HttpResponseRedirect(wanted or reverse("home:index"))
    return _roles_page(visit, rows, wanted)


def _roles_page(visit: PageRequest, rows: Sequence[RoleRow], wanted: str, *, refused: bool = False) -> HttpResponse:
    shown = [
        {
            "row": row,
            "label": role_label(row),
            "unit": scope_label(row.scope, visit.today),
            "current": row == visit.role,
        }
        for row in rows
    ]
    context = {"roles": shown, "today": visit.today, "next": wanted, "refused": refused}
    return render(visit, "accounts/roles.html", context, status=422 if refused else 200)


def _form(request: HttpRequest, form: SignInForm, wanted: str, *, status: int = 200) -> HttpResponse:
    response = render(request, "accounts/sign_in.html", {"form": form, "next": wanted}, status=status)
    patch_cache_control(response, no_store=True)
    return response


def _safe_next(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of ours."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
