"""What lapses, what is purged, and what survives it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from luwes.apps.audit import retention
from luwes.apps.audit.actor import system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.sources import actions, queries, tasks
from luwes.apps.sources.models import BatchState, ImportBatch, RejectedCell, StagedRow
from tests.apps.budget_files import TWO, csv_bytes, make_units, row

pytestmark = pytest.mark.django_db

ME = system("test")


def staged(now: datetime) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.stage(
            kind="budget",
            source_name="Biro",
            file_name="r.csv",
            payload=csv_bytes([*TWO, row("1.01", "Dinas Pendidikan", "x", 1)]),
        )


@pytest.fixture(autouse=True)
def units(now: datetime) -> None:
    with unit_of_work(ME, now):
        make_units()


def test_the_hourly_task_lets_old_stages_go() -> None:
    old, young = staged(timezone.now() - timedelta(hours=25)), staged(timezone.now())
    tasks.lapse(timestamp=0)
    tasks.lapse(timestamp=1)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, young.state) == (BatchState.LAPSED, BatchState.STAGED)
    assert set(StagedRow.objects.values_list("batch_id", flat=True)) == {young.pk}
    assert AuditEntry.objects.filter(action="import.lapsed").count() == 1


def test_the_purge_takes_rows_and_keeps_counts(now: datetime) -> None:
    batch = staged(now)
    with unit_of_work(ME, now + timedelta(days=2)):
        retention.purge(now=now + timedelta(days=2))
    assert not StagedRow.objects.exists()
    assert RejectedCell.objects.count() == 1
    with unit_of_work(ME, now + timedelta(days=91)):
        retention.purge(now=now + timedelta(days=91))
    assert not RejectedCell.objects.exists()
    batch.refresh_from_db()
    assert (batch.counts["new"], batch.counts["rejected"]) == (2, 1)
    shown = queries.batch(ME, batch.public_id, now + timedelta(days=91))
    assert shown is not None
    assert shown.state == "lapsed"


def test_a_source_grows_old(now: datetime) -> None:
    batch = staged(now)
    assert [(s.name, s.last, s.waiting) for s in queries.sources(ME, now)] == [("Biro", None, 1)]
    with unit_of_work(ME, now):
        actions.confirm(batch_id=batch.public_id, version=1)
    age = (timezone.localdate(now) - date(2026, 10, 31)).days
    for days, stale in ((45 - age, False), (46 - age, True)):
        (row_,) = queries.last_arrivals(now + timedelta(days=days))
        assert (row_.age_days, row_.stale, row_.waiting) == (days, stale, 0)
        assert row_.newest == date(2026, 10, 31)


def test_a_late_correction_of_an_early_month_makes_a_source_neither_older_nor_newer(now: datetime) -> None:
    for as_of in ("2026-10-31", "2026-06-30", "2027-01-20"):
        rows = [row("1.01", "Dinas Pendidikan", 1_000, 700, as_of=as_of)]
        with unit_of_work(ME, now):
            batch = actions.stage(kind="budget", source_name="Biro", file_name="r", payload=csv_bytes(rows))
        with unit_of_work(ME, now):
            actions.confirm(batch_id=batch.public_id, version=1)
    (found,) = queries.sources(ME, now)
    assert (found.newest, found.stale) == (date(2026, 10, 31), False)


def test_sources_are_read_in_three_queries(now: datetime, django_assert_num_queries: object) -> None:
    for name in ("A", "B", "C"):
        with unit_of_work(ME, now):
            batch = actions.stage(kind="budget", source_name=name, file_name="r", payload=csv_bytes(TWO))
        with unit_of_work(ME, now):
            actions.confirm(batch_id=batch.public_id, version=1)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(queries.sources(ME, now)) == 3
