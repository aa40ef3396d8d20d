"""Notes on budget figures: in scope, signed, about a figure that exists."""

from datetime import datetime

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Unit
from luwes.apps.results import actions, queries
from luwes.apps.results.actions import BudgetEntry
from luwes.apps.sources.models import ImportBatch, Source
from tests.apps.budget_files import OCTOBER, day, make_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> dict[str, Unit]:
    with unit_of_work(system("test"), now):
        found = make_units()
        batch = ImportBatch.objects.create(
            source=Source.objects.create(kind="budget", name="B"),
            file_name="f",
            file_sha256="0" * 64,
            file_size=1,
            staged_by="x",
            staged_at=now,
        )
        entry = BudgetEntry(found["1.01"].pk, 2026, day(OCTOBER), 10, 5, None, None, None, 2)
        actions.write_budget_rows(batch_pk=batch.pk, entries=[entry], superseded=[])
    return found


def head(unit: Unit, who: str = "u1") -> Actor:
    return Actor(kind=ActorKind.PERSON, id=who, role="kepala_pd", scope=unit.key)


def write(actor: Actor, unit: Unit, now: datetime, text: str = "Lelang diulang.") -> str:
    with unit_of_work(actor, now):
        return actions.write_budget_note(unit_key=unit.key, year=2026, as_of=day(OCTOBER), text=text).public_id


def test_a_head_signs_with_the_name_of_the_account(units: dict[str, Unit], now: datetime) -> None:
    user = User.objects.create(name="Kepala Contoh", email="k@contoh.go.id", created_at=now)
    write(head(units["1.01"], user.public_id), units["1.01"], now, "  Lelang diulang. ")
    (note,) = queries.notes(units["1.01"].key)
    assert (note.text, note.signed_by, note.as_of) == ("Lelang diulang.", "Kepala Contoh", day(OCTOBER))
    assert queries.notes(units["1.01"].key, 2025) == []
    assert queries.notes_on(day(OCTOBER), 2026)[units["1.01"].key].id == note.id


def test_a_job_link_signs_with_name_and_post(units: dict[str, Unit], now: datetime) -> None:
    link = Actor(
        kind=ActorKind.JOB_LINK,
        id="l1",
        role="catatan_anggaran",
        scope=units["1.01"].key,
        signature="Contoh Nama, Kasubag Keuangan",
    )
    write(link, units["1.01"], now)
    assert queries.notes(units["1.01"].key)[0].signed_by == "Contoh Nama, Kasubag Keuangan"


def test_the_words_stay_out_of_the_chain(units: dict[str, Unit], now: datetime) -> None:
    note = write(head(units["1.01"]), units["1.01"], now)
    entry = AuditEntry.objects.get(action="budget_note.written")
    assert entry.subject == note
    assert "Lelang" not in entry.body
    assert "Lelang" in AuditDetail.objects.get(entry=entry).text


def test_another_unit_is_out_of_scope_and_other_roles_may_not(units: dict[str, Unit], now: datetime) -> None:
    with pytest.raises(OutsideScope):
        write(head(units["1.02"]), units["1.01"], now)
    with pytest.raises(Forbidden):
        write(Actor(kind=ActorKind.PERSON, id="x", role="pimpinan"), units["1.01"], now)
    assert queries.notes(units["1.01"].key) == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [(" \n\x00", actions.NoteEmpty), ("a" * 4_001, actions.NoteTooLong)],
)
def test_empty_and_endless_notes_are_refused(
    units: dict[str, Unit], now: datetime, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        write(head(units["1.01"]), units["1.01"], now, text)


def test_a_note_needs_a_figure(units: dict[str, Unit], now: datetime) -> None:
    with pytest.raises(actions.NoFigureToNote):
        write(head(units["1.02"]), units["1.02"], now)
