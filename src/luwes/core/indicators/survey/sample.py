"""How many answers a survey needs, and how many it got."""

from fractions import Fraction

from luwes.core.indicators.sums import ratio, rounded
from luwes.core.indicators.survey.sums import SurveyError

_CHI_SQUARE = Fraction("3.841")
_QUARTER = Fraction(1, 4)
_ERROR_SQUARED = Fraction("0.0025")


def recommended_sample(population: int) -> int:
    """Give the sample for a number of users of a service. Raises SurveyError population_negative.

    S = χ² N P(1−P) ÷ (d² (N−1) + χ² P(1−P)) with χ² = 3.841, P = 0.5, d = 0.05.
    Source: Krejcie and Morgan (1970), as PermenPANRB 14/2017 prints it.

    >>> [recommended_sample(n) for n in (10, 100, 1_000)]
    [10, 80, 278]
    """
    if population < 0:
        raise SurveyError("population_negative", str(population))
    if population == 0:
        return 0
    wanted = _CHI_SQUARE * population * _QUARTER
    return int(rounded(wanted / (_ERROR_SQUARED * (population - 1) + _CHI_SQUARE * _QUARTER), 0))


def answers_per_delivered(answers: int, delivered: int) -> Fraction | None:
    """Give answers ÷ services delivered; None when none was. Falling, it warns that other people answer now."""
    return ratio(answers, delivered)
