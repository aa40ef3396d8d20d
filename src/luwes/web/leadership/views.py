"""The leader's one page, the page of each unit, their print views, and the files issued from them."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents import wording as documents_wording
from luwes.apps.documents.pdf import TooManyRows
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.reporting import facts, four, wording
from luwes.apps.reporting.actions import NothingToIssue, issue_budget_report
from luwes.apps.reporting.answers import decisions_sentence, leadership_answer, unit_answer
from luwes.apps.reporting.budget import LeadershipPage, NoFigures, UnitPage, leadership_page, unit_page
from luwes.core.workdays.months import month_before
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest
from luwes.web.leadership import dates, shown
from luwes.web.leadership.forms import DateForm, DownloadForm
from luwes.web.leadership.waiting import waiting

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# One printed page in large type has room for this many units and notices together.
BRIEFING_ROWS = 5


@require_GET
@page(access=Right.SEE_GOVERNMENT)
def overview(request: HttpRequest) -> HttpResponse:
    """G1: four questions, each with its answer or what it lacks; below them who needs a decision."""
    visit = cast(PageRequest, request)
    found = _government(visit)
    name = found.government.name if found.government else settings.AGENCY_NAME
    newest = found.dates[0] if found.dates else None
    month = month_before(visit.today)
    context = {
        "agency": name,
        "found": found,
        "answer": (answer := leadership_answer(found)),
        "tone": shown.tone(answer),
        "chooser": DateForm(found.dates, found.shown) if found.shown else None,
        "decisions": shown.decisions(found),
        "decisions_sentence": decisions_sentence(found),
        "bars": shown.bars(found),
        "lines": shown.lines(found),
        "facts": shown.terms(facts.leadership_facts(found)),
        "definitions": shown.terms(facts.definitions(found.shown, ())),
        "questions": shown.questions(four.questions(month, visit.today)),
        "month": four.month_label(month),
        "share": shown.share_government(found, name),
        "history_url": shown.address("unit", found.shown, newest, found.government.key)
        if found.government and found.trend
        else "",
        "print_url": shown.address("print", found.shown, newest),
        "moment": dates.encode(found.shown) if found.shown else "",
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
        "may_set_letterhead": rights.allows(visit.actor, Right.SET_LETTERHEAD),
        "may_import": rights.allows(visit.actor, Right.IMPORT),
        "may_see_sources": rights.allows(visit.actor, Right.SEE_SOURCES),
    }
    return render(request, "leadership/overview.html", context)


@require_GET
@page(access=Right.SEE_UNIT, scoped=True)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """G2 and the head's own page: four answers, the budget's course over the year, what the unit says about it."""
    visit = cast(PageRequest, request)
    found = _unit(visit, key)
    newest = found.age.newest if found.age else None
    month = month_before(visit.today)
    context = {
        "found": found,
        "questions": shown.questions(four.unit_questions(key, month, visit.today)),
        "month": four.month_label(month),
        "breaks": shown.breaks(key, month, visit.today),
        "answer": (answer := unit_answer(found)),
        "tone": shown.tone(answer),
        "chooser": DateForm(found.dates, found.shown) if found.shown else None,
        "pictures": shown.history(found.history, changed=bool(found.rebased and found.rebased.ceiling_changed)),
        "facts": shown.terms(facts.unit_facts(found)),
        "definitions": shown.terms(facts.definitions(found.shown, ())),
        "share": shown.share_unit(found),
        "waiting": waiting(visit, found.unit),
        "report_url": reverse("monthly:unit_report", args=[key, month])
        if found.unit.kind == people.kind("perangkat_daerah")
        else "",
        "print_url": shown.address("unit_print", found.shown, newest, key),
        "moment": dates.encode(found.shown) if found.shown else "",
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
        "may_note": rights.allows(visit.actor, Right.WRITE_BUDGET_NOTE),
        "may_see_government": rights.allows(visit.actor, Right.SEE_GOVERNMENT) and not visit.actor.scope,
        "may_see_sources": rights.allows(visit.actor, Right.SEE_SOURCES) and not visit.actor.scope,
    }
    return render(request, "leadership/unit.html", context)


@require_GET
@page(access=Right.SEE_GOVERNMENT)
def print_overview(request: HttpRequest) -> HttpResponse:
    """G4: one A4 page in large type, for a meeting."""
    visit = cast(PageRequest, request)
    found = _government(visit)
    name = found.government.name if found.government else settings.AGENCY_NAME
    answer, decided = leadership_answer(found), shown.decisions(found)
    room = max(BRIEFING_ROWS - len(answer.gaps) - len(answer.notices), 1)
    context = {
        "name": name,
        "back": shown.address("overview", found.shown, found.dates[0] if found.dates else None),
        "answer": answer,
        "tone": shown.tone(answer),
        "as_of": found.shown.as_of if found.shown else None,
        "rows": decided[:room],
        "more": max(len(decided) - room, 0),
        "decisions_sentence": decisions_sentence(found),
        "share": shown.share_government(found, name),
    }
    return render(request, "leadership/print.html", context)


@require_GET
@page(access=Right.SEE_UNIT, scoped=True)
def print_unit(request: HttpRequest, key: str) -> HttpResponse:
    """G4 of one unit."""
    visit = cast(PageRequest, request)
    found = _unit(visit, key)
    context = {
        "name": found.unit.name,
        "back": shown.address("unit", found.shown, found.age.newest if found.age else None, key),
        "answer": (answer := unit_answer(found)),
        "tone": shown.tone(answer),
        "as_of": found.shown.as_of if found.shown else None,
        "pictures": shown.history(found.history, changed=False),
        "share": shown.share_unit(found),
    }
    return render(request, "leadership/print.html", context)


@require_POST
@page(access=Right.ISSUE_REPORT)
def download(request: HttpRequest) -> HttpResponse:
    """Issue the government's report; what leaves is recorded."""
    return _issued(cast(PageRequest, request), "")


