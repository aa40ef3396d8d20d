"""Files of bills: periods of a meter, restated and corrected, and month sums prorated exactly."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.people.models import Unit
from luwes.apps.results import bills_wording, work_queries
from luwes.apps.results.bills_checks import Line, overlapping
from luwes.apps.results.models import Bill
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import Coverage, kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
HEADERS = "REKAP TAGIHAN\n\nUnit;Jenis;ID Pelanggan;Mulai;Sampai;Bulan;Pemakaian (kWh);Tarif/Daya;Tagihan (Rp)"
HEALTH, WORKS = "Dinas Kesehatan", "Dinas Pekerjaan Umum"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
Row = Sequence[object]


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


def bill(first: str = "", last: str = "", used: object = "310,0", rupiah: object = "1.000.000", **rest: object) -> Row:
    """Electricity of Dinas Kesehatan for October unless told otherwise."""
    month = rest.get("month", "" if first else "10/2026")
    unit, kind, meter = rest.get("unit", HEALTH), rest.get("kind", "Listrik"), rest.get("meter", "A 1")
    return (unit, kind, meter, first, last, month, used, "P-1/53 kVA", rupiah)


def staged(now: datetime, *rows: Row, source: str = "Biro Umum") -> ImportBatch:
    payload = "\n".join([HEADERS, *(";".join(map(str, row)) for row in rows)]).encode("utf-8-sig")
    return stage(payload, now, kind="bills", source=source)


def store(now: datetime, *rows: Row, withdraw: bool = False, source: str = "Biro Umum") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now, withdraw=withdraw)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def refused(batch: ImportBatch) -> list[tuple[int, str]]:
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number").values_list("row_number", "code"))


def used(key: str, month: date, utility: str = "listrik") -> work_queries.Used | None:
    return work_queries.used(utility, [month]).get((Unit.objects.get(key=key).pk, month))


def test_a_month_or_two_dates_are_stored_in_thousandths(now: datetime, units: Units) -> None:
    batch = store(now, bill(used="12.450,5"), bill("21/09/2026", "20/10/2026", "7,25", meter="B2", kind="Air"))
    power, water = Bill.objects.order_by("-utility")
    assert (power.unit.key, power.meter, power.since, power.until) == (units.health, "A1", OCTOBER, NOVEMBER)
    assert (power.quantity_milli, power.rupiah, power.tariff) == (12_450_500, 1_000_000, "P-1/53 kVA")
    assert (water.since, water.until, water.quantity_milli) == (date(2026, 9, 21), date(2026, 10, 21), 7_250)
    assert (power.batch, power.row_number, batch.summary["newest"]) == (batch, 4, "2026-10-31")


def test_a_bill_across_months_is_split_by_days_and_nothing_is_lost(now: datetime, units: Units) -> None:
    store(now, bill("21/09/2026", "20/10/2026", "100", "3.000"), bill("21/10/2026", "20/11/2026", "62", "6.200"))
    months = [date(2026, 9, 1), OCTOBER, NOVEMBER]
    parts = [found for month in months if (found := used(units.health, month))]
    assert [part.quantity_milli for part in parts] == [
        Fraction(100_000, 3),
        Fraction(200_000, 3) + 22_000,
        Fraction(40_000),
    ]
    assert sum(part.quantity_milli for part in parts) == 162_000
    assert sum(part.rupiah or 0 for part in parts) == 9_200
    assert [(part.billed_days, part.days) for part in parts] == [(10, 30), (31, 31), (20, 30)]


def test_a_month_without_a_bill_is_absent_and_a_missing_amount_is_no_zero(now: datetime, units: Units) -> None:
    store(now, bill(), bill(meter="A2", rupiah="-"))
    assert used(units.health, NOVEMBER) is None
    found = used(units.health, OCTOBER)
    assert found is not None
    assert (found.rupiah, found.quantity_milli, found.meters) == (None, 620_000, 2)
    assert work_queries.used("listrik", []) == {}
    assert work_queries.used("listrik", [OCTOBER], [Unit.objects.get(key=units.works).pk]) == {}


def test_the_same_file_again_changes_nothing_and_a_correction_keeps_history(now: datetime) -> None:
    store(now, bill())
    assert store(now, bill()).counts["unchanged"] == 1
    later = store(now + timedelta(days=1), bill(used="300,0"))
    assert (later.counts["changed"], Bill.objects.count()) == (1, 2)
    assert Bill.objects.get(superseded_at=None).quantity_milli == 300_000


def test_a_day_of_a_meter_is_billed_once(now: datetime) -> None:
    batch = staged(now, bill("01/10/2026", "31/10/2026"), bill("31/10/2026", "30/11/2026"), bill(meter="A2"))
    assert refused(batch) == [(4, "overlaps"), (5, "overlaps")]
    confirm(batch, now)
    assert Bill.objects.get().meter == "A2"
    other = staged(now, bill("15/10/2026", "15/11/2026", meter="A2"), source="Biro Lain")
    assert (refused(other), other.counts["new"]) == ([(4, "overlaps")], 0)


def test_touching_periods_do_not_overlap(now: datetime) -> None:
    batch = store(now, bill("01/10/2026", "15/10/2026"), bill("16/10/2026", "31/10/2026"))
    assert (batch.counts["new"], findings(batch)) == (2, {})


def test_a_source_that_restates_its_own_period_replaces_it(now: datetime, units: Units) -> None:
    store(now, bill())
    again = store(now + timedelta(days=1), bill("02/10/2026", "31/10/2026", "290"))
    assert (refused(again), findings(again), again.counts["gone"]) == ([], {"restated": 1}, 0)
    assert Bill.objects.get(superseded_at=None).since == date(2026, 10, 2)
    found = used(units.health, OCTOBER)
    assert found is not None
    assert found.billed_days == 30


def test_a_refused_row_restates_nothing(now: datetime) -> None:
    store(now, bill())
    again = staged(now, bill("02/10/2026", "31/10/2026"), bill("31/10/2026", "30/11/2026"))
    assert refused(again) == [(4, "overlaps"), (5, "overlaps")]
    assert (again.counts["new"], Bill.objects.get().superseded_at) == (0, None)


def test_what_a_file_no_longer_names_is_gone_within_unit_and_month(now: datetime) -> None:
    store(now, bill(), bill(meter="A2"), bill(unit=WORKS, meter="C"), bill(month="09/2026", meter="A3"))
    again = staged(now, bill())
    assert again.counts["gone"] == 1
    confirm(again, now, withdraw=True)
    assert set(Bill.objects.filter(superseded_at=None).values_list("meter", flat=True)) == {"A1", "A3", "C"}


def test_one_meter_for_two_units_is_told_and_never_counted_twice(now: datetime) -> None:
    batch = staged(now, bill(), bill(unit=WORKS))
    assert refused(batch) == [(4, "rows_differ"), (5, "rows_differ")]
    assert findings(batch)["meter_shared"] == 2
    store(now, bill())
    later = store(now, bill(unit=WORKS, month="11/2026"))
    assert findings(later)["meter_shared"] == 1


def test_a_bill_that_moves_to_the_unit_that_pays_is_a_correction(now: datetime) -> None:
    store(now, bill())
    moved = store(now, bill(unit=WORKS))
    assert (moved.counts["changed"], findings(moved)) == (1, {})


def test_odd_bills_are_told(now: datetime) -> None:
    usual = [bill(month=f"{month:02d}/2026") for month in range(4, 8)]
    store(now, *usual)
    batch = store(
        now,
        bill(month="08/2026", used="3,1"),
        bill(used="0"),
        bill(month="11/2026", used="310"),
    )
    assert findings(batch) == {"day_gap": 1, "in_the_future": 1, "nothing_used": 1, "price_odd": 1}


def test_few_prices_tell_no_usual_price(now: datetime) -> None:
    batch = store(now, bill(month="08/2026", used="3,1"), bill(month="09/2026"), bill())
    assert findings(batch) == {}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (bill(month=""), "period_missing"),
        (bill("01/10/2026", month=""), "period_missing"),
        (bill("31/10/2026", "01/10/2026"), "ends_before_start"),
        (bill("01/10/2025", "31/12/2026"), "period_too_long"),
        (bill(meter="x" * 41), "meter_too_long"),
        (bill(meter="2,39E+11"), "lost_digits"),
        (bill(used="1.234"), "ambiguous_number"),
        (bill(used="-4,5"), "below_minimum"),
        (bill(kind="Gas"), "not_a_choice"),
        (bill(used="banyak"), "not_a_number"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: Row, code: str) -> None:
    batch = staged(now, row)
    assert (refused(batch), batch.counts["new"]) == ([(4, code)], 0)


def test_an_unknown_building_is_asked_for(now: datetime, units: Units) -> None:
    batch = staged(now, bill(unit="Gedung Lab Rawa"))
    assert [(one["value"], one["count"]) for one in batch.summary["unmapped"]] == [("Gedung Lab Rawa", 1)]
    confirm(choose_rest(batch, now, units.section), now)
    assert Bill.objects.get().unit.key == units.section


def test_completeness_counts_agencies_by_month(now: datetime) -> None:
    store(now, bill("21/10/2026", "20/11/2026"))
    assert work_queries.bills_coverage([date(2026, 9, 1), OCTOBER, NOVEMBER]) == {
        date(2026, 9, 1): Coverage(0, 2),
        OCTOBER: Coverage(1, 2),
        NOVEMBER: Coverage(1, 2),
    }


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("bills"), file_format), now, kind="bills")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["new"]) == (2, 0, 2)


def test_every_sentence_is_whole() -> None:
    for code in [*bills_wording._rejects(), *bills_wording._findings()]:
        said = bills_wording.say(code, {"count": 2})
        assert said.endswith(".")
        assert "%(" not in said


def test_a_real_workbook_keeps_leading_zeros_and_reads_serial_dates(now: datetime) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Rekap")
        sheet.merge_range(0, 0, 0, 6, "REKAP TAGIHAN OKTOBER 2026")
        heads = (
            "Perangkat Daerah",
            "Jenis Rekening",
            "IDPEL",
            "Periode Awal",
            "Periode Akhir",
            "kWh",
            "Jumlah Tagihan",
        )
        sheet.write_row(2, 0, heads)
        sheet.write_row(3, 0, (HEALTH, "LISTRIK", "0012345", 46296, 46326, 310.5, 1_000_000))
        sheet.write_row(4, 0, (WORKS, "Listrik", 23_900_011.0, 46296, 46326, 200, "-"))
        sheet.write_row(5, 0, ("JUMLAH", "", "", "", "", 510.5, 1_000_000))
    batch = confirm(stage(file.getvalue(), now, kind="bills"), now)
    stored = Bill.objects.order_by("row_number").values_list("meter", "since", "until", "quantity_milli", "rupiah")
    assert list(stored) == [
        ("0012345", OCTOBER, NOVEMBER, 310_500, 1_000_000),
        ("23900011", OCTOBER, NOVEMBER, 200_000, None),
    ]
    assert batch.summary["skipped"]["total"] == 1
    assert [each["code"] for each in batch.summary["warnings"]] == ["numeric_code"]


def test_a_month_of_another_year_is_another_month(now: datetime, units: Units) -> None:
    store(now, bill(month="10/2025", used="500"), bill(month="10/2026", used="310"))
    found = used(units.health, OCTOBER)
    assert found is not None
    assert (found.quantity_milli, Bill.objects.filter(superseded_at=None).count()) == (310_000, 2)


PERIODS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15), st.sampled_from("AB")), max_size=8)


@given(PERIODS)
def test_what_is_not_refused_never_shares_a_day(periods: list[tuple[int, int, str]]) -> None:
    start = date(2026, 1, 1)
    lines = [
        Line(row, 1, ("listrik", meter), start + timedelta(first), start + timedelta(first + length), 1, "", None)
        for row, (first, length, meter) in enumerate(periods)
    ]
    refused_rows = overlapping(list(lines))
    for one in lines:
        rivals = [
            each
            for each in lines
            if each.row != one.row and each.meter == one.meter and each.since < one.until and one.since < each.until
        ]
        assert (one.row in refused_rows) == bool(rivals)


CELL = st.one_of(
    st.sampled_from(["Listrik", HEALTH, "A 1", "", "-", "10/2026", "21/10/2026", "1.234,5", "1.234", "1e9", "0"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * 9), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    Bill.objects.all().delete()
    batch = staged(now, *rows, bill(meter="Z9"))
    if not batch.counts["unmapped"] and batch.counts["new"]:
        confirm(batch, now)
        assert Bill.objects.count() == batch.counts["new"]
