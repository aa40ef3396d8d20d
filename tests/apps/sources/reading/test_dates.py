from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading import dates
from tests.apps.sources.reading.files import at

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-09",
        "2026-12-09 00:00",
        "2026-12-09 00:00:00",
        "2026-12-09T00:00:00.000",
        "2026/12/09",
        "20261209",
        "09/12/2026",
        "9/12/2026",
        "09-12-2026",
        "9.12.2026",
        "09/12/2026 07.30",
        "9 Des 2026",
        "9 des. 2026",
        "9-Dec-2026",
        "9 Desember 2026",
        "9 DESEMBER 2026",
        "Rabu, 9 Desember 2026",
        "46365",
        "46365,25",
        "46365.99",
    ],
)
def test_one_day_in_every_spelling(text: str) -> None:
    assert dates.day(text) == date(2026, 12, 9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12/31/2026",
        "31/02/2026",
        "29/02/2027",
        "9/12/26",
        "9 Foo 2026",
        "2026-13-01",
        "2026-12",
        "Desember 2026",
        "46",
        "460000",
        "1899-12-31",
        "2200-01-01",
        "99999999",
        "0000-00-00",
        "besok",
        "1" * 80,
    ],
)
def test_what_is_no_day_is_never_guessed(text: str) -> None:
    assert dates.day(text) is None


def test_day_comes_before_month_even_where_both_would_do() -> None:
    assert dates.day("09/12/2026") == date(2026, 12, 9)
    assert dates.day("12/09/2026") == date(2026, 9, 12)


@given(DAYS)
def test_every_day_is_read_back_from_every_spelling(day: date) -> None:
    spelt = (
        day.isoformat(),
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    )
    assert {dates.day(text) for text in spelt} == {day}


@given(st.dates(min_value=date(1927, 5, 19), max_value=date(2173, 10, 13)))
def test_serial_numbers_of_both_systems(day: date) -> None:
    assert dates.day(str((day - date(1899, 12, 30)).days)) == day
    assert dates.from_serial(float((day - date(1904, 1, 1)).days), date_1904=True) == at(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-09 07:30", at(2026, 12, 9, 7, 30)),
        ("2026-12-09T07:30:15", at(2026, 12, 9, 7, 30, 15)),
        ("2026-12-09 07:30:15.250", at(2026, 12, 9, 7, 30, 15)),
        ("09/12/2026 7.30", at(2026, 12, 9, 7, 30)),
        ("9 Des 2026 16:00", at(2026, 12, 9, 16, 0)),
        ("46365.3125", at(2026, 12, 9, 7, 30)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert dates.moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-09",
        "07:30",
        "2026-12-09 24:00",
        "2026-12-09 07:60",
        "2026-12-09 07:30:60",
        "09/13/2026 07:30",
        "",
        "x" * 70,
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert dates.moment(text) is None


@given(st.integers(min_value=61, max_value=80_000), st.integers(min_value=0, max_value=86_399))
def test_serials_keep_the_second(days: int, second: int) -> None:
    expected = at(1899, 12, 30) + timedelta(days=days, seconds=second)
    assert dates.from_serial(days + second / 86_400, date_1904=False) == expected


@given(st.text(max_size=70))
def test_any_text_is_answered(text: str) -> None:
    day = dates.day(text)
    assert day is None or 1900 <= day.year <= 2199
    dates.moment(text)
