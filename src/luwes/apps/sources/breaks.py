"""Reporting breaks: from a date on figures are recorded in another way, so before and after do not compare.

They are declared by a person. The software may propose one (`drift.proposals`), and never declares it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import current
from luwes.apps.sources.actions import NoSuchSource
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import Changed as Changed
from luwes.apps.sources.models import ReportingBreak, Source

LONGEST_DESCRIPTION = 1_000
LONGEST_OWNER = 200


class NoSuchBreak(Refused):
    """No break has this id."""

    code = "no_such_break"


class BreakDeclared(Refused):
    """The same change is declared for this day already."""

    code = "break_declared"


class BreakUndescribed(Refused):
    """A break that does not say what changed helps nobody."""

    code = "break_undescribed"


class TooLong(Refused):
    """A description or a name of an owner longer than there is room for."""

    code = "text_too_long"


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A break as declared: an empty `kind` is every kind, an empty `unit_key` every unit."""

    id: str
    kind: str
    unit_key: str
    on: date
    what: str
    description: str
    declared_by: str
    declared_at: datetime
    revoked_by: str
    revoked_at: datetime | None


def declare_break(*, kind: str, unit_key: str, on: date, what: Changed, description: str) -> str:
    """Record that figures of a kind are recorded in another way from `on`; gives the break's id.

    The caller has made sure that `unit_key` ("": every unit) is one of ours. Needs DECLARE_BREAK over the whole
    government. Raises NoSuchKind, BreakUndescribed, TooLong, BreakDeclared, Forbidden, OutsideScope.
    """
    work = current()
    access.require_whole(work.actor, Right.DECLARE_BREAK)
    if kind:
        kind_of(kind)
    words = " ".join(description.replace("\x00", "").split())
    if not words:
        raise BreakUndescribed
    if len(words) > LONGEST_DESCRIPTION:
        raise TooLong
    found, created = ReportingBreak.objects.get_or_create(
        kind=kind,
        unit_key=unit_key,
        on=on,
        what=what.value,
        revoked_at=None,
        defaults={"description": words, "declared_by": work.actor.id, "declared_at": work.now},
    )
    if not created:
        raise BreakDeclared(found.public_id)
    record(
        action="break.declared",
        subject=found.public_id,
        facts={"kind": kind, "unit": unit_key, "on": on.isoformat(), "what": what.value, "text": words},
    )
    return found.public_id


def revoke_break(*, break_id: str) -> None:
    """Take a declared break back: it stays to be read, and no longer parts a series. Twice is the same as once.

    Raises NoSuchBreak, Forbidden, OutsideScope.
    """
    work = current()
    access.require_whole(work.actor, Right.DECLARE_BREAK)
    found = ReportingBreak.objects.select_for_update().filter(public_id=break_id).first()
    if found is None:
        raise NoSuchBreak(break_id)
    if found.revoked_at is not None:
        return
    found.revoked_at, found.revoked_by = work.now, work.actor.id
    found.save(update_fields=["revoked_at", "revoked_by"])
    record(action="break.revoked", subject=break_id, facts={"kind": found.kind, "on": found.on.isoformat()})


def set_owner(*, source_id: str, owner: str) -> None:
    """Say who answers for a source, by name or post; an empty text takes it away.

    Raises NoSuchSource, TooLong, Forbidden, OutsideScope.
    """
    access.require_whole(current().actor, Right.IMPORT)
    words = " ".join(owner.replace("\x00", "").split())
    if len(words) > LONGEST_OWNER:
        raise TooLong
    source = Source.objects.filter(public_id=source_id).first()
    if source is None:
        raise NoSuchSource(source_id)
    if source.owner == words:
        return
    source.owner = words
    source.save(update_fields=["owner"])
    # A name of a person: in the part of the trail that can be erased.
    record(action="source.owner_set", subject=source_id, facts={"kind": source.kind}, detail={"owner": words})


def breaks(kinds: Collection[str], unit_keys: Collection[str] | None, since: date, until: date) -> Sequence[BreakRow]:
    """The breaks that part the series of these kinds in [since, until), the earliest first; revoked ones are left out.

    A unit's break holds for what lies below it: give the keys of the unit and of all above it. None: every unit.
    """
    rows = ReportingBreak.objects.filter(revoked_at=None, on__gte=since, on__lt=until, kind__in=["", *kinds])
    if unit_keys is not None:
        rows = rows.filter(Q(unit_key="") | Q(unit_key__in=list(unit_keys)))
    return _rows(rows.order_by("on", "pk"))


def declared(actor: Actor) -> Sequence[BreakRow]:
    """Every break ever declared, revoked ones too, the latest date first."""
    access.require_whole(actor, Right.SEE_SOURCES)
    return _rows(ReportingBreak.objects.order_by("-on", "-pk"))


def _rows(rows: QuerySet[ReportingBreak]) -> list[BreakRow]:
    return [
        BreakRow(
            id=row.public_id,
            kind=row.kind,
            unit_key=row.unit_key,
            on=row.on,
            what=row.what,
            description=row.description,
            declared_by=row.declared_by,
            declared_at=row.declared_at,
            revoked_by=row.revoked_by,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
