"""What is told about a source since its last file."""

from datetime import date
from typing import Any

import pytest

from luwes.apps.sources import drift, wording
from luwes.apps.sources.models import ImportBatch

HEADERS = ["Kode PD", "Nama PD", "Pagu"]


def last(rows: int = 40, newest: str = "2026-09-30") -> ImportBatch:
    return ImportBatch(summary={"headers": HEADERS, "newest": newest}, counts={"rows": rows})


def told(headers: list[str] | None = None) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in drift.between([last()], headers or HEADERS, 40, date(2026, 10, 31))}


def test_a_file_like_the_last_one_tells_nothing() -> None:
    assert told() == {}


def test_headers_are_compared_as_people_read_them() -> None:
    assert told(["kode_pd", "NAMA  PD", "Pagu"]) == {}
    found = told(["Kode PD", "Nama PD", "Pagu", "Deviasi"])
    assert found["headers_new"]["names"] == "Deviasi"
    assert "headers_vanished" not in found
    assert told(["Kode PD", "Nama PD"])["headers_vanished"]["names"] == "Pagu"


@pytest.mark.parametrize(
    ("before", "now", "jumps"),
    [
        (40, 41, False),
        (40, 33, False),
        (40, 32, True),
        (40, 48, True),
        (4, 6, False),
        (4, 1, True),
        (0, 40, False),
    ],
)
def test_a_fifth_more_or_less_is_a_jump_but_two_rows_are_not(before: int, now: int, jumps: bool) -> None:
    found = {each["code"] for each in drift.between([last(before)], HEADERS, now, date(2026, 10, 31))}
    assert ("rows_jump" in found) is jumps


@pytest.mark.parametrize(
    ("newest", "old"), [("2026-10-31", True), ("2026-11-30", True), ("2026-09-30", False), ("", False)]
)
def test_a_date_that_is_not_newer_is_told(newest: str, old: bool) -> None:
    found = {each["code"] for each in drift.between([last(newest=newest)], HEADERS, 40, date(2026, 10, 31))}
    assert ("date_not_newer" in found) is old


def test_a_file_without_any_usable_date_tells_nothing_of_dates() -> None:
    assert drift.between([last()], HEADERS, 40, None) == []


def test_everything_told_has_its_sentence() -> None:
    found = drift.between([last(newest="2026-12-31")], ["Kode PD", "Lain"], 2, date(2026, 10, 31))
    assert {each["code"] for each in found} == {"headers_vanished", "headers_new", "rows_jump", "date_not_newer"}
    for each in found:
        said = wording.drift(each)
        assert said.endswith(".")
        assert "%(" not in said


def test_a_source_that_sends_two_kinds_by_turns_is_asked_about_each_step_once() -> None:
    corrections = ImportBatch(summary={"headers": ["Kode PD", "Koreksi"], "newest": ""}, counts={"rows": 3})
    months = [last(40), corrections, last(41), corrections]

    def codes(until: int, headers: list[str], rows: int) -> set[str]:
        return {each["code"] for each in drift.between(months[:until], headers, rows, None)}

    both = {"headers_vanished", "headers_new", "rows_jump"}
    assert codes(1, ["Kode PD", "Koreksi"], 3) == both
    assert codes(2, HEADERS, 41) == both, "back again is a step of its own"
    assert codes(3, ["Kode PD", "Koreksi"], 4) == set()
    assert codes(4, HEADERS, 39) == set()
    assert codes(4, HEADERS, 80) == {"rows_jump"}
    assert codes(4, ["Kode PD", "Pagu"], 39) == {"headers_vanished", "headers_new"}
