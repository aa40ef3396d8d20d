from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.formats import (
    long_date,
    month_name,
    number,
    percent,
    points,
    rupiah,
    rupiah_short,
    short_date,
    short_month,
    weekday_names,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "language", "shown"),
    [
        (Decimal("61.285"), 2, "id", "61,29"),
        (Decimal("61.2849"), 2, "id", "61,28"),
        (Decimal("-61.285"), 2, "id", "−61,29"),
        (0.285, 2, "id", "0,29"),
        (1234567, 0, "id", "1.234.567"),
        (1234567.5, 1, "en", "1,234,567.5"),
        (999.95, 1, "id", "1.000,0"),
        (Decimal("1E+30"), 0, "id", "1.000.000.000.000.000.000.000.000.000.000"),
        (Decimal("0.5"), 0, "id", "1"),
        (Decimal("2.5"), 0, "id", "3"),
        (0, 2, "id", "0,00"),
    ],
)
def test_numbers_are_rounded_half_up_and_grouped(
    value: Decimal | float, decimals: int, language: str, shown: str
) -> None:
    assert number(value, decimals, language) == shown


def test_a_value_that_rounds_to_zero_carries_no_sign() -> None:
    assert number(Decimal("-0.004"), 2, "id") == "0,00"
    assert points(Decimal("-0.004"), "id", signed=True) == f"0,00{NBSP}poin"
    assert number(Decimal("-0"), 0, "en") == "0"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity"), Decimal("sNaN")])
def test_what_is_not_a_finite_number_is_refused(value: Decimal | float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number(value, 2, "id")


@pytest.mark.parametrize("language", ["", "ID", "fr", "en-us"])
def test_an_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="known: id, en"):
        number(1, 0, language)


def test_percent_keeps_the_sign_on_the_line_of_its_number() -> None:
    assert percent(Decimal("61.28"), 2, "id") == f"61,28{NBSP}%"
    assert percent(Decimal("61.28"), 1, "en") == "61.3%"
    assert percent(100, 0, "id") == f"100{NBSP}%"


def test_points_name_their_unit() -> None:
    assert points(Decimal("-28.72"), "id") == f"−28,72{NBSP}poin"
    assert points(Decimal("-28.72"), "en") == f"−28.72{NBSP}points"
    assert points(5, "id", decimals=0) == f"5{NBSP}poin"
    assert points(Decimal("3.1"), "id", signed=True) == f"+3,10{NBSP}poin"
    assert points(Decimal("-3.1"), "id", signed=True) == f"−3,10{NBSP}poin"


def test_rupiah_in_full() -> None:
    assert rupiah(5_116_880_000_000, "id") == "Rp5.116.880.000.000"
    assert rupiah(5_116_880_000_000, "en") == "Rp5,116,880,000,000"
    assert rupiah(-1_500, "id") == "−Rp1.500"
    assert rupiah(0, "id") == "Rp0"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "Rp0"),
        (999_999, "Rp999.999"),
        (1_000_000, f"Rp1,00{NBSP}juta"),
        (999_994_999, f"Rp999,99{NBSP}juta"),
        (999_995_000, f"Rp1,00{NBSP}miliar"),
        (995_000_000, f"Rp995,00{NBSP}juta"),
        (14_920_000_000, f"Rp14,92{NBSP}miliar"),
        (999_999_999_999, f"Rp1,00{NBSP}triliun"),
        (5_116_880_000_000, f"Rp5,12{NBSP}triliun"),
        (3_621_300_000_000_000, f"Rp3.621,30{NBSP}triliun"),
        (-2_400_000_000, f"−Rp2,40{NBSP}miliar"),
        (-999_995_000, f"−Rp1,00{NBSP}miliar"),
    ],
)
def test_short_rupiah_choose_their_scale(value: int, shown: str) -> None:
    assert rupiah_short(value, "id") == shown


def test_short_rupiah_in_english() -> None:
    assert rupiah_short(5_116_880_000_000, "en") == f"Rp5.12{NBSP}trillion"
    assert rupiah_short(4_670_000_000, "en") == f"Rp4.67{NBSP}billion"
    assert rupiah_short(4_670_000, "en") == f"Rp4.67{NBSP}million"


def test_dates_in_both_languages() -> None:
    day = date(2025, 10, 31)
    assert long_date(day, "id") == "Jumat, 31 Oktober 2025"
    assert long_date(day, "en") == "Friday, 31 October 2025"
    assert short_date(day, "id") == "31 Okt 2025"
    assert short_date(date(2026, 8, 3), "id") == "3 Agu 2026"
    assert short_date(date(2026, 5, 3), "en") == "3 May 2026"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_weekday_and_month_has_its_own_name(language: str) -> None:
    weekdays = {long_date(date(2026, 6, 1) + timedelta(days=i), language).split(",")[0] for i in range(7)}
    months = {long_date(date(2026, month, 1), language).split()[2] for month in range(1, 13)}
    short = {short_date(date(2026, month, 1), language).split()[1] for month in range(1, 13)}
    assert (len(weekdays), len(months), len(short)) == (7, 12, 12)
    assert all(len(name) == 3 for name in short)


def _parsed(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


@settings(max_examples=200, deadline=None)
@given(st.decimals(-(10**18), 10**18, allow_nan=False, places=6), st.integers(0, 4))
def test_a_shown_number_is_within_half_a_step_of_the_value(value: Decimal, decimals: int) -> None:
    assert abs(_parsed(number(value, decimals, "id")) - value) <= Decimal(1).scaleb(-decimals) / 2


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**16), 10**16))
def test_full_rupiah_lose_nothing(value: int) -> None:
    text = rupiah(value, "id")
    assert _parsed(text.replace("Rp", "")) == value


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**16), st.integers(0, 10**16))
def test_short_rupiah_keep_the_order_of_amounts(one: int, other: int) -> None:
    sizes = {"": 1, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}

    def amount(value: int) -> Decimal:
        digits, _, word = rupiah_short(value, "id").removeprefix("Rp").partition(NBSP)
        return _parsed(digits) * sizes[word]

    low, high = sorted((one, other))
    assert amount(low) <= amount(high)


@given(st.dates())
def test_month_and_weekday_are_those_of_the_long_date(day: date) -> None:
    for language in ("id", "en"):
        names = weekday_names(language)
        assert len(set(names)) == 7
        assert long_date(day, language) == f"{names[day.weekday()]}, {day.day} {month_name(day, language)} {day.year}"
        assert short_date(day, language) == f"{day.day} {short_month(day, language)}"
