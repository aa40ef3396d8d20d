"""XLSX: typed cells, merged cells, several sheets, and archives built to do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from luwes.apps.sources.reading.contract import Limits, UnreadableFile
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.workbook import inspect
from tests.apps.sources.reading.files import BUDGET, BUDGET_HEADER, PEOPLE, PEOPLE_HEADER, at, one, read, xlsx_bytes

WORKBOOK = xlsx_bytes([PEOPLE_HEADER, ["1", "Yosé", date(1990, 12, 9), "PNS"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(change: Callable[[str, bytes], bytes | None], payload: bytes = WORKBOOK) -> bytes:
    """The workbook with every part changed as told; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = change(part.filename, old.read(part))
            if body is not None:
                new.writestr(part.filename, body)
    return out.getvalue()


def refused(payload: bytes, **limits: Any) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        read(payload, PEOPLE, limits=Limits(**limits))
    return refusal.value


def test_content_decides_not_the_name() -> None:
    outcome = read(WORKBOOK, PEOPLE)
    assert (outcome.summary.format, outcome.summary.encoding, outcome.summary.delimiter) == ("xlsx", "", "")
    assert outcome.rows == [["1", "Yosé", "1990-12-09", "PNS"]]


def test_rows_are_numbered_as_in_the_sheet_and_columns_may_start_late() -> None:
    rows = [[None], ["", "", "Daftar"], [None], [None, None, *PEOPLE_HEADER], [None], [None, None, 7.0, "A"]]
    outcome = read(xlsx_bytes(rows), PEOPLE)
    assert outcome.summary.header_row == 4
    assert outcome.numbers == [6]
    assert outcome.rows == [["7", "A", None, None]]
    assert [(warned.code, warned.column, warned.count) for warned in outcome.summary.warnings] == [
        ("numeric_code", "NIP", 1)
    ]


def test_types_of_cells() -> None:
    header = ["kunci", "nilai"]
    moments = read(xlsx_bytes([header, ["a", at(2026, 12, 9, 7, 30)]]), one("datetime"))
    assert moments.rows == [["a", "2026-12-09T07:30:00"]]
    money = read(xlsx_bytes([header, ["a", 5116880000000], ["b", 0], ["c", True], ["d", "Rp 1.000"]]), one("rupiah"))
    assert money.rows == [["a", 5116880000000], ["b", 0], ["d", 1000]]
    assert money.codes == [(4, "Nilai", "not_a_number")]


def test_numeric_identifiers_that_lost_digits_are_refused() -> None:
    outcome = read(xlsx_bytes([PEOPLE_HEADER, [199312282025212001, "A"], ["199312282025212001", "B"]]), PEOPLE)
    assert outcome.codes == [(2, "NIP", "lost_digits")]
    assert outcome.keys == ["199312282025212001"]


def test_cells_merged_downwards_count_for_every_row() -> None:
    layout = Layout("unit", (Column("nip", "NIP", "code", True), Column("unit", "Unit", "text", True)), ("nip",))
    rows = [["Daftar hadir"], ["Unit", "NIP"], ["Kasi Umum", "1"], [None, "2"], [None, "3"], ["Lain", "4"]]

    def merge(page: Any) -> None:
        page.merge_range(0, 0, 0, 1, "Daftar hadir")
        page.merge_range(2, 0, 4, 0, "Kasi Umum")

    merged = read(xlsx_bytes(rows, merge=merge), layout)
    assert merged.rows == [["1", "Kasi Umum"], ["2", "Kasi Umum"], ["3", "Kasi Umum"], ["4", "Lain"]]
    loose = read(xlsx_bytes(rows), layout)
    assert loose.codes == [(4, "Unit", "missing"), (5, "Unit", "missing")]


def test_merged_groups_over_two_header_rows() -> None:
    above = ["Tahun", "Per tanggal", "Kode", "Nama PD", "Pagu", "Realisasi Keuangan"]
    below = [None, None, None, None, None, "Rp", "%"]
    data = [2025, date(2025, 10, 31), "1.01", "Dinas", 10, 5, 50]

    def merge(page: Any) -> None:
        page.merge_range(0, 0, 0, 6, "REKAP")
        page.merge_range(1, 5, 1, 6, "Realisasi Keuangan")
        for column in range(5):
            page.merge_range(1, column, 2, column, above[column])

    outcome = read(xlsx_bytes([["REKAP"], above, below, data], merge=merge), BUDGET)
    assert outcome.rows == [[2025, "2025-10-31", "1.01", "Dinas", 10, 5, 50]]
    assert (outcome.summary.header_row, outcome.summary.header_height) == (3, 2)


