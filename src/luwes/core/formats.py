"""Numbers and dates as people read them, in Indonesian ("id") and English ("en").

A number never parts from its unit at a line end (U+00A0 between them), minus is the true
sign U+2212, and rounding is half up on decimals, as in Indonesian government tables. A
missing value is the caller's business: it needs a word, not a format.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class _Words:
    group: str
    decimal: str
    percent: str
    points: str
    scales: tuple[tuple[int, str], ...]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]


_WORDS = {
    "id": _Words(
        group=".",
        decimal=",",
        percent=f"{NBSP}%",
        points="poin",
        scales=((10**6, "juta"), (10**9, "miliar"), (10**12, "triliun")),
        weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        months=(
            *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
            *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
        ),
        short_months=(
            *("Jan", "Feb", "Mar", "Apr", "Mei", "Jun"),
            *("Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
        ),
    ),
    "en": _Words(
        group=",",
        decimal=".",
        percent="%",
        points="points",
        scales=((10**6, "million"), (10**9, "billion"), (10**12, "trillion")),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        short_months=(
            *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
            *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ),
    ),
}


def _words(language: str) -> _Words:
    try:
        return _WORDS[language]
    except KeyError:
        raise ValueError(f"no number words for language {language!r}; known: id, en") from None


def _rounded(value: Decimal | float, decimals: int) -> Decimal:
    # str() first: a float's own binary tail would turn 0.125 and 0.285 half-up cases around.
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value}")
    room = Context(prec=max(exact.adjusted(), 0) + decimals + 3, rounding=ROUND_HALF_UP)
    return exact.quantize(Decimal(1).scaleb(-decimals), context=room)


def _digits(magnitude: Decimal, words: _Words) -> str:
    text = f"{magnitude:,f}"
    return text.replace(",", "\0").replace(".", words.decimal).replace("\0", words.group)


def _sign(rounded: Decimal) -> str:
    # A value that rounds to zero has no sign: "−0,00" reads like a shortfall.
    return MINUS if rounded < 0 else ""


def number(value: Decimal | float, decimals: int, language: str) -> str:
    """Give a number with grouped thousands and exactly `decimals` decimals.

    >>> number(Decimal("-1234.565"), 2, "id")
    '−1.234,57'
    >>> number(1234, 0, "en")
    '1,234'

    Raises ValueError for an unknown language or a value that is not finite.
    """
    rounded = _rounded(value, decimals)
    return _sign(rounded) + _digits(abs(rounded), _words(language))


def percent(value: Decimal | float, decimals: int, language: str) -> str:
    """Give a percentage that is already in percent (61.28 means 61.28 %).

    >>> percent(Decimal("61.28"), 2, "en")
    '61.28%'
    """
    return number(value, decimals, language) + _words(language).percent


def points(value: Decimal | float, language: str, *, decimals: int = 2, signed: bool = False) -> str:
    """Give a difference of two percentages, in percentage points; `signed` also writes a plus.

    >>> points(Decimal("2.5"), "en", signed=True)
    '+2.50\\xa0points'
    """
    rounded = _rounded(value, decimals)
    plus = "+" if signed and rounded > 0 else ""
    return f"{plus}{number(rounded, decimals, language)}{NBSP}{_words(language).points}"


def rupiah(value: int, language: str) -> str:
    """Give whole rupiah in full.

    >>> rupiah(5_116_880_000_000, "id")
    'Rp5.116.880.000.000'
    """
    return f"{_sign(Decimal(value))}Rp{_digits(Decimal(abs(value)), _words(language))}"


def rupiah_short(value: int, language: str) -> str:
    """Give rupiah in millions, billions or trillions with two decimals; below a million in full.

    >>> rupiah_short(-5_116_880_000_000, "en")
    '−Rp5.12\\xa0trillion'
    """
    words = _words(language)
    # A value that its own scale would round up to 1.000,00 takes the next one: 999.999.999.999
    # is "Rp1,00 triliun".
    scaled = [(_rounded(Decimal(abs(value)) / size, 2), word) for size, word in words.scales if abs(value) >= size]
    if not scaled:
        return rupiah(value, language)
    amount, word = scaled[-1]
    larger = words.scales[len(scaled) :]
    if amount >= 1000 and larger:
        amount, word = _rounded(amount / 1000, 2), larger[0][1]
    return f"{_sign(Decimal(value))}Rp{_digits(amount, words)}{NBSP}{word}"


def long_date(day: date, language: str) -> str:
    """Give a date with its weekday.

    >>> long_date(date(2025, 10, 31), "id")
    'Jumat, 31 Oktober 2025'
    """
    words = _words(language)
    return f"{words.weekdays[day.weekday()]}, {day.day} {words.months[day.month - 1]} {day.year}"


def short_date(day: date, language: str) -> str:
    """Give a date for tables and axes.

    >>> short_date(date(2025, 10, 31), "id")
    '31 Okt 2025'
    """
    return f"{day.day} {_words(language).short_months[day.month - 1]} {day.year}"


def short_month(day: date, language: str) -> str:
    """Give the month a date lies in, with its year, for the heads of tables.

    >>> short_month(date(2025, 10, 31), "id")
    'Okt 2025'
    """
    return f"{_words(language).short_months[day.month - 1]} {day.year}"


def month_name(day: date, language: str) -> str:
    """Give the month a date lies in, by name.

    >>> month_name(date(2025, 10, 31), "id")
    'Oktober'
    """
    return _words(language).months[day.month - 1]


def weekday_names(language: str) -> tuple[str, ...]:
    """Give the names of the weekdays, Monday first.

    >>> weekday_names("id")[4]
    'Jumat'
    """
    return _words(language).weekdays
