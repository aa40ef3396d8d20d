"""Columns of every kind: what is accepted, what is refused and under which code."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from luwes.apps.sources.reading.cells import Bad
from luwes.apps.sources.reading.contract import Job
from luwes.apps.sources.reading.convert import ColumnReader
from tests.apps.sources.reading.files import at, one


def reader(kind: str, *, required: bool = False, job: dict[str, Any] | None = None, **more: Any) -> ColumnReader:
    layout = one(kind, required=required, **more)
    return ColumnReader(layout.column("nilai"), Job(layout, **(job or {})), date_1904=False)


def values(kind: str, cells: list[Any], **more: Any) -> list[str]:
    """Read a whole column; refused cells show their code."""
    column = reader(kind, **more)
    column.learn(cells)
    column.learned()
    return [f"!{piece.code}" if isinstance(piece, Bad) else piece for piece in column.read(cells, typed=True)]


@pytest.mark.parametrize(
    ("kind", "cell", "piece"),
    [
        ("text", "  Siti  Aminah ", '"Siti Aminah"'),
        ("text", 'kata "kutip"', '"kata \\\\"kutip\\\\""'),
        ("text", "a\\b", '"a\\\\\\\\b"'),
        ("text", "=HYPERLINK(1)", '"=HYPERLINK(1)"'),
        ("text", "-1+2", '"-1+2"'),
        ("text", 12.0, '"12"'),
        ("text", True, '"TRUE"'),
        ("text", "x" * 2001, "!too_long"),
        ("text", "a\x00b", "!control_characters"),
        ("text", "#REF!", "!formula_error"),
        ("code", "'0107", '"0107"'),
        ("code", "00123", '"00123"'),
        ("code", 107.0, '"107"'),
        ("code", 1.99312282025212e17, "!lost_digits"),
        ("code", 1e15, "!lost_digits"),
        ("code", "1.99E+17", "!lost_digits"),
        ("code", "1,99312E+17", "!lost_digits"),
        ("code", "x" * 201, "!too_long"),
        ("code", "1e5", '"1e5"'),
        ("date", date(2026, 12, 9), '"2026-12-09"'),
        ("date", at(2026, 12, 9, 23, 59), '"2026-12-09"'),
        ("date", 46365.0, '"2026-12-09"'),
        ("date", 12.0, "!not_a_date"),
        ("date", True, "!not_a_date"),
        ("date", date(1800, 1, 1), "!not_a_date"),
        ("date", "31/02/2026", "!not_a_date"),
        ("month", "November 2026", '"2026-11-01"'),
        ("month", "Nop 2026", '"2026-11-01"'),
        ("month", "11/2026", '"2026-11-01"'),
        ("month", "2026-11", '"2026-11-01"'),
        ("month", "9 Des 2026", '"2026-12-01"'),
        ("month", date(2026, 12, 9), '"2026-12-01"'),
        ("month", at(2026, 12, 9, 7, 30), '"2026-12-01"'),
        ("month", 46365.0, '"2026-12-01"'),
        ("month", "13/2026", "!not_a_month"),
        ("month", "November", "!not_a_month"),
        ("month", "x" * 61, "!not_a_month"),
        ("month", 11.0, "!not_a_month"),
        ("decimal", "1.234,567", "1234.567"),
        ("decimal", 0.5, "0.5"),
        ("decimal", "61,28 %", "!not_a_number"),
        ("decimal", "-", "null"),
        ("datetime", "2026-12-09 07:30:15", '"2026-12-09T07:30:15"'),
        ("datetime", "2026-13-09 07:30:15", "!not_a_datetime"),
        ("datetime", "09/12/2026 07.30", '"2026-12-09T07:30:00"'),
        ("datetime", at(2026, 12, 9, 7, 30, 15, 999), '"2026-12-09T07:30:15"'),
        ("datetime", date(2026, 12, 9), '"2026-12-09T00:00:00"'),
        ("datetime", 46365.5, '"2026-12-09T12:00:00"'),
        ("datetime", "2026-12-09", "!not_a_datetime"),
        ("moment", "07.31", '"07:31:00"'),
        ("moment", "7:31 WIB", '"07:31:00"'),
        ("moment", "07:31:59", '"07:31:59"'),
        ("moment", "24.00", '"24:00:00"'),
        ("moment", "24.01", "!not_a_moment"),
        ("moment", "7.3", "!not_a_moment"),
        ("moment", "07:60", "!not_a_moment"),
        ("moment", time(7, 31, 5, 900), '"07:31:05"'),
        ("moment", timedelta(hours=24), '"24:00:00"'),
        ("moment", timedelta(hours=25), "!not_a_moment"),
        ("moment", timedelta(seconds=-1), "!not_a_moment"),
        ("moment", 0.3125, '"07:30:00"'),
        ("moment", -0.3125, "!not_a_moment"),
        ("moment", 7.31, "!not_a_moment"),
        ("moment", "9 Des 2026", '"2026-12-09"'),
        ("moment", date(2026, 12, 9), '"2026-12-09"'),
        ("moment", 46365.0, '"2026-12-09"'),
        ("moment", "46365", '"2026-12-09"'),
        ("moment", 46365.5, '"2026-12-09T12:00:00"'),
        ("moment", "2026-12-09 00:00:00", '"2026-12-09"'),
        ("moment", at(2026, 12, 9, 7, 30), '"2026-12-09T07:30:00"'),
        ("moment", "09/12/2026 07.30", '"2026-12-09T07:30:00"'),
        ("moment", "09/12/2026 25.30", "!not_a_moment"),
        ("moment", "kemarin", "!not_a_moment"),
        ("moment", "9" * 61, "!not_a_moment"),
        ("year", "2025", "2025"),
        ("year", 2025.0, "2025"),
        ("year", "2.025", "!not_a_year"),
        ("year", "25", "!not_a_year"),
        ("year", "1800", "!not_a_year"),
        ("rupiah", "Rp 1.234.567,-", "1234567"),
        ("rupiah", "(1.000)", "-1000"),
        ("rupiah", 5116880000000.0, "5116880000000"),
        ("rupiah", "1.234.567,50", "1234568"),
        ("rupiah", "12%", "!not_a_number"),
        ("rupiah", "lima", "!not_a_number"),
        ("rupiah", float("nan"), "!not_a_number"),
        ("rupiah", 1e18, "!not_a_number"),
        ("rupiah", date(2026, 1, 1), "!not_a_number"),
        ("rupiah", "2,5E+12", "!lost_digits"),
        ("integer", "12", "12"),
        ("integer", 12.0, "12"),
        ("integer", "12,5", "!not_whole"),
        ("integer", False, "!not_a_number"),
        ("percent", "61,28", "61.28"),
        ("percent", "61,28 %", "61.28"),
        ("percent", 61.28, "61.28"),
        ("percent", "100", "100"),
        ("percent", "45.850", "!ambiguous_number"),
    ],
)
def test_one_cell(kind: str, cell: object, piece: str) -> None:
    assert values(kind, [cell]) == [piece]


@pytest.mark.parametrize("cell", ["", "  ", "-", "null", "NULL", "'", "'null", "–", "#N/A"])
@pytest.mark.parametrize("kind", ["text", "code", "date", "rupiah", "percent"])
def test_missing(kind: str, cell: str) -> None:
    assert values(kind, [cell]) == ["null"]
    assert values(kind, [cell], required=True) == ["!missing"]


def test_a_column_of_numbers_is_judged_as_a_whole() -> None:
    assert values("percent", ["45.850", "61,2"]) == ["45850", "61.2"]
    assert values("percent", ["45.850", "61.2"]) == ["45.85", "61.2"]
    assert values("percent", ["45.850", "61.2", "3,5"]) == ["!ambiguous_number", "61.2", "3.5"]
    assert values("rupiah", ["1.234", "1.500.000"]) == ["1234", "1500000"]
    assert values("rupiah", ["1.234", "1,500,000.00"]) == ["1", "1500000"]
    assert values("integer", ["1,234", "1.5"]) == ["1234", "!not_whole"]


def test_true_is_not_one() -> None:
    assert values("text", [1.0, True, 0.0, False]) == ['"1"', '"TRUE"', '"0"', '"FALSE"']


def test_choices_are_met_by_their_words_and_refused_with_the_nearest() -> None:
    column = reader("choice", choices=("PNS", "PPPK paruh waktu"))
    pieces = column.read(["pns", "PPPK Paruh-Waktu", "PPPK paruh wkt", "honorer"], typed=False)
    assert pieces[:2] == ['"PNS"', '"PPPK paruh waktu"']
    assert [(piece.code, piece.nearest) for piece in pieces[2:] if isinstance(piece, Bad)] == [
        ("not_a_choice", "PPPK paruh waktu"),
        ("not_a_choice", None),
    ]


@pytest.mark.parametrize("kind", ["text", "code"])
def test_values_of_theirs_become_ours(kind: str) -> None:
    job = {"values": {"nilai": {"Dinas Pendidikan": "1.01", "Disdik": "1.01"}}}
    assert values(kind, ["DINAS  PENDIDIKAN", "disdik", "Lain"], job=job) == ['"1.01"', '"1.01"', '"Lain"']


def test_values_of_theirs_become_our_choices() -> None:
    job = {"values": {"nilai": {"P3K": "PPPK", "Sukwan": "honorer"}}}
    found = values("choice", ["p3k", "PPPK", "Sukwan"], job=job, choices=("PNS", "PPPK"))
    assert found == ['"PPPK"', '"PPPK"', "!not_a_choice"]


def test_bounds_name_the_nearest_allowed_value() -> None:
    column = reader("percent", minimum=0, maximum=100)
    low, high, fine = column.read(["-1", "100,5", "100"], typed=False)
    assert isinstance(low, Bad)
    assert isinstance(high, Bad)
    assert (low.code, low.nearest, high.code, high.nearest, fine) == (
        "below_minimum",
        "0",
        "above_maximum",
        "100",
        "100",
    )
    assert values("date", ["31/12/1939", "1940-01-01"], minimum="1940-01-01") == ["!below_minimum", '"1940-01-01"']


def test_fractions_are_scaled_only_when_asked_and_only_when_the_whole_column_agrees() -> None:
    asked = {"percent_as_fraction": True}
    assert values("percent", [0.6128, 0.2, 0.0, 1.0]) == ["0.6128", "0.2", "0", "1"]
    assert values("percent", [0.6128, 0.2, 0.0, 1.0], job=asked) == ["61.28", "20", "0", "100"]
    assert values("percent", [0.6128, 20.0], job=asked) == ["0.6128", "20"]
    assert values("percent", ["0,5%", "0,2%"], job=asked) == ["0.5", "0.2"]
    assert values("percent", [0.0, 0.0], job=asked) == ["0", "0"]


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [("code", [107.0, 107.0, 9.0], "numeric_code"), ("rupiah", ["1,5", "1,5", 2.5], "rupiah_rounded")],
)
def test_warnings_count_every_cell_not_every_spelling(kind: str, cells: list[Any], code: str) -> None:
    column = reader(kind)
    column.read(cells, typed=True)
    assert column.warnings == {code: 3}


def test_failures_are_told_per_batch_though_cells_are_remembered() -> None:
    column = reader("date")
    column.read(["2026-12-09", "x"], typed=False)
    assert column.failed
    column.read(["2026-12-09"], typed=False)
    assert not column.failed
    column.read(["x"], typed=False)
    assert column.failed


@pytest.mark.parametrize("kind", ["text", "code", "rupiah", "percent", "integer", "year"])
def test_a_total_in_a_required_column_is_told_apart(kind: str) -> None:
    assert values(kind, ["JUMLAH"], required=True) == ["!total"]
    assert values(kind, ["JUMLAH"], required=False) != ["!total"]


def test_of_a_present_column_only_yes_or_no_is_kept() -> None:
    told = reader("present")
    cells: list[Any] = ["Jalan Rawa 7", "'null", "", " - ", "#N/A", "#REF!", "a\x00b", 7.0, True]
    assert told.read(cells, typed=True) == ['"ya"', *['"tidak"'] * 5, '"ya"', '"ya"', '"ya"']
    assert not told.failed
