"""Whatever the bytes and the cells, the answer is rows that add up or a refusal with a known code."""

import io
import random
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luwes.apps.sources.reading.contract import UNREADABLE_CODES, Limits, UnreadableFile
from luwes.apps.sources.reading.layout import KINDS, Column, Layout
from tests.apps.sources.reading.files import Outcome, csv_bytes, read, read_in_child, xlsx_bytes

EVERYTHING = Layout(
    "everything",
    (
        Column("kunci", "Kunci", "text", True),
        *(
            Column(f"c_{kind}", f"Kolom {kind}", kind, False, choices=("ya", "tidak") if kind == "choice" else ())  # type: ignore[arg-type] # every kind
            for kind in KINDS
        ),
    ),
    ("kunci",),
)
HEADER = [column.name for column in EVERYTHING.columns]
WORDS = st.sampled_from(
    [
        "",
        "-",
        "null",
        "1.234",
        "1,5",
        "61,28%",
        "(1.000)",
        "9 Des 2026",
        "46365",
        "JUMLAH",
        "=1+1",
        "\x00",
        "'01",
        "ya",
        "1e5",
        "#REF!",
        "٣",
    ]
)
TEXT_CELL = st.one_of(WORDS, st.text(max_size=30))
SHEET_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30)
SHEET_CELL: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    SHEET_TEXT,
    WORDS.filter(str.isprintable),
    st.booleans(),
    st.integers(min_value=-(10**18), max_value=10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)),
    st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(9999, 1, 1)),  # noqa: DTZ001 - sheets know no zone
)


def answered(payload: bytes, layout: Layout = EVERYTHING, *, child: bool = False) -> Outcome | str:
    """The outcome, whose counts add up, or the code of the refusal."""
    try:
        outcome = (read_in_child if child else read)(payload, layout, limits=Limits(wall_seconds=20))
    except UnreadableFile as refusal:
        assert_known(refusal)
        return refusal.code
    assert outcome.add_up()
    return outcome


def assert_known(refusal: UnreadableFile) -> None:
    assert refusal.code in UNREADABLE_CODES


@settings(max_examples=150, deadline=None)
@example(b"\xff\xfe\x00")
@example(b"kunci\n\r\n\r")
@example(b"kunci;ctext\n%")
@example(b'kunci,c_text\n"a')
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda tail: b"kunci;c_text;c_rupiah\n" + tail)))
def test_any_bytes_that_pretend_to_be_text(payload: bytes) -> None:
    if not payload.startswith((b"PK", b"\xd0\xcf")):
        answered(payload)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TEXT_CELL, max_size=len(HEADER) + 2), max_size=12), st.sampled_from([",", ";", "\t", "|"]))
def test_any_cells_in_csv(rows: list[list[str]], delimiter: str) -> None:
    cleaned = [[cell.encode("utf-8", "ignore").decode() for cell in row] for row in rows]
    outcome = answered(csv_bytes([HEADER, *cleaned], delimiter=delimiter))
    assert isinstance(outcome, Outcome)
    for row in outcome.rows:
        assert len(row) == len(HEADER)
        assert row[0]
    assert outcome.keys == [row[0] for row in outcome.rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(SHEET_CELL, max_size=len(HEADER) + 1), max_size=8))
def test_any_cells_in_a_workbook_of_xlsxwriter(rows: list[list[Any]]) -> None:
    outcome = answered(xlsx_bytes([HEADER, *rows]))
    assert isinstance(outcome, Outcome)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(SHEET_CELL, max_size=len(HEADER)), max_size=6))
def test_any_cells_in_a_workbook_of_openpyxl(rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADER)
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    outcome = answered(buffer.getvalue())
    assert isinstance(outcome, Outcome)


def damaged(seed: int) -> bytes:
    """A workbook with bytes changed inside its parts, packed again so that the parser really meets them."""
    chance = random.Random(seed)
    whole = xlsx_bytes([HEADER, *([f"k{number}", "teks", "01", date(2026, 12, 9), 5] for number in range(9))])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = bytearray(old.read(part))
            if chance.random() < 0.4:
                for _ in range(chance.randrange(1, 12)):
                    body[chance.randrange(len(body))] = chance.choice(b'<>"/=0123456789AZaz& ')
            new.writestr(part.filename, bytes(body))
    return out.getvalue()


@pytest.mark.parametrize("seed", range(60))
def test_workbooks_damaged_inside(seed: int) -> None:
    answered(damaged(seed), child=True)


@pytest.mark.parametrize("seed", range(40))
def test_workbooks_damaged_outside(seed: int) -> None:
    chance = random.Random(seed)
    payload = bytearray(xlsx_bytes([HEADER, ["a", "b"]]))
    for _ in range(chance.randrange(1, 20)):
        payload[chance.randrange(len(payload))] = chance.randrange(256)
    answered(bytes(payload[: chance.randrange(4, len(payload) + 1)] if seed % 3 == 0 else payload), child=True)
