"""The budget kind: units resolved, corrections kept beside what they correct, cross checks told."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.apps.results import queries
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources import actions
from luwes.apps.sources.kinds import SKIP
from luwes.apps.sources.models import ImportBatch, Mapping, RejectedCell
from tests.apps.budget_files import HEADERS, OCTOBER, TWO, csv_bytes, day, make_units, row, xlsx_bytes

pytestmark = pytest.mark.django_db

ME = system("test")
LATER = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def units(now: datetime) -> dict[str, Unit]:
    with unit_of_work(ME, now):
        return make_units()


def stage(payload: bytes, now: datetime, source: str = "Biro", **rest: object) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.stage(kind="budget", source_name=source, file_name="rekap.xlsx", payload=payload, **rest)  # type: ignore[arg-type]


def store(payload: bytes, now: datetime, source: str = "Biro", *, withdraw: bool = False) -> ImportBatch:
    batch = stage(payload, now, source)
    with unit_of_work(ME, now):
        return actions.confirm(batch_id=batch.public_id, version=batch.version, withdraw_gone=withdraw)


def choose(batch: ImportBatch, choices: dict[str, str], now: datetime) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.choose_values(batch_id=batch.public_id, version=batch.version, choices=choices)


def codes(batch: ImportBatch) -> set[str]:
    return {finding["code"] for finding in batch.summary["findings"]}


def test_a_correction_supersedes_and_what_was_known_stays_known(now: datetime) -> None:
    first = store(csv_bytes(TWO), now)
    later = now + timedelta(days=3)
    fixed = [TWO[0], row("1.02", "Dinas Kesehatan", 2_000, 1_100, pct="55", physical="51", target="85")]
    second = store(csv_bytes(fixed), later)
    assert {k: second.counts[k] for k in ("new", "changed", "unchanged")} == {"new": 0, "changed": 1, "unchanged": 1}
    assert BudgetRow.objects.count() == 3
    now_known = {f.unit_code: f for f in queries.budget_on(day(OCTOBER), 2026)}
    then_known = {f.unit_code: f for f in queries.budget_on(day(OCTOBER), 2026, known_at=now + timedelta(days=1))}
    assert (now_known["1.02"].figure.realised, then_known["1.02"].figure.realised) == (1_100, 1_000)
    assert (now_known["1.02"].batch_id, now_known["1.01"].batch_id) == (second.public_id, first.public_id)


def test_dates_after_another_never_touch_each_other(now: datetime) -> None:
    store(csv_bytes(TWO), now)
    earlier = [row(str(r[2]), str(r[3]), 1_500, 300, as_of="2026-06-30") for r in TWO]
    assert store(csv_bytes(earlier), now).counts["new"] == 2
    assert [d.as_of for d in queries.budget_dates()] == [date(2026, 10, 31), date(2026, 6, 30)]


def test_a_recap_without_date_columns_is_dated_by_the_form(now: datetime) -> None:
    rows = [tuple(r)[2:6] for r in TWO]
    headers = ("Kode SKPD", "Perangkat Daerah", "Pagu Anggaran (Rp)", "Realisasi Keuangan (Rp)")
    batch = stage(xlsx_bytes(rows, headers, "REKAP TEPRA"), now, constants={"tahun": "2026", "per_tanggal": OCTOBER})
    assert (batch.counts["new"], batch.summary["newest"]) == (2, OCTOBER)


def test_an_unknown_code_is_listed_with_count_and_candidates_never_guessed(now: datetime) -> None:
    rows = [TWO[0], row("9.99", "Dinas Kesehatan Provinsi", 5, 1), row("9.99", "Dinas Kesehatan Provinsi", 5, 1)]
    batch = stage(csv_bytes(rows), now)
    (one,) = batch.summary["unmapped"]
    assert (one["value"], one["label"], one["count"], one["row"]) == ("9.99", "Dinas Kesehatan Provinsi", 2, 3)
    assert one["nearest"][0]["label"] == "Dinas Kesehatan (1.02)"
    assert batch.counts["unmapped"] == 2
    with pytest.raises(actions.UnmappedLeft), unit_of_work(ME, now):
        actions.confirm(batch_id=batch.public_id, version=batch.version)
    assert not BudgetRow.objects.exists()


def test_a_choice_is_remembered_for_the_source_and_only_for_it(now: datetime, units: dict[str, Unit]) -> None:
    rows = [TWO[0], row("9.99", "DINKES", 5, 1)]
    batch = stage(csv_bytes(rows), now)
    chosen = choose(batch, {"9.99": units["1.02"].key}, now)
    assert (chosen.version, chosen.counts["new"], chosen.counts["unmapped"]) == (batch.version + 1, 2, 0)
    again = stage(csv_bytes(rows), now)
    assert again.counts["unmapped"] == 0
    assert again.mapping == chosen.mapping
    assert stage(csv_bytes(rows), now, source="Lain").counts["unmapped"] == 1


def test_each_choice_makes_a_new_version_of_the_mapping(now: datetime, units: dict[str, Unit]) -> None:
    rows = [row("9.98", "A", 5, 1), row("9.99", "B", 5, 1)]
    batch = choose(stage(csv_bytes(rows), now), {"9.98": units["1.01"].key}, now)
    choose(batch, {"9.99": SKIP}, now)
    old, new = Mapping.objects.order_by("pk")
    assert old.superseded_at == now
    assert new.superseded_at is None
    assert new.values == {"unit": {"9.98": units["1.01"].key, "9.99": SKIP}}


def test_an_unknown_unit_can_be_created_by_choice(now: datetime) -> None:
    batch = stage(csv_bytes([row("3.01", "Dinas Baru", 5, 1), row("00.0", "Pemprov", 9, 2)]), now)
    chosen = choose(batch, {"3.01": "new:perangkat_daerah", "00.0": SKIP}, now)
    assert (chosen.counts["new"], chosen.counts["skipped"]) == (1, 1)
    version = UnitVersion.objects.get(code="3.01")
    assert (version.name, version.kind) == ("Dinas Baru", UnitKind.AGENCY)
    assert version.parent is not None


def test_a_choice_that_is_not_offered_is_refused(now: datetime) -> None:
    batch = stage(csv_bytes([row("3.01", "Dinas Baru", 5, 1)]), now)
    for choices in ({"3.01": "new:tim"}, {"3.01": "nokey"}, {"1.01": SKIP}, {"3.01": ""}):
        with pytest.raises(actions.NoSuchChoice):
            choose(batch, choices, now)
    assert not Mapping.objects.exists()


def test_without_a_code_only_the_exact_name_matches(now: datetime) -> None:
    batch = stage(csv_bytes([row("", "DINAS  PENDIDIKAN", 5, 1), row("", "Dinas Pendidikn", 6, 1)]), now)
    assert (batch.counts["new"], batch.counts["unmapped"]) == (1, 1)
    chosen = choose(batch, {"Dinas Pendidikn": "new:perangkat_daerah"}, now)
    assert chosen.counts["new"] == 2
    assert UnitVersion.objects.filter(code="dinas-pendidikn").exists()


def test_the_total_row_belongs_to_the_government_and_its_difference_is_told(now: datetime) -> None:
    batch = stage(csv_bytes([*TWO, row("00", "Pemerintah Provinsi Contoh", 3_500, 1_600)]), now)
    (finding,) = [f for f in batch.summary["findings"] if f["code"] == "total_differs"]
    assert (finding["facts"]["ceiling"], finding["facts"]["realised"], finding["rows"]) == (500, 0, (4,))
    exact = stage(csv_bytes([*TWO, row("00", "Pemerintah Provinsi Contoh", 3_000, 1_600)]), now)
    assert "total_differs" not in codes(exact)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row("1.01", "Dinas Pendidikan", 1_000, 600, pct="60,6")], "pct_disagrees"),
        ([row("1.01", "Dinas Pendidikan", 1_000, 1_001)], "over_ceiling"),
        ([row("1.01", "Dinas Pendidikan", 0, 0)], "ceiling_zero"),
        ([row("1.01", "Dinas Pendidikan", 1_000, 1, as_of="2026-12-31")], "in_the_future"),
        ([row("1.01", "Badan Kepegawaian", 1_000, 1)], "name_differs"),
        ([TWO[0], TWO[0], TWO[1]], "repeated_rows"),
        ([TWO[0]], "units_missing"),
    ],
)
def test_cross_checks_warn_and_refuse_nothing(now: datetime, rows: list[tuple[object, ...]], code: str) -> None:
    batch = stage(csv_bytes(rows), now)
    assert code in codes(batch)
    assert batch.counts["rejected"] == 0
    assert code not in codes(stage(csv_bytes(TWO), now))


def test_a_percentage_within_the_tolerance_is_not_reported(now: datetime) -> None:
    assert "pct_disagrees" not in codes(stage(csv_bytes([row("1.01", "x", 1_000, 600, pct="60,5")]), now))


def test_a_changed_ceiling_and_a_fallen_sum_are_told(now: datetime) -> None:
    store(csv_bytes([row("1.01", "Dinas Pendidikan", 900, 700, as_of="2026-06-30"), TWO[1]]), now)
    batch = stage(csv_bytes(TWO), now)
    rows = {f["code"]: f["rows"] for f in batch.summary["findings"]}
    assert (rows["ceiling_changed"], rows["realised_fell"]) == ((2,), (2,))


def test_two_different_rows_of_one_unit_at_one_date_refuse_both(now: datetime) -> None:
    batch = stage(csv_bytes([TWO[0], row("1.01", "Dinas Pendidikan", 1_000, 700), TWO[1]]), now)
    assert (batch.counts["new"], batch.counts["rejected"]) == (1, 2)
    found = RejectedCell.objects.filter(batch=batch, by_rule=True).order_by("row_number")
    assert [(r.row_number, r.code) for r in found] == [(2, "rows_differ"), (3, "rows_differ")]


def test_a_date_outside_its_year_is_refused_and_january_is_not(now: datetime) -> None:
    rows = [
        row("1.01", "Dinas Pendidikan", 9, 1, as_of="2027-02-01"),
        row("1.02", "Dinas Kesehatan", 9, 1, as_of="2027-01-31"),
    ]
    batch = stage(csv_bytes(rows), now)
    assert (batch.counts["new"], batch.counts["rejected"]) == (1, 1)
    assert RejectedCell.objects.get(batch=batch).code == "as_of_outside_year"


def test_what_the_file_no_longer_names_is_kept_unless_withdrawn(now: datetime) -> None:
    store(csv_bytes(TWO), now)
    kept = store(csv_bytes([TWO[0]]), now)
    assert (kept.counts["gone"], kept.counts["withdrawn"]) == (1, 0)
    assert BudgetRow.objects.filter(superseded_at=None).count() == 2
    gone = store(csv_bytes([TWO[0]]), now, withdraw=True)
    assert (gone.counts["gone"], gone.counts["withdrawn"]) == (1, 1)
    assert BudgetRow.objects.filter(superseded_at=None).count() == 1
    assert BudgetRow.objects.count() == 2


def test_another_source_cannot_withdraw_ours_and_a_refused_row_forbids_it(now: datetime) -> None:
    store(csv_bytes(TWO), now)
    assert stage(csv_bytes([TWO[0]]), now, source="Lain").counts["gone"] == 0
    with pytest.raises(actions.WithdrawNeedsCleanFile):
        store(csv_bytes([TWO[0], row("1.02", "Dinas Kesehatan", "?", 1)]), now, withdraw=True)
    assert BudgetRow.objects.filter(superseded_at=None).count() == 2


def test_drift_of_headers_rows_and_date_is_told(now: datetime) -> None:
    rows = [row(f"2.{n:02}", f"Dinas {n}", 10, 5) for n in range(8)]
    first = stage(csv_bytes(rows), now)
    first = choose(first, {f"2.{n:02}": "new:perangkat_daerah" for n in range(8)}, now)
    assert first.summary["drift"] == []
    with unit_of_work(ME, now):
        actions.confirm(batch_id=first.public_id, version=first.version)
    headers = ("tahun", "per_tanggal", "kode_pd", "nama_pd", "pagu", "realisasi_keu_rp", "Deviasi")
    earlier = [(*tuple(r)[:6], 3) for r in (row("2.00", "Dinas 0", 9, 5, as_of="2026-06-30"),)]
    drift = {d["code"]: d for d in stage(csv_bytes(earlier, headers), now).summary["drift"]}
    assert drift["headers_new"]["names"] == "Deviasi"
    assert drift["headers_vanished"]["names"] == "realisasi_keu_pct; realisasi_fisik_pct; target_pct"
    assert (drift["rows_jump"]["before"], drift["rows_jump"]["now"]) == (8, 1)
    assert (drift["date_not_newer"]["before"], drift["date_not_newer"]["now"]) == (OCTOBER, "2026-06-30")


def test_columns_chosen_once_are_remembered(now: datetime) -> None:
    headers = ("thn", "tgl laporan", "kd", "nm", "dana", "keluar")
    columns = dict(zip(HEADERS[:6], headers, strict=True))
    rows = [tuple(r)[:6] for r in TWO]
    assert stage(csv_bytes(rows, headers), now, columns=columns).counts["new"] == 2
    assert stage(csv_bytes(rows, headers), now).counts["new"] == 2


def test_queries_stay_constant(now: datetime, django_assert_num_queries: object) -> None:
    store(csv_bytes(TWO), now)
    store(csv_bytes([row(str(r[2]), str(r[3]), 1_000, 300, as_of="2026-06-30") for r in TWO]), now)
    key = queries.budget_on(day(OCTOBER), 2026)[0].unit_key
    for ask, count in (
        (lambda: queries.budget_dates(), 1),
        (lambda: queries.budget_on(day(OCTOBER), 2026), 2),
        (lambda: queries.budget_history(key, 2026), 2),
        (lambda: queries.latest_budget(key, LATER), 2),
    ):
        with django_assert_num_queries(count):  # type: ignore[operator]
            assert ask()
    history = queries.budget_history(key, 2026)
    assert [f.figure.as_of for f in history] == [date(2026, 6, 30), date(2026, 10, 31)]
    latest = queries.latest_budget(key, LATER)
    assert latest is not None
    june = queries.latest_budget(key, date(2026, 10, 30))
    assert june is not None
    assert june.figure.as_of == date(2026, 6, 30), "a figure dated after today does not stand for today"
    assert latest.figure.own_target_pct == Decimal("85.00")
    assert (latest.row_number, len(latest.file_sha256), latest.source_name) == (3, 64, "Biro")
