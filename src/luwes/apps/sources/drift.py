"""What changed about a source since its last confirmed file: told before anything is stored."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.apps.sources.reading.names import compact

# A recap grows or shrinks by a unit or two; more than a fifth is worth a look.
JUMP = 0.2
SMALLEST_JUMP = 3
LISTED = 8


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
