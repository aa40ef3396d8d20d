"""Faults that other import tools are known for; each test is named after what went wrong there."""

import codecs
import os
from datetime import date
from typing import Any

import pytest

from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.names import normalise
from tests.apps.sources.reading.files import (
    PEOPLE,
    PEOPLE_HEADER,
    csv_bytes,
    one,
    read,
    read_in_child,
    xlsx_bytes,
)

CODES = ["0107", "0000000000000001", "0812000111", "000000019", "00123"]


def test_b88_leading_zeros_survive_two_trips() -> None:
    rows = [["kunci", "nilai"], *([code, code] for code in CODES)]
    for make in (csv_bytes, xlsx_bytes):
        once = read(make(rows), one("code")).rows
        again = read(make([["kunci", "nilai"], *once]), one("code")).rows
        assert once == again == [[code, code] for code in CODES]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")]
)
def test_b89_a_byte_order_mark_does_not_hide_the_first_column(encoding: str, mark: bytes) -> None:
    payload = mark + csv_bytes([PEOPLE_HEADER, ["1", "Yosé", "", "PNS"]], encoding=encoding)
    outcome = read_in_child(payload, PEOPLE)
    assert outcome.summary.headers[0] == "nip"
    assert outcome.rows == [["1", "Yosé", None, "PNS"]]


def test_b91_content_does_not_decide_the_delimiter() -> None:
    units = Layout("u", (Column("nip", "NIP", "code", True), Column("unit", "Unit", "text", True)), ("nip",))
    quoted = b'nip,unit\n1,"Kasi Umum; Kepegawaian; Arsip"\n2,"A; B; C; D"\n'
    outcome = read_in_child(quoted, units)
    assert (outcome.summary.delimiter, outcome.rows[0]) == (",", ["1", "Kasi Umum; Kepegawaian; Arsip"])
    titled = b"Daftar unit, per 1 Januari, tahun 2026, sementara\nnip;unit\n1;Kasi Umum, Kepegawaian\n"
    outcome = read_in_child(titled, units)
    assert (outcome.summary.delimiter, outcome.rows) == (";", [["1", "Kasi Umum, Kepegawaian"]])


ATTENDANCE = Layout(
    "attendance",
    (
        Column("unit", "Unit", "text", True),
        Column("nip", "NIP", "code", True),
        Column("senin_masuk", "Senin Masuk", "text", False),
        Column("senin_pulang", "Senin Pulang", "text", False),
    ),
    ("nip",),
)


def test_b92_merged_titles_groups_and_units_put_no_value_into_a_wrong_column() -> None:
    def merge(page: Any) -> None:
        page.merge_range(0, 0, 0, 4, "PEMERINTAH PROVINSI")
        page.merge_range(1, 0, 1, 4, "DAFTAR HADIR")
        page.merge_range(2, 0, 3, 0, "No")
        page.merge_range(2, 1, 3, 1, "Unit")
        page.merge_range(2, 2, 3, 2, "NIP")
        page.merge_range(2, 3, 2, 4, "Senin")
        page.merge_range(4, 1, 15, 1, "Kasi Umum")

    rows: list[list[Any]] = [["PEMERINTAH"], ["DAFTAR HADIR"], ["No", "Unit", "NIP", "Senin"]]
    rows += [[None, None, None, "Masuk", "Pulang"]]
    rows += [[number, None, f"{number:018}", f"07:{number:02}", "16:00"] for number in range(1, 13)]
    outcome = read_in_child(xlsx_bytes(rows, merge=merge), ATTENDANCE)
    assert outcome.rows == [["Kasi Umum", f"{number:018}", f"07:{number:02}", "16:00"] for number in range(1, 13)]
    assert outcome.summary.mapping["Senin Masuk"] == "senin_masuk"
    assert outcome.numbers == list(range(5, 17))


def test_b94_five_spellings_of_one_date_and_no_month_before_day() -> None:
    cells: list[Any] = [date(2026, 12, 9), "09/12/2026", "9 Des 2026", 46365, "2026-12-09 00:00"]
    rows = [["kunci", "nilai"], *([f"k{number}", cell] for number, cell in enumerate(cells))]
    assert {row[1] for row in read_in_child(xlsx_bytes(rows), one("date")).rows} == {"2026-12-09"}
    as_text = [["kunci", "nilai"], *([f"k{number}", str(cell)] for number, cell in enumerate(cells))]
    assert {row[1] for row in read_in_child(csv_bytes(as_text), one("date")).rows} == {"2026-12-09"}


def test_b94_births_in_the_future_or_before_1940_are_flagged() -> None:
    rows = [PEOPLE_HEADER, ["1", "A", "31/12/1939", ""], ["2", "B", "01/01/2027", ""], ["3", "C", "01/01/1940", ""]]
    outcome = read_in_child(csv_bytes(rows), PEOPLE)
    assert outcome.codes == [(2, "Tanggal lahir", "below_minimum"), (3, "Tanggal lahir", "above_maximum")]
    assert outcome.numbers == [4]


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "UTC", "America/Los_Angeles"])
def test_b95_both_date_systems_in_every_zone(date_1904: bool, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    assert os.environ["TZ"] == zone
    days = [date(2026, 12, 9), date(2027, 1, 1), date(2028, 2, 29)]
    rows = [["kunci", "nilai"], *([f"k{number}", day] for number, day in enumerate(days))]
    outcome = read(xlsx_bytes(rows, date_1904=date_1904), one("date"))
    assert [row[1] for row in outcome.rows] == [day.isoformat() for day in days]
    assert outcome.summary.date_1904 is date_1904


def test_b95_a_plain_number_follows_the_workbooks_system() -> None:
    plain = [["kunci", "nilai"], ["a", (date(2026, 12, 9) - date(1904, 1, 1)).days]]
    assert read(xlsx_bytes(plain, date_1904=True), one("date")).rows == [["a", "2026-12-09"]]


def test_b97_names_keep_their_letters_and_are_found_without_them() -> None:
    names = ["Yosé Limbong", "D'Arcy Nahan", "Ma’ruf", "Ma'ruf", "Siti  Aminah"]
    rows = [PEOPLE_HEADER, *([str(number), name] for number, name in enumerate(names))]
    kept = [row[1] for row in read_in_child(csv_bytes(rows), PEOPLE).rows]
    assert kept == ["Yosé Limbong", "D'Arcy Nahan", "Ma’ruf", "Ma'ruf", "Siti Aminah"]
    assert [normalise(name) for name in kept] == ["yose limbong", "darcy nahan", "maruf", "maruf", "siti aminah"]


def test_siasn_guards_and_nulls() -> None:
    payload = b"nip_baru,nama,agama_nama\n'199001012020121001,'null,'X\n'199001012020121002,D'Arcy,null\n"
    layout = Layout(
        "siasn", (Column("nip", "NIP", "code", True, ("nip_baru",)), Column("nama", "Nama", "text", True)), ("nip",)
    )
    outcome = read_in_child(payload, layout)
    assert outcome.rows == [["199001012020121002", "D'Arcy"]]
    assert outcome.codes == [(2, "Nama", "missing")]
    assert outcome.summary.dropped == ("agama_nama",)
