"""Sources and quality: how old, how complete, who answers for each, and where series are parted."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import queries as people
from luwes.apps.sources import breaks, drift, quality, queries, wording
from luwes.apps.sources.breaks import BreakRow, NoSuchBreak
from luwes.apps.sources.drift import Proposal
from luwes.apps.sources.kinds import all_kinds
from luwes.apps.sources.quality import Age
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.sources import quality_shown
from luwes.web.sources.quality_forms import ALL, BreakForm, OwnerForm

METHODS = ["GET", "HEAD", "POST"]
MONTHS_BACK = 5
SHOWN_PROPOSALS = 10


@page(access=Right.SEE_SOURCES)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every kind and source: how old, how complete by month, what is odd, who answers for it, what it affects."""
    visit = cast(PageRequest, request)
    months = quality.months_back(visit.today, MONTHS_BACK)
    kinds = quality.board(visit.actor, visit.now, months)
    used = [kind for kind in kinds if kind.age is not Age.NEVER]
    context = {
        "months": [quality_shown.month_label(month) for month in months],
        "rows": [quality_shown.board_row(kind, visit.today) for kind in used],
        "sources": [quality_shown.source_row(kind, one) for kind in used for one in kind.sources],
        "affected": [quality_shown.affected(kind) for kind in used if kind.age in (Age.LATE, Age.STOPPED)],
        "unused": [quality_shown.unused(kind) for kind in kinds if kind.age is Age.NEVER],
        "breaks": _rows([row for row in breaks.declared(visit.actor) if row.revoked_at is None], visit),
        "proposals": len(drift.proposals(visit.now)),
        "may_import": access.allows(visit.actor, Right.IMPORT),
    }
    return render(request, "sources/quality.html", context)


@page(access=Right.IMPORT)
@require_http_methods(METHODS)
def owner(request: HttpRequest, source_id: str) -> HttpResponse:
    """Say who answers for a source."""
    visit = cast(PageRequest, request)
    row = queries.source(visit.actor, source_id, visit.now)
    if row is None:
        raise Http404
    form = OwnerForm(visit.POST if visit.method == "POST" else None, initial={"owner": row.owner})

    def act() -> str:
        breaks.set_owner(source_id=source_id, owner=form.cleaned_data["owner"])
        return reverse("sources:quality")

    if visit.method == "POST" and form.is_valid():
        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Penanggung jawab tersimpan."))
            return response
    context = {"form": form, "source": row, "kind": all_kinds()[row.kind].label()}
    return render(request, "sources/owner.html", context, status=422 if form.errors else 200)


@page(access=Right.SEE_SOURCES)
@require_http_methods(METHODS)
def changes(request: HttpRequest) -> HttpResponse:
    """Reporting breaks: those declared, what may be one, and the form for who may declare."""
    visit = cast(PageRequest, request)
    may = access.allows(visit.actor, Right.DECLARE_BREAK) and not visit.actor.scope
    form = _form(visit) if may or visit.method == "POST" else None
    if visit.method == "POST" and form is not None:
        # Who may not is told so before anything else about the form.
        access.require_whole(visit.actor, Right.DECLARE_BREAK)
        if form.is_valid() and (response := _declared(visit, form)) is not None:
            return response
    context = {
        "form": form,
        "may_declare": may,
        "breaks": _rows(breaks.declared(visit.actor), visit),
        "proposals": [_proposal(one) for one in drift.proposals(visit.now)[:SHOWN_PROPOSALS]],
    }
    return render(request, "sources/changes.html", context, status=422 if form and form.errors else 200)


@page(access=Right.DECLARE_BREAK)
@require_POST
def revoke(request: HttpRequest, break_id: str) -> HttpResponse:
    """Take a declared break back."""
    visit = cast(PageRequest, request)

    def act() -> str:
        breaks.revoke_break(break_id=break_id)
        return reverse("sources:changes")

    try:
        response = once.redirect(visit, act)
    except NoSuchBreak:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, sentence(refused, wording.refusal))
        return HttpResponseRedirect(reverse("sources:changes"))
    messages.success(request, _("Catatan dicabut. Deret angkanya tidak lagi dipisah pada tanggal itu."))
    return response


def _form(visit: PageRequest) -> BreakForm:
    units = [(unit.key, unit.name) for unit in people.units_on(visit.today)]
    if visit.method == "POST":
        return BreakForm(units, visit.POST)
    return BreakForm(
        units,
        initial={
            "kind": params.text(visit, "jenis") or ALL,
            "on": params.text(visit, "tanggal"),
        },
    )


def _declared(visit: PageRequest, form: BreakForm) -> HttpResponse | None:
    def act() -> str:
        breaks.declare_break(**form.facts())
        return reverse("sources:changes")

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, _("Perubahan pencatatan tercatat. Deret angkanya dipisah mulai tanggal itu."))
    return response


def _rows(rows: Sequence[BreakRow], visit: PageRequest) -> list[dict[str, Any]]:
    names = accounts.names(row.declared_by for row in rows)
    units = {unit.key: unit.name for unit in people.units_on(visit.today)} if any(row.unit_key for row in rows) else {}
    kinds = all_kinds()
    return [
        {
            "row": row,
            "kind": kinds[row.kind].label() if row.kind in kinds else _("Semua jenis data"),
            "unit": units.get(row.unit_key, _("unit yang tidak berlaku lagi")) if row.unit_key else _("semua unit"),
            "what": wording.changed(row.what),
            "who": names.get(row.declared_by, ""),
            "state": _("dicabut") if row.revoked_at else _("berlaku"),
            "tone": "neutral" if row.revoked_at else "info",
        }
        for row in rows
    ]


def _proposal(one: Proposal) -> Mapping[str, Any]:
    return {
        "title": f"{all_kinds()[one.kind].label()} · {one.source_name}" if one.kind in all_kinds() else one.source_name,
        "on": one.on,
        "found": [wording.drift(each) for each in one.found],
        "url": f"{reverse('sources:changes')}?jenis={one.kind}&tanggal={one.on.isoformat()}#catat",
    }
