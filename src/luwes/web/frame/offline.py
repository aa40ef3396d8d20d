"""The script that opens pages without signal. It stands at the top, because a worker serves only what lies below it."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luwes.web import ui
from luwes.web.access import PUBLIC, page

SCRIPT = Path(ui.__path__[0]) / "static" / "ui" / "offline.js"


@require_safe
@page(access=PUBLIC)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker; browsers ask for it anew, so that a mended one is there the next day at the latest."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})
