"""What a person sees and changes about themselves."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luwes.apps.accounts import queries, wording
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import people, tokens
from luwes.web.access import PUBLIC, SIGNED_IN, page
from luwes.web.accounts.forms import PasswordForm, TokenForm
from luwes.web.frame import once
from luwes.web.frame.context import role_label, scope_label
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

LANGUAGE_DAYS = 365


@page(access=SIGNED_IN)
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Own data, roles, tokens, and how long everything is kept."""
    visit = cast(PageRequest, request)
    return _profile(visit, TokenForm(roles=_held(visit)))


@page(access=SIGNED_IN)
@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """Create a token and show its secret, this once."""
    visit = cast(PageRequest, request)
    form = TokenForm(request.POST, roles=_held(visit))
    if not form.is_valid():
        return _profile(visit, form, status=422)
    try:
        secret = once.secret_of(visit, "token")
        once.run(
            visit,
            lambda: (
                tokens.create_token(user=queries.signed_in(visit.user), secret=secret, **form.cleaned_data).public_id
            ),
        )
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return _profile(visit, form, status=422)
    context = {"secret": secret, "name": form.cleaned_data["name"], "days": form.cleaned_data["days"]}
    response = render(request, "accounts/token_shown.html", context)
    patch_cache_control(response, no_store=True)
    return response


@page(access=SIGNED_IN)
@require_POST
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """Revoke one of the person's own tokens."""
    visit = cast(PageRequest, request)

    def act() -> str:
        tokens.revoke_token(user=queries.signed_in(visit.user), token_id=token_id)
        return reverse("accounts:profile")

    try:
        answer = once.redirect(visit, act)
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(reverse("accounts:profile"))
    messages.info(request, _("Token dicabut. Program yang memakainya tidak dapat masuk lagi."))
    return answer


@page(access=SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password, by choice or because the first one was temporary."""
    visit = cast(PageRequest, request)
    user = queries.signed_in(visit.user)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _password_page(visit, form)
    present, new = form.cleaned_data["present"], form.cleaned_data["password"]

    def act() -> str:
        people.change_password(user=user, present=present, password=new)
        return reverse("home:index")

    try:
        answer = once.redirect(visit, act)
    except ValidationError as weak:
        form.add_error("password", weak)
        return _password_page(visit, form)
    except Refused as refused:
        field = "password" if isinstance(refused, people.SamePassword) else "present"
        form.add_error(field, sentence(refused, wording.refusal))
        return _password_page(visit, form)
    if (changed := queries.user_by_id(user.public_id)) is not None:
        update_session_auth_hash(request, changed)  # the other sessions of this person end here
    messages.info(request, _("Kata sandi diganti. Sesi Anda di perangkat lain sudah diakhiri."))
    return answer


@page(access=PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie."""
    answer = HttpResponseRedirect(reverse("accounts:profile"))
    chosen = request.POST.get("bahasa")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            str(chosen),
            max_age=LANGUAGE_DAYS * 24 * 60 * 60,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer


def _held(visit: PageRequest) -> list[tuple[queries.RoleRow, str]]:
    return [
        (row, _in_words(row, visit)) for row in queries.roles_of(queries.signed_in(visit.user), visit.today) if row.held
    ]


def _in_words(row: queries.RoleRow, visit: PageRequest) -> str:
    return f"{role_label(row)} · {scope_label(row.scope, visit.today)}"


def _profile(visit: PageRequest, form: TokenForm, *, status: int = 200) -> HttpResponse:
    user, today = queries.signed_in(visit.user), visit.today
    context = {
        "form": form,
        "user": user,
        "roles": [(row, _in_words(row, visit)) for row in queries.roles_of(user, today)],
        "tokens": [
            (token, _in_words(token.role, visit), wording.state(token.state))
            for token in queries.tokens_of(user, visit.now, today)
        ],
        "stored": [
            {"term": wording.stored(table), "value": wording.kept_for(kept.days), "note": kept.reason}
            for table, kept in queries.stored_about_a_person()
        ],
        "languages": settings.LANGUAGES,
    }
    return render(visit, "accounts/profile.html", context, status=status)


def _password_page(visit: PageRequest, form: PasswordForm) -> HttpResponse:
    context = {"form": form, "forced": queries.signed_in(visit.user).must_change_password}
    response = render(visit, "accounts/password.html", context, status=422 if form.errors else 200)
    patch_cache_control(response, no_store=True)
    return response
