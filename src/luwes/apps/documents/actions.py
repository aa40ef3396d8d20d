"""Writes of documents: the letterhead, and the record of what was issued."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking, verify
from luwes.apps.audit.actions import record
from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.unit_of_work import current
from luwes.apps.documents.models import IssuedDocument, Letterhead
from luwes.apps.documents.report import Stamp


class NoLines(Refused):
    """A letterhead without a single line names nobody."""

    code = "no_lines"


@dataclass(frozen=True, slots=True)
class Issued:
    """The finished file and what was recorded about it."""

    stamp: Stamp
    sha256: str
    payload: bytes


def set_letterhead(*, unit_key: str, lines: Sequence[str], address: str = "", place: str = "") -> None:
    """Give a unit ("" is the government) its letterhead; the one before is superseded. Raises NoLines."""
    work = current()
    access.require_whole(work.actor, Right.SET_LETTERHEAD)
    kept = [" ".join(line.split()) for line in lines if line.strip()]
    if not kept:
        raise NoLines(unit_key)
    # The name lock stands in for a row that does not exist yet: two first letterheads must not both insert.
    locking.lock_rows({}, names=[f"letterhead:{unit_key}"])
    Letterhead.objects.filter(unit_key=unit_key, superseded_at=None).update(superseded_at=work.now)
    Letterhead.objects.create(
        unit_key=unit_key,
        lines=kept,
        address=" ".join(address.split()),
        place=" ".join(place.split()),
        recorded_at=work.now,
    )
    record(action="letterhead.set", subject=unit_key, facts={"lines": kept})


def issue(*, kind: str, subject: str, as_of: date, file_format: str, render: Callable[[Stamp], bytes]) -> Issued:
    """Render a document with its stamp and record that it left the house, by SHA-256 and not by content.

    The caller has checked the scope of `subject` (a unit key, "" is the government); the right to issue
    is asked here. A refusal raised by `render` leaves no record.
    """
    work = current()
    access.require(work.actor, Right.ISSUE_REPORT)
    stamp = Stamp(code=new_public_id(), audit_head=verify.head(), issued_at=work.now)
    payload = render(stamp)
    sha256 = hashlib.sha256(payload).hexdigest()
    IssuedDocument.objects.create(
        public_id=stamp.code,
        kind=kind,
        subject=subject,
        as_of=as_of,
        format=file_format,
        sha256=sha256,
        audit_head=stamp.audit_head,
        issued_by=work.actor.id,
        issued_at=work.now,
    )
    record(
        action="report.issued",
        subject=subject,
        facts={
            "code": stamp.code,
            "kind": kind,
            "as_of": as_of.isoformat(),
            "format": file_format,
            "sha256": sha256,
            "head": stamp.audit_head,
        },
    )
    return Issued(stamp=stamp, sha256=sha256, payload=payload)
