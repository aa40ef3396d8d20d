"""The staff import: people, transfers, leavers, and what is never stored."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import Employee, EmployeeVersion, PeopleChange, Post, Posting, UnitVersion
from luwes.apps.sources.models import ImportBatch, RejectedCell, StagedRow
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, choose_rest, confirm, csv_of, person, stage, xlsx_of
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
DECEMBER_10 = "10-12-2026"


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


def counts(batch: ImportBatch, *names: str) -> tuple[int, ...]:
    return tuple(batch.counts[name] for name in names)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {found["code"]: found["facts"]["count"] for found in batch.summary["findings"]}


def postings(nip: str) -> list[tuple[str, DateRange, bool]]:
    rows = Posting.objects.filter(employee__nip=nip).order_by("pk").select_related("unit")
    names = dict(UnitVersion.objects.values_list("unit__key", "name"))
    return [(names[row.unit.key], row.period, row.superseded_at is None) for row in rows]


def test_a_person_is_stored_with_what_is_needed(now: datetime, units: Units) -> None:
    done = bring(now, person(gelar_belakang="S.Kom."))
    assert counts(done, "new", "changed", "unchanged", "rejected") == (1, 0, 0, 0)
    one = Employee.objects.get()
    assert (one.nip, one.name, one.name_key, one.oddities) == (
        YOSE,
        "Yosé Limbong, S.Kom.",
        "yose limbong, s.kom.",
        [],
    )
    version = EmployeeVersion.objects.get()
    assert (version.employment, version.standing, version.grade) == ("pns", "aktif", "III/b")
    assert (version.weekly_minutes, version.domicile_on_record, version.row_number) == (None, True, 2)
    posting = Posting.objects.select_related("unit", "post").get()
    assert (posting.unit.key, posting.period) == (units.section, DateRange(date(2024, 4, 1), None, "[)"))
    assert posting.post is not None
    assert (posting.post.name, posting.post.kind) == ("Pengolah Data", "pelaksana")


def test_nothing_else_of_the_file_reaches_the_database(now: datetime) -> None:
    staged = stage(csv_of(person()), now)
    assert StagedRow.objects.count() == 1
    everything = ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT coalesce(string_agg(t::text, chr(10)), $$$$) FROM "{table}" t')
            everything += cursor.fetchone()[0]
    assert YOSE in everything
    for private in ("Jalan Rawa", "9999000011112222", "Agama Uji", "0812000111"):
        assert private not in everything
    assert {"nik", "agama_nama", "nomor_hp"} <= set(staged.summary["dropped"])
    assert findings(staged)["address_answered"] == 1


def test_a_second_import_changes_nothing(now: datetime) -> None:
    people = [person(), person(RINA, "Rina D'Arcy", alamat="")]
    bring(now, *people)
    again = bring(now + timedelta(days=40), *people)
    assert counts(again, "new", "changed", "unchanged", "gone") == (0, 0, 2, 0)
    assert (EmployeeVersion.objects.count(), Posting.objects.count(), Post.objects.count()) == (2, 2, 1)
    assert not EmployeeVersion.objects.get(employee__nip=RINA).domicile_on_record


def test_a_transfer_in_mid_month_closes_one_posting_and_opens_the_next(now: datetime, units: Units) -> None:
    bring(now, person())
    known = now + timedelta(days=20)
    moved = person(
        unor_nama="Dinas Pekerjaan Umum",
        satuan_kerja_kerja_nama="Dinas Pekerjaan Umum",
        jabatan_nama="Kepala Loket",
        tmt_jabatan=DECEMBER_10,
    )
    done = bring(known, moved)
    assert (counts(done, "new", "changed"), findings(done)["moved"]) == ((0, 1), 1)
    day = date(2026, 12, 10)
    assert postings(YOSE) == [
        ("UPT Laboratorium", DateRange(date(2024, 4, 1), None, "[)"), False),
        ("UPT Laboratorium", DateRange(date(2024, 4, 1), day, "[)"), True),
        ("Dinas Pekerjaan Umum", DateRange(day, None, "[)"), True),
    ]
    told = PeopleChange.objects.get(kind="posting.moved")
    assert (told.subject, told.unit_key) == (Employee.objects.get().public_id, units.section)
    assert told.period == DateRange(day, None, "[)")
    first = Posting.objects.get(superseded_at=None, period__endswith=day)
    assert first.batch_id != done.pk  # the earlier part keeps the file it came from
    assert counts(bring(known + timedelta(days=1), moved), "changed", "unchanged") == (0, 1)


def test_without_a_new_tmt_a_transfer_holds_from_the_day_of_the_file(now: datetime) -> None:
    bring(now, person())
    bring(now + timedelta(days=5), person(jabatan_nama="Arsiparis", per_tanggal="28-11-2026"))
    later = [period for _, period, valid in postings(YOSE) if valid]
    assert [period.lower for period in later] == [date(2024, 4, 1), date(2026, 11, 30)]


def test_an_older_file_does_not_rewrite_the_present(now: datetime) -> None:
    bring(now, person(gol_akhir_nama="III/c", tmt_jabatan="01-11-2026"))
    older = stage(csv_of(person(gol_akhir_nama="III/b")), now, constants={"per_tanggal": "2026-06-30"})
    assert (counts(older, "changed", "unchanged"), findings(older)["older"]) == ((0, 1), 1)


def test_a_change_of_status_keeps_what_was_known(now: datetime) -> None:
    bring(now, person(status_cpns_pns="CPNS", gol_akhir_nama="III/a"))
    later = now + timedelta(days=30)
    bring(later, person(alamat="null"))
    rows = [
        (row.employment, row.period.lower, row.period.upper, row.superseded_at)
        for row in EmployeeVersion.objects.order_by("pk")
    ]
    day = date(2026, 12, 25)
    assert rows == [
        ("cpns", date(2024, 4, 1), None, later),
        ("cpns", date(2024, 4, 1), day, None),
        ("pns", day, None, None),
    ]


def test_who_is_gone_is_reported_and_stays(now: datetime) -> None:
    bring(now, person(), person(RINA, "Rina"))
    staged = stage(csv_of(person()), now + timedelta(days=1))
    assert counts(staged, "gone") == (1,)
    confirm(staged, now + timedelta(days=1))
    assert postings(RINA)[-1][1].upper is None
    other = stage(csv_of(person(MARUF, "Ma’ruf", status_cpns_pns="")), now, source="RSUD")
    assert counts(other, "gone") == (0,)


def test_on_request_the_postings_of_who_is_gone_end_today(now: datetime) -> None:
    bring(now, person(), person(RINA, "Rina"))
    later = now + timedelta(days=1)
    done = confirm(stage(csv_of(person()), later), later, withdraw=True)
    assert done.counts["withdrawn"] == 1
    assert PeopleChange.objects.filter(kind="posting.ended").count() == 1
    assert [(period.upper, valid) for _, period, valid in postings(RINA)] == [(None, False), (date(2026, 11, 26), True)]
    back = bring(later + timedelta(days=4), person(), person(RINA, "Rina"))
    assert counts(back, "new", "changed", "unchanged") == (0, 1, 1)
    assert postings(RINA)[-1][1].lower == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("code", "name", "standing", "leaves"),
    [
        ("99", "Pensiun", "pensiun", True),
        ("66", "Diberhentikan", "diberhentikan", True),
        ("04", "Pemberhentian Sementara", "diberhentikan_sementara", False),
        ("", "Masa Persiapan Pensiun", "persiapan_pensiun", False),
        ("2", "CLTN", "cltn", False),
        ("77", "Hal baru", "lain", False),
    ],
)
def test_retired_ends_the_posting_suspended_does_not(
    now: datetime, code: str, name: str, standing: str, leaves: bool
) -> None:
    bring(now, person())
    later = now + timedelta(days=5)
    row = person(kedudukan_hukum_id=code, kedudukan_hukum_nama=name)
    bring(later, row)
    version = EmployeeVersion.objects.get(superseded_at=None, period__contains=date(2026, 12, 1))
    assert version.standing == standing
    assert Posting.objects.filter(superseded_at=None, period__upper_inf=True).exists() is not leaves
    assert counts(bring(later + timedelta(days=1), row), "changed", "unchanged") == (0, 1)


def test_who_had_left_before_is_not_stored(now: datetime) -> None:
    staged = stage(csv_of(person(), person(RINA, "Rina", kedudukan_hukum_id="99")), now)
    assert (counts(staged, "new", "skipped"), findings(staged)["strangers"]) == ((1, 1), 1)


@pytest.mark.parametrize("cell", [199503172020032001, "1,99503E+17", "19950317202003200", "NIP belum ada"])
def test_a_nip_that_lost_digits_is_refused_never_repaired(now: datetime, cell: object) -> None:
    staged = stage(xlsx_of(person(nip_baru=cell), person(RINA, "Rina")), now)
    assert counts(staged, "new", "rejected") == (1, 1)
    assert RejectedCell.objects.get().code in ("lost_digits", "not_a_nip")


def test_a_workbook_says_the_same_as_the_csv(now: datetime) -> None:
    bring(now, person(), person(RINA, "Rina"))
    staged = stage(xlsx_of(person(), person(RINA, "Rina")), now)
    assert counts(staged, "new", "changed", "unchanged", "rejected") == (0, 0, 2, 0)


def test_part_time_pppk_have_their_contract_hours(now: datetime) -> None:
    part = person(MARUF, "Ma’ruf", jenis_pegawai_nama="PPPK Paruh Waktu", status_cpns_pns="", jam_kontrak="18,75")
    bring(now, part)
    version = EmployeeVersion.objects.get()
    assert (version.employment, version.weekly_minutes) == ("pppk_paruh_waktu", 1_125)
    silent = stage(csv_of(dict(part) | {"jam_kontrak": ""}), now)
    assert findings(silent)["hours_missing"] == 1
    wrong = stage(csv_of(dict(part) | {"jam_kontrak": "60"}), now)
    assert (counts(wrong, "rejected"), RejectedCell.objects.get(batch=wrong).code) == ((1,), "hours_invalid")


@pytest.mark.parametrize(
    ("kind", "status", "nip", "employment"),
    [
        ("PNS Daerah", "CPNS", YOSE, "cpns"),
        ("PNS Daerah", "C", YOSE, "cpns"),
        ("PNS Pusat DPK", "P", YOSE, "pns"),
        ("", "PNS", YOSE, "pns"),
        ("Pegawai Pemerintah dengan Perjanjian Kerja", "", MARUF, "pppk"),
        ("PPPK", "", MARUF, "pppk"),
        ("", "", MARUF, "pppk"),
    ],
)
def test_how_somebody_serves(now: datetime, kind: str, status: str, nip: str, employment: str) -> None:
    bring(now, person(nip, jenis_pegawai_nama=kind, status_cpns_pns=status))
    assert EmployeeVersion.objects.get().employment == employment


def test_what_is_no_kind_of_employment_is_refused(now: datetime) -> None:
    staged = stage(csv_of(person(jenis_pegawai_nama="Tenaga Honorer", status_cpns_pns=""), person(RINA, "Rina")), now)
    assert (counts(staged, "new", "rejected"), RejectedCell.objects.get().value) == ((1, 1), "Tenaga Honorer")


def test_rows_that_contradict_each_other_are_refused_and_equal_ones_counted_once(now: datetime) -> None:
    staged = stage(csv_of(person(), person(), person(RINA, "Rina"), person(RINA, "Rani")), now)
    assert counts(staged, "new", "unchanged", "rejected") == (1, 1, 2)
    assert set(RejectedCell.objects.values_list("code", flat=True)) == {"rows_differ"}


def test_a_corrected_nip_is_the_same_person_by_siasn_id(now: datetime) -> None:
    bring(now, person())
    fixed = person("199503172020032009", pns_id=person()["pns_id"])
    assert counts(bring(now, fixed), "new", "changed") == (0, 1)
    assert Employee.objects.get().nip == "199503172020032009"


def test_two_people_under_one_identity_are_refused(now: datetime) -> None:
    bring(now, person(), person(RINA, "Rina"))
    staged = stage(csv_of(person(pns_id=person(RINA)["pns_id"])), now)
    assert (counts(staged, "rejected", "gone"), RejectedCell.objects.get().code) == ((1, 1), "identity_clash")


def test_oddities_and_namesakes_are_told(now: datetime) -> None:
    staged = stage(csv_of(person("199502302020034000"), person(RINA, "Yose  Limbong"), person(MARUF, "Ma'ruf")), now)
    told = findings(staged)
    assert (told["nip_birth_impossible"], told["nip_sex_unknown"], told["nip_sequence_zero"]) == (1, 1, 1)
    assert told["namesakes"] == 1
    confirm(staged, now)
    assert sorted(Employee.objects.get(name="Yosé Limbong").oddities) == [
        "birth_impossible",
        "sequence_zero",
        "sex_unknown",
    ]


def test_unknown_units_are_listed_and_created_on_request_as_a_tree(now: datetime, units: Units) -> None:
    new = [
        person(unor_id="AA01", unor_nama="Bidang Gizi"),
        person(RINA, "Rina", unor_id="AA02", unor_nama="Bidang Jalan", satuan_kerja_kerja_nama="Dinas Baru"),
        person(MARUF, "Ma’ruf", unor_nama="Dinas Lain", satuan_kerja_kerja_nama="Dinas Lain"),
    ]
    staged = stage(csv_of(*new), now)
    assert counts(staged, "new", "unmapped") == (0, 3)
    assert [each["label"] for each in staged.summary["unmapped"]] == [
        "Bidang Gizi · Dinas Kesehatan",
        "Bidang Jalan · Dinas Baru",
        "Dinas Lain · Dinas Lain",
    ]
    chosen = choose_rest(staged, now, "new:unit")
    assert counts(chosen, "new", "unmapped") == (3, 0)
    confirm(chosen, now)
    tree = {v.name: (v.code, v.kind, v.parent) for v in UnitVersion.objects.select_related("parent")}
    gizi, jalan, lain = tree["Bidang Gizi"], tree["Bidang Jalan"], tree["Dinas Lain"]
    assert (gizi[0], gizi[1], gizi[2].key if gizi[2] else "") == ("AA01", "unit", units.health)
    parent = UnitVersion.objects.get(name="Dinas Baru")
    assert (jalan[1], jalan[2], parent.kind) == ("unit", parent.unit, "perangkat_daerah")
    assert (lain[1], lain[2].key if lain[2] else "") == ("perangkat_daerah", units.government)
    assert counts(bring(now, *new), "new", "changed", "unchanged", "unmapped") == (0, 0, 3, 0)


def test_an_unknown_unit_is_never_guessed_and_stores_nothing(now: datetime) -> None:
    staged = stage(csv_of(person(unor_nama="UPT Laboratorum"), person(RINA, "Rina")), now)
    assert counts(staged, "new", "unmapped") == (1, 1)
    assert [option["label"] for option in staged.summary["unmapped"][0]["nearest"]] == []
    skipped = choose_rest(staged, now, "skip")
    assert counts(skipped, "new", "skipped") == (1, 1)


def test_the_same_title_in_two_units_is_two_posts(now: datetime) -> None:
    bring(now, person(), person(RINA, "Rina", unor_nama="Dinas Kesehatan"), person(MARUF, "Ma’ruf", jabatan_nama=""))
    assert Post.objects.count() == 2
    assert Posting.objects.get(employee__nip=MARUF).post is None
    fuller = person(jabatan_id="J1", eselon="")
    bring(now, dict(fuller), person(RINA, "Rina", unor_nama="Dinas Kesehatan", gol_akhir_nama="IV/a"))
    assert Post.objects.count() == 2
