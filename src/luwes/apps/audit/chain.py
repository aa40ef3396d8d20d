"""The append-only chain: each entry's hash covers its text and the hash before it.

The hashed text is stored as text, byte for byte, so that verification never depends on how a database
prints JSON. Personal text sits beside the chain under a digest keyed per row: erasing the row leaves a
digest that tells nothing, and the chain stays whole.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from luwes.apps.audit.actor import Actor
from luwes.apps.audit.models import AuditDetail, AuditEntry

GENESIS = "0" * 64
# Any constant: it names the chain among the advisory locks of this database.
CHAIN_LOCK = 4_205_202_506

Fact = str | int | bool | None | Sequence["Fact"] | Mapping[str, "Fact"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an action recorded, not yet in the chain."""

    action: str
    subject: str
    facts: Mapping[str, Fact]
    basis: str
    detail: Mapping[str, Fact]


def entry_hash(previous: str, body: str) -> str:
    """SHA-256 over the previous hash and the entry's text, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def detail_digest(key: str, text: str) -> str:
    """Keyed digest of personal text, in hexadecimal."""
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()


def canonical(value: Mapping[str, Fact]) -> str:
    """JSON with sorted keys and no spaces: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def append(drafts: Sequence[Draft], *, actor: Actor, now: datetime, request_id: str) -> None:
    """Write the drafts at the end of the chain, holding the chain lock until commit."""
    if not drafts:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    seq, previous = last if last is not None else (0, GENESIS)
    entries, details = [], []
    for draft in drafts:
        seq += 1
        text, key = _detail(draft, actor)
        body = _body(draft, actor=actor, now=now, request_id=request_id, digest=_digest(key, text))
        previous = entry_hash(previous, body)
        entries.append(
            AuditEntry(
                seq=seq,
                recorded_at=now,
                action=draft.action,
                subject=draft.subject,
                actor=actor.id,
                body=body,
                hash=previous,
            )
        )
        if text:
            details.append(AuditDetail(entry_id=seq, key=key, text=text, recorded_at=now))
    AuditEntry.objects.bulk_create(entries)
    AuditDetail.objects.bulk_create(details)


def _detail(draft: Draft, actor: Actor) -> tuple[str, str]:
    detail = dict(draft.detail)
    if actor.signature:
        detail["signature"] = actor.signature
    return (canonical(detail), secrets.token_hex(32)) if detail else ("", "")


def _digest(key: str, text: str) -> str:
    return detail_digest(key, text) if text else ""


def _body(draft: Draft, *, actor: Actor, now: datetime, request_id: str, digest: str) -> str:
    return canonical(
        {
            "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
            "request": request_id,
            "actor": {
                "kind": actor.kind.value,
                "id": actor.id,
                "role": actor.role,
                "scope": actor.scope,
                "capacity": actor.capacity,
            },
            "action": draft.action,
            "subject": draft.subject,
            "facts": draft.facts,
            "basis": draft.basis,
            "detail": digest,
        }
    )
