"""Several imports at the same moment: one stores, the other finds nothing left to do."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import verify
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources import actions
from luwes.apps.sources.models import BatchState, ImportBatch, StagedRow
from tests.apps.budget_files import TWO, csv_bytes, row
from tests.faults import importing

WRITERS = 4


@pytest.fixture(autouse=True)
def units(fresh_database: str) -> None:
    importing.units()


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run all works at the same moment, each on a connection of its own; what they raised."""
    gate = threading.Barrier(len(works))
    raised: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            gate.wait()
            work()
        except Exception as error:
            # Raised in a thread it would be lost: every caller asserts on what was raised.
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def stage(now: datetime, payload: bytes, source: str = "Biro") -> ImportBatch:
    with unit_of_work(importing.ME, now):
        return actions.stage(kind="budget", source_name=source, file_name="r.csv", payload=payload)


def confirm(now: datetime, batch: ImportBatch) -> None:
    with unit_of_work(importing.ME, now):
        actions.confirm(batch_id=batch.public_id, version=batch.version)


def test_one_file_imported_by_several_at_once_is_stored_once(now: datetime) -> None:
    payload = csv_bytes(importing.many_rows(300))
    assert at_once(*[lambda: confirm(now, stage(now, payload))] * WRITERS) == []
    assert BudgetRow.objects.count() == BudgetRow.objects.filter(superseded_at=None).count() == 300
    batches = ImportBatch.objects.all()
    assert {batch.state for batch in batches} == {BatchState.CONFIRMED}
    assert sorted(batch.counts["new"] for batch in batches) == [0] * (WRITERS - 1) + [300]
    assert sorted(batch.counts["unchanged"] for batch in batches) == [0] + [300] * (WRITERS - 1)
    assert not StagedRow.objects.exists()
    assert verify().holds


def test_one_stage_confirmed_by_several_at_once_is_confirmed_once(now: datetime) -> None:
    batch = stage(now, csv_bytes(TWO))
    assert at_once(*[lambda: confirm(now, batch)] * WRITERS) == []
    assert BudgetRow.objects.count() == 2
    assert AuditEntry.objects.filter(action="import.confirmed").count() == 1


def test_confirming_and_discarding_at_once_does_one_of_them(now: datetime) -> None:
    batch = stage(now, csv_bytes(TWO))

    def discard() -> None:
        with unit_of_work(importing.ME, now):
            actions.discard(batch_id=batch.public_id, version=batch.version)

    raised = at_once(lambda: confirm(now, batch), discard)
    assert [type(error) for error in raised] == [actions.BatchSettled]
    batch.refresh_from_db()
    assert BudgetRow.objects.count() == (2 if batch.state == BatchState.CONFIRMED else 0)


def test_two_sources_that_state_the_same_figure_differently_do_not_collide(now: datetime) -> None:
    one = stage(now, csv_bytes(TWO), "Satu")
    two = stage(now, csv_bytes([TWO[0], row("1.02", "Dinas Kesehatan", 2_000, 1_234)]), "Dua")
    assert at_once(lambda: confirm(now, one), lambda: confirm(now, two)) == []
    current = BudgetRow.objects.filter(superseded_at=None)
    assert current.count() == 2
    assert verify().holds


def test_a_choice_made_twice_at_once_is_remembered_once(now: datetime) -> None:
    batch = stage(now, csv_bytes([row("3.01", "Dinas Baru", 5, 1)]))

    def choose() -> None:
        with unit_of_work(importing.ME, now):
            actions.choose_values(
                batch_id=batch.public_id, version=batch.version, choices={"3.01": "new:perangkat_daerah"}
            )

    raised = at_once(choose, choose)
    assert [type(error) for error in raised] == [actions.ChangedMeanwhile]
    batch.refresh_from_db()
    assert (batch.version, batch.counts["new"]) == (2, 1)
