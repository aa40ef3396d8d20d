"""What somebody without an account does through a job link; each job has a module of its own.

Opening the address changes nothing, however often a mail scanner does it; only the form acts.
"""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.accounts.roles import Job
from luwes.web.access import JOB_LINK, page
from luwes.web.frame.requests import PageRequest
from luwes.web.jobs import budget_note, confirm_services, monthly_form
from luwes.web.spotcheck import filing

ANSWERS: dict[Job, Callable[[PageRequest, JobLinkOpen], HttpResponse]] = {
    Job.BUDGET_NOTE: budget_note.answer,
    Job.CONFIRM_SERVICES: confirm_services.answer,
    Job.MONTHLY_FORM: monthly_form.answer,
    Job.SPOT_CHECKS: filing.answer,
}


@page(access=JOB_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, secret: str) -> HttpResponse:
    """The job of the link."""
    visit = cast(PageRequest, request)
    try:
        link = job_links.open_link(secret, visit.now)
        return _private(ANSWERS[Job(link.job)](visit, link))
    except (job_links.LinkClosed, OutsideScope, Forbidden):
        # One answer for unknown, expired, revoked and for a unit that is gone: the address tells nothing.
        return _private(render(request, "jobs/closed.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: no copy of the page is kept, no other site and no index learns of it.

    Not "no-referrer": browsers then send forms with the origin "null", which the CSRF check refuses.
    """
    patch_cache_control(response, no_store=True)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
