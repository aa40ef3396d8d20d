"""Rows as one COPY field per column: the same values as in a JSON array, for tables with columns of their own."""

import io
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading import frames
from luwes.apps.sources.reading.cells import NO_FIELD, copy_field
from luwes.apps.sources.reading.contract import Job
from luwes.apps.sources.reading.convert import MEMO_SIZE
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.parent import listen, parse
from luwes.apps.sources.reading.stamps import Stamps
from tests.apps.sources.reading.files import PEOPLE, PEOPLE_HEADER, csv_bytes, one, read, unescape
from tests.apps.sources.reading.test_convert import reader

LOG = Layout(
    "log",
    (
        Column("nomor", "Nomor", "code", True),
        Column("waktu", "Waktu", "datetime", True, minimum="2015-01-01T00:00:00"),
        Column("jumlah", "Jumlah", "integer", False),
    ),
    ("nomor",),
)


def fields(payload: bytes, layout: Layout = LOG, **more: object) -> list[list[str]]:
    outcome = read(payload, layout, fields=True, **more)
    assert outcome.add_up()
    assert outcome.summary.sample == ()
    return outcome.fields


def test_every_column_is_a_field_of_its_own() -> None:
    payload = csv_bytes(
        [["nomor", "waktu", "jumlah"], ["007", "2026-10-05 07:31:05", "1.200"], ["8", "5/10/2026 7.31", "-"]]
    )
    assert fields(payload, prefix="12") == [
        ["12", "2", "007", "2026-10-05T07:31:05", "1200"],
        ["12", "3", "8", "2026-10-05T07:31:00", "N"],
    ]


def test_a_column_the_file_lacks_has_no_field_unless_it_is_constant() -> None:
    payload = csv_bytes([["waktu", "nomor"], ["2026-10-05 07:31:05", "7"]])
    assert fields(payload) == [["2", "7", "2026-10-05T07:31:05"]]
    assert read(payload, LOG, fields=True).columns == ("nomor", "waktu")
    assert fields(payload, constants={"jumlah": "3"}) == [["2", "7", "2026-10-05T07:31:05", "3"]]
    assert read(payload, LOG, fields=True, constants={"jumlah": "3"}).columns == ("nomor", "waktu", "jumlah")


def test_the_columns_are_said_once_before_the_rows() -> None:
    payload = csv_bytes([["nomor", "waktu"], ["7", "2026-10-05 07:31:05"]])
    heard: list[object] = []
    parse(
        payload,
        Job(LOG, fields=True),
        on_columns=heard.append,
        on_rows=lambda lines: heard.append(lines.count(b"\n")),
        on_rejects=heard.append,
    )
    assert heard == [("nomor", "waktu"), 1]
    heard.clear()
    parse(payload, Job(LOG), on_columns=heard.append, on_rows=lambda _: None, on_rejects=heard.append)
    assert heard == []


@pytest.mark.parametrize("told", [b"R", b"CC", b"CRC"])
def test_a_child_that_names_its_fields_late_or_twice_is_not_believed(told: bytes) -> None:
    bodies = {b"C": b'["waktu", "nomor", "lain"]', b"R": b"2\t7\t2026-10-05T07:31:05\n"}
    pipe = io.BytesIO()
    for kind in struct.unpack(f"{len(told)}c", told):
        frames.write(pipe, kind, bodies[kind])
    frames.write(pipe, frames.SUMMARY, b"{}")
    heard: list[object] = []
    answer = listen(io.BytesIO(pipe.getvalue()), Job(LOG, fields=True), heard.append, heard.append, heard.append)
    assert answer is None
    assert ("nomor", "waktu") in heard or told == b"R"


def test_fields_say_what_the_array_says() -> None:
    rows = [["1", "kata \\ 'kutip\"", "01/02/1990", "pns"], ["2", "tab\tdan\nbaris", "", "PPPK"]]
    payload = csv_bytes([PEOPLE_HEADER, *rows])
    array = read(payload, PEOPLE).rows
    assert [[None if text == "N" else text for text in row[1:]] for row in fields(payload, PEOPLE)] == array


def test_spellings_hold_for_numbers_of_a_workbook_too() -> None:
    column = reader("text", job={"values": {"nilai": {"1": "keluar"}}})
    assert column.read([1.0, "1", "lain"], typed=True) == ['"keluar"', '"keluar"', '"lain"']


def test_the_wish_for_fields_reaches_the_child() -> None:
    job = Job(LOG, fields=True)
    assert Job.from_json(job.to_json()) == job
    assert not Job.from_json(replace(job, fields=False).to_json()).fields


@given(st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_field_comes_back_as_it_was(value: int | str | None) -> None:
    field = copy_field(value)
    assert (field == NO_FIELD) == (value is None)
    assert "\t" not in field
    assert value is None or unescape(field) == str(value)


@given(st.lists(st.datetimes(), min_size=1, max_size=40))
def test_known_halves_make_the_same_stamp_as_reading_it(moments: list[object]) -> None:
    texts = [str(moment)[:19] for moment in moments]
    crossed = [f"{day[:10]}{clock[10:]}" for day in texts for clock in texts]
    together = reader("datetime").read([*texts, *crossed], typed=False)
    apart = [reader("datetime").read([text], typed=False)[0] for text in (*texts, *crossed)]
    assert [getattr(piece, "code", piece) for piece in together] == [getattr(piece, "code", piece) for piece in apart]


def test_stamps_cost_no_memory_once_their_halves_are_known() -> None:
    column = reader("datetime")
    column.read([f"2026-10-05 07:{minute:02}:00" for minute in range(60)], typed=False)
    column.read([f"2026-10-06 07:{minute:02}:00" for minute in range(60)], typed=False)
    assert len(column) == 61 < MEMO_SIZE


@pytest.mark.parametrize(
    ("bounds", "crossed"),
    [
        ({}, '"2015-01-01T01:00:00"'),
        ({"minimum": "2015-01-01T00:00:00"}, '"2015-01-01T01:00:00"'),
        ({"minimum": "2015-01-01T12:00:00"}, None),
        ({"maximum": "2030-01-01T00:00:00"}, None),
    ],
)
def test_a_bound_within_a_day_is_asked_of_every_stamp(bounds: dict[str, str], crossed: str | None) -> None:
    stamps = Stamps(one("datetime", **bounds).column("nilai"))
    stamps.learn("2015-01-01 13:00:00", '"2015-01-01T13:00:00"')
    stamps.learn("2016-01-01 01:00:00", '"2016-01-01T01:00:00"')
    assert stamps.get("2015-01-01 01:00:00") == crossed
    assert stamps.get(42005.5) is None
