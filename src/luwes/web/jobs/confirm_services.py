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
from luwes.web.services import settling, standards
from luwes.web.services.forms import SettleForm

DONE = "selesai"


def answer(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    """Show what is proposed, or offer the catalogue; store the answers under the link's name."""
    unit = people.unit_on(link.scope, visit.today)
    if unit is None:
        raise job_links.LinkClosed
    waiting = settling.waiting(link.scope, visit.today)
    filling = visit.method == "POST" and standards.FILL in visit.POST
    posted = visit.method == "POST" and not filling and not settling.wants_proposals(visit)
    form = SettleForm(visit.POST if posted else None, rows=waiting.rows)
    # Names first: a standard is asked for once it is clear which services there are.
    sheet = standards.sheet(visit, link.scope, sent=filling)
    try:
        if filling and sheet.is_valid():
            _run(visit, link, lambda: standards.store(sheet))
            return HttpResponseRedirect(f"{visit.path}?{DONE}=1&{standards.carried(sheet)}")
        if settling.wants_proposals(visit):
            _run(visit, link, lambda: settling.propose(link.scope, visit.today))
            return HttpResponseRedirect(visit.path)
        if posted and form.is_valid():
            _run(visit, link, lambda: settling.settle(form, link.scope, visit.today))
            return HttpResponseRedirect(f"{visit.path}?{DONE}=1")
    except job_links.LinkClosed:
        raise  # closed while the form was open: the page says so, not the form
    except Refused as refused:
        if filling:
            standards.refuse(sheet, refused)
        else:
            form.is_valid()
            form.add_error(None, sentence(refused, wording.refusal))
    context = {
        "unit": unit,
        "waiting": waiting,
        "form": form,
        "done": visit.method != "POST" and DONE in visit.GET,
        "link": link,
        "sheet": sheet,
    }
    failed = bool(form.errors) or (filling and sheet.failed)
    return render(visit, "jobs/confirm_services.html", context, status=422 if failed else 200)


def _run(visit: PageRequest, link: JobLinkOpen, act: Callable[[], int]) -> None:
    def acted() -> str:
        count = act()
        job_links.mark_used(link_id=link.id)
        return str(count)

    once.run(visit, acted, actor=job_links.actor_of(link))
