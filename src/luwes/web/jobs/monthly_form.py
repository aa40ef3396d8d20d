"""The job of filling in and signing the monthly report of a perangkat daerah, without an account."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.people import queries as people
from luwes.apps.people.queries import UnitRow
from luwes.apps.reporting import form_queries, form_wording
from luwes.apps.reporting.form_queries import State
from luwes.core.workdays.months import month_before, month_end
from luwes.web.frame import once, params
from luwes.web.frame.requests import PageRequest
from luwes.web.monthly import months, sheet
from luwes.web.monthly.signing import SignForm

MONTH, DONE, SIGN = "bulan", "selesai", "tanda-tangan"


def answer(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    """Show the form of the month, and the signature below it once the month is over and something is saved."""
    month = _month(visit)
    unit = _unit(link, month, visit.today)
    posted = visit.method == "POST"
    signs = posted and SIGN in visit.POST
    found = sheet.sheet(visit, unit, month, writable=True, sent=posted and not signs)
    signing = SignForm(visit.POST if signs else None, state=found.state, asks_capacity=True)
    if signs and sheet.sign(signing, _run(visit, link)):
        return _again(visit, month, SIGN)
    if posted and not signs and sheet.save(found, _run(visit, link)):
        return _again(visit, month, DONE)
    state = found.state
    over = month_end(month) < visit.today
    context = {
        "sheet": found,
        "unit": unit,
        "month": month,
        "state": state,
        "signed": state.state is State.SIGNED,
        "over": over,
        "may_sign_now": over and state.state in (State.DRAFT, State.COMPLETE) and (signs or not posted),
        "form": signing,
        "saved": not posted and DONE in visit.GET,
        "done": not posted and state.state is State.SIGNED and SIGN in visit.GET,
        "link": link,
        "action": _here(visit, month),
        "others": [(_here(visit, one), form_wording.month(one)) for one in _offered(visit.today) if one != month],
        "sign_name": SIGN,
    }
    failed = bool(signing.errors) or (found.form is not None and bool(found.form.errors))
    return render(visit, "jobs/monthly_form.html", context, status=422 if failed else 200)


def _here(visit: PageRequest, month: date) -> str:
    return f"{visit.path}?{urlencode({MONTH: months.text(month)})}"


def _month(visit: PageRequest) -> date:
    """The month asked for among those offered, else the last full one."""
    try:
        month = months.read(params.text(visit, MONTH))
    except ValueError:
        return month_before(visit.today)
    return month if month in _offered(visit.today) else month_before(visit.today)


def _offered(today: date) -> list[date]:
    """The month that runs and the two before it: further back somebody with an account helps."""
    last = month_before(today)
    return [today.replace(day=1), last, month_before(last)]


def _unit(link: JobLinkOpen, month: date, today: date) -> UnitRow:
    unit = people.unit_on(link.scope, form_queries.standing_day(month, today))
    if unit is None or unit.kind != people.kind("perangkat_daerah"):
        raise job_links.LinkClosed
    return unit


def _run(visit: PageRequest, link: JobLinkOpen) -> Callable[[Callable[[], str]], str]:
    def run(act: Callable[[], str]) -> str:
        def acted() -> str:
            outcome = act()
            job_links.mark_used(link_id=link.id)
            return outcome

        return once.run(visit, acted, actor=job_links.actor_of(link))

    return run


def _again(visit: PageRequest, month: date, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{_here(visit, month)}&{done}=1")
