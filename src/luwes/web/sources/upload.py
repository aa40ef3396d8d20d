"""Sending a file: the dry run, and the person's word on columns that were not recognised."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.sources import actions, queries, wording
from luwes.apps.sources.kinds import ImportKind, NoSuchKind, kind_of
from luwes.apps.sources.reading.contract import UnreadableFile
from luwes.web.access import page
from luwes.web.frame import once, params
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.sources.forms import ColumnsForm, UploadForm, posted_headers

UNPROCESSABLE = 422
# Refusals that a person can settle by pointing at columns.
BY_COLUMNS = frozenset({"missing_columns", "ambiguous_columns", "no_header"})


@page(access=Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose kind, source and file; the answer is the dry run."""
    visit = cast(PageRequest, request)
    if request.method != "POST":
        initial = {"source": params.text(request, "sumber"), "kind": params.text(request, "jenis")}
        return _upload_page(visit, UploadForm(initial=initial))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(visit, form, status=UNPROCESSABLE)
    try:
        return _stage(visit, form, columns=None)
    except UnreadableFile as error:
        kind = kind_of(form.cleaned_data["kind"])
        if error.code in BY_COLUMNS and error.facts.get("headers") and not _only_asked(error, kind):
            return _columns_page(visit, _asking(form, kind, error), wording.unreadable(error.code, error.facts))
        _explain(form, error, kind)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
    return _upload_page(visit, form, status=UNPROCESSABLE)


@page(access=Right.IMPORT)
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Stage a file with the columns a person pointed at; remembered for the source."""
    visit = cast(PageRequest, request)
    try:
        kind = kind_of(request.POST.get("kind", ""))
    except NoSuchKind:
        return _upload_page(visit, UploadForm(), status=UNPROCESSABLE)
    headers = posted_headers(request.POST.get("headers", ""))
    form = ColumnsForm(request.POST, request.FILES, kind=kind, headers=headers)
    if form.is_valid():
        try:
            return _stage(visit, form, columns=form.columns())
        except UnreadableFile as error:
            _explain(form, error, kind)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
    return _columns_page(visit, form, "")


def _stage(visit: PageRequest, form: UploadForm, *, columns: Mapping[str, str] | None) -> HttpResponse:
    data = form.cleaned_data

    def act() -> str:
        batch = actions.stage(
            kind=data["kind"],
            source_name=data["source"],
            file_name=data["file"].name or "",
            payload=payload,
            columns=columns,
            constants=form.constants(),
            percent_as_fraction=data["fractions"],
            money_unit=form.money_unit(),
        )
        return reverse("sources:batch", args=[batch.public_id])

    payload = form.payload()
    return once.redirect(visit, act)


def _explain(form: UploadForm, error: UnreadableFile, kind: ImportKind) -> None:
    """Put the reason where it can be settled: beside the field that would fill a missing column, else at the file."""
    if error.code == "money_unit":
        form.add_error("rupiah", wording.unreadable(error.code, error.facts))
        return
    if not _only_asked(error, kind):
        form.add_error("file", wording.unreadable(error.code, error.facts))
        return
    for each in error.facts["missing"]:
        form.add_error(each["name"], _("Berkas tidak memuat kolom ini. Isi di sini, lalu pilih berkasnya lagi."))


def _only_asked(error: UnreadableFile, kind: ImportKind) -> bool:
    missing = {each["name"] for each in error.facts.get("missing", [])}
    return error.code == "missing_columns" and missing <= set(kind.asked)


def _asking(form: UploadForm, kind: ImportKind, error: UnreadableFile) -> ColumnsForm:
    """The columns form, filled with what was recognised; a likely header is offered, not chosen."""
    guess = {ours: theirs for theirs, ours in error.facts.get("mapping", {}).items()}
    for each in error.facts.get("ambiguous", []):
        guess = {ours: theirs for ours, theirs in guess.items() if theirs not in each["headers"]}
    data = form.cleaned_data
    kept = ("kind", "source", "tahun", "per_tanggal", "fractions", "rupiah")
    initial: dict[str, Any] = {name: data.get(name) for name in kept}
    return ColumnsForm(kind=kind, headers=error.facts["headers"], guess=guess, initial=initial)


def _upload_page(visit: PageRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    known = sorted({row.name for row in queries.sources(visit.actor, visit.now)})
    return render(visit, "sources/upload.html", {"form": form, "known_sources": known}, status=status)


def _columns_page(visit: PageRequest, form: ColumnsForm, reason: str) -> HttpResponse:
    return render(visit, "sources/columns.html", {"form": form, "reason": reason}, status=UNPROCESSABLE)