def sheets(*pages: tuple[str, list[list[str]], bool]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows, hidden in pages:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if hidden:
            page.hide()
    book.close()
    return buffer.getvalue()


def test_the_best_visible_sheet_is_taken_and_another_may_be_asked_for() -> None:
    rows = [PEOPLE_HEADER, ["1", "A", "", "PNS"]]
    payload = sheets(("Petunjuk", [["Isi kolom nip"]], False), ("Lama", rows, True), ("Isi", rows, False))
    assert read(payload, PEOPLE).summary.sheet == "Isi"
    assert read(payload, PEOPLE).summary.sheets == ("Petunjuk", "Isi")
    with pytest.raises(UnreadableFile) as refusal:
        read(payload, PEOPLE, sheet="Petunjuk")
    assert refusal.value.code == "no_header"
    with pytest.raises(UnreadableFile, match="unknown_sheet"):
        read(payload, PEOPLE, sheet="Lama")


def test_sheets_without_a_cell() -> None:
    assert refused(xlsx_bytes([])).code == "empty"


def test_columns_beyond_the_limit() -> None:
    wide = xlsx_bytes([PEOPLE_HEADER, ["1", "A", *[None] * 16_381, "x"]])
    refusal = refused(wide)
    assert (refusal.code, refusal.facts["columns"]) == ("too_many_columns", 16_384)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (OLE + b"\0" * 600, "old_xls"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x05\x06" + b"\0" * 18, "corrupt"),
        (b"PK\x03\x04" + b"\0" * 300, "corrupt"),
        (WORKBOOK[:-30], "corrupt"),
        (WORKBOOK[: len(WORKBOOK) // 2], "corrupt"),
    ],
)
def test_containers_that_are_no_readable_workbook(payload: bytes, code: str) -> None:
    assert refused(payload).code == code


@pytest.mark.parametrize(
    ("part", "found"),
    [("content.xml", "ods"), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"), ("a.txt", "zip")],
)
def test_other_zip_files_are_named(part: str, found: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    refusal = refused(out.getvalue())
    assert (refusal.code, refusal.facts) == ("not_a_table", {"found": found})


def test_a_password_in_the_zip_itself() -> None:
    payload = bytearray(WORKBOOK)
    place = payload.find(b"PK\x01\x02")
    payload[place + 8] |= 1
    assert refused(bytes(payload)).code == "encrypted"


def test_a_flipped_byte_inside_a_part_is_found_by_its_checksum() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(stored, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
    payload = stored.getvalue().replace("Yosé".encode(), b"Yosb ", 1)
    assert refused(payload).code == "corrupt"


def test_a_sheet_that_is_no_xml_and_one_that_is_missing() -> None:
    garbage = repacked(lambda name, body: b"<worksheet><sheetData><row" if "sheet1" in name else body)
    assert refused(garbage).code in {"corrupt", "empty"}
    gone = repacked(lambda name, body: None if "sheet1" in name else body)
    assert refused(gone).code in {"corrupt", "empty"}


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    bomb = repacked(lambda name, body: body + b" " * 30_000_000 if "sheet1" in name else body)
    assert len(bomb) < 100_000
    refusal = refused(bomb, max_unpacked=20_000_000)
    assert refusal.code == "unpacked_too_large"
    assert refusal.facts["bytes"] > 30_000_000


def test_a_zip_bomb_that_lies_about_its_size_is_not_inflated() -> None:
    body = zlib.compress(b" " * 30_000_000, 9)[2:-4]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100)
    payload = bytearray(out.getvalue())
    local = zlib.crc32(b" " * 100)
    assert inspect(bytes(payload), Limits()) is False
    # The same entry, its data replaced by thirty million blanks under the old size and checksum.
    head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, local, len(body), 100, 15, 0) + b"xl/workbook.xml"
    middle = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, local, len(body), 100, 15, 0, 0, 0, 0, 0, 0)
    middle += b"xl/workbook.xml"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(middle), len(head) + len(body), 0)
    assert refused(head + body + middle + end).code == "corrupt"


def test_too_many_parts_and_doubled_parts() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
        for number in range(5_001):
            archive.writestr(f"xl/{number}", "")
    assert refused(out.getvalue()).code == "unpacked_too_large"
    doubled = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(doubled, "a") as archive:
        archive.writestr("XL/workbook.xml", "x")
    assert refused(doubled.getvalue()).facts["why"] == "duplicate parts"


def test_an_entity_bomb_is_refused_before_it_is_parsed() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    payload = repacked(lambda name, body: bomb + body[body.index(b"?>") + 2 :] if "shared" in name else body)
    assert refused(payload).facts == {"why": "DOCTYPE"}


def test_the_budget_template_of_our_own_writer() -> None:
    rows = [BUDGET_HEADER, [2025, date(2025, 10, 31), "0102", "Dinas X", 2290000000, 1050000000.4, 0.4585]]
    outcome = read(xlsx_bytes(rows), BUDGET, percent_as_fraction=True)
    assert outcome.rows == [[2025, "2025-10-31", "0102", "Dinas X", 2290000000, 1050000000, 45.85]]
    assert outcome.summary.fraction_like == ("realisasi_keu_pct",)
    assert outcome.summary.sample == ((2025, "2025-10-31", "0102", "Dinas X", 2290000000, 1050000000, 45.85),)
