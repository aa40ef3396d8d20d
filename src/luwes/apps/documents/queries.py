"""Reads of documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.documents.models import IssuedDocument, Letterhead
from luwes.apps.documents.report import Kop


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A document that was issued, without its content."""

    code: str
    kind: str
    subject: str
    as_of: date | None
    format: str
    sha256: str
    audit_head: str
    issued_by: str
    issued_at: datetime


def letterhead_of(unit_key: str) -> Kop | None:
    """The unit's own letterhead, else the government's, else None."""
    rows = {row.unit_key: row for row in Letterhead.objects.filter(unit_key__in={unit_key, ""}, superseded_at=None)}
    row = rows.get(unit_key) or rows.get("")
    return None if row is None else Kop(lines=tuple(row.lines), address=row.address, place=row.place)


def letterheads() -> Mapping[str, Kop]:
    """Every letterhead in force by unit key; "" is the government's."""
    rows = Letterhead.objects.filter(superseded_at=None)
    return {row.unit_key: Kop(lines=tuple(row.lines), address=row.address, place=row.place) for row in rows}


def issued(*, limit: int = 50) -> Sequence[IssuedRow]:
    """Issued documents, newest first."""
    return [_row(row) for row in IssuedDocument.objects.order_by("-issued_at", "-pk")[:limit]]


def issued_by_code(code: str) -> IssuedRow | None:
    """The document recorded under the code printed on it, or None."""
    row = IssuedDocument.objects.filter(public_id=code).first()
    return None if row is None else _row(row)


def _row(row: IssuedDocument) -> IssuedRow:
    return IssuedRow(
        code=row.public_id,
        kind=row.kind,
        subject=row.subject,
        as_of=row.as_of,
        format=row.format,
        sha256=row.sha256,
        audit_head=row.audit_head,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
    )
