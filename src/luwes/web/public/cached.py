"""Pages that are the same for everybody: no cookie, no account, kept by caches for a minute, told apart by ETag."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

from luwes.apps.people import queries as people
from luwes.web.frame.requests import PageRequest

MINUTE = 60


def rendered(visit: PageRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page rendered without the request, so that nothing of who asks can get into it."""
    top = people.government(visit.today)
    frame = {
        "agency_name": top.name if top else settings.AGENCY_NAME,
        "version": settings.VERSION,
        "home_url": "/",
    }
    return HttpResponse(render_to_string(template, {**context, "frame": frame}), status=status)


def shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let caches keep it for a minute; whoever has it already is told so in a few bytes."""
    patch_cache_control(response, public=True, max_age=MINUTE)
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
    return found if isinstance(found, HttpResponse) else response


def own(response: HttpResponse) -> HttpResponse:
    """A page about one report: kept nowhere, found by no index."""
    patch_cache_control(response, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
