"""A citizen's picture of a closed door, for the few who may see it."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luwes.apps.accounts.roles import Right
from luwes.apps.results.counters import photos
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest


@require_safe
@page(access=Right.SEE_DOOR_PHOTO, scoped=True)
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """The picture, kept by no cache."""
    visit = cast(PageRequest, request)
    image = photos.photo(code, visit.actor, visit.now)
    return HttpResponse(image, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})
