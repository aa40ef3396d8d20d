"""C3: the page of a service and of an agency, for anybody.

What is not public (a service not confirmed, a unit inside an agency, any key that is no service) is answered with
the very same page as what does not exist.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.people import queries as people
from luwes.apps.people.services import wording as service_words
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting.four import month_label
from luwes.apps.results.counters import public, wording
from luwes.apps.results.counters.public import ServicePage
from luwes.apps.results.counters.queries import Counter
from luwes.apps.results.services import moments
from luwes.core.indicators.suppress import hides
from luwes.web.access import PUBLIC, page
from luwes.web.frame.requests import PageRequest
from luwes.web.public.cached import rendered, shared

TONES = {"buka": "success", "jeda": "warning", "tutup": "danger", "": "neutral"}


@page(access=PUBLIC)
@require_safe
def service(request: HttpRequest, key: str) -> HttpResponse:
    """Whether it is open now, what it promises, how it did last month, and where to complain."""
    visit = cast(PageRequest, request)
    found = public.service_page(key, visit.today)
    if found is None:
        return unknown(visit)
    counters = [shown(one, visit) for one in found.counters]
    context = {
        "service": found,
        "counters": counters,
        "asks": any(one["may_report"] for one in counters),
        "hours": service_words.hours(found.windows),
        "figures": _figures(found),
        "days_off": found.days_off,
    }
    return shared(request, rendered(visit, "public/service.html", context))


@page(access=PUBLIC)
@require_safe
def agency(request: HttpRequest, key: str) -> HttpResponse:
    """The confirmed services of an agency and of what stands below it, each with its state now."""
    visit = cast(PageRequest, request)
    unit = people.unit_on(key, visit.today)
    if unit is None or unit.kind != people.kind("perangkat_daerah"):
        return unknown(visit)
    inside = below(key, people.units_on(visit.today))
    rows = [
        {"title": name, "url": f"/l/{service_key}/", "note": _states(counters, visit)}
        for service_key, name, counters in public.services_of(inside, visit.today)
    ]
    return shared(request, rendered(visit, "public/agency.html", {"unit": unit, "rows": rows}))


def unknown(visit: PageRequest) -> HttpResponse:
    """One page for all that is not public."""
    return rendered(visit, "public/unknown.html", {}, status=404)


def shown(one: Counter, visit: PageRequest) -> dict[str, Any]:
    """A counter as citizens read it."""
    local = moments.local(visit.now)
    minute = local.hour * 60 + local.minute
    state = one.said.state if one.said else ""
    closure = one.planned(visit.today, minute)
    return {
        "key": one.place.key,
        "name": one.place.name,
        # Nobody is expected to say anything before or after the hours.
        "state": wording.state(state) if state or one.due(minute) else _("Di luar jam layanan"),
        "tone": TONES[state],
        "since": wording.clock(one.said.minute) if one.said else "",
        "reason": wording.reason(one.said.reason) if one.said else "",
        "today": _spans(one.promised),
        "until": _until(one, minute) if state == "buka" else "",
        "closures": [_closure(row.day, row.start, row.end, row.reason) for row in one.closures],
        # The one tap is offered where it means something; a closure told beforehand needs no report.
        "may_report": one.due(minute) and closure is None,
    }


def _until(one: Counter, minute: int) -> str:
    return next((wording.clock(end) for start, end in one.promised if start <= minute < end), "")


def _spans(promised: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{wording.clock(start)}–{wording.clock(end)}" for start, end in promised)


def _closure(day: date, start: int, end: int, reason: str) -> dict[str, Any]:
    return {"day": day, "hours": f"{wording.clock(start)}–{wording.clock(end)}", "reason": reason}


def _states(counters: Sequence[Counter], visit: PageRequest) -> str:
    if not counters:
        return _("Belum ada loket yang tercatat")
    return " · ".join(f"{row['name']}: {row['state']}" for row in (shown(one, visit) for one in counters))


def _figures(found: ServicePage) -> dict[str, Any]:
    hours, answers = found.facts.hours, found.facts.content
    return {
        "month": month_label(found.month),
        "kept": hours.kept * 100 / hours.promised if hours.promised else None,
        "records": hours.records,
        "tapped": hours.tapped,
        "answers": answers[1],
        "few": hides(answers[1]),
        "content": answers[0] * 100 / answers[1] if answers[1] and not hides(answers[1]) else None,
        "reports": found.reports,
    }
