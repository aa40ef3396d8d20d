"""Reading pages of sources: the list, one source, one batch, and the files they give out."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.sources import exports, queries, wording
from luwes.apps.sources.kinds import NoSuchKind, all_kinds, kind_of
from luwes.apps.sources.queries import BatchRow
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest
from luwes.web.sources import present

SHOWN_REJECTS = 50
SHOWN_ROWS = 5
FEW_UNMAPPED = 40


@page(access=Right.SEE_SOURCES)
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source: when it last arrived, how old that is, how complete."""
    visit = cast(PageRequest, request)
    rows = queries.sources(visit.actor, visit.now)
    kinds = all_kinds()
    context = {
        "items": [present.source_item(row, kinds[row.kind], reverse("sources:source", args=[row.id])) for row in rows],
        "stale": sum(row.stale for row in rows),
        "may_import": access.allows(visit.actor, Right.IMPORT),
        "templates": _templates(),
    }
    return render(request, "sources/list.html", context)


@page(access=Right.SEE_SOURCES)
@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source: its files and how they are read."""
    visit = cast(PageRequest, request)
    row = queries.source(visit.actor, source_id, visit.now)
    if row is None:
        raise Http404
    kind = kind_of(row.kind)
    mapping = queries.mapping(visit.actor, source_id)
    labels = {column.name: column.label for column in kind.layout.columns}
    names = {option.key: option.label for option in kind.vocabulary.options(visit.today)}
    values = mapping.values.get(kind.vocabulary.name, {}) if mapping else {}
    context = {
        "source": row,
        "kind": kind.label(),
        "batches": [
            {
                "row": each,
                "url": reverse("sources:batch", args=[each.id]),
                "tag": wording.state(each.state),
                "tone": present.TONES[each.state],
            }
            for each in queries.batches(visit.actor, source_id, visit.now)
        ],
        "columns": [
            {"term": labels.get(ours, ours), "value": theirs}
            for ours, theirs in (mapping.columns if mapping else {}).items()
        ],
        "values": [{"term": theirs, "value": present.meaning(ours, names)} for theirs, ours in sorted(values.items())],
        "may_import": access.allows(visit.actor, Right.IMPORT),
    }
    return render(request, "sources/source.html", context)


@page(access=Right.SEE_SOURCES)
@require_safe
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """One file: the dry run while it waits, the receipt afterwards."""
    visit = cast(PageRequest, request)
    row = queries.batch(visit.actor, batch_id, visit.now)
    if row is None:
        raise Http404
    return batch_page(visit, row)


def batch_page(visit: PageRequest, row: BatchRow, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The page of a batch, with the sentence of a refusal above it where there is one."""
    kind = kind_of(row.kind)
    waiting = row.state == "staged"
    options, creatable = queries.choices(row.kind, visit.today) if waiting else ((), ())
    unmapped = queries.unmapped(row) if waiting else ()
    context = {
        "batch": row,
        "refused": refused,
        "waiting": waiting,
        "state": wording.state(row.state),
        "tone": present.TONES[row.state],
        "kind": kind.label(),
        "figures": present.figures(row),
        "questions": present.questions(row),
        "findings": present.findings(row, kind),
        "fractions": present.fraction_columns(row, kind) if waiting else "",
        "rejects": [
            {"row": each, "reason": wording.reject(kind, each.code)}
            for each in queries.rejects(visit.actor, row.id, SHOWN_REJECTS)
        ],
        "unmapped": unmapped,
        "vocabulary": kind.vocabulary.label(),
        # With many open codes, a list of every unit beside each would make a page of megabytes.
        "options": options if len(unmapped) <= FEW_UNMAPPED else (),
        "creatable": creatable,
        "preview": present.preview(kind, queries.preview(visit.actor, row.id, SHOWN_ROWS)),
        "receipt": present.receipt(row),
        "how_read": present.how_read(row, kind),
        "to_store": row.counts.get("new", 0) + row.counts.get("changed", 0),
        "usable": row.counts.get("new", 0) + row.counts.get("changed", 0) + row.counts.get("unchanged", 0),
        "same_as": row.summary.get("same_as") or "",
        "may_import": access.allows(visit.actor, Right.IMPORT),
    }
    return render(visit, "sources/batch.html", context, status=status)


@page(access=Right.SEE_SOURCES)
@require_safe
def rejects(request: HttpRequest, batch_id: str, file_format: str) -> HttpResponse:
    """All refused cells as a file to send back."""
    visit = cast(PageRequest, request)
    row = queries.batch(visit.actor, batch_id, visit.now)
    if row is None or file_format not in exports.FORMATS:
        raise Http404
    content = exports.rejects_file(kind_of(row.kind), queries.rejects(visit.actor, batch_id), file_format)
    return _download(content, f"ditolak-{row.id}", file_format)


@page(access=Right.SEE_SOURCES)
@require_safe
def template(request: HttpRequest, kind: str, file_format: str) -> HttpResponse:
    """The empty file of a kind, with two invented rows."""
    try:
        found = kind_of(kind)
    except NoSuchKind:
        raise Http404 from None
    if file_format not in exports.FORMATS:
        raise Http404
    return _download(exports.template_file(found, file_format), f"contoh-{found.code}", file_format)


def _download(content: bytes, name: str, file_format: str) -> HttpResponse:
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[file_format])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _templates() -> list[dict[str, str]]:
    return [
        {
            "label": kind.label(),
            "xlsx": reverse("sources:template", args=[kind.code, "xlsx"]),
            "csv": reverse("sources:template", args=[kind.code, "csv"]),
        }
        for kind in all_kinds().values()
    ]
