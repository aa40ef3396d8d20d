"""The index (IKM), its band and its interval."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from scipy.special import stdtrit

from luwes.core.indicators.sums import ratio, rounded
from luwes.core.indicators.suppress import Suppressed, hides
from luwes.core.indicators.survey.sums import ELEMENTS, SCALE, SurveySums

WEIGHT = Fraction(1, 9)
# As the regulation prints it. Nine of these are 0.99, so the best survey of all reaches 99.00.
PRINTED_WEIGHT = Fraction(11, 100)
_OUTSIDE = 0.05


class Band(StrEnum):
    """Quality of a service by its index."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


# What the regulation calls them.
BAND_NAMES = {Band.A: "Sangat Baik", Band.B: "Baik", Band.C: "Kurang Baik", Band.D: "Tidak Baik"}
_FROM = ((Band.A, Decimal("88.31")), (Band.B, Decimal("76.61")), (Band.C, Decimal("65.00")))


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """The 95 % interval of an index, two decimals, within what an index can be (25 to 100)."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element: the mean of the complete respondents (1 to 4), and the share of all answers that are 1 or 2."""

    element: str
    mean: Fraction
    low_share: Fraction


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a survey says. Indices are on 25-100 at two decimals; `exact` is the unrounded index.

    `printed_index` uses 0.11 instead of 1/9, only to compare with older reports. `interval` is None where all
    respondents agree entirely: no spread seen is not no spread. `low_share` counts all answers given.
    """

    n: int
    incomplete: int
    exact: Fraction
    index: Decimal
    band: Band
    printed_index: Decimal
    printed_band: Band
    interval: MeanInterval | None
    low_share: Fraction
    elements: tuple[ElementResult, ...]


def band_of_index(index: Decimal) -> Band:
    """The band of an index that is rounded to two decimals.

    The published bands leave gaps (64.995 is in none), so the index is rounded first. Source: PermenPANRB 14/2017.

    >>> band_of_index(Decimal("88.30")).value
    'B'
    """
    return next((band for band, start in _FROM if index >= start), Band.D)


def survey_result(sums: SurveySums) -> SurveyResult | Suppressed | None:
    """Judge a survey; None without a complete respondent, Suppressed where there are fewer than five.

    IKM = 25 × Σ over the nine elements of (mean × 1/9). Source: PermenPANRB 14/2017.
    """
    n = sums.complete
    if n == 0:
        return None
    if hides(n):
        return Suppressed()
    exact = 25 * WEIGHT * Fraction(sums.total, n)
    index = rounded(exact, 2)
    printed = rounded(25 * PRINTED_WEIGHT * Fraction(sums.total, n), 2)
    return SurveyResult(
        n=n,
        incomplete=sums.incomplete,
        exact=exact,
        index=index,
        band=band_of_index(index),
        printed_index=printed,
        printed_band=band_of_index(printed),
        interval=_interval(sums, exact),
        low_share=_low_share(sums, range(len(ELEMENTS))),
        elements=tuple(_element(sums, place) for place in range(len(ELEMENTS))),
    )


def _element(sums: SurveySums, place: int) -> ElementResult:
    total = sum(value * n for value, n in zip(SCALE, sums.counts[place], strict=True))
    return ElementResult(ELEMENTS[place], Fraction(total, sums.complete), _low_share(sums, range(place, place + 1)))


def _low_share(sums: SurveySums, places: range) -> Fraction:
    rows = [row for place in places for row in (sums.counts[place], sums.partial[place])]
    # Never empty: there are complete respondents, and each of them answered every element.
    return ratio(sum(row[0] + row[1] for row in rows), sum(map(sum, rows))) or Fraction(0)


def _interval(sums: SurveySums, exact: Fraction) -> MeanInterval | None:
    """Student's interval for the mean of the respondents' own indices; answers of one person are not independent."""
    n = sums.complete
    variance = Fraction(n * sums.squares - sums.total**2, n * (n - 1)) * (25 * WEIGHT) ** 2
    if variance == 0:
        return None
    half = Fraction(float(stdtrit(n - 1, 1 - _OUTSIDE / 2)) * sqrt(variance / n))
    return MeanInterval(
        max(Decimal("25.00"), rounded(exact - half, 2)), min(Decimal("100.00"), rounded(exact + half, 2))
    )
