"""Reading the whole chain again and naming the first broken link."""

import hashlib
import json
from dataclasses import dataclass

from django.db import connection

from luwes.apps.audit.chain import GENESIS, detail_digest
from luwes.apps.audit.models import AuditDetail, AuditEntry

LINKS = """
SELECT seq, body, hash, action, actor, subject,
       to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
FROM audit_auditentry ORDER BY seq
"""


@dataclass(frozen=True, slots=True)
class Verification:
    """`broken_at` is the first sequence number that does not hold, with a code in `fault`.

    Faults: "missing" (a number is skipped), "hash" (text, link or a column that repeats the text was
    changed), "detail" (personal text was changed), "head_unknown" (the head given is not in this chain).
    """

    entries: int
    head: str
    broken_at: int | None = None
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not self.fault


def head() -> str:
    """The hash of the last entry: what is printed on reports."""
    last = AuditEntry.objects.order_by("-seq").values_list("hash", flat=True).first()
    return last if last is not None else GENESIS


def verify(against: str = "") -> Verification:
    """Verify every link, then every personal text still kept, then that the head `against` occurs.

    `against` is a head printed earlier (at least its first 12 characters): a chain cut short and
    continued would verify in itself, but no longer contain it.
    """
    result = _verify_links()
    if result.holds:
        result = _verify_details(result)
    if result.holds and against and not _contains(against):
        return Verification(result.entries, result.head, None, "head_unknown")
    return result


def _verify_links() -> Verification:
    expected, previous, sha256 = 0, GENESIS, hashlib.sha256
    # A server-side cursor keeps a million entries out of memory.
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINKS)
        while rows := cursor.fetchmany(20_000):
            for seq, body, stored, *columns in rows:
                expected += 1
                if seq != expected:
                    return Verification(expected - 1, previous, expected, "missing")
                if sha256(f"{previous}\n{body}".encode()).hexdigest() != stored:
                    return Verification(expected - 1, previous, seq, "hash")
                if not _repeated(body, *columns):
                    return Verification(expected - 1, previous, seq, "hash")
                previous = stored
    return Verification(expected, previous)


def _repeated(body: str, action: str, actor: str, subject: str, at: str) -> bool:
    """Whether the columns by which entries are searched say what the hashed text says."""
    # The text as `chain.canonical` orders it, compared piece by piece: parsing a million texts takes too long.
    opening = f'{{"action":"{action}","actor":{{"capacity":"'
    after_capacity = body.find('","id":"', len(opening))
    after_actor = body.find('},"at":"', after_capacity)
    if (
        body.startswith(opening)
        and body.startswith(f'","id":"{actor}","kind":"', after_capacity)
        and body.startswith(f'}},"at":"{at}","basis":"', after_actor)
        and body.endswith(f'","subject":"{subject}"}}')
    ):
        return True
    told = json.loads(body)
    found: list[str] = [told["action"], told["actor"]["id"], told["subject"], told["at"]]
    return found == [action, actor, subject, at]


def _verify_details(result: Verification) -> Verification:
    rows = AuditDetail.objects.order_by("entry_id").values_list("entry_id", "key", "text", "entry__body")
    for seq, key, text, body in rows.iterator(chunk_size=10_000):
        if f'"detail":"{detail_digest(key, text)}"' not in body:
            return Verification(result.entries, result.head, seq, "detail")
    return result


def _contains(against: str) -> bool:
    return against == GENESIS or (
        len(against) >= 12 and AuditEntry.objects.filter(hash__startswith=against.lower()).exists()
    )
