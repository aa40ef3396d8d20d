import json
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading.cells import as_text, clean, copy_text, fragment, is_total, shown
from tests.apps.sources.reading.files import at, unescape


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" a ", "a"),
        ("'0107", "0107"),
        ("' 0107", "0107"),
        ("D'Arcy", "D'Arcy"),
        ("Ma’ruf", "Ma’ruf"),
        ("Siti  Aminah", "Siti Aminah"),
        ("Siti\u00a0Aminah", "Siti Aminah"),
        ("baris\r\ndua", "baris dua"),
        ("\ufeffnip", "nip"),
        ("a\u200bb", "ab"),
        ("Yose\u0301", "Yosé"),
        ("=1+1", "=1+1"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("", ""),
        ("a\x00b", None),
        ("a\x07", None),
        ("\x1f", ""),
    ],
)
def test_clean(text: str, cleaned: str | None) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_cleaned_text_holds_no_control_character_and_no_double_space(text: str) -> None:
    cleaned = clean(text)
    if cleaned is not None:
        assert not any(ord(character) < 32 or ord(character) == 127 for character in cleaned)
        assert "  " not in cleaned
        assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (True, "TRUE"),
        (False, "FALSE"),
        (12.0, "12"),
        (12.5, "12.5"),
        (1e17, "1e+17"),
        (date(2026, 12, 9), "2026-12-09"),
        (at(2026, 12, 9, 7, 30), "2026-12-09 07:30"),
        (time(7, 30), "07:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_as_text(cell: object, text: str) -> None:
    assert as_text(cell) == text  # type: ignore[arg-type] # every kind of cell


def test_shown_is_short_and_on_one_line() -> None:
    assert shown("baris\nsatu\x00") == "baris satu"
    assert shown("x" * 100) == "x" * 39 + "…"
    assert len(shown("y" * 1_000_000)) == 40


@pytest.mark.parametrize("text", ["JUMLAH", "Total", "Grand Total :", "Sub-Total", "Rata-rata", "jumlah keseluruhan"])
def test_titles_of_totals(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["", "Dinas Total", "Jumlah Penduduk", "Totalindo", "Sekretariat", "jumlah " * 9])
def test_what_only_begins_like_a_total(text: str) -> None:
    assert not is_total(text)


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_fragments_are_json_behind_copys_escapes(value: object) -> None:
    piece = fragment(value)
    assert "\t" not in piece
    assert "\n" not in piece
    assert json.loads(unescape(piece)) == value


@given(st.text())
def test_copy_text_comes_back(text: str) -> None:
    escaped = copy_text(text)
    assert "\t" not in escaped
    assert "\n" not in escaped
    assert unescape(escaped) == text
