"""Recaps of presensi as offices send them: per person or unit, with lines above, dashes for zero and sums at odds."""

import io
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.attendance import recap_wording
from luwes.apps.attendance.models import RecapRow
from luwes.apps.attendance.recap_rows import month_of
from luwes.apps.attendance.reconcile import reconcile
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import Coverage, kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, choose_rest, confirm, person, stage
from tests.world import Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
HEADERS = "NIP;Unit Kerja;Bulan;Tahun;Jumlah Pegawai;Hari Kerja;Hadir;WFA;TL1;TL2;PSW1;Cuti;DL;Alasan Teknis;TK"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
HEALTH, WORKS = "Dinas Kesehatan", "Dinas Pekerjaan Umum"


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    """Yosé at the agency, Rina in its laboratory, Ma'ruf at public works."""
    planted = plant_units(now)
    staff_of(now, planted)
    return planted


def of(nip: str, counts: str, *, days: str = "22", month: str = "Oktober", year: str = "2026") -> str:
    """`counts`: hadir, WFA, TL1, TL2, PSW1, Cuti, DL, Alasan Teknis, TK."""
    return ";".join([nip, "", month, year, "", days, *counts.split()])


def whole(unit: str, counts: str, *, staff: str = "2") -> str:
    return ";".join(["", unit, "10", "2026", staff, "22", *counts.split()])


def staged(now: datetime, *rows: str, headers: str = HEADERS, source: str = "BKD", **rest: object) -> ImportBatch:
    return stage("\n".join([headers, *rows]).encode("utf-8-sig"), now, kind="recap", source=source, **rest)


def store(now: datetime, *rows: str, source: str = "BKD", withdraw: bool = False) -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now, withdraw=withdraw)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"].get("count", 0) for one in batch.summary["findings"]}


def codes(batch: ImportBatch) -> list[str]:
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number").values_list("code", flat=True))


def counts(batch: ImportBatch) -> tuple[int, ...]:
    return tuple(batch.counts[name] for name in ("new", "changed", "unchanged", "gone"))


def test_a_person_is_kept_with_bands_and_absences_by_code(now: datetime, units: Units) -> None:
    batch = store(now, of(RINA, "17 - 2 - 1 3 1 - 1"), of(YOSE, "22 - - - - - - - -"))
    assert (counts(batch), findings(batch), batch.summary["newest"]) == ((2, 0, 0, 0), {}, "2026-10-31")
    row = RecapRow.objects.get(employee__nip=RINA)
    assert (row.unit.key, row.month, row.staff, row.working_days, row.present) == (units.section, OCTOBER, 1, 22, 17)
    assert (row.late, row.early) == ({"TL1": 2}, {"PSW1": 1}), "no row of the file counts TL2"
    assert row.absent == {"cuti": 3, "dinas_luar": 1, "tanpa_keterangan": 1}
    assert (row.flexible_days, row.batch, row.row_number) == (None, batch, 2)
    assert RecapRow.objects.get(employee__nip=YOSE).late == {"TL1": 0}, "none, as the file counts it for others"


def test_what_does_not_name_its_month_is_asked_for_it(now: datetime) -> None:
    title = ["REKAPITULASI PRESENSI PEGAWAI", "Bulan 10/2026"]
    rows = ["NIP;Nama;Hari Kerja;Hadir;Tanpa Keterangan", f"'{RINA};Rina;22;21;1"]
    batch = staged(now, *title, *rows, headers="", constants={"per_tanggal": "2026-10-31"})
    assert confirm(batch, now).counts["new"] == 1
    assert RecapRow.objects.get().month == OCTOBER


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("Oktober 2026", None, OCTOBER),
        ("10/2026", None, OCTOBER),
        ("2026-10-31", None, OCTOBER),
        ("46296", None, OCTOBER),
        ("Oktober", 2026, OCTOBER),
        ("OKT.", 2026, OCTOBER),
        ("10", 2026, OCTOBER),
        ("Oktober", None, None),
        ("13", 2026, None),
        ("triwulan IV", 2026, None),
    ],
)
def test_months_as_files_write_them(text: str, year: int | None, month: date | None) -> None:
    assert month_of(text, year) == month


def test_days_elsewhere_are_added_where_present_leaves_them_out(now: datetime) -> None:
    beside = store(now, of(RINA, "17 4 - - - - - - 1"), of(YOSE, "22 - - - - - - - -"))
    assert findings(beside) == {"flexible_added": 0}
    assert list(RecapRow.objects.order_by("row_number").values_list("present", "flexible_days")) == [(21, 4), (22, 0)]
    among = store(now, of(RINA, "21 4 - - - - - - 1", month="November"))
    assert findings(among) == {}
    row = RecapRow.objects.get(month=NOVEMBER)
    assert (row.present, row.flexible_days) == (21, 4)


def test_a_file_that_cannot_tell_is_taken_as_written_and_says_so(now: datetime) -> None:
    batch = store(now, of(RINA, "17 4 - - - - - - -", days=""))
    assert findings(batch) == {"flexible_within": 0}
    assert RecapRow.objects.get().present == 17


