"""Job links: issuing them, seeing how they stand, closing them."""

from datetime import timedelta
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luwes.apps.accounts import queries, wording
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkRow
from luwes.apps.accounts.roles import Job, Right
from luwes.apps.people import queries as units
from luwes.web.access import page
from luwes.web.accounts.forms import JobLinkForm
from luwes.web.frame import once, params
from luwes.web.frame.context import scope_label
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

TONES = {"open": "info", "used": "success", "revoked": "neutral", "expired": "neutral"}


@page(access=Right.ISSUE_JOB_LINK)
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links issued, newest first, with how they stand."""
    visit = cast(PageRequest, request)
    after = params.text(request, "sesudah")
    found = queries.job_links(after=after, now=visit.now)
    here = reverse("accounts:links")
    names = {unit.key: unit.name for unit in units.units_on(visit.today)}
    context = {
        "links": [_shown(row, names) for row in found.rows],
        "first_url": here if after else "",
        "next_url": f"{here}?{urlencode({'sesudah': found.next})}" if found.next else "",
    }
    return render(request, "accounts/links.html", context)


@page(access=Right.ISSUE_JOB_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a link for a named person; its address is shown this once."""
    visit = cast(PageRequest, request)
    choices = [row for row in units.units_on(visit.today) if row.parent_key]
    if request.method == "POST":
        form = JobLinkForm(request.POST, units=choices)
    else:
        asked = {"scope": params.text(request, "unit"), "job": params.text(request, "tugas")}
        form = JobLinkForm(units=choices, initial=asked)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"job": Job(form.cleaned_data["job"])}
        try:
            secret = once.secret_of(visit, "job_link")
            once.run(visit, lambda: job_links.issue_job_link(secret=secret, **data).public_id)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            return _link_shown(visit, secret=secret, scope=data["scope"], job=data["job"], days=data["days"])
    return render(request, "accounts/link_issue.html", {"form": form}, status=422 if form.errors else 200)


@page(access=Right.ISSUE_JOB_LINK)
@require_POST
def revoke(request: HttpRequest, link_id: str) -> HttpResponse:
    """Close a link now."""
    visit = cast(PageRequest, request)
    here = reverse("accounts:links")

    def act() -> str:
        job_links.revoke_job_link(link_id=link_id)
        return here

    try:
        answer = once.redirect(visit, act)
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(here)
    messages.info(request, _("Tautan dicabut. Alamatnya tidak dapat dibuka lagi."))
    return answer


def _shown(row: JobLinkRow, names: dict[str, str]) -> dict[str, object]:
    return {
        "row": row,
        "job": wording.job(Job(row.job)),
        "unit": names.get(row.scope, _("Unit yang tidak berlaku lagi")),
        "state": wording.state(row.state),
        "tone": TONES[row.state],
        "can_revoke": row.state in {"open", "used"},
    }


def _link_shown(visit: PageRequest, *, secret: str, scope: str, job: Job, days: int) -> HttpResponse:
    address = visit.build_absolute_uri(reverse("jobs:job", args=[secret]))
    last_day = timezone.localdate(visit.now + timedelta(days=days))
    # The shared text names job and unit, never the person.
    context = {
        "address": address,
        "job": wording.job(job),
        "unit": scope_label(scope, visit.today),
        "last_day": last_day,
    }
    response = render(visit, "accounts/link_shown.html", context)
    patch_cache_control(response, no_store=True)
    return response
