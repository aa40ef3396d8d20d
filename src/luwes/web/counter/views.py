"""Counters for who manages them: a unit's counters, and one with taps, reports of citizens and closures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.staff.queries import below
from luwes.apps.results.counters import actions, places, queries, reports, wording
from luwes.apps.results.counters.days import State
from luwes.web.access import page
from luwes.web.counter import tapping
from luwes.web.counter.forms import ClosureForm, PauseForm, YesterdayForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

SHOWN = timedelta(days=60)
CLOSURE, WITHDRAW, ANSWER, SEAL = "penutupan", "cabut", "jawab", "kode"


@require_safe
@page(access=Right.SEE_UNIT, scoped=True)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """The counters of a unit and all below it, as they stand now."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.SEE_UNIT, key, visit.today)
    inside = below(key, units.units_on(visit.today))
    manages = rights.allows(visit.actor, Right.MANAGE_SERVICES)
    rows = []
    for one in queries.counters(places.places(None, visit.today, unit_keys=sorted(inside)), visit.today):
        state = one.said.state if one.said else ""
        rows.append(
            {
                "title": f"{one.place.service_name} · {one.place.name}",
                "url": reverse("counter:counter", args=[one.place.key]) if manages else "",
                "note": _("sejak pukul %(time)s") % {"time": wording.clock(one.said.minute)} if one.said else "",
                "tag": wording.state(state),
                "tone": tapping.TONES[state],
            }
        )
    return render(request, "counter/unit.html", {"unit": units.unit_on(key, visit.today), "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def counter(request: HttpRequest, key: str) -> HttpResponse:
    """Tap, answer citizens, tell closures beforehand, print the code that works without an account."""
    visit = cast(PageRequest, request)
    place = places.require(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    posted = visit.POST if visit.method == "POST" else None
    pressed = next(
        (name for name in (tapping.YESTERDAY, CLOSURE, WITHDRAW, ANSWER, SEAL) if posted and name in posted), ""
    )
    pause = PauseForm(posted if posted is not None and not pressed else None)
    yesterday = YesterdayForm(posted if pressed == tapping.YESTERDAY else None)
    closure = ClosureForm(posted if pressed == CLOSURE else None)
    told: list[str] = []

    def tap(state: State, reason: str) -> None:
        once.run(visit, _said(lambda: actions.tap(point_key=key, state=state, reason=reason)))

    if pressed and _acted(visit, key, pressed, yesterday, closure, told):
        return HttpResponseRedirect(reverse("counter:sheet", args=[key]) if pressed == SEAL else visit.path)
    if posted is not None and not pressed and tapping.tapped(visit, pause, tap):
        messages.success(visit, _("Keadaan loket tersimpan."))
        return HttpResponseRedirect(visit.path)
    found = queries.counters([place], visit.today)[0]
    context = {
        **tapping.context(visit, found, pause, yesterday),
        "action": visit.path,
        "closure": closure,
        "closures": [_closure(row) for row in found.closures],
        "reports": [_report(row) for row in queries.reports(place.pk, visit.today - SHOWN)],
        "has_seal": bool(actions.seal_of(key)),
        "told": told,
    }
    return render(visit, "counter/counter.html", context, status=422 if posted is not None else 200)


def _acted(
    visit: PageRequest, key: str, pressed: str, yesterday: YesterdayForm, closure: ClosureForm, told: list[str]
) -> bool:
    """Do what the pressed button asks for; False where the page now says what is wrong."""
    form = {tapping.YESTERDAY: yesterday, CLOSURE: closure}.get(pressed)
    if form is not None and not form.is_valid():
        return False
    acts: dict[str, Callable[[], object]] = {
        tapping.YESTERDAY: lambda: actions.close_late(
            point_key=key, day=yesterday.cleaned_data["kemarin"], minute=yesterday.minute()
        ),
        CLOSURE: lambda: actions.announce_closure(point_key=key, closure=closure.closure()),
        WITHDRAW: lambda: actions.withdraw_closure(closure_id=visit.POST[WITHDRAW]),
        ANSWER: lambda: reports.answer_report(code=visit.POST[ANSWER], text=visit.POST.get("jawaban", "")),
        SEAL: lambda: actions.issue_seal(point_key=key),
    }
    try:
        once.run(visit, _said(acts[pressed]))
    except Refused as refused:
        words = sentence(refused, wording.refusal)
        if form is None:
            told.append(words)
        else:
            form.add_error(None, words)
        return False
    return True


def _said(act: Callable[[], object]) -> Callable[[], str]:
    """An act whose outcome nobody needs to hear again."""

    def run() -> str:
        act()
        return ""

    return run


def _closure(row: queries.ClosureRow) -> dict[str, Any]:
    return {"row": row, "hours": f"{wording.clock(row.start)}–{wording.clock(row.end)}"}


def _report(row: queries.ReportRow) -> dict[str, Any]:
    return {
        "row": row,
        "log": wording.state(row.log_said),
        "flags": "; ".join(wording.flag(flag) for flag in row.flags),
    }
