"""Entry by personal token: `Authorization: Bearer …`."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from luwes.apps.accounts.actions import tokens
from luwes.apps.audit.actor import Actor


class TokenAuth(HttpBearer):
    """Finds the actor behind a personal token; the operation finds it in `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return tokens.actor_of(token, timezone.now())


def actor_of(request: HttpRequest) -> Actor:
    """The actor `TokenAuth` found for this request."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Actor):
        raise TypeError("an operation was reached without its token check")
    return found
