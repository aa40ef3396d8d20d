"""The job of saying which proposed services a unit really has."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.people import queries as people
from luwes.apps.people.services import wording
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.services import settling
from luwes.web.services.forms import SettleForm

DONE = "selesai"


def answer(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    """Show what is proposed, or offer the catalogue; store the answers under the link's name."""
    unit = people.unit_on(link.scope, visit.today)
    if unit is None:
        raise job_links.LinkClosed
    waiting = settling.waiting(link.scope, visit.today)
    posted = visit.method == "POST" and not settling.wants_proposals(visit)
    form = SettleForm(visit.POST if posted else None, rows=waiting.rows)
    try:
        if settling.wants_proposals(visit):
            _run(visit, link, lambda: settling.propose(link.scope, visit.today))
            return HttpResponseRedirect(visit.path)
        if posted and form.is_valid():
            _run(visit, link, lambda: settling.settle(form, link.scope, visit.today))
            return HttpResponseRedirect(f"{visit.path}?{DONE}=1")
    except job_links.LinkClosed:
        raise  # closed while the form was open: the page says so, not the form
    except Refused as refused:
        form.is_valid()
        form.add_error(None, sentence(refused, wording.refusal))
    context = {
        "unit": unit,
        "waiting": waiting,
        "form": form,
        "done": visit.method != "POST" and DONE in visit.GET,
        "link": link,
    }
    return render(visit, "jobs/confirm_services.html", context, status=422 if form.errors else 200)


def _run(visit: PageRequest, link: JobLinkOpen, act: Callable[[], int]) -> None:
    def acted() -> str:
        count = act()
        job_links.mark_used(link_id=link.id)
        return str(count)

    once.run(visit, acted, actor=job_links.actor_of(link))
