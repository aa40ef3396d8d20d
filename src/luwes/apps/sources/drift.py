"""What changed about a source since its last confirmed file: told before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from luwes.apps.sources.models import BatchState, ImportBatch, ReportingBreak
from luwes.apps.sources.reading.names import compact

# A recap grows or shrinks by a unit or two; more than a fifth is worth a look.
JUMP = 0.2
SMALLEST_JUMP = 3
LISTED = 8
# So many files of a source tell what it usually sends.
HABIT_FILES = 12
# A change older than this has been lived with; nobody needs to be asked about it.
ASKED_DAYS = 120
# A break declared this near to what was seen answers it.
NEAR_DAYS = 31
PARTING = frozenset({"headers_vanished", "headers_new", "rows_jump"})


def recent(batch: ImportBatch) -> Sequence[ImportBatch]:
    """The source's confirmed batches other than this one, so many as tell what it usually sends; the latest last."""
    confirmed = ImportBatch.objects.filter(source=batch.source_id, state=BatchState.CONFIRMED).exclude(pk=batch.pk)
    return list(confirmed.order_by("-settled_at", "-pk")[:HABIT_FILES])[::-1]


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The confirmed batch of this source that was read from the very same bytes."""
    return (
        ImportBatch.objects.filter(source=batch.source_id, state=BatchState.CONFIRMED, file_sha256=batch.file_sha256)
        .exclude(pk=batch.pk)
        .order_by("settled_at")
        .first()
    )


def between(
    recent: Sequence[ImportBatch], headers: Sequence[str], rows: int, newest: date | None
) -> list[dict[str, Any]]:
    """Differences from the last of the `recent` batches (at least one) as code and facts: headers, row count, date.

    A source that sends two kinds of files by turns is asked about each step from one to the other once: a step its
    recent files took already is its habit.
    """
    found: list[dict[str, Any]] = []
    before, steps = recent[-1], list(pairwise(recent))
    then = {compact(title): title for title in before.summary.get("headers", [])}
    now = {compact(title): title for title in headers}
    vanished = [title for key, title in then.items() if key not in now]
    new = [title for key, title in now.items() if key not in then]
    usual = any(_titles(one) == then.keys() and _titles(other) == now.keys() for one, other in steps)
    if vanished and not usual:
        found.append({"code": "headers_vanished", "names": "; ".join(vanished[:LISTED])})
    if new and not usual:
        found.append({"code": "headers_new", "names": "; ".join(new[:LISTED])})
    had = _rows(before)
    usual = any(not _jumps(_rows(one), had) and not _jumps(_rows(other), rows) for one, other in steps)
    if had and _jumps(had, rows) and not usual:
        found.append({"code": "rows_jump", "before": had, "now": rows})
    last = before.summary.get("newest")
    if newest is not None and last and newest <= date.fromisoformat(last):
        found.append({"code": "date_not_newer", "before": last, "now": newest.isoformat()})
    return found


def _rows(batch: ImportBatch) -> int:
    return int(batch.counts.get("rows", 0))


def _jumps(had: int, rows: int) -> bool:
    return abs(rows - had) >= max(SMALLEST_JUMP, JUMP * had)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be a reporting break: only a person can know. `found` are the signs, as code and facts."""

    kind: str
    source_id: str
    source_name: str
    on: date
    found: Sequence[Mapping[str, Any]]


def proposals(now: datetime) -> Sequence[Proposal]:
    """Changes of headers, of volume or of the sender in confirmed files, that no declared break answers yet."""
    batches = list(
        ImportBatch.objects.filter(state=BatchState.CONFIRMED, settled_at__gt=now - timedelta(days=ASKED_DAYS))
        .select_related("source")
        .order_by("settled_at", "pk")
    )
    renamed = _renamed(now - timedelta(days=ASKED_DAYS))
    declared = list(ReportingBreak.objects.filter(revoked_at=None).values_list("kind", "on"))
    found = []
    for batch in batches:
        signs = [each for each in batch.summary.get("drift", []) if each["code"] in PARTING]
        signs += [renamed[batch.pk]] if batch.pk in renamed else []
        on = _on(batch)
        near = any(kind in ("", batch.source.kind) and abs((on - day).days) <= NEAR_DAYS for kind, day in declared)
        if signs and not near:
            found.append(Proposal(batch.source.kind, batch.source.public_id, batch.source.name, on, signs))
    return found[::-1]


def _on(batch: ImportBatch) -> date:
    newest = batch.summary.get("newest")
    settled = batch.settled_at or batch.staged_at
    return date.fromisoformat(newest) if newest else timezone.localdate(settled)


def _renamed(since: datetime) -> dict[int, Mapping[str, Any]]:
    """First files of new sources with just the headers of another one of the kind, which has sent nothing since."""
    confirmed = ImportBatch.objects.filter(state=BatchState.CONFIRMED)
    spans = list(
        confirmed.values_list("source_id", "source__kind", "source__name").annotate(
            first=Min("settled_at"), last=Max("settled_at")
        )
    )
    found: dict[int, Mapping[str, Any]] = {}
    for source, kind, name, first, _ in spans:
        elders = [span for span in spans if span[1] == kind and span[0] != source and span[4] < first]
        if first <= since or not elders:
            continue
        batch = confirmed.filter(source=source).order_by("settled_at", "pk")[0]
        for elder, _, before, _, last in sorted(elders, key=lambda span: span[4], reverse=True):
            other = confirmed.filter(source=elder, settled_at=last).order_by("-pk")[0]
            if _titles(other) == _titles(batch):
                found[batch.pk] = {"code": "source_renamed", "before": before, "now": name}
                break
    return found


def _titles(batch: ImportBatch) -> set[str]:
    return {compact(title) for title in batch.summary.get("headers", [])}
