"""Stage, confirm, discard: nothing is stored before it is confirmed, and never twice."""

from datetime import datetime, timedelta

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources import actions
from luwes.apps.sources.models import BatchState, ImportBatch, RejectedCell, Source, StagedRow
from luwes.apps.sources.reading.contract import UnreadableFile
from tests.apps.budget_files import TWO, csv_bytes, make_units, row, xlsx_bytes

pytestmark = pytest.mark.django_db

ME = system("test")


@pytest.fixture(autouse=True)
def units(now: datetime) -> None:
    with unit_of_work(ME, now):
        make_units()


def staged(payload: bytes, now: datetime, *, source: str = "Biro", **rest: object) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.stage(kind="budget", source_name=source, file_name="rekap.csv", payload=payload, **rest)  # type: ignore[arg-type]


def confirmed(batch: ImportBatch, now: datetime, **rest: bool) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.confirm(batch_id=batch.public_id, version=batch.version, **rest)


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_a_dry_run_counts_and_stores_nothing(now: datetime, make: object) -> None:
    batch = staged(make(TWO), now)  # type: ignore[operator]
    assert batch.state == BatchState.STAGED
    assert {k: batch.counts[k] for k in ("rows", "new", "changed", "unchanged", "gone", "rejected")} == {
        "rows": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "gone": 0,
        "rejected": 0,
    }
    assert StagedRow.objects.filter(batch=batch).count() == 2
    assert not BudgetRow.objects.exists()


def test_confirm_stores_every_row_with_its_origin_and_consumes_the_stage(now: datetime) -> None:
    batch = confirmed(staged(csv_bytes(TWO), now), now)
    assert batch.state == BatchState.CONFIRMED
    rows = BudgetRow.objects.order_by("row_number")
    assert [(r.row_number, r.ceiling, r.realised, str(r.reported_pct)) for r in rows] == [
        (2, 1_000, 600, "60.00"),
        (3, 2_000, 1_000, "50.00"),
    ]
    assert {r.batch_id for r in rows} == {batch.pk}
    assert not StagedRow.objects.exists()


def test_confirming_twice_returns_the_first_result(now: datetime) -> None:
    batch = staged(csv_bytes(TWO), now)
    first = confirmed(batch, now)
    second = confirmed(batch, now + timedelta(minutes=1))
    assert (second.pk, second.counts, second.settled_at) == (first.pk, first.counts, first.settled_at)
    assert BudgetRow.objects.count() == 2
    assert AuditEntry.objects.filter(action="import.confirmed").count() == 1


def test_the_same_file_again_changes_nothing_and_says_so(now: datetime) -> None:
    first = confirmed(staged(csv_bytes(TWO), now), now)
    again = staged(csv_bytes(TWO), now)
    assert again.summary["same_as"] == first.public_id
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    assert again.summary["digest"] == first.summary["digest"]
    confirmed(again, now)
    assert BudgetRow.objects.count() == 2


def test_two_stages_of_one_file_store_it_once(now: datetime) -> None:
    one, two = staged(csv_bytes(TWO), now), staged(csv_bytes(TWO), now)
    assert one.counts["new"] == two.counts["new"] == 2
    confirmed(one, now)
    late = confirmed(two, now)
    assert (late.counts["new"], late.counts["unchanged"]) == (0, 2)
    assert BudgetRow.objects.count() == 2


def test_one_audit_entry_per_batch_and_step(now: datetime) -> None:
    batch = confirmed(staged(csv_bytes(TWO), now), now)
    entries = AuditEntry.objects.filter(subject=batch.public_id).order_by("seq")
    assert [e.action for e in entries] == ["import.staged", "import.confirmed"]
    for entry in entries:
        assert batch.file_sha256 in entry.body
        assert batch.summary["digest"] in entry.body
        assert '"new":2' in entry.body
        assert "Dinas" not in entry.body


def test_a_stale_tab_is_refused(now: datetime) -> None:
    batch = staged(csv_bytes(TWO), now)
    with pytest.raises(actions.ChangedMeanwhile), unit_of_work(ME, now):
        actions.confirm(batch_id=batch.public_id, version=batch.version + 1)
    assert not BudgetRow.objects.exists()


def test_discarding_drops_the_rows_and_keeps_the_counts(now: datetime) -> None:
    batch = staged(csv_bytes(TWO), now)
    for _ in range(2):
        with unit_of_work(ME, now):
            gone = actions.discard(batch_id=batch.public_id, version=batch.version)
    assert gone.state == BatchState.DISCARDED
    assert gone.counts["new"] == 2
    assert not StagedRow.objects.exists()
    with pytest.raises(actions.BatchSettled), unit_of_work(ME, now):
        actions.confirm(batch_id=batch.public_id, version=gone.version)


