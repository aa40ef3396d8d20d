from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.survey import SurveyError, answers_per_delivered, recommended_sample


# The table of PermenPANRB 14/2017.
@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (0, 0),
        (1, 1),
        (10, 10),
        (20, 19),
        (50, 44),
        (100, 80),
        (200, 132),
        (300, 169),
        (500, 217),
        (1000, 278),
        (2000, 322),
        (5000, 357),
        (10000, 370),
        (100000, 383),
        (1000000, 384),
    ],
)
def test_the_printed_table(population: int, sample: int) -> None:
    assert recommended_sample(population) == sample


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**7))
def test_a_sample_is_never_more_than_everybody_nor_less_for_more_people(population: int) -> None:
    assert 0 < recommended_sample(population) <= population
    assert recommended_sample(population) <= recommended_sample(population + 1) <= 384


def test_nobody_is_fewer_than_nobody() -> None:
    with pytest.raises(SurveyError) as refusal:
        recommended_sample(-1)
    assert refusal.value.code == "population_negative"


def test_answers_per_service_delivered() -> None:
    assert answers_per_delivered(30, 120) == Fraction(1, 4)
    assert answers_per_delivered(30, 0) is None
