"""Writes of results: budget rows from an import, and the notes units write on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.results.models import BudgetNote, BudgetRow

LONGEST_NOTE = 4_000


class NoteEmpty(Refused):
    """A note without text says nothing."""

    code = "note_empty"


class NoteTooLong(Refused):
    """A note longer than LONGEST_NOTE characters."""

    code = "note_too_long"


class NoFigureToNote(Refused):
    """The unit has no budget figure for this date."""

    code = "no_figure_to_note"


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """One unit's figure at one date as a file states it; whole rupiah, percent at two decimals."""

    unit_pk: int
    year: int
    as_of: date
    ceiling: int
    realised: int
    reported_pct: Decimal | None
    physical_pct: Decimal | None
    own_target_pct: Decimal | None
    row_number: int

    @property
    def key(self) -> tuple[int, int, date]:
        return (self.unit_pk, self.year, self.as_of)

    @property
    def values(self) -> tuple[int, int, Decimal | None, Decimal | None, Decimal | None]:
        return (self.ceiling, self.realised, self.reported_pct, self.physical_pct, self.own_target_pct)


def write_budget_rows(*, batch_pk: int, entries: Sequence[BudgetEntry], superseded: Sequence[int]) -> None:
    """Supersede the named rows and insert the entries; nothing is updated in place.

    `superseded` are primary keys of current rows that an entry corrects or that were withdrawn. The
    caller holds the import lock of the kind and leaves the audit entry of the batch.
    """
    now = current().now
    BudgetRow.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    BudgetRow.objects.bulk_create(
        [
            BudgetRow(
                unit_id=entry.unit_pk,
                year=entry.year,
                as_of=entry.as_of,
                ceiling=entry.ceiling,
                realised=entry.realised,
                reported_pct=entry.reported_pct,
                physical_pct=entry.physical_pct,
                own_target_pct=entry.own_target_pct,
                batch_id=batch_pk,
                row_number=entry.row_number,
                recorded_at=now,
            )
            for entry in entries
        ],
        batch_size=1_000,
    )


def write_budget_note(*, unit_key: str, year: int, as_of: date, text: str) -> BudgetNote:
    """Add a unit's own words on its realisation at one date; earlier notes stay.

    Needs WRITE_BUDGET_NOTE with the unit in scope. Signed with the actor's signature (job links) or the
    name of the account. Raises OutsideScope, Forbidden, NoteEmpty, NoteTooLong, NoFigureToNote.
    """
    work = current()
    people_access.require_unit(work.actor, Right.WRITE_BUDGET_NOTE, unit_key, work.today)
    words = text.replace("\x00", "").strip()
    if not words:
        raise NoteEmpty
    if len(words) > LONGEST_NOTE:
        raise NoteTooLong
    unit = people.unit_of(unit_key)
    figures = BudgetRow.objects.filter(unit=unit, year=year, as_of=as_of, superseded_at=None)
    if unit is None or not figures.exists():
        raise NoFigureToNote
    note = BudgetNote.objects.create(
        unit=unit, year=year, as_of=as_of, text=words, signed_by=_signature(work.actor), written_at=work.now
    )
    record(
        action="budget_note.written",
        subject=note.public_id,
        facts={"unit": unit_key, "year": year, "as_of": as_of.isoformat()},
        detail={"text": words},
    )
    return note


def _signature(actor: Actor) -> str:
    if actor.signature:
        return actor.signature
    user = accounts.user_by_id(actor.id)
    return user.name if user is not None else actor.id