def test_more_days_elsewhere_than_present_tell_by_themselves(now: datetime) -> None:
    assert findings(store(now, of(RINA, "4 17 - - - - - - -", days=""))) == {"flexible_added": 0}
    assert RecapRow.objects.get().present == 21


def test_a_month_whose_days_do_not_add_up_is_kept_and_told(now: datetime) -> None:
    batch = store(
        now,
        of(RINA, "17 - - - - - - - 1"),
        of(YOSE, "23 - - - - - - - -"),
        of(MARUF, "2 - 2 1 - 19 - - 1"),
    )
    assert findings(batch) == {"bands_exceed": 1, "days_differ": 1, "present_exceeds": 1}
    assert RecapRow.objects.count() == 3


@pytest.mark.parametrize("counted", ["20 - - - - - - 2 -", "22 - - - - - - 2 -"])
def test_a_failed_punch_adds_up_counted_as_present_or_apart(now: datetime, counted: str) -> None:
    assert findings(store(now, of(RINA, counted))) == {}


def test_leave_and_its_parts_count_once(now: datetime) -> None:
    headers = "NIP;Bulan;Hari Kerja;Hadir;Cuti;CT;CAP;Jumlah Tidak Hadir"
    rows = (f"'{RINA};Oktober 2026;22;17;5;4;1;5", f"'{YOSE};Oktober 2026;22;19;2;1;-;3")
    batch = confirm(staged(now, *rows, headers=headers), now)
    assert findings(batch) == {}
    first, second = RecapRow.objects.order_by("row_number").values_list("absent", flat=True)
    assert first == {"cuti": 0, "cuti_tahunan": 4, "cuti_alasan_penting": 1}
    assert second == {"cuti": 2, "cuti_tahunan": 1, "cuti_alasan_penting": 0}, "two kinds of leave, not one sum"


def test_a_sum_of_absences_at_odds_with_its_reasons_is_told(now: datetime) -> None:
    rows = (f"'{RINA};Oktober 2026;22;19;2;1;4", f"'{YOSE};Oktober 2026;22;22;-;-;-")
    batch = staged(now, *rows, headers="NIP;Bulan;HK;Hadir;Izin;Sakit;Tidak Hadir")
    assert findings(batch) == {"absent_differs": 1}
    alone = staged(now, f"'{RINA};Oktober 2026;22;19;4", headers="NIP;Bulan;HK;Hadir;Tidak Hadir")
    assert findings(alone) == {"days_differ": 1}


def test_units_as_a_whole_stand_beside_their_people(now: datetime, units: Units) -> None:
    batch = store(now, whole(HEALTH, "40 - 2 - - - 3 - 1"), of(YOSE, "22 - - - - - - - -"))
    assert (batch.counts["new"], findings(batch)) == (2, {})
    row = RecapRow.objects.get(employee=None)
    assert (row.unit.key, row.staff, row.present, row.absent["dinas_luar"]) == (units.health, 2, 40, 3)
    people = staged(now, of(YOSE, "22 - - - - - - - -"))
    assert counts(people) == (0, 0, 1, 0), "a file of people does not take back what units said"


def test_the_recap_of_all_agencies_with_its_header_in_the_third_row(now: datetime, units: Units) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:H1", "REKAP KEHADIRAN PERANGKAT DAERAH")
        titles = ("No", "Perangkat Daerah", "Bulan", "Tahun", "Persen Hadir", "Persen Tidak Hadir")
        sheet.write_row(2, 0, (*titles, "Persen Tanpa Keterangan", "Waktu Diperbarui"))
        sheet.write_row(3, 0, (1, HEALTH, "Oktober", 2026, 95.45, 4.55, 0.5, "2026-11-02 08:00"))
        sheet.write_row(4, 0, (2, WORKS, 10, 2026, "97,5%", "2,5%", "0", "2026-11-02 08:00"))
        sheet.write_row(5, 0, ("", "JUMLAH", "Oktober", 2026, 96.5, 3.5, 0.25, ""))
    batch = confirm(stage(file.getvalue(), now, kind="recap"), now)
    assert (batch.counts["new"], findings(batch), codes(batch)) == (2, {"total_rows": 1}, [])
    row = RecapRow.objects.get(unit__key=units.health)
    assert (row.staff, row.present, row.late, row.absent) == (0, None, {}, {}), "shares are no counts"
    assert row.shares == {"present": 9545, "absent": 455, "unexplained": 50}


def test_the_same_file_again_changes_nothing(now: datetime) -> None:
    rows = (of(RINA, "17 - 2 1 1 3 1 - 1"), of(YOSE, "22 - - - - - - - -"), whole(HEALTH, "40 - - - - - 3 - 1"))
    store(now, *rows)
    assert counts(store(now + timedelta(hours=1), *rows)) == (0, 0, 3, 0)
    assert RecapRow.objects.count() == 3
    part = staged(now, rows[1])
    assert counts(part) == (0, 0, 1, 0), "a code nobody has in a part of the file is not a change"


