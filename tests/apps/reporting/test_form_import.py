"""Workbooks of monthly forms: there and back again, corrections, refusals by row, and nothing half stored."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.access import Refused
from luwes.apps.people.models import Unit
from luwes.apps.reporting import form_wording
from luwes.apps.reporting.form_book import HEADERS, form_book
from luwes.apps.reporting.form_fields import BY_CODE, FIELDS
from luwes.apps.reporting.models import MonthlyForm
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import SKIP, Coverage, kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.reporting.monthly_forms import ANSWERS, NOVEMBER, OCTOBER, SEPTEMBER, reopen, save, sign, state_of
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
TITLES = "ISIAN LAPORAN BULANAN\n\nKode PD;Perangkat Daerah;Bulan;Butir;Isian;Keterangan"
Row = Sequence[object]


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


def line(
    item: str, value: object, *, unit: str = "Dinas Kesehatan", code: str = "", month: str = "Oktober 2026"
) -> Row:
    return (code, unit, month, item, value, "")


def staged(now: datetime, *rows: Row) -> ImportBatch:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return stage(f"{TITLES}\n{text.getvalue()}".encode("utf-8-sig"), now, kind="isian", source="Biro Organisasi")


def store(now: datetime, *rows: Row) -> ImportBatch:
    return confirm(staged(now, *rows), now)


def refused(batch: ImportBatch) -> list[tuple[int, str]]:
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number", "pk").values_list("row_number", "code"))


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def cells(payload: bytes) -> list[dict[str, str]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(payload)).active.values)
    return [dict(zip(rows[0], ["" if cell is None else str(cell) for cell in row], strict=True)) for row in rows[1:]]


def test_answers_come_in_by_code_or_by_what_a_row_is_called(now: datetime, units: Units) -> None:
    batch = store(
        now,
        line("rapat_hibrida", "Ya"),
        line("Banyaknya rapat hibrida atau daring", "1.250", code="1.02", unit="DINKES"),
        line("kendala", "Jaringan putus; Laptop rusak", month="10/2026"),
        line("e_office", "belum", unit="Dinas Pekerjaan Umum"),
    )
    found = state_of(now, units.health)
    assert found.form.values == {
        "rapat_hibrida": "ya",
        "rapat_jumlah": 1250,
        "kendala": ["Jaringan putus", "Laptop rusak"],
    }
    assert state_of(now, units.works).form.values == {"e_office": "belum"}
    assert (batch.counts["new"], batch.summary["newest"]) == (4, "2026-10-01")
    assert MonthlyForm.objects.filter(batch=batch).count() == 2


def test_a_workbook_of_the_whole_government_comes_back_as_it_went(now: datetime, units: Units) -> None:
    save(now, units.health, values=ANSWERS, comment="Tetap")
    rows = cells(form_book(OCTOBER, now.date()))
    assert {row["unit"] for row in rows} == {"Dinas Kesehatan", "Dinas Pekerjaan Umum"}
    assert len(rows) == 2 * len([one for one in FIELDS if one.asked])
    payload = form_book(OCTOBER, now.date())
    batch = confirm(stage(payload, now, kind="isian", source="Biro Organisasi"), now)
    assert (batch.counts["unchanged"], batch.counts["new"], batch.counts["changed"]) == (len(ANSWERS), 0, 0)
    assert refused(batch) == []
    assert state_of(now, units.health).form.comment == "Tetap"
    assert MonthlyForm.objects.count() == 1


def test_a_workbook_offers_last_month_and_says_so(now: datetime, units: Units) -> None:
    save(now, units.health, SEPTEMBER)
    rows = {row["butir"]: row for row in cells(form_book(OCTOBER, now.date(), [units.health]))}
    assert (rows["e_office"]["nilai"], rows["e_office"]["keterangan"]) == ("Sudah", "dari bulan lalu, periksa")
    assert rows["e_office"]["pilihan"] == "Sudah / Belum"
    assert rows["kendala"]["nilai"] == "Jaringan gedung B putus; Tiga laptop rusak"
    assert (rows["rapat_jumlah"]["nilai"], rows["rapat_jumlah"]["keterangan"]) == ("", "boleh kosong")
    assert rows["bebas_kendaraan_jam"]["keterangan"].startswith("dari bulan lalu, periksa; diisi bila “Hari bebas")
    assert rows["fleksibel_luar"]["satuan"] == "orang-hari"
    assert {row["bulan"] for row in rows.values()} == {"2026-10"}


def test_text_in_a_workbook_never_becomes_a_formula(now: datetime, units: Units) -> None:
    save(now, units.health, values={"kendala": ["=1+1"]})
    book = openpyxl.load_workbook(io.BytesIO(form_book(OCTOBER, now.date(), [units.health])))
    cell = next(row[4] for row in book.active.iter_rows(min_row=2) if row[3].value == "kendala")
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")
    assert tuple(one.value for one in book.active[1]) == HEADERS
    choices = {one.formula1 for one in book.active.data_validations.dataValidation}
    assert '"Ya,Tidak"' in choices


def test_numbers_typed_as_numbers_are_read(now: datetime, units: Units) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_book(OCTOBER, now.date(), [units.health])))
    for row in book.active.iter_rows(min_row=2):
        typed = {"rapat_jumlah": 14, "kendaraan_dinas": 12.5, "alih_lain": 2_500_000, "sepeda": True}
        row[4].value = typed.get(row[3].value)
    payload = io.BytesIO()
    book.save(payload)
    confirm(stage(payload.getvalue(), now, kind="isian", source="Biro Organisasi"), now)
    assert state_of(now, units.health).form.values == {
        "rapat_jumlah": 14,
        "kendaraan_dinas": "12.5",
        "alih_lain": 2_500_000,
        "sepeda": "ya",
    }


def test_what_a_file_leaves_out_or_empty_stays(now: datetime, units: Units) -> None:
    save(now, units.health, values={"e_office": "sudah", "rapat_jumlah": 3}, comment="Tetap")
    batch = store(now, line("rapat_jumlah", 4), line("e_office", "-"), line("simpeg", ""))
    found = state_of(now, units.health)
    assert (found.form.values, found.form.comment) == ({"e_office": "sudah", "rapat_jumlah": 4}, "Tetap")
    assert (findings(batch), batch.counts["gone"]) == ({"left_empty": 2}, 0)


def test_the_same_file_again_changes_nothing_and_a_correction_keeps_history(now: datetime, units: Units) -> None:
    rows = (line("rapat_jumlah", 3), line("rapat_jumlah", "3"), line("simpeg", "Sudah"))
    assert findings(store(now, *rows)) == {"repeated_rows": 1}
    assert store(now, *rows).counts["unchanged"] == 3
    assert MonthlyForm.objects.count() == 1
    later = store(now + timedelta(days=1), line("rapat_jumlah", 5))
    assert (later.counts["changed"], MonthlyForm.objects.count()) == (1, 2)
    assert MonthlyForm.objects.get(superseded_at=None).values == {"rapat_jumlah": 5, "simpeg": "sudah"}


def test_a_row_that_is_no_answer_is_refused_by_row_column_and_reason(now: datetime, units: Units) -> None:
    batch = staged(
        now,
        line("rapat_hibrid", "Ya"),
        line("mutu_layanan", "naik"),
        line("kendaraan_dinas", "banyak"),
        line("sepeda", "Ya", unit="UPT Laboratorium"),
        line("sepeda", "Ya", month="Desember 2026"),
        line("sepeda", "Ya", month="kemarin"),
        line("angkutan_umum", "Ya"),
        line("angkutan_umum", "Tidak"),
        line("simpeg", "Sudah"),
    )
    assert refused(batch) == [
        (4, "field_unknown"),
        (5, "not_asked"),
        (6, "not_a_percent"),
        (7, "not_an_agency"),
        (8, "month_ahead"),
        (9, "not_a_month"),
        (10, "rows_differ"),
        (11, "rows_differ"),
    ]
    assert RejectedCell.objects.get(batch=batch, code="field_unknown").nearest == "rapat_hibrida"
    assert RejectedCell.objects.get(batch=batch, code="not_a_percent").column == "Nilai"
    confirm(batch, now)
    assert state_of(now, units.health).form.values == {"simpeg": "sudah"}


def test_counts_that_contradict_each_other_are_refused_together(now: datetime, units: Units) -> None:
    save(now, units.health, values={"lain_bertugas": 10})
    batch = store(
        now,
        line("fleksibel_bertugas", 5),
        line("fleksibel_luar", 9),
        line("lain_luar", 11),
        line("simpeg", "Sudah"),
    )
    assert refused(batch) == [(4, "counts_disagree"), (5, "counts_disagree"), (6, "counts_disagree")]
    assert state_of(now, units.health).form.values == {"lain_bertugas": 10, "simpeg": "sudah"}


def test_a_signed_month_takes_no_file_until_it_is_reopened(now: datetime, units: Units) -> None:
    save(now, units.health)
    sign(now, units.health)
    batch = staged(now, line("rapat_jumlah", 99), line("simpeg", "Sudah"))
    assert (refused(batch), batch.counts["unchanged"]) == ([(4, "month_signed")], 1)
    reopen(now, units.health)
    assert store(now, line("rapat_jumlah", 99)).counts["changed"] == 1


def test_an_unknown_unit_is_asked_for_and_may_be_skipped(now: datetime, units: Units) -> None:
    batch = staged(now, line("sepeda", "Ya", unit="Dinas Kesehatn"), line("simpeg", "Sudah"))
    (asked,) = batch.summary["unmapped"]
    assert asked["nearest"][0]["label"] == "Dinas Kesehatan (1.02)"
    confirm(choose_rest(batch, now, SKIP), now)
    assert state_of(now, units.health).form.values == {"simpeg": "sudah"}


def test_how_many_began_is_counted_by_month(now: datetime, units: Units) -> None:
    save(now, units.health)
    found = kind_of("isian").coverage([SEPTEMBER, OCTOBER, NOVEMBER])
    assert found == {SEPTEMBER: Coverage(0, 2), OCTOBER: Coverage(1, 2), NOVEMBER: Coverage(0, 2)}


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_can_be_read(now: datetime, file_format: str) -> None:
    kind = kind_of("isian")
    batch = stage(template_file(kind, file_format), now, kind="isian", source="Contoh")
    assert refused(batch) == []
    assert [one["label"] for one in batch.summary["unmapped"]] == ["Dinas Pendidikan"]


def test_every_code_has_a_sentence() -> None:
    codes = ("field_unknown", "not_asked", "month_signed", "month_ahead", "not_an_agency", "counts_disagree")
    assert all(form_wording.say(code, {}).endswith(".") for code in (*codes, "rows_differ", "not_a_number"))
    assert form_wording.say("left_empty", {"count": 2}).startswith("2 baris: nilainya kosong")
    assert form_wording.kind()
    assert form_wording.covers()
    assert form_wording.affects()


ITEMS = st.sampled_from([*BY_CODE, "Kendala bulan ini", "tak dikenal", "Jumlah", ""])
CELLS = st.one_of(
    st.sampled_from(["Ya", "Tidak", "12,5", "1.250", "Rp5.000", "-", "#REF!", "=1+1", "9" * 30, "a;b"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n;\x00"), max_size=12),
)
WHEN = st.sampled_from(["Oktober 2026", "2026-09", "11/2026", "12/2026", "kapan", ""])
WHERE = st.sampled_from(["Dinas Kesehatan", "Dinas Pekerjaan Umum", "UPT Laboratorium", "Dinas Lain", ""])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WHERE, WHEN, ITEMS, CELLS), min_size=1, max_size=8))
def test_whatever_comes_is_stored_whole_or_refused(now: datetime, rows: list[tuple[str, str, str, str]]) -> None:
    before = MonthlyForm.objects.filter(superseded_at=None).count()
    try:
        batch = staged(now, line("simpeg", "Sudah"), *(line(i, v, unit=u, month=m) for u, m, i, v in rows))
        batch = choose_rest(batch, now, SKIP) if batch.summary["unmapped"] else batch
        batch = confirm(batch, now)
    except Refused:
        assert MonthlyForm.objects.filter(superseded_at=None).count() == before
        return
    read = ("new", "changed", "unchanged", "rejected", "skipped")
    assert sum(batch.counts.get(name, 0) for name in read) + findings(batch).get("left_empty", 0) <= len(rows) + 1
    for form in MonthlyForm.objects.filter(superseded_at=None):
        assert set(form.values) <= {one.code for one in FIELDS if one.asked}
        assert Unit.objects.get(pk=form.unit_id).versions.get().kind == "perangkat_daerah"
