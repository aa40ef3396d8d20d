"""The checker's list of the day: every check with its form on one page, so that it works where there is no signal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts import secret
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import queries as people
from luwes.apps.people.staff.queries import below
from luwes.apps.results.counters.wording import clock
from luwes.apps.results.spotchecks import queries, wording
from luwes.apps.results.spotchecks.actions import file_check
from luwes.apps.results.spotchecks.queries import CheckRow
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.spotcheck.forms import FindingForm

CHECK, DONE, OWNER = "periksa", "selesai", "pemilik"


@dataclass(frozen=True, slots=True)
class Filing:
    """One check with its form, and its hour in words."""

    row: CheckRow
    form: FindingForm
    hours: str


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.FILE_SPOT_CHECKS)
def today(request: HttpRequest) -> HttpResponse:
    """The checks that were drawn; each is filed once."""
    visit = cast(PageRequest, request)
    found = _filings(visit, queries.checks(visit.today))
    if _belongs(visit, visit.actor) and _file(visit, found, visit.actor, None):
        messages.success(visit, _("Hasil uji petik tersimpan."))
        return HttpResponseRedirect(visit.path)
    return render(
        visit, "spotcheck/today.html", _context(visit, found, visit.actor), status=_status(visit, visit.actor)
    )


def answer(visit: PageRequest, link: JobLinkOpen) -> HttpResponse:
    """The same list behind a job link, for a trained caller without an account, within the link's unit."""
    unit = people.unit_on(link.scope, visit.today)
    if unit is None:
        raise job_links.LinkClosed
    inside = below(link.scope, people.units_on(visit.today))
    found = _filings(visit, queries.checks(visit.today, unit_keys=inside))
    for one in found:
        del one.form.fields["photo"]  # Callers stand before no door, and visitors may send no files.
    holder = job_links.actor_of(link)
    if _belongs(visit, holder) and _file(visit, found, holder, link):
        return HttpResponseRedirect(f"{visit.path}?{DONE}=1")
    context = {**_context(visit, found, holder), "link": link, "done": visit.method != "POST" and DONE in visit.GET}
    return render(visit, "spotcheck/caller.html", context, status=_status(visit, holder))


def _filings(visit: PageRequest, rows: Sequence[CheckRow]) -> list[Filing]:
    chosen = visit.POST.get(CHECK, "") if visit.method == "POST" else ""
    found = []
    for row in rows:
        sent = row.id == chosen
        form = FindingForm(visit.POST if sent else None, visit.FILES if sent else None, prefix=row.id)
        found.append(Filing(row, form, f"{clock(row.minute)}–{clock(row.minute + 60)}"))
    return found


def _file(visit: PageRequest, found: Sequence[Filing], actor: Actor, link: JobLinkOpen | None) -> bool:
    """Store the one that was sent; False where its form now says what is wrong."""
    sent = next((one for one in found if one.form.is_bound), None)
    if sent is None or not sent.form.is_valid():
        return False
    photo = sent.form.cleaned_data.get("photo")

    def act() -> str:
        if photo:
            photo.seek(0)  # The frame has read it for the form's receipt.
        file_check(
            check_id=sent.row.id,
            finding=sent.form.finding(),
            form=visit.POST.get(once.FIELD, "")[-64:],
            photo=photo.read() if photo else None,
        )
        if link is not None:
            job_links.mark_used(link_id=link.id)
        return sent.row.id

    try:
        once.run(visit, act, actor=actor)
    except job_links.LinkClosed:
        raise  # closed while the form was open: the page says so, not the form
    except Refused as refused:
        sent.form.add_error(None, sentence(refused, wording.refusal))
        return False
    return True


def owner_of(actor: Actor) -> str:
    """Whose the answers kept on a phone are: the same at every sign-in, and telling nobody who it is."""
    return secret.keyed("later", f"{actor.kind.value}:{actor.id}")[:32]


def _belongs(visit: PageRequest, actor: Actor) -> bool:
    """Whether the form that came was shown to this very person: a phone is shared, and pages stay open."""
    return visit.method == "POST" and visit.POST.get(OWNER) == owner_of(actor)


def _context(visit: PageRequest, found: Sequence[Filing], actor: Actor) -> dict[str, Any]:
    return {
        "owner": owner_of(actor),
        "foreign": visit.method == "POST" and not _belongs(visit, actor),
        "open": [one for one in found if not one.row.filed],
        "filed": [one for one in found if one.row.filed],
        "action": visit.path,
        "today": visit.today,
        "check": CHECK,
    }


def _status(visit: PageRequest, actor: Actor) -> int:
    if visit.method != "POST":
        return 200
    return 422 if _belongs(visit, actor) else 409
