"""The code behind the counter on a sheet to print."""

import io
from typing import cast

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from luwes.apps.accounts.roles import Right
from luwes.apps.results.counters import actions, places
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest


@require_safe
@page(access=Right.MANAGE_SERVICES, scoped=True)
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The code as a picture and its address in words, for phones that cannot scan."""
    visit = cast(PageRequest, request)
    place = places.require(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    seal = actions.seal_of(key)
    address = code = ""
    if seal:
        path = reverse("counter:inside", args=[key, seal])
        address = f"{settings.SITE_URL}{path}" if settings.SITE_URL else visit.build_absolute_uri(path)
        code = picture(address)
    response = render(request, "counter/sheet.html", {"place": place, "address": address, "code": code})
    # The sheet shows a key: no copy of it is kept.
    patch_cache_control(response, no_store=True)
    return response


def picture(address: str) -> str:
    """The address as a QR code, black on white whatever the theme, for it is printed."""
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        made, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, title=None
    )
    return made.getvalue().decode()
