"""Accounts as the admin sees them."""

import re
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luwes.apps.accounts import queries, wording
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import people
from luwes.apps.accounts.queries import HeldOffice, UserRow
from luwes.apps.accounts.roles import Right
from luwes.apps.people.staff.heads import off_duty_offices
from luwes.web.access import page
from luwes.web.accounts.forms import UserForm
from luwes.web.frame import once, params
from luwes.web.frame.context import role_label, scope_label
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

# An e-mail, or a NIP or part of one.
IDENTIFYING = re.compile(r"@|\d{6}")


@page(access=Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def users(request: HttpRequest) -> HttpResponse:
    """Accounts by name, searched by part of a name or e-mail, or by a whole NIP."""
    visit = cast(PageRequest, request)
    here = reverse("accounts:users")
    if request.method == "POST":
        # What is looked for is posted: an e-mail or a NIP must not stand in an address. A name may.
        asked = params.clean(request.POST.get("cari", ""))
        if not IDENTIFYING.search(asked):
            return HttpResponseRedirect(f"{here}?{urlencode({'cari': asked})}" if asked else here)
        found = queries.users(search=asked, after="", on=visit.today)
        context = {"items": [_list_item(row) for row in found.rows], "search": asked}
        return render(request, "accounts/users.html", context)
    search, after = params.text(request, "cari"), params.text(request, "sesudah")
    found = queries.users(search=search, after=after, on=visit.today)
    context = {
        "items": [_list_item(row) for row in found.rows],
        "search": search,
        # Beside the first page of everybody: whoever looks for somebody has something else in mind.
        "off_duty": [] if search or after else [_off_duty(one, visit.today) for one in off_duty_offices(visit.today)],
        "first_url": f"{here}?{urlencode({'cari': search})}" if after else "",
        "next_url": f"{here}?{urlencode({'cari': search, 'sesudah': found.next})}" if found.next else "",
    }
    return render(request, "accounts/users.html", context)


@page(access=Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Create an account; its temporary password is shown this once."""
    visit = cast(PageRequest, request)
    form = UserForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _create_page(visit, form)
    data = form.cleaned_data

    def act() -> str:
        return people.create_user(
            name=data["name"], email=data["email"] or None, nip=data["nip"] or None, password=temporary
        ).public_id

    try:
        temporary = once.password_of(visit)
        user_id = once.run(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return _create_page(visit, form)
    return _password_shown(visit, user_id=user_id, password=temporary)


@page(access=Right.MANAGE_ACCOUNTS)
@require_safe
def user(request: HttpRequest, user_id: str) -> HttpResponse:
    """One account: its roles, and what can be done about it."""
    visit = cast(PageRequest, request)
    found = queries.user_by_id(user_id)
    if found is None:
        raise Http404
    roles = [
        {"row": row, "label": role_label(row), "unit": scope_label(row.scope, visit.today)}
        for row in queries.roles_of(found, visit.today)
    ]
    context = {"account": found, "roles": roles, "today": visit.today, "own": found.public_id == visit.actor.id}
    return render(request, "accounts/user.html", context)


@page(access=Right.MANAGE_ACCOUNTS)
@require_POST
def set_active(request: HttpRequest, user_id: str) -> HttpResponse:
    """Switch the account on or off; the form says which version of it was looked at."""
    visit = cast(PageRequest, request)
    here = reverse("accounts:user", args=[user_id])
    active = request.POST.get("aktif") == "ya"
    version = request.POST.get("version", "")

    def act() -> str:
        people.set_active(
            user_id=user_id, active=active, version=int(version) if version.isdecimal() and len(version) < 10 else 0
        )
        return here

    try:
        answer = once.redirect(visit, act)
    except people.NoSuchUser as missing:
        raise Http404 from missing
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(here)
    messages.info(request, _("Akun diaktifkan.") if active else _("Akun dinonaktifkan. Orang ini tidak dapat masuk."))
    return answer


@page(access=Right.MANAGE_ACCOUNTS)
@require_POST
def reset_password(request: HttpRequest, user_id: str) -> HttpResponse:
    """Give a new temporary password, shown this once."""
    visit = cast(PageRequest, request)

    def act() -> str:
        people.reset_password(user_id=user_id, password=temporary)
        return user_id

    try:
        temporary = once.password_of(visit)
        once.run(visit, act)
    except people.NoSuchUser as missing:
        raise Http404 from missing
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(reverse("accounts:user", args=[user_id]))
    return _password_shown(visit, user_id=user_id, password=temporary)


def _off_duty(one: HeldOffice, today: date) -> dict[str, str]:
    return {
        "title": one.name,
        "note": f"{role_label(one.row)} · {scope_label(one.row.scope, today)}",
        "href": reverse("accounts:role_end", args=[one.row.user_id, one.row.id]),
    }


def _list_item(row: UserRow) -> dict[str, str]:
    held = [role_label(role) for role in row.roles if role.held]
    item = {
        "url": reverse("accounts:user", args=[row.id]),
        "title": row.name,
        "note": " · ".join([row.login, *(held or [_("belum ada peran")])]),
    }
    return item if row.is_active else item | {"tag": _("Nonaktif"), "tone": "neutral"}


def _create_page(visit: PageRequest, form: UserForm) -> HttpResponse:
    return render(visit, "accounts/user_create.html", {"form": form}, status=422 if form.errors else 200)


def _password_shown(visit: PageRequest, *, user_id: str, password: str) -> HttpResponse:
    context = {"account": queries.user_by_id(user_id), "password": password}
    response = render(visit, "accounts/password_shown.html", context)
    patch_cache_control(response, no_store=True)
    return response
