"""Reads of the audit trail."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from luwes.apps.audit.chain import GENESIS, Fact
from luwes.apps.audit.models import AuditDetail, AuditEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry with its text taken apart; `has_detail` says that personal text is kept beside it."""

    seq: int
    at: datetime
    action: str
    subject: str
    actor_kind: str
    actor_id: str
    actor_role: str
    actor_scope: str
    actor_capacity: str
    request: str
    basis: str
    facts: Mapping[str, Fact]
    hash: str
    has_detail: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`next` is the number below which the following page begins, None on the last one."""

    rows: Sequence[EntryRow]
    next: int | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; empty means everything. `since` and `until` are local dates, both included.

    `actors` None means anybody; an empty sequence means that nobody fits.
    """

    action: str = ""
    subject: str = ""
    actors: Sequence[str] | None = None
    since: date | None = None
    until: date | None = None


def entries(wanted: Filter, *, before: int | None = None, limit: int = PAGE) -> EntryPage:
    """Entries newest first, those below the number `before`."""
    found = AuditEntry.objects.select_related("auditdetail").order_by("-seq")
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.subject:
        found = found.filter(subject=wanted.subject)
    if wanted.actors is not None:
        found = found.filter(actor__in=wanted.actors)
    if wanted.since is not None:
        found = found.filter(recorded_at__gte=_start(wanted.since))
    if wanted.until is not None:
        found = found.filter(recorded_at__lt=_start(wanted.until + timedelta(days=1)))
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found[: limit + 1])
    return EntryPage([_row(row) for row in rows[:limit]], rows[limit - 1].seq if len(rows) > limit else None)


def entry(seq: int) -> EntryRow | None:
    """One entry, or None."""
    row = AuditEntry.objects.select_related("auditdetail").filter(pk=seq).first()
    return _row(row) if row else None


def previous_hash(seq: int) -> str:
    """The hash the entry is chained to."""
    found = AuditEntry.objects.filter(pk=seq - 1).values_list("hash", flat=True).first()
    return found or GENESIS


def detail(seq: int) -> Mapping[str, Fact] | None:
    """The personal text beside an entry, or None where there is none (any more)."""
    row = AuditDetail.objects.filter(pk=seq).first()
    found: Mapping[str, Fact] | None = json.loads(row.text) if row else None
    return found


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _row(entry: AuditEntry) -> EntryRow:
    # What is shown comes from the hashed text; the columns beside it only find it.
    body = json.loads(entry.body)
    actor = body["actor"]
    return EntryRow(
        seq=entry.seq,
        at=datetime.fromisoformat(body["at"]),
        action=body["action"],
        subject=body["subject"],
        actor_kind=actor["kind"],
        actor_id=actor["id"],
        actor_role=actor["role"],
        actor_scope=actor["scope"],
        actor_capacity=actor["capacity"],
        request=body["request"],
        basis=body["basis"],
        facts=body["facts"],
        hash=entry.hash,
        has_detail=hasattr(entry, "auditdetail"),
    )
