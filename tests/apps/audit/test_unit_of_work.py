"""The transaction shape of every use case."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from luwes.apps.audit import actions, locking
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import NaiveClock, NoUnitOfWork, current, unit_of_work
from luwes.apps.people.models import Unit

pytestmark = pytest.mark.django_db


def test_actions_need_an_open_unit_of_work() -> None:
    with pytest.raises(NoUnitOfWork):
        actions.record(action="x", subject="y")


def test_a_clock_without_zone_is_refused() -> None:
    with pytest.raises(NaiveClock), unit_of_work(system("t"), datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_entries_are_written_at_the_end_with_actor_and_request(now: datetime) -> None:
    actor = Actor(kind=ActorKind.PERSON, id="abc", role="pimpinan", scope="", capacity="plt")
    with unit_of_work(actor, now, request_id="r1"):
        actions.record(action="thing.done", subject="s1", facts={"n": 3})
        assert not AuditEntry.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.seq, entry.action, entry.subject, entry.actor) == (1, "thing.done", "s1", "abc")
    for part in ('"request":"r1"', '"role":"pimpinan"', '"capacity":"plt"', '"n":3', "2026-11-25T02:30"):
        assert part in entry.body


def test_nothing_is_left_of_a_unit_that_failed(now: datetime) -> None:
    ran: list[str] = []
    with pytest.raises(ZeroDivisionError), unit_of_work(system("t"), now) as work:
        Unit.objects.create()
        work.after_commit(lambda: ran.append("effect"))
        actions.record(action="thing.done", subject="s1")
        raise ZeroDivisionError
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()
    assert ran == []
    with pytest.raises(NoUnitOfWork):
        current()


def test_today_is_the_local_date_before_seven_in_the_morning() -> None:
    with unit_of_work(system("t"), datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) as work:
        assert work.today.isoformat() == "2026-11-25"


def test_personal_text_sits_beside_the_chain_and_can_be_erased(now: datetime) -> None:
    signer = Actor(kind=ActorKind.JOB_LINK, id="link1", role="catatan_anggaran", signature="Ibu Sari, Kasubag")
    with unit_of_work(signer, now):
        actions.record(action="thing.done", subject="s1", detail={"before": "lama", "after": "baru"})
    entry, detail = AuditEntry.objects.get(), AuditDetail.objects.get()
    assert "Sari" not in entry.body
    assert "lama" not in entry.body
    assert "Ibu Sari, Kasubag" in detail.text
    detail.delete()
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET body = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry CASCADE",
        "UPDATE audit_auditdetail SET text = 'x'",
    ],
)
def test_the_database_itself_refuses_changes(now: datetime, statement: str) -> None:
    with unit_of_work(system("t"), now):
        actions.record(action="thing.done", subject="s1", detail={"a": "b"})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


def test_locks_are_taken_in_one_sorted_call(now: datetime) -> None:
    units = [Unit.objects.create() for _ in range(3)]
    with unit_of_work(system("t"), now):
        found = locking.lock_rows({Unit: [units[2].pk, units[0].pk, 999_999]}, names=["b", "a"])
        assert list(found[Unit]) == sorted([units[0].pk, units[2].pk])
        with pytest.raises(locking.LocksAlreadyTaken):
            locking.lock_rows({Unit: [units[1].pk]})


def test_a_vanished_row_locks_to_nothing(now: datetime) -> None:
    with unit_of_work(system("t"), now):
        assert locking.lock_row(Unit, 999_999) is None
