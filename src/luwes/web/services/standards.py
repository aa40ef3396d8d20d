"""Many standards at once: a head settles the services of a whole unit, a screenful at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.services import changing, unfinished, wording
from luwes.apps.people.services.actions import StaleService
from luwes.apps.people.services.changing import Entry
from luwes.apps.people.services.unfinished import Unfinished
from luwes.apps.people.staff.queries import below
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.services.standard_forms import USUAL_HOURS, LineForm, SharedForm, promised, stated

# A screenful: more would be scrolled past, and lost with the connection.
AT_ONCE = 8
# The mark of the form of many standards, where a page carries more than one form.
FILL = "lengkapi"
# Fields said for all lines that the next screenful begins with.
CARRIED = ("source", "since", "share", "point", "floor_share")


@dataclass(frozen=True, slots=True)
class Line:
    """A service of the list with its form."""

    service: Unfinished
    form: LineForm


@dataclass(frozen=True, slots=True)
class Sheet:
    """The forms of one screenful; `left` counts every service that still waits, these included."""

    shared: SharedForm
    lines: Sequence[Line]
    left: int

    @property
    def failed(self) -> bool:
        """Whether anything must be put right."""
        return bool(self.shared.errors) or any(line.form.errors for line in self.lines)

    def is_valid(self) -> bool:
        """Whether every form is filled in; all are asked, so that all errors are shown at once."""
        valid = [form.is_valid() for form in (self.shared, *(line.form for line in self.lines))]
        return all(valid)


def sheet(visit: PageRequest, unit_key: str, *, sent: bool) -> Sheet:
    """What waits in the unit and all below it: the next screenful, or the lines that were sent.

    What was said for all lines of one screenful is offered for the next: the address carries it.
    """
    data, day = visit.POST if sent else None, visit.today
    inside = below(unit_key, units.units_on(day))
    waiting = unfinished.unfinished(day, inside)
    hours = unfinished.usual_hours(day, inside) or USUAL_HOURS
    shown = waiting[:AT_ONCE] if data is None else [one for one in waiting if f"{one.key}-version" in data][:AT_ONCE]
    usual = unfinished.usual_source(day, inside)
    initial = {"source": usual, "since": day, "point": _("Loket utama"), "floor_share": 100}
    initial |= {name: params.text(visit, name) for name in CARRIED if name in visit.GET}
    lines = [Line(one, LineForm(data, prefix=one.key, initial=_initial(one, hours))) for one in shown]
    return Sheet(SharedForm(data, initial=initial), lines, len(waiting))


def store(filled: Sheet) -> int:
    """Record the answered lines of a valid sheet; gives how many. Call within one unit of work."""
    shared = filled.shared.cleaned_data
    return changing.settle_standards(
        entries=[_entry(line, filled.shared) for line in filled.lines if line.form.answered],
        since=shared["since"],
        point=shared["point"],
        floor_share=shared["floor_share"],
    )


def carried(filled: Sheet) -> str:
    """What was said for all lines, as the query of the next screenful's address."""
    said = filled.shared.cleaned_data
    return urlencode({name: "" if said[name] is None else said[name] for name in CARRIED})


def refuse(filled: Sheet, refused: Refused) -> None:
    """Say in the sheet why nothing was stored: at the line somebody else changed, else above all.

    The line is then made from what stands now, so that sending it again is a decision and not an accident.
    """
    told = sentence(refused, wording.refusal)
    line = next((line for line in filled.lines if refused.args == (line.service.key,)), None)
    if line is None or not isinstance(refused, StaleService):
        filled.shared.add_error(None, told)
        return
    fresh = cast(QueryDict, line.form.data).copy()
    fresh[f"{line.service.key}-version"] = str(line.service.version)
    line.form.data = fresh
    line.form.add_error(None, told)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def standards(request: HttpRequest, key: str) -> HttpResponse:
    """Standards of the services that lack one, a screenful at a time until none is left."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.MANAGE_SERVICES, key, visit.today)
    filled = sheet(visit, key, sent=visit.method == "POST")
    if visit.method == "POST" and filled.is_valid():
        try:
            stored = int(once.run(visit, lambda: str(store(filled))))
        except Refused as refused:
            refuse(filled, refused)
        else:
            return _next(visit, key, stored, carried(filled))
    context = {"unit": units.unit_on(key, visit.today), "sheet": filled}
    return render(request, "services/standards.html", context, status=422 if filled.failed else 200)


def _next(visit: PageRequest, key: str, stored: int, said: str) -> HttpResponse:
    left = unfinished.unfinished_count(visit.today, below(key, units.units_on(visit.today)))
    told = ngettext("%(count)d standar tersimpan.", "%(count)d standar tersimpan.", stored) % {"count": stored}
    messages.success(visit, f"{told} {told_left(left)}")
    if left and stored:
        return HttpResponseRedirect(f"{reverse('services:standards', args=[key])}?{said}")
    return HttpResponseRedirect(reverse("services:unit", args=[key]))


def told_left(left: int) -> str:
    """How many services still wait, in words."""
    if not left:
        return _("Semua layanan sudah lengkap.")
    return ngettext("Sisa %(count)d layanan.", "Sisa %(count)d layanan.", left) % {"count": left}


def _initial(one: Unfinished, hours: str) -> dict[str, object]:
    amount, unit = stated(one.standard)
    return {
        "amount": amount,
        "unit": unit,
        "cost": one.standard.cost,
        "implementers": one.standard.implementers,
        "hours": one.standard.hours if one.standard.windows else hours,
        "version": one.version,
    }


def _entry(line: Line, shared: SharedForm) -> Entry:
    data, known = line.form.cleaned_data, line.service.standard
    minutes, days = promised(data["amount"], data["unit"])
    standard = replace(
        known,
        minutes=minutes,
        days=days,
        cost=data["cost"],
        implementers=data["implementers"],
        hours=data["hours"],
        windows=line.form.windows(),
        # What a standard says of its own is not overwritten by what is said for all.
        source=known.source or shared.cleaned_data["source"],
        required_share=known.required_share if known.minutes or known.days else shared.cleaned_data["share"],
    )
    return Entry(line.service.key, data["version"], standard)
