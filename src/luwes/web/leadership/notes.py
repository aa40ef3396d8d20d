"""The words of a unit on its own realisation, written by somebody with an account."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.reporting.answers import figure_sentence
from luwes.apps.results import actions, queries, wording
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.jobs.forms import BudgetNoteForm


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.WRITE_BUDGET_NOTE, scoped=True)
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write a note on the unit's newest figure; earlier notes stay."""
    visit = cast(PageRequest, request)
    people_access.require_unit(visit.actor, Right.WRITE_BUDGET_NOTE, key, visit.today)
    fact = queries.latest_budget(key, visit.today)
    shown = {"year": fact.figure.year, "as_of": fact.figure.as_of.isoformat()} if fact else {}
    form = BudgetNoteForm(visit.POST if visit.method == "POST" else None, initial=shown)
    if visit.method == "POST" and form.is_valid():
        try:
            response = once.redirect(visit, lambda: _note(key, form))
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Catatan tersimpan. Pimpinan membacanya di halaman ini."))
            return response
    unit = people.unit_on(key, visit.today)
    judged = figure_sentence(fact.figure, unit.name) if fact and unit else ""
    context = {"unit": unit, "fact": fact, "sentence": judged, "form": form}
    return render(visit, "leadership/note.html", context, status=422 if form.errors else 200)


def _note(key: str, form: BudgetNoteForm) -> str:
    data = form.cleaned_data
    actions.write_budget_note(unit_key=key, year=data["year"], as_of=data["as_of"], text=form.text())
    return reverse("leadership:unit", args=[key])