@require_POST
@page(access=Right.ISSUE_REPORT, scoped=True)
def unit_download(request: HttpRequest, key: str) -> HttpResponse:
    """Issue one unit's report; what leaves is recorded."""
    visit = cast(PageRequest, request)
    people_access.require_unit(visit.actor, Right.ISSUE_REPORT, key, visit.today)
    return _issued(visit, key)


def _issued(visit: PageRequest, key: str) -> HttpResponse:
    form = DownloadForm(visit.POST)
    if not form.is_valid():
        raise Http404
    wanted = _moment(form.cleaned_data["per"])
    file_format = form.cleaned_data["format"]
    try:
        with unit_of_work(visit.actor, visit.now, request_id=visit.request_id):
            issued = issue_budget_report(file_format=file_format, unit_key=key, as_of=wanted.as_of, year=wanted.year)
    except TooManyRows as refused:
        return _told(visit, documents_wording.refusal(refused.code), key)
    except (NothingToIssue, NoFigures) as refused:
        return _told(visit, wording.refusal(refused.code), key)
    response = HttpResponse(issued.payload, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{issued.file_name}"'
    response["Cache-Control"] = "no-store"
    return response


def _told(visit: PageRequest, sentence: str, key: str) -> HttpResponse:
    messages.error(visit, sentence)
    return HttpResponseRedirect(shown.address("unit" if key else "overview", None, None, *([key] if key else [])))


def _government(visit: PageRequest) -> LeadershipPage:
    wanted = _moment(visit.GET.get(dates.PARAMETER, ""))
    try:
        return leadership_page(wanted.as_of, visit.actor, today=visit.today, year=wanted.year)
    except NoFigures as refused:
        raise Http404(refused.code) from refused


def _unit(visit: PageRequest, key: str) -> UnitPage:
    wanted = _moment(visit.GET.get(dates.PARAMETER, ""))
    try:
        return unit_page(key, visit.actor, today=visit.today, as_of=wanted.as_of, year=wanted.year)
    except NoFigures as refused:
        raise Http404(refused.code) from refused


def _moment(text: str) -> dates.Moment:
    try:
        return dates.decode(text)
    except ValueError as error:
        raise Http404(_("Tanggal tidak dikenal")) from error
