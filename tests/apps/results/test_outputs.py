"""Files of results: people and units, days and months, corrections, and the sums that follow."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from luwes.apps.people.models import Unit
from luwes.apps.reporting.four import output_answer
from luwes.apps.results import outputs_wording, work_queries
from luwes.apps.results.models import OutputRow, UnitFigure
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.suppress import Suppressed
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, choose_rest, confirm, person, stage
from tests.world import Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
HEADERS = "nip;kode_unit;unit;tanggal;bulan;hasil;jumlah;target;mutu"
DAY = "23/11/2026"
MONDAY = date(2026, 11, 23)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    """Yosé at the agency, Rina in its laboratory, Ma'ruf at public works."""
    planted = plant_units(now)
    staff_of(now, planted)
    return planted


def of(nip: str, count: object = 4, target: object = "", quality: object = "", **at: str) -> Sequence[object]:
    when = at or {"day": DAY}
    return (nip, "", "", when.get("day", ""), when.get("month", ""), at.get("label", "Surat"), count, target, quality)


def staged(now: datetime, *rows: Sequence[object], headers: str = HEADERS, source: str = "BKD") -> ImportBatch:
    payload = "\n".join([headers, *(";".join(map(str, row)) for row in rows)]).encode()
    return stage(payload, now, kind="outputs", source=source)


def store(now: datetime, *rows: Sequence[object], withdraw: bool = False, source: str = "BKD") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now, withdraw=withdraw)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def sums(key: str, day: date = MONDAY, measure: str = "outputs") -> dict[str, int]:
    return UnitFigure.objects.get(unit__key=key, day=day, measure=measure).sums


def test_a_day_is_summed_per_unit_and_the_row_stays_traceable(now: datetime, units: Units) -> None:
    batch = store(now, of(RINA, 4, 5, 90), of(RINA, 6, "", "80", day=DAY, label="Sampel"), of(YOSE, 2))
    assert batch.counts["new"] == 3
    row = OutputRow.objects.get(employee__nip=RINA, label="Surat")
    assert (row.unit.key, row.since, row.until, row.batch, row.row_number) == (
        *(units.section, MONDAY, date(2026, 11, 24)),
        *(batch, 2),
    )
    figure = UnitFigure.objects.get(unit__key=units.section)
    assert (figure.day, figure.kept, figure.of) == (MONDAY, 4, 5)
    assert figure.sums == {"count": 10, "targeted": 4, "target": 5, "quality": 170, "rated": 2, "persons": 1}
    assert sums(units.health) == {"count": 2, "targeted": 0, "target": 0, "quality": 0, "rated": 0, "persons": 1}


def test_the_same_file_again_changes_nothing(now: datetime) -> None:
    rows = (of(RINA, 4, 5, 90), of(YOSE, 2))
    store(now, *rows)
    again = store(now + timedelta(hours=1), *rows)
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    assert OutputRow.objects.count() == 2


def test_a_correction_keeps_what_was_known_and_the_sums_follow(now: datetime, units: Units) -> None:
    store(now, of(RINA, 4, 5))
    later = now + timedelta(days=2)
    assert store(later, of(RINA, 5, 5)).counts["changed"] == 1
    before = OutputRow.objects.get(recorded_at__lte=now, superseded_at__gt=now)
    assert (before.count, OutputRow.objects.get(superseded_at=None).count) == (4, 5)
    assert sums(units.section)["count"] == 5


def test_a_figure_follows_the_unit_of_that_day_not_of_today(now: datetime, units: Units) -> None:
    bring(now, person(RINA, "Rina D'Arcy", unor_nama="Dinas Kesehatan", tmt_jabatan="24-11-2026"))
    store(now, of(RINA, 3), of(RINA, 7, day="24/11/2026"))
    assert sums(units.section)["count"] == 3
    assert sums(units.health, date(2026, 11, 24))["count"] == 7


def test_a_late_transfer_moves_the_result_and_both_sums(now: datetime, units: Units) -> None:
    store(now, of(RINA, 3))
    bring(now, person(RINA, "Rina D'Arcy", unor_nama="Dinas Kesehatan", tmt_jabatan="02-11-2026"))
    later = store(now + timedelta(days=1), of(RINA, 3))
    assert (later.counts["changed"], later.counts["gone"]) == (1, 0)
    assert sums(units.health)["count"] == 3
    assert not UnitFigure.objects.filter(unit__key=units.section).exists()


