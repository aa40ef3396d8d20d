"""kill -9 of the importing process at any point: the state is before or after, never between."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from luwes.apps.audit.chain import CHAIN_LOCK
from luwes.apps.audit.verify import verify
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import BatchState, ImportBatch, StagedRow
from tests.apps.budget_files import TWO
from tests.faults import importing

Observer = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def observer(fresh_database: str) -> Iterator[Observer]:
    importing.units()
    with psycopg.connect(importing.address(), autocommit=True) as connection:
        yield connection


def run_whole(file: Path) -> None:
    code, out, err = importing.finish(importing.start(file, importing.address()))
    assert (code, err) == (0, ""), out
    assert verify().holds


def test_killed_while_rows_are_being_staged(observer: Observer, tmp_path: Path) -> None:
    before = importing.counts(observer)
    file = importing.write(tmp_path, importing.many_rows())
    process = importing.start(file, importing.address())
    importing.until(lambda: importing.copying(observer), "COPY")
    readers = importing.children(process.pid)
    assert readers
    process.kill()
    importing.finish(process)
    importing.until(lambda: not any(map(importing.alive, readers)), "the reader's end")
    importing.until(lambda: not importing.copying(observer), "the end of COPY")
    assert importing.counts(observer) == before
    run_whole(file)
    assert BudgetRow.objects.count() == importing.MANY


def test_killed_after_staging_before_the_commit(observer: Observer, tmp_path: Path) -> None:
    before = importing.counts(observer)
    file = importing.write(tmp_path, list(TWO))
    with observer.transaction():
        # Who holds the chain holds up the last step before the commit.
        observer.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        process = importing.start(file, importing.address())
        with psycopg.connect(importing.address(), autocommit=True) as second:
            importing.until(lambda: importing.waiting(second), "the wait for the chain")
        process.kill()
        importing.finish(process)
    with psycopg.connect(importing.address(), autocommit=True) as second:
        importing.until(lambda: not importing.waiting(second), "the end of the wait")
    assert importing.counts(observer) == before
    run_whole(file)
    assert BudgetRow.objects.count() == 2


def test_killed_while_confirming_leaves_the_stage_and_it_can_be_confirmed(observer: Observer, tmp_path: Path) -> None:
    file = importing.write(tmp_path, list(TWO))
    with observer.transaction():
        observer.execute("SELECT pg_advisory_xact_lock(hashtextextended('import:budget', 7))")
        process = importing.start(file, importing.address())
        with psycopg.connect(importing.address(), autocommit=True) as second:
            importing.until(lambda: importing.waiting(second), "the wait for the import lock")
            staged = importing.counts(second)
        process.kill()
        importing.finish(process)
    assert importing.counts(observer) == staged
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.version) == (BatchState.STAGED, 1)
    assert StagedRow.objects.filter(batch=batch).count() == 2
    assert not BudgetRow.objects.exists()
    run_whole(file)
    assert BudgetRow.objects.count() == 2


@pytest.mark.parametrize("share", [0.35, 0.5, 0.65, 0.8, 0.95])
def test_killed_at_any_moment_nothing_stands_in_between(observer: Observer, tmp_path: Path, share: float) -> None:
    file = importing.write(tmp_path, importing.many_rows(2_000))
    process = importing.start(file, importing.address())
    # A whole run takes about 1.2 seconds on a slow machine; wherever the kill falls, the checks are the same.
    try:
        process.wait(timeout=1.2 * share)
    except importing.subprocess.TimeoutExpired:
        process.kill()
    importing.finish(process)
    importing.until(lambda: not importing.copying(observer), "the end of COPY")
    stored, staged = BudgetRow.objects.count(), StagedRow.objects.count()
    states = list(ImportBatch.objects.values_list("state", flat=True))
    assert (states, staged, stored) in (
        ([], 0, 0),
        ([BatchState.STAGED], 2_000, 0),
        ([BatchState.CONFIRMED], 0, 2_000),
    )
    run_whole(file)
    assert BudgetRow.objects.filter(superseded_at=None).count() == BudgetRow.objects.count() == 2_000