def test_a_correction_keeps_what_was_paid_on_before(now: datetime) -> None:
    store(now, of(RINA, "20 - - - - - - - 2"))
    later = now + timedelta(days=9)
    assert counts(store(later, of(RINA, "22 - - - - - - - -"))) == (0, 1, 0, 0)
    before, after = RecapRow.objects.get(superseded_at=later), RecapRow.objects.get(superseded_at=None)
    assert (before.absent, after.present) == ({"tanpa_keterangan": 2}, 22)


def test_who_is_no_longer_named_is_told_within_the_units_the_file_speaks_of(now: datetime) -> None:
    bring(now, person(YOSE, unor_nama="UPT Laboratorium", tmt_jabatan="01-09-2026"))
    full = "22 - - - - - - - -"
    store(now, of(RINA, full), of(YOSE, full), of(MARUF, full))
    again = staged(now, of(RINA, full))
    assert counts(again) == (0, 0, 1, 1), "Ma'ruf's unit is not spoken of"
    confirm(again, now, withdraw=True)
    assert set(RecapRow.objects.filter(superseded_at=None).values_list("employee__nip", flat=True)) == {RINA, MARUF}
    assert counts(staged(now, of(RINA, full), source="Biro")) == (0, 0, 1, 0)


def test_a_person_who_moved_stands_where_the_month_ended(now: datetime, units: Units) -> None:
    store(now, of(RINA, "22 - - - - - - - -"))
    bring(now, person(RINA, "Rina D'Arcy", unor_nama=HEALTH, tmt_jabatan="20-10-2026"))
    assert counts(store(now + timedelta(days=1), of(RINA, "22 - - - - - - - -"))) == (0, 1, 0, 0)
    assert RecapRow.objects.get(superseded_at=None).unit.key == units.health


def test_an_unknown_unit_is_asked_for_once_and_remembered(now: datetime, units: Units) -> None:
    row = whole("Dinkes Prov", "40 - - - - - 3 - 1")
    batch = staged(now, row)
    assert [one["value"] for one in batch.summary["unmapped"]] == ["Dinkes Prov"]
    confirm(choose_rest(batch, now, units.health), now)
    assert staged(now, row).counts["unchanged"] == 1
    assert choose_rest(staged(now, whole("Koperasi", "1 - - - - - - - -")), now, "skip").counts["skipped"] == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (of("123", "22 - - - - - - - -"), "not_a_nip"),
        (of("1.99503E+17", "22 - - - - - - - -"), "lost_digits"),
        (of("198001012005011001", "22 - - - - - - - -"), "employee_unknown"),
        (of("", "22 - - - - - - - -"), "who_missing"),
        (of(RINA, "22 - - - - - - - -", month="kemarin"), "not_a_month"),
        (of(RINA, "22 - - - - - - - -", year="26"), "not_a_year"),
        (of(RINA, "22 - - - - - - - -", year="2019"), "not_in_service"),
        (of(RINA, "- - - - - - - - -"), "nothing_said"),
        (of(RINA, "32 - - - - - - - -"), "beyond_a_month"),
        (of(RINA, "2 - - - - -3 - - -"), "below_minimum"),
        (of(RINA, "21,5 - - - - - - - -"), "not_whole"),
        (of(RINA, "22 - - - - - - - -", days="40"), "above_maximum"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: str, code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], codes(batch)) == (0, [code])


def test_rows_at_odds_are_refused_and_a_future_month_is_told(now: datetime) -> None:
    batch = staged(now, of(RINA, "22 - - - - - - - -"), of(RINA, "21 - - - - - - - 1"))
    assert codes(batch) == ["rows_differ", "rows_differ"]
    twice = [of(YOSE, "22 - - - - - - - -", month="Desember")] * 2
    assert findings(staged(now, *twice)) == {"in_the_future": 2, "repeated_rows": 1}


def test_what_was_paid_is_held_beside_what_is_reckoned(now: datetime) -> None:
    store(now, of(RINA, "17 - 2 - 1 3 1 - 1"))
    found = reconcile(OCTOBER)
    assert (found.compared, len(found.rows)) == (1, 1), "nothing was reckoned from punches yet"


def test_months_without_a_recap_are_not_covered(now: datetime) -> None:
    store(now, of(RINA, "22 - - - - - - - -"))
    found = kind_of("recap").coverage([OCTOBER, NOVEMBER])
    assert found == {OCTOBER: Coverage(1, 2), NOVEMBER: Coverage(0, 2)}, "her laboratory speaks for its agency"


def test_every_sentence_is_whole() -> None:
    for code in [*recap_wording._rejects(), *recap_wording._whole(), *recap_wording._findings()]:
        said = recap_wording.say(code, {"count": 2})
        assert said.endswith(".")
        assert "%(" not in said


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("recap"), file_format), now, kind="recap")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["new"]) == (2, 0, 2)
    assert findings(batch) == {}


CELL = st.one_of(
    st.sampled_from([RINA, HEALTH, "Oktober", "10", "2026", "1", "22", "-", "", "1.000", "2,5", "JUMLAH"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * 15), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    RecapRow.objects.all().delete()
    batch = staged(now, *(";".join(row) for row in rows), of(YOSE, "22 - - - - - - - -"), source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert RecapRow.objects.count() == batch.counts["new"]