def test_what_a_file_no_longer_names_is_told_and_withdrawn_only_when_asked(now: datetime, units: Units) -> None:
    store(now, of(RINA, 4), of(RINA, 6, day=DAY, label="Sampel"), of(MARUF, 9))
    again = staged(now, of(RINA, 4))
    assert again.counts["gone"] == 1, "Ma'ruf's unit is not spoken of, so nothing of it is gone"
    confirm(again, now)
    assert sums(units.section)["count"] == 10
    confirm(staged(now, of(RINA, 4)), now, withdraw=True)
    assert (sums(units.section)["count"], sums(units.works)["count"]) == (4, 9)


def test_another_source_corrects_but_makes_nothing_go(now: datetime) -> None:
    store(now, of(RINA, 4), of(RINA, 6, day=DAY, label="Sampel"))
    other = store(now, of(RINA, 5), source="Biro")
    assert (other.counts["changed"], other.counts["gone"]) == (1, 0)


def test_months_stay_apart_from_days(now: datetime, units: Units) -> None:
    store(now, of(RINA, 4))
    batch = store(now, of(RINA, 80, 90, month="November 2026"), of(YOSE, 70, month="11/2026"))
    assert findings(batch) == {"day_and_month": 1}
    row = OutputRow.objects.get(employee__nip=YOSE)
    assert (row.since, row.until, batch.summary["newest"]) == (NOVEMBER, date(2026, 12, 1), "2026-11-30")
    assert sums(units.section, NOVEMBER, "outputs_month")["count"] == 80
    assert sums(units.section)["count"] == 4
    told = work_queries.outputs(NOVEMBER, date(2026, 12, 1))
    assert [(one.day, one.monthly, one.sums.count) for one in told] == [
        (NOVEMBER, True, 70),
        (NOVEMBER, True, 80),
        (MONDAY, False, 4),
    ]
    assert told[1].sums.against_target == Fraction(8, 9)


def test_a_unit_as_a_whole_counts_only_without_its_people(now: datetime, units: Units) -> None:
    whole = ("", "", "UPT Laboratorium", DAY, "", "Surat", 50, "", "")
    store(now, whole)
    assert (sums(units.section)["count"], sums(units.section)["persons"]) == (50, 0)
    assert findings(store(now, whole, of(RINA, 4)))["unit_and_persons"] == 1
    assert (sums(units.section)["count"], sums(units.section)["persons"]) == (4, 1)


def test_an_unknown_unit_is_asked_for_once_and_remembered(now: datetime, units: Units) -> None:
    row = ("", "", "Lab Kesda", DAY, "", "Surat", 5, "", "")
    batch = staged(now, row, row)
    assert [one["value"] for one in batch.summary["unmapped"]] == ["Lab Kesda"]
    confirm(choose_rest(batch, now, units.section), now)
    assert sums(units.section)["count"] == 5
    assert staged(now, row).counts["unchanged"] == 1
    skipped = choose_rest(staged(now, ("", "", "Kafe", DAY, "", "", 5, "", "")), now, "skip")
    assert skipped.counts["skipped"] == 1


def test_results_by_label_do_not_add_letters_to_samples(now: datetime, units: Units) -> None:
    whole = ("", "", "UPT Laboratorium", DAY, "")
    store(now, (*whole, "Surat", 4, 5, ""), (*whole, "Sampel", 6, "", ""))
    unit = Unit.objects.get(key=units.section).pk
    found = work_queries.outputs_by_label(NOVEMBER, date(2026, 12, 1), [unit])
    assert found == {"Sampel": OutputSums(6), "Surat": OutputSums(4, 4, 5)}


