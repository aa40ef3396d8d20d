"""CSV as it really comes: encodings, delimiters, quotes, and bytes that are no CSV at all."""

import codecs

import pytest

from luwes.apps.sources.reading.contract import Limits, UnreadableFile
from tests.apps.sources.reading.files import BUDGET, BUDGET_HEADER, PEOPLE, PEOPLE_HEADER, csv_bytes, one, read

PERSON = ["1", "Yosé Limbong", "09/12/1990", "PNS"]
TEXT = "\r\n".join([",".join(PEOPLE_HEADER), ",".join(PERSON)])


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8 (BOM)"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16 LE"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16 BE"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_are_read_and_named(payload: bytes, name: str) -> None:
    outcome = read(payload, PEOPLE)
    assert outcome.rows == [["1", "Yosé Limbong", "1990-12-09", "PNS"]]
    assert outcome.summary.encoding == name


@pytest.mark.parametrize(
    "payload",
    [
        codecs.BOM_UTF8 + TEXT.encode("cp1252"),
        codecs.BOM_UTF16_LE + b"\x00\xd8a",
        TEXT.encode("utf-16-le"),
        TEXT.encode() + b"\x81\x8d",
    ],
)
def test_bytes_in_no_encoding_are_refused(payload: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(payload, PEOPLE)
    assert refusal.value.code == "encoding"
    assert "encoding" in refusal.value.facts


def test_a_wrong_byte_late_in_the_file_is_seen_before_anything_is_handed_over() -> None:
    filler = "".join(f"{number},Nama Panjang Sekali,,PNS\n" for number in range(60_000))
    payload = (",".join(PEOPLE_HEADER) + "\n" + filler).encode() + "9,Yosé,,PNS".encode("cp1252")
    outcome = read(payload, PEOPLE)
    assert outcome.summary.encoding == "Windows-1252"
    assert outcome.rows[-1][1] == "Yosé"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    outcome = read(csv_bytes([PEOPLE_HEADER, PERSON], delimiter=delimiter), PEOPLE)
    assert outcome.summary.delimiter == delimiter
    assert outcome.rows == [["1", "Yosé Limbong", "1990-12-09", "PNS"]]


def test_the_hint_of_excel_in_the_first_row_does_no_harm() -> None:
    payload = b"sep=;\r\n" + csv_bytes([PEOPLE_HEADER, PERSON], delimiter=";")
    assert read(payload, PEOPLE).numbers == [3]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    payload = ending.join([",".join(PEOPLE_HEADER), '1,"baris', 'dua",,PNS', "2,B,,PPPK"]).encode()
    outcome = read(payload, PEOPLE)
    assert [row[1] for row in outcome.rows] == ["baris dua", "B"]
    assert outcome.numbers == [2, 3]


@pytest.mark.parametrize(
    ("payload", "code", "found"),
    [
        (b"%PDF-1.7 ...", "not_a_table", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table", "png"),
        (b"\xff\xd8\xff\xe0", "not_a_table", "jpeg"),
        (b"  <html><table><tr><td>nip</td></tr></table>", "not_a_table", "html"),
        (b"<TABLE>", "not_a_table", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "not_a_table", "xml"),
        (b"\x1f\x8b\x08", "not_a_table", "gzip"),
        (bytes(range(1, 32)) * 40, "not_a_table", "binary"),
        (b"\n\n  \r\n", "empty", None),
        (b"\xef\xbb\xbf", "empty", None),
        (b",,,\n,,,", "empty", None),
        (b"\0" * 100, "empty", None),
    ],
)
def test_what_is_no_table_is_named(payload: bytes, code: str, found: str | None) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(payload, PEOPLE)
    assert (refusal.value.code, refusal.value.facts.get("found")) == (code, found)


def test_a_cell_of_a_megabyte_is_refused_with_its_row() -> None:
    payload = csv_bytes([PEOPLE_HEADER, ["1", "x" * 1_048_000, "", "PNS"], ["2", "B", "", "PNS"]])
    outcome = read(payload, PEOPLE)
    assert outcome.codes == [(2, "Nama", "too_long")]
    assert len(outcome.rejects[0].value) == 40
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes([PEOPLE_HEADER, ["1", "x" * 2_000_000, "", "PNS"]]), PEOPLE)
    assert refusal.value.code == "corrupt"
    assert refusal.value.facts["row"] == 2


def test_a_quote_that_never_ends_swallows_no_row_silently() -> None:
    lines = [",".join(PEOPLE_HEADER), '1,"A,,PNS', *(f"{number},B,,PNS" for number in range(2, 400))]
    outcome = read("\n".join(lines).encode(), PEOPLE)
    assert outcome.summary.valid == 0
    assert outcome.codes == [(2, "Nama", "too_long")]


def test_columns_beyond_the_limit() -> None:
    header = [*PEOPLE_HEADER, *(f"k{number}" for number in range(16_380))]
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes([header, ["1", "A"]]), PEOPLE)
    assert refusal.value.code == "too_many_columns"
    assert refusal.value.facts == {"columns": 16_384, "limit": 1_000}
    assert read(csv_bytes([header, ["1", "A"]]), PEOPLE, limits=Limits(max_columns=20_000)).summary.valid == 1


def test_ragged_rows_are_filled_up_or_refused_but_never_shifted() -> None:
    payload = b"nip,nama,lahir,jenis\n1,A\n2,B,,PNS,,\n3,Kasi, Umum,,PNS\n4\n"
    outcome = read(payload, PEOPLE)
    assert outcome.rows == [["1", "A", None, None], ["2", "B", None, "PNS"]]
    assert outcome.codes == [(4, "", "extra_cells"), (5, "Nama", "missing")]
    assert outcome.rejects[0].value == "PNS"
    assert outcome.add_up()


def test_nul_bytes_and_control_characters_are_refused_in_their_cell_only() -> None:
    payload = b"nip,nama,lahir,jenis\n1,A\x00B,,PNS\n2,B\x07,,PNS\n3,C,,PNS\n4,D,,\x0b\n"
    outcome = read(payload, PEOPLE)
    assert outcome.numbers == [4, 5]
    assert outcome.codes == [(2, "Nama", "control_characters"), (3, "Nama", "control_characters")]


def test_formulas_stay_text() -> None:
    nasty = ["=1+1", "+62812", "-5+cmd", "@SUM(A1)", "=cmd|'/C calc'!A0"]
    rows = [["kunci", "nilai"], *([str(number), text] for number, text in enumerate(nasty))]
    assert [row[1] for row in read(csv_bytes(rows), one("text")).rows] == nasty


def test_a_mapping_to_no_known_header_still_finds_the_table_by_its_width() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(b"Nomor;Sebutan;Alamat\n1;A;Jl. X, No. 2\n", PEOPLE)
    assert refusal.value.code == "no_header"
    assert refusal.value.facts["headers"] == ["Nomor", "Sebutan", "Alamat"]


def test_blank_rows_between_and_after_are_counted_as_blank() -> None:
    data = ["2025", "31/10/2025", "1.01", "Dinas", "0", "0", "0"]
    outcome = read(csv_bytes([BUDGET_HEADER, [], data, ["", " "], data, [], []]), BUDGET)
    assert outcome.summary.skipped == {"blank": 4}
    assert outcome.numbers == [3, 5]
    assert outcome.add_up()
