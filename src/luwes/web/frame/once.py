"""One form, one result: a double submit returns the first result instead of acting twice.

A template writes `{{ once }}` beside `{% csrf_token %}` in every form that changes something; each use is
a fresh token. The view then acts through `run` (or `redirect`), which opens the unit of work:

    def act() -> str:
        batch = actions.confirm(...)
        return reverse("sources:batch", args=[batch.public_id])

    try:
        return once.redirect(request, act)
    except Refused as refused:          # nothing was written, the same form may be sent again
        form.add_error(None, wording.refusal(refused.code))

The outcome is a short text (an address or an opaque id), never personal text. Forbidden and OutsideScope
pass through to the frame. A form older than a day raises `FormStale`.

The same form sent with other content (a step back, a correction, sent again) is another act: nobody is told
that something was stored which was not.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luwes.apps.accounts import secret
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import receipts
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.web.frame.requests import PageRequest

FIELD = "once"
# Made anew with every page shown, so no part of what a person says.
NOT_CONTENT = (FIELD, "csrfmiddlewaretoken")
SALT = "luwes.form"
# Receipts are kept for two days, so a token of at most one day always finds its own.
LIFETIME = timedelta(days=1)


class FormStale(Refused):
    """The form carries no token of ours, or one older than a day."""

    code = "form_stale"


def hidden_input() -> SafeString:
    """The hidden field of one form; the context processor offers it as `{{ once }}`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_token())


def new_token() -> str:
    """A fresh token, signed and dated, so that nobody can choose one."""
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))


def run(request: PageRequest, act: Callable[[], str], *, actor: Actor | None = None) -> str:
    """Run `act` once per form inside one unit of work and return its outcome, the first time or again.

    `actor` replaces the signed-in actor (job links). What `act` raises rolls everything back, the receipt
    too. A second submit waits for the first, then gets the same outcome without acting.
    """
    who = actor or request.actor
    digest = _digest(request, who)
    with unit_of_work(who, request.now, request_id=request.request_id):
        outcome = receipts.open_receipt(digest)
        if outcome is None:
            outcome = act()
            receipts.keep_outcome(digest, outcome)
    return outcome


def redirect(request: PageRequest, act: Callable[[], str], *, actor: Actor | None = None) -> HttpResponseRedirect:
    """`run` where the outcome is the address to go to next."""
    return HttpResponseRedirect(run(request, act, actor=actor))


def secret_of(request: PageRequest, purpose: str) -> str:
    """A secret tied to this form, so that a double submit can show the same one and nothing is stored.

    Known only to who holds both the instance's key and the form, for example a new token's secret.
    """
    return secret.derived(purpose, _digest(request, request.actor))


def password_of(request: PageRequest) -> str:
    """A temporary password tied to this form, easy to read aloud; see `secret_of`."""
    return secret.readable(secret_of(request, "password"))


def _digest(request: HttpRequest, actor: Actor) -> str:
    token = request.POST.get(FIELD, "")
    try:
        signing.TimestampSigner(salt=SALT).unsign(token, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise FormStale from error
    text = f"{token}\n{actor.kind.value}\n{actor.id}\n{request.path}\n{_content(request)}"
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _content(request: HttpRequest) -> str:
    """What was filled in, as one text; files by their digest."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_CONTENT}
    files = [
        (name, file.name, hashlib.sha256(b"".join(file.chunks())).hexdigest())
        for name, sent in request.FILES.lists()
        for file in sent
    ]
    return json.dumps([sorted(fields.items()), sorted(files)])