def test_results_of_a_few_people_are_suppressed_by_label(now: datetime, units: Units) -> None:
    store(now, of(RINA, 4, 5), of(RINA, 6, day=DAY, label="Sampel"), of(YOSE, 3))
    unit = Unit.objects.get(key=units.section).pk
    until = date(2026, 12, 1)
    assert work_queries.outputs_by_label(NOVEMBER, until, [unit]) == {"Sampel": Suppressed(), "Surat": Suppressed()}
    assert output_answer(NOVEMBER, date(2026, 11, 25), units.section, [unit]).sentence.startswith(
        "Hasil kerja tidak ditampilkan: kurang dari lima orang"
    )


def test_odd_rows_are_told(now: datetime) -> None:
    batch = store(now, of(RINA, 1, 0), of(RINA, 1, 0), of(YOSE, 1, day="30/11/2026"))
    assert findings(batch) == {"in_the_future": 1, "repeated_rows": 1, "target_zero": 2}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (of("123"), "not_a_nip"),
        (of("198001012005011001"), "employee_unknown"),
        (of("1.99503E+17"), "lost_digits"),
        (of(""), "who_missing"),
        ((RINA, "", "", "", "", "Surat", 1, "", ""), "period_missing"),
        (of(RINA, day="04/12/2019"), "not_in_service"),
        (of(RINA, day=DAY, label="x" * 121), "label_too_long"),
        (of(RINA, "-3"), "below_minimum"),
        (of(RINA, "2,5"), "not_whole"),
        (of(RINA, 1, "", 101), "above_maximum"),
        (of(RINA, day="31/11/2026"), "not_a_date"),
        (of(RINA, month="Nopembrie 2026"), "not_a_month"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: Sequence[object], code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], RejectedCell.objects.get(batch=batch).code) == (0, code)


def test_rows_at_odds_are_both_refused(now: datetime) -> None:
    batch = staged(now, of(RINA, 4), of(RINA, 5), of(YOSE, 1))
    assert [cell.code for cell in RejectedCell.objects.filter(batch=batch)] == ["rows_differ", "rows_differ"]
    confirm(batch, now)
    assert OutputRow.objects.get().employee.nip == YOSE  # type: ignore[union-attr] # it has one


def test_every_sentence_is_whole() -> None:
    for code in [*outputs_wording._rejects(), *outputs_wording._findings()]:
        said = outputs_wording.say(code, {"count": 2})
        assert said.endswith(".")
        assert "%(" not in said


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("outputs"), file_format), now, kind="outputs")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["new"]) == (2, 0, 2)


def test_a_months_file_takes_few_queries(now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [of(nip, 1, day=f"{day:02d}/11/2026") for nip in (RINA, YOSE, MARUF) for day in range(1, 26)]
    batch = staged(now, *rows)
    with django_assert_max_num_queries(40):
        confirm(batch, now)
    assert OutputRow.objects.count() == len(rows)


def test_a_row_without_a_count_is_refused_by_name(now: datetime) -> None:
    batch = staged(now, of(RINA, ""), of(YOSE, 1))
    assert (batch.counts["new"], batch.counts["rejected"], batch.summary["skipped"]) == (1, 1, {})
    assert [(one.row_number, one.code) for one in RejectedCell.objects.filter(batch=batch)] == [(2, "missing")]


def test_a_nip_that_became_a_number_is_refused_never_repaired(now: datetime) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("NIP Pegawai", "Tanggal Kegiatan", "Uraian Kegiatan", "Realisasi"))
        sheet.write_row(1, 0, (float(RINA), 46349, "Surat", 4))
        sheet.write_row(2, 0, (f"'{YOSE}", 46349, "Surat", 2))
    batch = confirm(stage(file.getvalue(), now, kind="outputs"), now)
    assert RejectedCell.objects.get(batch=batch).code == "lost_digits"
    row = OutputRow.objects.get()
    assert (row.employee.nip, row.since) == (YOSE, MONDAY)  # type: ignore[union-attr] # it has one


CELL = st.one_of(
    st.sampled_from(
        [YOSE, RINA, "", "-", DAY, "November 2026", "1.234", "0,5", "UPT Laboratorium", "1e9", "31/02/2026"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * 9), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    OutputRow.objects.all().delete()
    batch = staged(now, *rows, of(YOSE, 2), source="Uji")
    counts = batch.counts
    if not counts["unmapped"] and counts["new"]:
        confirm(batch, now)
        assert OutputRow.objects.count() == counts["new"]
