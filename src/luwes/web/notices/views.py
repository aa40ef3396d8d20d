"""The inbox: what somebody was told, to be read, followed, or pasted elsewhere."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from luwes.apps.notices import actions, queries
from luwes.web.access import SIGNED_IN, page
from luwes.web.frame import once
from luwes.web.frame.requests import PageRequest

READ = "dibaca"


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """Unread notices first; each with a text that can be pasted into a group."""
    visit = cast(PageRequest, request)
    if visit.method == "POST":

        def act() -> str:
            actions.mark_read(notice_id=visit.POST.get(READ, ""))
            return ""

        once.run(visit, act)
        return HttpResponseRedirect(visit.path)
    base = settings.SITE_URL or f"{visit.scheme}://{visit.get_host()}"
    rows = [{"row": row, "paste": f"{row.text}\n{base}{row.path}"} for row in queries.inbox(visit.actor.id)]
    return render(visit, "notices/inbox.html", {"rows": rows})
