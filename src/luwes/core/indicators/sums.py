"""What every indicator needs: things that add, and exact fractions rounded once, at the end."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, Self, TypeVar


class Additive(Protocol):
    """Sums and counts of some days; the sums of two sets of days without a common day add up."""

    def __add__(self, other: Self, /) -> Self:
        """The sums of both."""
        ...


K = TypeVar("K", bound=Hashable)
S = TypeVar("S", bound=Additive)


def sum_by(parts: Iterable[tuple[K, S]]) -> dict[K, S]:
    """Sum parts by key (a month, a kind of day, both); the order of the parts never matters."""
    found: dict[K, S] = {}
    for key, part in parts:
        found[key] = found[key] + part if key in found else part
    return found


def ratio(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """Give part ÷ whole exactly; None when there is nothing to divide by."""
    return Fraction(part) / Fraction(whole) if whole else None


def rounded(value: Fraction, places: int) -> Decimal:
    """Round an exact fraction half up (away from zero) to `places` decimals: the last step before a reader.

    >>> rounded(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-units if value < 0 else units).scaleb(-places)


def merged(first: Mapping[K, int], second: Mapping[K, int]) -> dict[K, int]:
    """Add two tables of counts."""
    return {
        key: first.get(key, 0) + second.get(key, 0) for key in [*first, *(key for key in second if key not in first)]
    }
