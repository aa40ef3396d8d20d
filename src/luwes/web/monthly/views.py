"""Isian PD: the form of one perangkat daerah and month, its workbook, and the head's signature."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.people.queries import UnitRow
from luwes.apps.reporting import form_actions, form_queries, form_wording
from luwes.apps.reporting.form_book import form_book
from luwes.apps.reporting.form_queries import State
from luwes.core.workdays.months import month_end
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.monthly import months, sheet
from luwes.web.monthly.board import attachment
from luwes.web.monthly.signing import ReopenForm, SignForm


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.SEE_UNIT, scoped=True)
def form(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """Fill in the month, or read it; saving keeps a draft whatever is still empty."""
    visit = cast(PageRequest, request)
    unit = _unit(visit, Right.SEE_UNIT, key, month)
    if isinstance(unit, str):
        return HttpResponseRedirect(reverse("monthly:form", args=[unit, month]))
    sent = visit.method == "POST"
    if sent:
        rights.require(visit.actor, Right.FILL_MONTHLY_FORM)
    writable = rights.allows(visit.actor, Right.FILL_MONTHLY_FORM)
    found = sheet.sheet(visit, unit, month, writable=writable, sent=sent)
    if sent and sheet.save(found, lambda act: once.run(visit, act)):
        left = form_queries.form_of(unit, month).missing
        messages.success(visit, f"{_('Isian tersimpan.')} {sheet.told_missing(len(left))}")
        return HttpResponseRedirect(visit.path)
    may_sign = rights.allows(visit.actor, Right.SIGN_REPORT)
    context = _shown(visit, found) | {
        "may_sign": may_sign,
        "sign_url": reverse("monthly:sign", args=[key, month]),
        "book_url": reverse("monthly:unit_book", args=[key, month]) if writable else "",
        "neighbours": months.neighbours("monthly:form", month, visit.today, key),
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
    }
    failed = found.form is not None and bool(found.form.errors)
    return render(request, "monthly/form.html", context, status=422 if failed else 200)


@require_safe
@page(access=Right.FILL_MONTHLY_FORM, scoped=True)
def unit_book(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """The form as a workbook, prefilled."""
    visit = cast(PageRequest, request)
    unit = _unit(visit, Right.FILL_MONTHLY_FORM, key, month)
    if isinstance(unit, str):
        return HttpResponseRedirect(reverse("monthly:unit_book", args=[unit, month]))
    return attachment(form_book(month, visit.today, [key]), f"isian-{unit.code}-{months.text(month)}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.SIGN_REPORT, scoped=True)
def sign(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """Look once more over what is missing, give the reasons, and sign; or take the signature back."""
    visit = cast(PageRequest, request)
    unit = _unit(visit, Right.SIGN_REPORT, key, month)
    if isinstance(unit, str):
        return HttpResponseRedirect(reverse("monthly:sign", args=[unit, month]))
    found = sheet.sheet(visit, unit, month, writable=False, sent=False)
    sent = visit.method == "POST"
    signing = SignForm(visit.POST if sent else None, state=found.state, asks_capacity=not visit.actor.capacity)
    if sent and sheet.sign(signing, lambda act: once.run(visit, act)):
        messages.success(visit, _("Laporan %(month)s ditandatangani.") % {"month": form_wording.month(month)})
        return HttpResponseRedirect(reverse("monthly:form", args=[key, month]))
    context = _shown(visit, found) | {
        "form": signing,
        "reopening": ReopenForm(),
        "form_url": reverse("monthly:form", args=[key, month]),
        "reopen_url": reverse("monthly:reopen", args=[key, month]),
        "may_issue": rights.allows(visit.actor, Right.ISSUE_REPORT),
    }
    return render(request, "monthly/sign.html", context, status=422 if signing.errors else 200)


@require_POST
@page(access=Right.SIGN_REPORT, scoped=True)
def reopen(request: HttpRequest, key: str, month: date) -> HttpResponse:
    """Take the signature back, with a reason, so that the form can be corrected."""
    visit = cast(PageRequest, request)
    unit = _unit(visit, Right.SIGN_REPORT, key, month)
    if isinstance(unit, str):
        raise Http404
    back = ReopenForm(visit.POST)
    try:
        if not back.is_valid():
            raise form_actions.ReasonNeeded

        def act() -> str:
            form_actions.reopen(unit_key=key, month=month, reason=back.cleaned_data["reason"])
            return reverse("monthly:form", args=[key, month])

        answer = once.redirect(visit, act)
    except Refused as refused:
        messages.error(visit, sentence(refused, form_wording.refusal))
        return HttpResponseRedirect(reverse("monthly:sign", args=[key, month]))
    messages.info(visit, _("Tanda tangan dibatalkan. Perbaiki isian, lalu tanda tangani lagi."))
    return answer


def _unit(visit: PageRequest, right: Right, key: str, month: date) -> UnitRow | str:
    """The perangkat daerah of the page, or the key of the one a smaller unit belongs to.

    A month that has not begun does not exist, nor does a form of the government itself.
    """
    if month > visit.today:
        # Asked first, so that a stranger learns the same from every month.
        people_access.require_unit(visit.actor, right, key, visit.today)
        raise Http404
    day = form_queries.standing_day(month, visit.today)
    people_access.require_unit(visit.actor, right, key, day)
    for above in people.above(key, day):
        unit = people.unit_on(above, day)
        if unit is not None and unit.kind == people.kind("perangkat_daerah"):
            return unit if above == key else above
    raise Http404


def _shown(visit: PageRequest, found: sheet.Sheet) -> dict[str, object]:
    state = found.state
    return {
        "sheet": found,
        "unit": state.unit,
        "month": state.month,
        "state": state,
        "signed": state.state is State.SIGNED,
        "over": month_end(state.month) < visit.today,
        "may_see_board": rights.allows(visit.actor, Right.SEE_GOVERNMENT) and not visit.actor.scope,
        "board_url": reverse("monthly:board", args=[state.month]),
    }
