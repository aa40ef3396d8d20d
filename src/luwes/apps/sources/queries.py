"""Reads of sources, batches, staged rows and rejects, as frozen rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor, system
from luwes.apps.sources.actions import STAGE_HOURS
from luwes.apps.sources.breaks import breaks as breaks  # part of the reads other apps use
from luwes.apps.sources.kinds import Option, Unmapped, all_kinds, kind_of
from luwes.apps.sources.models import BatchState, ImportBatch, RejectedCell, Source
from luwes.apps.sources.models import Mapping as SourceMapping
from luwes.apps.sources.staging import staged_rows

# A monthly recap later than this is old; the page says so instead of showing it as fresh.
STALE_DAYS = 45


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file that arrived. `state` reads "lapsed" as soon as the stage is too old to confirm."""

    id: str
    source_id: str
    source_name: str
    kind: str
    file_name: str
    file_sha256: str
    file_size: int
    state: str
    version: int
    summary: Mapping[str, Any]
    counts: Mapping[str, int]
    staged_by: str
    staged_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its last confirmed arrival: how old, how complete, and what waits.

    `newest` is the newest date of all its figures that has come; `stale` when that lies too far back,
    however lately a file arrived.
    """

    id: str
    kind: str
    name: str
    last: BatchRow | None
    age_days: int | None
    stale: bool
    newest: date | None
    waiting: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class RejectRow:
    """A refused cell: row as the spreadsheet numbers it, column label, code, short value, nearest valid value."""

    row: int
    column: str
    code: str
    value: str
    nearest: str


@dataclass(frozen=True, slots=True)
class SourceMappingRow:
    """How a source is read: our column → their header, and foreign value → our key."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    recorded_at: datetime


def sources(actor: Actor, now: datetime) -> Sequence[SourceRow]:
    """Every source by name, with its last confirmed file; three queries however many."""
    access.require_whole(actor, Right.SEE_SOURCES)
    newest = (
        ImportBatch.objects.filter(source=OuterRef("pk"), state=BatchState.CONFIRMED)
        .order_by("-settled_at", "-pk")
        .values("pk")[:1]
    )
    today = timezone.localdate(now)
    come = Q(batches__state=BatchState.CONFIRMED, batches__summary__newest__lte=today.isoformat())
    dates = Max(KeyTextTransform("newest", "batches__summary"), filter=come)
    rows = list(Source.objects.annotate(last_pk=Subquery(newest), newest=dates).order_by("kind", "name"))
    batches = ImportBatch.objects.select_related("source").in_bulk([row.last_pk for row in rows if row.last_pk])
    waiting = dict(
        ImportBatch.objects.filter(state=BatchState.STAGED, staged_at__gt=now - timedelta(hours=STAGE_HOURS))
        .values_list("source_id")
        .annotate(Count("pk"))
    )
    known = all_kinds()
    return [
        _source(row, batches.get(row.last_pk), waiting.get(row.pk, 0), row.newest, now)
        for row in rows
        if row.kind in known
    ]


def source(actor: Actor, source_id: str, now: datetime) -> SourceRow | None:
    """One source, or None."""
    return next((row for row in sources(actor, now) if row.id == source_id), None)


def batches(actor: Actor, source_id: str, now: datetime, limit: int = 50) -> Sequence[BatchRow]:
    """The source's files, the newest first."""
    access.require_whole(actor, Right.SEE_SOURCES)
    rows = ImportBatch.objects.filter(source__public_id=source_id).select_related("source")
    return [_batch(row, now) for row in rows.order_by("-staged_at", "-pk")[:limit]]


def batch(actor: Actor, batch_id: str, now: datetime) -> BatchRow | None:
    """One file, or None."""
    access.require_whole(actor, Right.SEE_SOURCES)
    row = ImportBatch.objects.filter(public_id=batch_id).select_related("source").first()
    return _batch(row, now) if row else None


