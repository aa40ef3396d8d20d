"""The chain is verified link by link and names the first that does not hold."""

import threading
from datetime import datetime

import pytest
from django.db import connection, connections

from luwes.apps.audit import actions, chain, queries
from luwes.apps.audit.actor import system
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import head, verify


def write(now: datetime, count: int, detail: bool = False) -> None:
    for n in range(count):
        with unit_of_work(system("t"), now):
            actions.record(action="thing.done", subject=f"s{n}", detail={"t": "é"} if detail else {})


def tamper(statement: str) -> None:
    """Change the chain as somebody who owns the tables could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE audit_auditdetail DISABLE TRIGGER ALL")
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_empty_chain_holds() -> None:
    result = verify()
    assert (result.entries, result.head, result.holds) == (0, chain.GENESIS, True)
    assert head() == chain.GENESIS


@pytest.mark.django_db
def test_a_whole_chain_holds_and_knows_its_heads(now: datetime) -> None:
    write(now, 3)
    early = head()
    write(now, 2)
    assert verify().holds
    assert (verify().entries, verify().head) == (5, head())
    assert verify(against=early).holds
    assert verify(against=early[:16].upper()).holds


@pytest.mark.django_db
def test_a_foreign_or_too_short_head_is_not_accepted(now: datetime) -> None:
    write(now, 2)
    assert verify(against="f" * 64).fault == "head_unknown"
    assert verify(against=head()[:4]).fault == "head_unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "broken_at", "fault"),
    [
        ("UPDATE audit_auditentry SET body = replace(body, 's2', 'sX') WHERE seq = 3", 3, "hash"),
        ("UPDATE audit_auditentry SET hash = repeat('a', 64) WHERE seq = 2", 2, "hash"),
        ("UPDATE audit_auditentry SET action = 'thing.undone' WHERE seq = 3", 3, "hash"),
        ("UPDATE audit_auditentry SET actor = 'orang lain' WHERE seq = 3", 3, "hash"),
        ("UPDATE audit_auditentry SET subject = 's9' WHERE seq = 3", 3, "hash"),
        ("UPDATE audit_auditentry SET recorded_at = recorded_at + interval '1 microsecond' WHERE seq = 3", 3, "hash"),
        ("DELETE FROM audit_auditentry WHERE seq = 2", 2, "missing"),
        ("DELETE FROM audit_auditentry WHERE seq = 1", 1, "missing"),
        ("UPDATE audit_auditdetail SET text = 'x' WHERE entry_id = 4", 4, "detail"),
    ],
)
def test_the_first_broken_link_is_named(now: datetime, statement: str, broken_at: int, fault: str) -> None:
    write(now, 5, detail=True)
    if statement.startswith("DELETE"):
        AuditDetail.objects.all().delete()
    tamper(statement)
    result = verify()
    assert (result.broken_at, result.fault, result.holds) == (broken_at, fault, False)


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ['a "quoted" name', "back\\slash", "é\n", '","subject":"x', ""])
def test_columns_are_compared_with_the_text_whatever_they_hold(now: datetime, subject: str) -> None:
    with unit_of_work(system('sys "tem"'), now):
        actions.record(action="thing.done", subject=subject, facts={"id": "s1", "at": "x"})
    assert verify().holds
    tamper("UPDATE audit_auditentry SET subject = subject || 'x'")
    assert verify().fault == "hash"


@pytest.mark.django_db
def test_what_is_shown_is_what_was_hashed(now: datetime) -> None:
    write(now, 1)
    tamper("UPDATE audit_auditentry SET action = 'x', subject = 'y', recorded_at = recorded_at + interval '1 day'")
    shown = queries.entry(1)
    assert shown is not None
    assert (shown.action, shown.subject, shown.at) == ("thing.done", "s0", now)


@pytest.mark.django_db
def test_a_chain_cut_short_and_continued_no_longer_contains_the_printed_head(now: datetime) -> None:
    write(now, 4)
    printed = head()
    tamper("DELETE FROM audit_auditentry WHERE seq > 2")
    write(now, 3)
    assert verify().holds, "the shortened chain is whole in itself"
    assert verify(against=printed).fault == "head_unknown"


@pytest.mark.django_db
def test_erasing_personal_text_leaves_the_chain_whole(now: datetime) -> None:
    write(now, 3, detail=True)
    AuditDetail.objects.filter(entry_id=2).delete()
    assert verify().holds


def test_effects_run_after_commit(fresh_database: str, now: datetime) -> None:
    seen: list[int] = []
    with unit_of_work(system("t"), now) as work:
        actions.record(action="thing.done", subject="s1")
        work.after_commit(lambda: seen.append(AuditEntry.objects.count()))
        assert seen == []
    assert seen == [1]


def test_units_of_work_do_not_nest(fresh_database: str, now: datetime) -> None:
    with unit_of_work(system("t"), now), pytest.raises(RuntimeError, match="durable"):
        with unit_of_work(system("t"), now):
            pass


def test_twenty_writers_keep_one_chain(fresh_database: str, now: datetime) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(20)

    def writer(number: int) -> None:
        try:
            start.wait(30)
            for n in range(10):
                with unit_of_work(system(f"w{number}"), now):
                    actions.record(action="thing.done", subject=f"{number}-{n}")
                    actions.record(action="thing.checked", subject=f"{number}-{n}")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    result = verify()
    assert (result.holds, result.entries) == (True, 400)
    pairs = list(AuditEntry.objects.order_by("seq").values_list("subject", flat=True))
    assert pairs[::2] == pairs[1::2], "the entries of one unit of work stand together"
