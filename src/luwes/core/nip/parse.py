"""Reading an 18-digit NIP or NI PPPK."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 18
# As typed from a decree: one run of digits, or spaced 8-6-1-3.
_WRITTEN = re.compile(r"([0-9]{8})[ .]?([0-9]{6})[ .]?([0-9])[ .]?([0-9]{3})")
_PPPK_MARKS = range(21, 30)
_APPOINTED_AT = range(16, 61)

ODDITIES = frozenset(
    {"birth_impossible", "appointment_impossible", "age_at_appointment", "sex_unknown", "sequence_zero"}
)


class NotANip(ValueError):
    """The text is not 18 digits, so it names nobody."""

    code = "not_a_nip"


class Sex(StrEnum):
    """The fifteenth digit."""

    MALE = "1"
    FEMALE = "2"


@dataclass(frozen=True, slots=True)
class Nip:
    """What a number tells. `appointed_month` is None for PPPK, whose number carries only the year.

    `birth` and `sex` are None where the digits are impossible; `oddities` then says so.
    """

    digits: str
    birth: date | None
    appointed_year: int
    appointed_month: int | None
    pppk: bool
    sex: Sex | None
    sequence: int
    oddities: tuple[str, ...]


def parse_nip(text: str) -> Nip:
    """Read a NIP of 18 digits, plain or spaced 8-6-1-3. Raises NotANip for anything else.

    Source: Perka BKN 22 and 43/2007; PPPK numbers by practice (positions 13-14 hold 21-29).
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise NotANip
    birth_digits, appointed, sex_digit, sequence = written.groups()
    birth = _day(birth_digits)
    year, mark = int(appointed[:4]), int(appointed[4:])
    pppk = mark in _PPPK_MARKS
    month = mark if 1 <= mark <= 12 else None
    sex = Sex(sex_digit) if sex_digit in tuple(Sex) else None
    odd = {
        "birth_impossible": birth is None,
        "appointment_impossible": month is None and not pppk,
        "age_at_appointment": birth is not None and not _old_enough(birth, year, month),
        "sex_unknown": sex is None,
        "sequence_zero": sequence == "000",
    }
    return Nip(
        digits="".join(written.groups()),
        birth=birth,
        appointed_year=year,
        appointed_month=month,
        pppk=pppk,
        sex=sex,
        sequence=int(sequence),
        oddities=tuple(code for code, found in odd.items() if found),
    )


def masked(digits: str) -> str:
    """A NIP for display where it only helps to tell two people apart: the last four digits.

    >>> masked("199503172026032001")
    '••••••••••••••2001'
    """
    return "•" * max(0, len(digits) - 4) + digits[-4:]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _old_enough(birth: date, year: int, month: int | None) -> bool:
    """Whether 16 to 60 years lie between birth and appointment; without a month the year alone is judged."""
    years = year - birth.year
    if month is not None and month < birth.month:
        years -= 1
    return years in _APPOINTED_AT
