"""What a person decides about a staged file: what codes mean, to store it, to drop it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.sources import actions, queries, wording
from luwes.apps.sources.actions import NoSuchBatch, NoSuchSource
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.sources.views import batch_page

UNPROCESSABLE = 422


@page(access=Right.IMPORT)
@require_POST
def values(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Remember what foreign values mean and compare the stage again."""
    visit = cast(PageRequest, request)
    version = _version(request)
    row = queries.batch(visit.actor, batch_id, visit.now)
    if row is None:
        raise Http404
    # Values are named by their place in the list: they may hold anything, a field's name may not.
    choices = {
        each.value: choice
        for place, each in enumerate(queries.unmapped(row))
        if (choice := request.POST.get(f"arti_{place}", ""))
    }

    # One choice for all that were left open: nobody picks 350 units one by one.
    rest = request.POST.get("sisanya", "")

    def act() -> str:
        actions.choose_values(batch_id=batch_id, version=version, choices=choices, rest=rest)
        return reverse("sources:batch", args=[batch_id])

    return _decide(visit, batch_id, act)


@page(access=Right.IMPORT)
@require_POST
def confirm(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Store the staged rows."""
    version = _version(request)
    withdraw = request.POST.get("tarik") == "ya"

    def act() -> str:
        actions.confirm(batch_id=batch_id, version=version, withdraw_gone=withdraw)
        return reverse("sources:batch", args=[batch_id])

    return _decide(cast(PageRequest, request), batch_id, act)


@page(access=Right.IMPORT)
@require_POST
def discard(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Drop the staged rows."""
    version = _version(request)

    def act() -> str:
        actions.discard(batch_id=batch_id, version=version)
        return reverse("sources:batch", args=[batch_id])

    return _decide(cast(PageRequest, request), batch_id, act)


@page(access=Right.IMPORT)
@require_POST
def forget(request: HttpRequest, source_id: str) -> HttpResponse:
    """Ask again with the next file: what a value means, or which columns are which."""
    value = None if request.POST.get("apa") == "kolom" else request.POST.get("kode", "").replace("\x00", "")

    def act() -> str:
        actions.forget(source_id=source_id, value=value)
        return reverse("sources:source", args=[source_id])

    try:
        return once.redirect(cast(PageRequest, request), act)
    except NoSuchSource:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(reverse("sources:source", args=[source_id]))


def _version(request: HttpRequest) -> int:
    """The version the page was showing; one that is no number matches none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _decide(visit: PageRequest, batch_id: str, act: Callable[[], str]) -> HttpResponse:
    try:
        return once.redirect(visit, act)
    except NoSuchBatch:
        raise Http404 from None
    except Refused as refused:
        reason = sentence(refused, wording.refusal)
    row = queries.batch(visit.actor, batch_id, visit.now)
    if row is None:
        raise Http404
    return batch_page(visit, row, refused=reason, status=UNPROCESSABLE)
