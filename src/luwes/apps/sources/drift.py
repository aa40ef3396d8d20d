"""What changed about a source since its last confirmed file: told before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from luwes.apps.sources.models import BatchState, ImportBatch, ReportingBreak
from luwes.apps.sources.reading.names import compact

# A recap grows or shrinks by a unit or two; more than a fifth is worth a look.
JUMP = 0.2
SMALLEST_JUMP = 3
LISTED = 8
# A change older than this has been lived with; nobody needs to be asked about it.
ASKED_DAYS = 120
# A break declared this near to what was seen answers it.
NEAR_DAYS = 31
PARTING = frozenset({"headers_vanished", "headers_new", "rows_jump"})


def last_confirmed(batch: ImportBatch) -> ImportBatch | None:
    """The source's latest confirmed batch other than this one."""
    return (
        ImportBatch.objects.filter(source=batch.source_id, state=BatchState.CONFIRMED)
        .exclude(pk=batch.pk)
        .order_by("-settled_at", "-pk")
        .first()
    )


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The confirmed batch of this source that was read from the very same bytes."""
    return (
        ImportBatch.objects.filter(source=batch.source_id, state=BatchState.CONFIRMED, file_sha256=batch.file_sha256)
        .exclude(pk=batch.pk)
        .order_by("settled_at")
        .first()
    )


def between(before: ImportBatch, headers: Sequence[str], rows: int, newest: date | None) -> list[dict[str, Any]]:
    """Differences from the last confirmed batch as code and facts: headers, row count, date."""
    found: list[dict[str, Any]] = []
    then = {compact(title): title for title in before.summary.get("headers", [])}
    now = {compact(title): title for title in headers}
    vanished = [title for key, title in then.items() if key not in now]
    new = [title for key, title in now.items() if key not in then]
    if vanished:
        found.append({"code": "headers_vanished", "names": "; ".join(vanished[:LISTED])})
    if new:
        found.append({"code": "headers_new", "names": "; ".join(new[:LISTED])})
    had = int(before.counts.get("rows", 0))
    if had and abs(rows - had) >= max(SMALLEST_JUMP, JUMP * had):
        found.append({"code": "rows_jump", "before": had, "now": rows})
    last = before.summary.get("newest")
    if newest is not None and last and newest <= date.fromisoformat(last):
        found.append({"code": "date_not_newer", "before": last, "now": newest.isoformat()})
    return found


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