def preview(actor: Actor, batch_id: str, limit: int = 5) -> Sequence[tuple[int, Sequence[Any]]]:
    """The first staged rows as (row number, values in layout column order); empty once settled.

    Rows about persons are shown to who may import them, and to nobody else.
    """
    access.require_whole(actor, Right.SEE_SOURCES)
    if _hidden(actor, batch_id):
        return []
    found = ImportBatch.objects.filter(public_id=batch_id).select_related("source").first()
    if found is None:
        return []
    rows = islice(staged_rows(found.pk, kind_of(found.source.kind)), limit)
    return [(row.number, list(row.values.values())) for row in rows]


def rejects(actor: Actor, batch_id: str, limit: int | None = None) -> Sequence[RejectRow]:
    """Refused cells in file order; the values of a file about persons only for who may import."""
    access.require_whole(actor, Right.SEE_SOURCES)
    found = _rejects(batch_id, limit)
    return [replace(row, value="", nearest="") for row in found] if _hidden(actor, batch_id) else list(found)


def _hidden(actor: Actor, batch_id: str) -> bool:
    kind = ImportBatch.objects.filter(public_id=batch_id).values_list("source__kind", flat=True).first()
    return kind is not None and kind_of(kind).personal and not access.allows(actor, Right.IMPORT)


def _rejects(batch_id: str, limit: int | None) -> Iterator[RejectRow]:
    rows = RejectedCell.objects.filter(batch__public_id=batch_id).order_by("row_number", "pk")
    for row in rows[:limit] if limit else rows:
        yield RejectRow(row.row_number, row.column, row.code, row.value, row.nearest)


def unmapped(found: BatchRow) -> Sequence[Unmapped]:
    """The values of a batch that still need a choice (the first 200)."""
    return [
        Unmapped(
            value=each["value"],
            label=each["label"],
            count=each["count"],
            row=each["row"],
            nearest=tuple(Option(**option) for option in each["nearest"]),
        )
        for each in found.summary.get("unmapped", [])
    ]


def choices(kind: str, today: date) -> tuple[Sequence[Option], Sequence[Option]]:
    """What a foreign value may mean: things of ours, and things that may be created."""
    vocabulary = kind_of(kind).vocabulary
    return vocabulary.options(today), vocabulary.creatable()


def mapping(actor: Actor, source_id: str) -> SourceMappingRow | None:
    """How the source is read now, or None where nothing was chosen yet."""
    access.require_whole(actor, Right.SEE_SOURCES)
    row = SourceMapping.objects.filter(source__public_id=source_id, superseded_at=None).first()
    return SourceMappingRow(row.columns, row.values, row.recorded_at) if row else None


def names(ids: Iterable[str]) -> dict[str, str]:
    """File names of imports and names of sources by id, for whoever reads the trail."""
    wanted = list(ids)
    files = ImportBatch.objects.filter(public_id__in=wanted).values_list("public_id", "file_name")
    return dict(files) | dict(Source.objects.filter(public_id__in=wanted).values_list("public_id", "name"))


def last_arrivals(now: datetime) -> Sequence[SourceRow]:
    """Every source for the health check; asked by the software, not by a person."""
    return sources(system("check"), now)


def _source(row: Source, last: ImportBatch | None, waiting: int, newest: str | None, now: datetime) -> SourceRow:
    settled = last.settled_at if last else None
    age = (now - settled).days if settled else None
    as_of = date.fromisoformat(newest) if newest else None
    told = age if as_of is None else (timezone.localdate(now) - as_of).days
    return SourceRow(
        id=row.public_id,
        kind=row.kind,
        name=row.name,
        last=_batch(last, now) if last else None,
        age_days=age,
        stale=told is not None and told > STALE_DAYS,
        newest=as_of,
        waiting=waiting,
        owner=row.owner,
    )


def _batch(row: ImportBatch, now: datetime) -> BatchRow:
    lapsed = row.state == BatchState.STAGED and row.staged_at <= now - timedelta(hours=STAGE_HOURS)
    return BatchRow(
        id=row.public_id,
        source_id=row.source.public_id,
        source_name=row.source.name,
        kind=row.source.kind,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        file_size=row.file_size,
        state=BatchState.LAPSED.value if lapsed else row.state,
        version=row.version,
        summary=row.summary,
        counts=row.counts,
        staged_by=row.staged_by,
        staged_at=row.staged_at,
        settled_at=row.settled_at,
    )
