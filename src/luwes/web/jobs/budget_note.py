"""The job of a note on the unit's budget realisation."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.people import queries as people
from luwes.apps.reporting.answers import figure_sentence
from luwes.apps.results import actions, queries, wording
from luwes.apps.results.queries import BudgetNoteRow
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.jobs.forms import BudgetNoteForm

DONE = "selesai"


def answer(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    """Show the newest figure and take the note."""
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
        except job_links.LinkClosed:
            raise  # closed while the form was open: the page says so, not the form
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
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
