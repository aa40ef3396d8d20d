"""The frame around every page: request id and clock, then who acts and whether they may."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luwes.apps.accounts import access as accounts_access
from luwes.apps.accounts import queries
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.web.access import Open, declared
from luwes.web.frame import errors
from luwes.web.frame.ids import request_id
from luwes.web.frame.requests import PageRequest

Next = Callable[[HttpRequest], HttpResponse]
ROLE_KEY = "role"
NOBODY = Actor(kind=ActorKind.PERSON, id="")
# Static files and the API answer for themselves; the API's own test covers its access.
API = "/api/"
OWN_ACCESS = ("/static/", API)


class RequestId:
    """Gives each request an id and reads the clock once."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        page.request_id = secrets.token_hex(6)
        page.now = timezone.now()
        page.today = timezone.localdate(page.now)
        token = request_id.set(page.request_id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = page.request_id
        return response


class Access:
    """Finds the actor and enforces the access the view declares. Private by default."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        page.role, page.role_count, page.actor = None, 0, NOBODY
        if page.user.is_authenticated:
            roles = queries.roles_of(page.user, page.today)
            page.role, page.role_count = _chosen_role(page, roles), len(roles)
            page.actor = queries.actor_in(page.user, page.role)
        private = page.user.is_authenticated or request.path.startswith(API)
        response = self.get_response(request)
        if private and not response.has_header("Cache-Control"):
            # On a shared computer the way back must not show a page after its reader has left.
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        page = cast(PageRequest, request)
        if request.path.startswith(OWN_ACCESS):
            return None
        rule = declared(view)
        if rule is None:
            raise ImproperlyConfigured(f"{view} declares no access")
        if rule.access in (Open.PUBLIC, Open.JOB_LINK):
            return None
        if not page.user.is_authenticated:
            # A form cannot be sent again after signing in, so only pages are come back to.
            wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("home:index")
            return redirect_to_login(wanted, reverse(settings.LOGIN_URL), "lanjut")
        change = reverse("accounts:password")
        if page.user.must_change_password and request.path not in (change, reverse("accounts:sign_out")):
            return HttpResponseRedirect(change)
        if isinstance(rule.access, Right):
            if rule.scoped:
                return None  # the view asks with its unit
            if rule.own and page.actor.scope and accounts_access.allows(page.actor, rule.access):
                return HttpResponseRedirect(reverse(rule.own, args=[page.actor.scope]))
            # Django asks process_exception about views alone, so what is refused here is answered here.
            try:
                accounts_access.require_whole(page.actor, rule.access)
            except accounts_access.Refused as refused:
                return self.process_exception(request, refused)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, accounts_access.OutsideScope):
            return errors.not_found(request, exception)
        if isinstance(exception, accounts_access.Forbidden):
            return errors.forbidden(request, exception.right)
        return None


def _chosen_role(page: PageRequest, roles: Sequence[queries.RoleRow]) -> queries.RoleRow | None:
    held = [row for row in roles if row.held]
    chosen = page.session.get(ROLE_KEY)
    for row in held:
        if row.id == chosen:
            return row
    return held[0] if len(held) == 1 else None
