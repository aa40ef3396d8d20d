"""The threshold of a flexible day: what holds, how it came about, and its form."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts import access
from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.schedule import actions, thresholds, wording
from luwes.apps.schedule.thresholds import ThresholdRow
from luwes.core import formats
from luwes.core.exposure.shares import threshold_on
from luwes.core.workdays.months import next_month
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.schedule.example import exact
from luwes.web.schedule.forms import ThresholdForm


@page(access=Right.SEE_GOVERNMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def threshold(request: HttpRequest) -> HttpResponse:
    """Who sees the government reads; who may set thresholds finds the form."""
    visit = cast(PageRequest, request)
    may_set = access.allows(visit.actor, Right.SET_THRESHOLD) and not visit.actor.scope
    form = _form(visit) if may_set or request.method == "POST" else None
    if request.method == "POST" and form is not None:
        # Who may not is told so before anything else about the form.
        access.require_whole(visit.actor, Right.SET_THRESHOLD)
        if form.is_valid() and (response := _saved(visit, form)) is not None:
            return response
    context = {
        "form": form,
        "present": _percent(threshold_on(visit.today, thresholds.thresholds())),
        "history": _rows(thresholds.history(), visit.today),
    }
    return render(request, "schedule/threshold.html", context, status=422 if form and form.errors else 200)


def _form(visit: PageRequest) -> ThresholdForm:
    present = threshold_on(visit.today, thresholds.thresholds()) * 100
    initial = {
        "version": thresholds.version(),
        "percent": formats.number(float(present), 2 if present.denominator > 1 else 0, get_language() or "id"),
        # Months are what the evaluation compares, so a threshold best begins with one.
        "since": next_month(visit.today),
    }
    return ThresholdForm(visit.POST if visit.method == "POST" else None, initial=initial)


def _saved(visit: PageRequest, form: ThresholdForm) -> HttpResponse | None:
    data = form.cleaned_data

    def act() -> str:
        actions.set_threshold(
            since=data["since"], at_least=form.share(), reason=data["reason"], version=data["version"]
        )
        return reverse("schedule:threshold")

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, _("Ambang tersimpan. Bulan yang terkena sedang dihitung ulang."))
    return response


def _rows(rows: Sequence[ThresholdRow], today: date) -> list[dict[str, Any]]:
    """Every setting with its state in words; what holds today is the latest begun that is not superseded."""
    names = accounts.names(row.set_by for row in rows)
    begun = [row.since for row in rows if row.superseded_at is None and row.since <= today]
    found = []
    for row in rows:
        if row.superseded_at is not None:
            state, tone = _("diganti"), "neutral"
        elif row.since > today:
            state, tone = _("akan berlaku"), "info"
        elif row.since == max(begun):
            state, tone = _("berlaku"), "success"
        else:
            state, tone = _("berakhir"), "neutral"
        found.append(
            {
                "row": row,
                "percent": _percent(Fraction(row.at_least)),
                "who": names.get(row.set_by, ""),
                "state": state,
                "tone": tone,
            }
        )
    return found


def _percent(share: Fraction) -> str:
    return exact(share, get_language() or "id")
