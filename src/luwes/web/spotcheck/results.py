"""What spot checks say, what they were said to be able to show, and the form that freezes a procedure."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.reporting.four import month_label
from luwes.apps.results.counters.photos import photos
from luwes.apps.results.spotchecks import queries, wording
from luwes.apps.results.spotchecks.actions import freeze_procedure
from luwes.core.sampling.estimate import Difference, Estimate
from luwes.core.workdays.months import month_before
from luwes.core.workdays.periods import DAY
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.spotcheck.forms import ProcedureForm


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.SEE_GOVERNMENT)
def results(request: HttpRequest) -> HttpResponse:
    """This month and the last, by kind of day, each share with its interval and what silence could hide."""
    visit = cast(PageRequest, request)
    may_freeze = access.allows(visit.actor, Right.PLAN_SPOT_CHECKS)
    if visit.method == "POST":
        access.require_whole(visit.actor, Right.PLAN_SPOT_CHECKS)
    form = _form(visit) if may_freeze else None
    if visit.method == "POST" and form is not None and form.is_valid() and _frozen(visit, form):
        messages.success(visit, _("Tata cara dibekukan. Undian pertama menurut tata cara ini pada tanggal mulainya."))
        return HttpResponseRedirect(visit.path)
    this = visit.today.replace(day=1)
    months = [
        _month(queries.month_result(month, visit.today), month_label(month)) for month in (this, month_before(this))
    ]
    context = {
        "months": months,
        "procedures": [_procedure(row) for row in queries.procedures()],
        "form": form,
        "repeats": queries.repeats(visit.today),
        "photos": photos() if access.allows(visit.actor, Right.SEE_DOOR_PHOTO) else [],
    }
    return render(visit, "spotcheck/results.html", context, status=422 if form and form.errors else 200)


@require_safe
@page(access=Right.SEE_DOOR_PHOTO, scoped=True)
def photo(request: HttpRequest, check_id: str) -> HttpResponse:
    """The picture of a closed door."""
    visit = cast(PageRequest, request)
    image = queries.photo(check_id, visit.actor, visit.today)
    return HttpResponse(image, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _form(visit: PageRequest) -> ProcedureForm:
    initial = {"since": visit.today + DAY, "per_day": 12, "flexible_rate": 2, "base_percent": 3}
    return ProcedureForm(visit.POST if visit.method == "POST" else None, initial=initial)


def _frozen(visit: PageRequest, form: ProcedureForm) -> bool:
    data = form.cleaned_data

    def act() -> str:
        freeze_procedure(
            since=data["since"],
            per_day=data["per_day"],
            flexible_rate=data["flexible_rate"],
            base_share=data["base_percent"] / 100,
        )
        return reverse("spotcheck:results")

    try:
        once.run(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return False
    return True


def _month(found: queries.MonthResult, label: str) -> dict[str, Any]:
    kinds = ((_("Semua hari"), found.every), (_("Hari fleksibel"), found.flexible), (_("Hari lain"), found.other))
    return {
        "label": label,
        "drawn": found.drawn,
        "filed": found.filed,
        "rows": [{"kind": kind, **_shares(one)} for kind, one in kinds],
        "apart": None if found.apart is None else _apart(found.apart),
    }


def _apart(found: Difference) -> dict[str, Any]:
    """The difference in points, and what may be said of it: an interval around none is neither better nor worse."""
    if found.low > 0:
        told = _("Pada hari fleksibel warga lebih sering tidak dilayani.")
    elif found.high < 0:
        told = _("Pada hari fleksibel warga lebih jarang tidak dilayani.")
    else:
        told = _("Kisarannya memuat nol, jadi belum dapat disebut membaik atau memburuk.")
    return {"value": found.value * 100, "low": found.low * 100, "high": found.high * 100, "told": told}


def _shares(one: Estimate | None) -> dict[str, Any]:
    if one is None:
        return {"checks": 0}
    return {
        "checks": one.checks,
        "missing": one.missing,
        **{name: getattr(one, name) * 100 for name in ("share", "low", "high", "least", "most")},
    }


def _procedure(row: queries.ProcedureRow) -> dict[str, Any]:
    return {"row": row, "base": row.base_share * 100, "reach": [_reach(one) for one in row.reach]}


def _reach(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "harm": None if one["harm"] is None else one["harm"] * 100}
