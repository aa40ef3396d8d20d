"""The audit trail as the inspector reads it: who decided what, why; and whether the chain holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts import wording as account_words
from luwes.apps.accounts.actions import inspection
from luwes.apps.accounts.roles import Capacity, Job, Right, Role
from luwes.apps.audit import queries, wording
from luwes.apps.audit.actor import ActorKind
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.queries import EntryRow, Filter
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as people
from luwes.apps.sources import queries as sources
from luwes.web.access import page
from luwes.web.audit import facts
from luwes.web.audit.forms import FilterForm
from luwes.web.frame import once
from luwes.web.frame.requests import PageRequest

BEFORE = "sebelum"


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words."""

    row: EntryRow
    sentence: str
    role: str
    subject: str


@page(access=Right.READ_AUDIT)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Entries newest first, filtered, a page at a time."""
    visit = cast(PageRequest, request)
    form = FilterForm(request.GET)
    wanted = _filter(form) if form.is_valid() else Filter()
    before = request.GET.get(BEFORE, "")
    found = queries.entries(wanted, before=int(before) if before.isdecimal() and len(before) < 19 else None)
    asked = request.GET.copy()
    asked.pop(BEFORE, None)
    first = f"{reverse('audit:list')}?{asked.urlencode()}"
    asked[BEFORE] = str(found.next)
    context = {
        "form": form,
        "filtered": wanted != Filter(),
        "entries": _in_words(found.rows, visit),
        "first_url": first if before else "",
        "next_url": f"{reverse('audit:list')}?{asked.urlencode()}" if found.next else "",
    }
    return render(request, "audit/list.html", context, status=200 if form.is_valid() else 422)


@page(access=Right.READ_AUDIT)
@require_safe
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry: who, as what, on what basis, its facts, and its place in the chain."""
    return _entry_page(cast(PageRequest, request), seq, None)


@page(access=Right.READ_AUDIT)
@require_POST
def detail(request: HttpRequest, seq: int) -> HttpResponse:
    """The personal text of an entry. Reading it is itself noted on the trail."""
    visit = cast(PageRequest, request)
    if queries.entry(seq) is None:
        raise Http404

    def act() -> str:
        inspection.open_detail(seq=seq)
        return str(seq)

    try:
        once.run(visit, act)
    except once.FormStale:
        return HttpResponseRedirect(reverse("audit:entry", args=[seq]))
    response = _entry_page(visit, seq, inspection.read_detail(seq=seq) or {})
    patch_cache_control(response, no_store=True)
    return response


@page(access=Right.READ_AUDIT)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the whole chain, against a printed head where one is given."""
    visit = cast(PageRequest, request)
    against = "".join(request.POST.get("kepala", "").replace("\x00", "").split())[:64]
    with unit_of_work(visit.actor, visit.now, request_id=visit.request_id):
        found = inspection.verify_chain(against=against)
    fault = "" if found.holds else wording.fault(found.fault, str(found.broken_at))
    context = {"found": found, "fault": fault, "against": against, "now": visit.now}
    return render(request, "audit/verified.html", context)


def _filter(form: FilterForm) -> Filter:
    data = form.cleaned_data
    return Filter(
        action=data["tindakan"],
        subject=data["objek"],
        actors=accounts.ids_by_name(data["pelaku"]) if data["pelaku"] else None,
        since=data["dari"],
        until=data["sampai"],
    )


def _entry_page(visit: PageRequest, seq: int, personal: Mapping[str, Fact] | None) -> HttpResponse:
    row = queries.entry(seq)
    if row is None:
        raise Http404
    units = _unit_names(visit)
    known = units | _import_names([row])
    context = {
        "entry": _in_words([row], visit)[0],
        "scope": units.get(row.actor_scope, row.actor_scope),
        "facts": facts.in_words(row.facts, known),
        "personal": None if personal is None else facts.in_words(personal, known),
        "previous": queries.previous_hash(seq),
    }
    return render(visit, "audit/entry.html", context)


def _in_words(rows: Sequence[EntryRow], visit: PageRequest) -> list[Shown]:
    names = accounts.names({row.actor_id for row in rows} | {row.subject for row in rows})
    names = names | _unit_names(visit) | _import_names(rows)
    return [
        Shown(
            row=row,
            sentence=wording.sentence(row.action, _actor(row, names)),
            role=_role(row),
            subject=names.get(row.subject, row.subject),
        )
        for row in rows
    ]


def _actor(row: EntryRow, names: Mapping[str, str]) -> str:
    return wording.system(row.actor_id) if row.actor_kind == ActorKind.SYSTEM else names.get(row.actor_id, row.actor_id)


def _role(row: EntryRow) -> str:
    if not row.actor_role:
        return ""
    if row.actor_kind == ActorKind.JOB_LINK:
        return account_words.job(Job(row.actor_role))
    capacity = account_words.capacity(Capacity(row.actor_capacity)) if row.actor_capacity else ""
    return f"{capacity} {account_words.role(Role(row.actor_role))}".strip()


def _unit_names(visit: PageRequest) -> dict[str, str]:
    return {unit.key: unit.name for unit in people.units_on(visit.today)}


def _import_names(rows: Sequence[EntryRow]) -> dict[str, str]:
    """Files and sources by id; asked only where an entry speaks of an import."""
    found = [row for row in rows if row.action.startswith("import.")]
    ids = {row.subject for row in found} | {str(row.facts.get("source", "")) for row in found}
    return sources.names(ids) if found else {}
