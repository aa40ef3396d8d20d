"""Answers of the monthly form: what people write is read, and what is shown to them reads back to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.reporting import form_fields, form_wording
from luwes.apps.reporting.form_fields import BY_CODE, FIELDS, SECTIONS, Field, FieldKind, Origin, Value
from luwes.apps.reporting.form_values import AnswerUnread, known, parse, shown, written
from tests.apps.reporting.monthly_forms import ANSWERS

MEETINGS, CUT, SPENT = BY_CODE["rapat_jumlah"], BY_CODE["kendaraan_dinas"], BY_CODE["alih_lain"]
ASKED = [one for one in FIELDS if one.asked]


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("rapat_jumlah", " 1.250 ", 1250),
        ("rapat_jumlah", "0", 0),
        ("alih_lain", "Rp1.500.000,00", 1_500_000),
        ("alih_lain", "Rp. 1 500 000", 1_500_000),
        ("alih_lain", "250000,-", 250_000),
        ("kendaraan_dinas", "52,5 %", "52.5"),
        ("kendaraan_dinas", "−4", "-4"),
        ("kendaraan_dinas", "-0,001", "0"),
        ("kendaraan_dinas", "100", "100"),
        ("rapat_hibrida", "YA", "ya"),
        ("rapat_hibrida", "FALSE", "tidak"),
        ("skema_pengawasan", "Sedang disusun", "disusun"),
        ("skema_pengawasan", "disusun", "disusun"),
        ("bebas_kendaraan_ruas", " Jalan\n Rawa\x00 ", "Jalan Rawa"),
        ("kendala", "Jaringan putus\n\n Laptop  rusak ", ["Jaringan putus", "Laptop rusak"]),
        ("kendala", "Jaringan putus; Laptop rusak;", ["Jaringan putus", "Laptop rusak"]),
        ("kendala", " ; ", None),
        ("rapat_jumlah", "  ", None),
    ],
)
def test_what_people_write_is_read(code: str, text: str, value: Value | None) -> None:
    assert parse(BY_CODE[code], text) == value


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("rapat_jumlah", "12,5", "not_a_number"),
        ("rapat_jumlah", "1.25", "not_a_number"),
        ("rapat_jumlah", "-3", "not_a_number"),
        ("rapat_jumlah", "٣", "not_a_number"),
        ("rapat_jumlah", "1000001", "too_large"),
        ("alih_lain", "9" * 400, "too_large"),
        ("kendaraan_dinas", "banyak", "not_a_percent"),
        ("kendaraan_dinas", "1e2", "not_a_percent"),
        ("kendaraan_dinas", "100,01", "too_large"),
        ("rapat_hibrida", "mungkin", "not_an_option"),
        ("skema_pengawasan", "ya", "not_an_option"),
        ("bebas_kendaraan_ruas", "x" * 501, "too_long"),
        ("kendala", "x" * 501, "too_long"),
        ("kendala", "x\n" * 31, "too_many_lines"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(code: str, text: str, why: str) -> None:
    with pytest.raises(AnswerUnread) as refused:
        parse(BY_CODE[code], text)
    assert refused.value.code == why
    assert form_wording.unread(why).endswith(".")


@given(st.sampled_from(ASKED), st.text(max_size=80))
def test_whatever_is_read_is_written_so_that_it_reads_the_same(field: Field, text: str) -> None:
    try:
        value = parse(field, text)
    except AnswerUnread:
        return
    if value is not None:
        assert parse(field, written(field, value)) == value
        assert shown(field, value, "id")


@given(st.decimals(-1000, 100, places=2))
def test_percentages_keep_their_two_decimals(value: object) -> None:
    text = f"{value:f}"
    read = parse(CUT, text.replace(".", ","))
    assert float(str(read)) == float(text)


def test_answers_are_shown_as_people_say_them() -> None:
    assert shown(MEETINGS, 1250, "id") == "1.250"
    assert shown(SPENT, 1_500_000, "id") == "Rp1.500.000"
    assert shown(CUT, "52.5", "id").replace("\u00a0", " ") == "52,50 %"
    assert shown(BY_CODE["rapat_hibrida"], "ya", "id") == "Ya"
    assert shown(BY_CODE["kendala"], ["a", "b"], "id") == "a; b"
    assert known({"a": 0, "b": None}) == {"a": 0}


def test_the_form_has_fourteen_sections_and_each_row_a_code_of_its_own() -> None:
    assert list(SECTIONS) == list(range(1, 15))
    assert {one.section for one in FIELDS} == set(SECTIONS)
    assert len(BY_CODE) == len(FIELDS)
    assert [one.section for one in FIELDS] == sorted(one.section for one in FIELDS)


def test_what_files_fill_is_never_asked() -> None:
    filled = {one.code for one in FIELDS if one.origin is Origin.FILE}
    assert {"perbandingan", "mutu_layanan", "target_pegawai", "hemat_listrik"} <= filled
    assert not filled & {one.code for one in form_fields.asked_fields(has_presence=False)}
    assert all(one.hint for one in FIELDS if one.code in filled)


def test_nobody_counts_by_hand_what_presence_says() -> None:
    without, having = (form_fields.asked_fields(has_presence=there) for there in (False, True))
    assert {one.code for one in without} - {one.code for one in having} == set(form_fields.HEAD_COUNT)


def test_every_condition_names_a_row_asked_before_and_an_answer_it_has() -> None:
    codes = [one.code for one in FIELDS]
    for one in FIELDS:
        if one.when is not None:
            other = BY_CODE[one.when[0]]
            assert codes.index(other.code) < codes.index(one.code)
            assert one.when[1] in ("", *(code for code, _label in other.options()))
            assert form_wording.required_when(one).startswith("diisi bila “")


def test_a_row_is_missing_only_where_its_condition_holds() -> None:
    assert form_fields.missing(ANSWERS, has_presence=False) == []
    gone = {code: value for code, value in ANSWERS.items() if code not in ("bebas_kendaraan_jam", "rapat_jumlah")}
    assert form_fields.missing(gone, has_presence=True) == ["bebas_kendaraan_jam"]
    assert form_fields.missing(gone | {"bebas_kendaraan": "tidak"}, has_presence=True) == []
    assert form_fields.missing(gone | {"alih_program_prioritas": 5}, has_presence=True) == [
        "alih_program_nama",
        "bebas_kendaraan_jam",
    ]
    assert "bebas_kendaraan_jam" not in form_fields.missing({}, has_presence=True)


def test_no_number_is_carried_into_the_next_month() -> None:
    carried = form_fields.carried_over({**ANSWERS, "gone": "x"})
    assert {"e_office", "kendala", "bebas_kendaraan_ruas"} <= set(carried)
    assert not {BY_CODE[code].kind for code in carried} & {FieldKind.NUMBER, FieldKind.PERCENT, FieldKind.RUPIAH}


def test_more_away_than_on_duty_is_told_by_pair() -> None:
    assert form_fields.disagreeing(ANSWERS) == []
    bad = {"fleksibel_bertugas": 3, "fleksibel_luar": 4, "lain_luar": 9}
    assert form_fields.disagreeing(bad) == [("fleksibel_bertugas", "fleksibel_luar")]