def test_a_confirmed_batch_cannot_be_discarded(now: datetime) -> None:
    batch = confirmed(staged(csv_bytes(TWO), now), now)
    with pytest.raises(actions.BatchSettled), unit_of_work(ME, now):
        actions.discard(batch_id=batch.public_id, version=batch.version)


def test_a_stage_lapses_after_a_day(now: datetime) -> None:
    old, young = staged(csv_bytes(TWO), now), staged(csv_bytes(TWO), now + timedelta(hours=2))
    later = now + timedelta(hours=24)
    with pytest.raises(actions.BatchLapsed), unit_of_work(ME, later):
        actions.confirm(batch_id=old.public_id, version=old.version)
    with unit_of_work(ME, later):
        assert actions.lapse() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, young.state) == (BatchState.LAPSED, BatchState.STAGED)
    assert not StagedRow.objects.filter(batch=old).exists()
    assert StagedRow.objects.filter(batch=young).count() == 2
    with pytest.raises(actions.BatchLapsed), unit_of_work(ME, later):
        actions.confirm(batch_id=old.public_id, version=old.version)


def test_an_unreadable_file_leaves_no_trace(now: datetime) -> None:
    with pytest.raises(UnreadableFile) as refused:
        staged(b"a;b\n1;2\n", now)
    assert refused.value.code in ("no_header", "missing_columns")
    assert not ImportBatch.objects.exists()
    assert not Source.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="import").exists()


def test_refused_rows_are_listed_and_the_others_can_be_stored(now: datetime) -> None:
    rows = [TWO[0], row("1.02", "Dinas Kesehatan", "banyak", 5)]
    batch = staged(csv_bytes(rows), now)
    assert (batch.counts["new"], batch.counts["rejected"]) == (1, 1)
    reject = RejectedCell.objects.get(batch=batch)
    assert (reject.row_number, reject.column, reject.code, reject.value) == (3, "Pagu", "not_a_number", "banyak")
    confirmed(batch, now)
    assert BudgetRow.objects.count() == 1


def test_a_file_without_one_usable_row_cannot_be_confirmed(now: datetime) -> None:
    batch = staged(csv_bytes([row("1.01", "Dinas Pendidikan", "x", "y")]), now)
    with pytest.raises(actions.NothingReadable):
        confirmed(batch, now)
    assert not BudgetRow.objects.exists()


def test_a_source_needs_a_name(now: datetime) -> None:
    with pytest.raises(actions.SourceUnnamed):
        staged(csv_bytes(TWO), now, source=" \u200b/ ")


def test_writing_needs_the_right_over_the_whole_government(now: datetime) -> None:
    reader = Actor(kind=ActorKind.PERSON, id="x", role="biro_organisasi")
    narrow = Actor(kind=ActorKind.PERSON, id="x", role="admin_bkd", scope="abc")
    for actor, refusal in ((reader, Forbidden), (narrow, OutsideScope)):
        with pytest.raises(refusal), unit_of_work(actor, now):
            actions.stage(kind="budget", source_name="B", file_name="f", payload=csv_bytes(TWO))
    batch = staged(csv_bytes(TWO), now)
    for actor, refusal in ((reader, Forbidden), (narrow, OutsideScope)):
        with pytest.raises(refusal), unit_of_work(actor, now):
            actions.confirm(batch_id=batch.public_id, version=1)
        with pytest.raises(refusal), unit_of_work(actor, now):
            actions.discard(batch_id=batch.public_id, version=1)
        with pytest.raises(refusal), unit_of_work(actor, now):
            actions.choose_values(batch_id=batch.public_id, version=1, choices={})


def test_an_unknown_batch_and_an_unknown_kind_have_their_codes(now: datetime) -> None:
    with pytest.raises(actions.NoSuchBatch), unit_of_work(ME, now):
        actions.confirm(batch_id="none", version=1)
    with pytest.raises(actions.Refused, match="cuti"), unit_of_work(ME, now):
        actions.stage(kind="cuti", source_name="B", file_name="f", payload=b"x")


def test_nothing_of_the_original_is_kept_but_its_hash(now: datetime) -> None:
    payload = csv_bytes([(*TWO[0], "rahasia")], headers=(*csv_bytes([]).decode().strip().split(";"), "NIP"))
    batch = confirmed(staged(payload, now), now)
    assert "NIP" in batch.summary["dropped"]
    assert "rahasia" not in str(batch.summary)
    assert "sample" not in batch.summary
    assert len(batch.file_sha256) == 64
