from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading.numbers import Look, look, settle

NONE: frozenset[str] = frozenset()
COMMA, DOT, BOTH = frozenset(","), frozenset("."), frozenset(",.")


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("0", "0", ""),
        ("1234567", "1234567", ""),
        ("007", "7", ""),
        ("1.234.567", "1234567", ","),
        ("1.234.567,89", "1234567.89", ","),
        ("1,234,567.89", "1234567.89", "."),
        ("1,234,567", "1234567", "."),
        ("1.234,5", "1234.5", ","),
        ("1,234.5", "1234.5", "."),
        ("1 234 567", "1234567", ""),
        ("1 234,5", "1234.5", ","),
        ("61,28", "61.28", ","),
        ("61.28", "61.28", "."),
        ("0.125", "0.125", "."),
        ("0,125", "0.125", ","),
        ("1234,567", "1234.567", ","),
        (",5", "0.5", ","),
        ("1.2345", "1.2345", "."),
        ("Rp 1.234.567", "1234567", ","),
        ("Rp1.234.567,00", "1234567.00", ","),
        ("Rp. 1.234.567,-", "1234567", ","),
        ("rp12,-", "12", ""),
        ("IDR 5", "5", ""),
        ("-12", "-12", ""),
        ("−12,5", "-12.5", ","),
        ("+12", "12", ""),
        ("-Rp 5", "-5", ""),
        ("Rp -5", "-5", ""),
        ("(1.000.000)", "-1000000", ","),
        ("(Rp 12)", "-12", ""),
    ],
)
def test_a_text_that_says_enough_by_itself(text: str, value: str, mark: str) -> None:
    seen = look(text)
    assert (seen.value, seen.alternative, seen.decimal_mark, seen.problem) == (Decimal(value), None, mark, "")
    # Clear texts mean the same whatever the rest of the column proves.
    assert {settle(seen, marks, whole=True) for marks in (NONE, COMMA, DOT, BOTH)} == {Decimal(value)}


@pytest.mark.parametrize(("text", "percent"), [("61,28%", True), ("61,28 %", True), ("61,28", False), ("-5%", True)])
def test_the_percent_sign_is_told(text: str, percent: bool) -> None:
    assert look(text).percent is percent


@pytest.mark.parametrize(
    ("text", "marks", "whole", "value"),
    [
        ("1.234", NONE, True, "1234"),
        ("1,234", NONE, True, "1234"),
        ("1.234", NONE, False, None),
        ("(1.000)", NONE, True, "-1000"),
        ("1.234", COMMA, False, "1234"),
        ("1.234", DOT, False, "1.234"),
        ("1.234", DOT, True, "1.234"),
        ("1,234", DOT, True, "1234"),
        ("1,234", COMMA, False, "1.234"),
        ("-1,234", COMMA, False, "-1.234"),
        ("1.234", BOTH, True, None),
        ("1.234", BOTH, False, None),
    ],
)
def test_a_lone_group_of_three_waits_for_its_column(
    text: str, marks: frozenset[str], whole: bool, value: str | None
) -> None:
    assert settle(look(text), marks, whole=whole) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "1.23.4",
        "1,2,3",
        "1.234,567.8",
        "12 34",
        "1..2",
        "5.",
        "1.234.56",
        "Rp",
        "()",
        "%",
        "١٢٣",
        "1" * 61,
        "½",
        "1_000",
        "0x1F",
        "inf",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert look(text) == Look(problem="not_a_number")


@pytest.mark.parametrize("text", ["1.99312E+17", "1,99312E+17", "2e5", "-1E-3"])
def test_exponents_mean_that_digits_are_lost(text: str) -> None:
    assert look(text).problem == "lost_digits"


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99), st.sampled_from(",."))
def test_every_grouped_number_is_read_back(whole: int, cents: int, mark: str) -> None:
    group = "." if mark == "," else ","
    text = f"{whole:,}".replace(",", group) + f"{mark}{cents:02}"
    assert settle(look(text), NONE, whole=False) == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=70))
def test_any_text_is_answered(text: str) -> None:
    seen = look(text)
    assert seen.problem in {"", "not_a_number", "lost_digits"}
    assert (seen.alternative is None) or seen.mark in {",", "."}
