"""Reading NIP: what the digits tell, what is odd, what is no NIP at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.nip import LENGTH, ODDITIES, NotANip, Sex, masked, parse_nip

BIRTHS = st.dates(min_value=date(1966, 1, 1), max_value=date(2000, 12, 28))


@given(BIRTHS, st.integers(16, 25), st.integers(1, 12), st.sampled_from(Sex), st.integers(1, 999))
def test_a_well_formed_number_tells_everything_and_nothing_odd(
    birth: date, age: int, month: int, sex: Sex, sequence: int
) -> None:
    year = birth.year + age + 1
    nip = parse_nip(f"{birth:%Y%m%d}{year}{month:02d}{sex}{sequence:03d}")
    assert (nip.birth, nip.appointed_year, nip.appointed_month) == (birth, year, month)
    assert (nip.sex, nip.sequence, nip.pppk, nip.oddities) == (sex, sequence, False, ())
    assert len(nip.digits) == LENGTH


@given(BIRTHS, st.integers(21, 29), st.integers(1, 999))
def test_a_pppk_number_has_no_month(birth: date, mark: int, sequence: int) -> None:
    nip = parse_nip(f"{birth:%Y%m%d}{birth.year + 30}{mark}2{sequence:03d}")
    assert (nip.pppk, nip.appointed_month, nip.oddities) == (True, None, ())


@given(st.text(alphabet="0123456789", min_size=LENGTH, max_size=LENGTH))
def test_any_18_digits_are_read_and_never_repaired(digits: str) -> None:
    nip = parse_nip(digits)
    assert nip.digits == digits
    assert set(nip.oddities) <= ODDITIES
    assert (nip.birth is None) == ("birth_impossible" in nip.oddities)
    assert (nip.sex is None) == ("sex_unknown" in nip.oddities)


@pytest.mark.parametrize("text", ["19950317 202603 2 001", " 199503172026032001 ", "19950317.202603.2.001"])
def test_the_spaced_form_is_the_same_number(text: str) -> None:
    assert parse_nip(text).digits == "199503172026032001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19950317202603200",
        "1995031720260320011",
        "1.99503E+17",
        "19950317202603200X",
        "１９９５０３１７２０２６０３２００１",
    ],
)
def test_anything_else_is_no_nip(text: str) -> None:
    with pytest.raises(NotANip) as caught:
        parse_nip(text)
    assert caught.value.code == "not_a_nip"


@pytest.mark.parametrize(
    ("digits", "oddities"),
    [
        ("199502302026032001", ("birth_impossible",)),
        ("199503172026132001", ("appointment_impossible",)),
        ("199503172026002001", ("appointment_impossible",)),
        ("201503172026032001", ("age_at_appointment",)),
        ("194503172006032001", ("age_at_appointment",)),
        ("199503172026033001", ("sex_unknown",)),
        ("199503172026032000", ("sequence_zero",)),
        ("199513172026004000", ("birth_impossible", "appointment_impossible", "sex_unknown", "sequence_zero")),
    ],
)
def test_oddities_are_told(digits: str, oddities: tuple[str, ...]) -> None:
    assert parse_nip(digits).oddities == oddities


def test_sixteen_is_old_enough_only_from_the_month_of_birth() -> None:
    assert parse_nip("200005012016051001").oddities == ()
    assert parse_nip("200005012016041001").oddities == ("age_at_appointment",)


def test_the_mask_leaves_four_digits() -> None:
    assert masked("199503172026032001") == "•" * 14 + "2001"
    assert masked("12") == "12"
