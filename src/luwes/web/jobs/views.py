"""What somebody without an account does through a job link.

Opening the address changes nothing, however often a mail scanner does it; only the form acts.
"""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts import wording as account_wording
from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.people import queries as people
from luwes.apps.reporting.answers import figure_sentence
from luwes.apps.results import actions, queries, wording
from luwes.apps.results.queries import BudgetNoteRow
from luwes.web.access import JOB_LINK, page
from luwes.web.frame import once
from luwes.web.frame.requests import PageRequest
from luwes.web.jobs.forms import BudgetNoteForm

DONE = "selesai"


@page(access=JOB_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, secret: str) -> HttpResponse:
    """The job of the link: a note on the unit's budget realisation."""
    visit = cast(PageRequest, request)
    try:
        link = job_links.open_link(secret, visit.now)
        return _private(_budget_note(visit, link))
    except (job_links.LinkClosed, OutsideScope, Forbidden):
        # One answer for unknown, expired, revoked and for a unit that is gone: the address tells nothing.
        return _private(render(request, "jobs/closed.html", status=404))


def _budget_note(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    unit = people.unit_on(link.scope, visit.today)
    if unit is None:
        raise job_links.LinkClosed
    fact = queries.latest_budget(link.scope, visit.today)
    if fact is None:
        return render(visit, "jobs/no_figure.html", {"unit": unit})
    figure = fact.figure
    shown = {"year": figure.year, "as_of": figure.as_of.isoformat()}
    form = BudgetNoteForm(visit.POST if visit.method == "POST" else None, initial=shown)
    if visit.method == "POST" and form.is_valid():
        try:
            _write(visit, link, form)
        except Refused as refused:
            if isinstance(refused, Forbidden | OutsideScope | job_links.LinkClosed):
                raise
            form.add_error(None, _sentence(refused))
        else:
            return HttpResponseRedirect(f"{visit.path}?{DONE}=1")
    done = visit.method != "POST" and DONE in visit.GET
    context = {
        "unit": unit,
        "link": link,
        "fact": fact,
        "sentence": figure_sentence(figure, unit.name),
        "form": form,
        "note": _own_note(link, figure.year) if done else None,
    }
    return render(visit, "jobs/budget_note.html", context, status=422 if form.errors else 200)


def _own_note(link: JobLinkOpen, year: int) -> BudgetNoteRow | None:
    """The latest note under the holder's own name: what others of the unit wrote is not theirs to read here."""
    signature = job_links.actor_of(link).signature
    return next((note for note in queries.notes(link.scope, year) if note.signed_by == signature), None)


def _write(visit: PageRequest, link: JobLinkOpen, form: BudgetNoteForm) -> str:
    def act() -> str:
        note = actions.write_budget_note(
            unit_key=link.scope, year=form.cleaned_data["year"], as_of=form.cleaned_data["as_of"], text=form.text()
        )
        job_links.mark_used(link_id=link.id)
        return note.public_id

    return once.run(visit, act, actor=job_links.actor_of(link))


def _sentence(refused: Refused) -> str:
    if isinstance(refused, once.FormStale):
        return account_wording.refusal(refused.code)
    return wording.refusal(refused.code)


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: no copy of the page is kept, no other site and no index learns of it.

    Not "no-referrer": browsers then send forms with the origin "null", which the CSRF check refuses.
    """
    patch_cache_control(response, no_store=True)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
