"""B6: what each post allows, filled in for many at once, the unassessed counted on top."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people.staff import actions, wording
from luwes.apps.people.staff import posts as queries
from luwes.apps.people.staff.posts import PostRow
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.people.forms import AssessForm

SEARCH, AFTER, OPEN, CHOSEN = "cari", "sesudah", "belum", "jabatan"


@page(access=Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """Look for posts, choose some or all that match, answer once with a reason."""
    visit = cast(PageRequest, request)
    search, only_open = params.text(request, SEARCH), params.text(request, OPEN) == "ya"
    chosen = request.POST.getlist(CHOSEN)
    form = AssessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["everything"]:
            chosen = list(queries.matching_ids(on=visit.today, search=search, only_open=only_open))
        try:
            changed = int(once.run(visit, lambda: _assess(form, chosen)))
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            told = ngettext("%(count)d jabatan dinilai.", "%(count)d jabatan dinilai.", changed)
            messages.success(visit, told % {"count": changed})
            form, chosen = AssessForm(), []
    found = queries.posts(on=visit.today, search=search, after=params.text(request, AFTER), only_open=only_open)
    here = reverse("people:posts")
    asked = {name: value for name, value in ((SEARCH, search), (OPEN, "ya" if only_open else "")) if value}
    context = {
        "form": form,
        "items": [_item(row, row.id in chosen) for row in found.rows],
        "found": found,
        "search": search,
        "only_open": only_open,
        "open_url": f"{here}?{urlencode({OPEN: 'ya'})}",
        "all_url": here,
        "first_url": f"{here}?{urlencode(asked)}" if request.GET.get(AFTER) else "",
        "next_url": f"{here}?{urlencode({**asked, AFTER: found.next})}" if found.next else "",
    }
    return render(request, "people/posts.html", context, status=422 if form.errors else 200)


def _assess(form: AssessForm, chosen: list[str]) -> str:
    data = form.cleaned_data
    answers = {name: data[name] for name in actions.QUESTIONS if data[name]}
    return str(actions.assess_posts(post_ids=chosen, answers=answers, reason=data["reason"]))


def _item(row: PostRow, checked: bool) -> dict[str, object]:
    return {
        "row": row,
        "checked": checked,
        "kind": wording.post_kind(row.kind),
        "answers": [(wording.question(name), wording.answer(code)) for name, code in row.answers.items()],
    }
