from decimal import Decimal
from fractions import Fraction
from statistics import stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.suppress import Suppressed
from luwes.core.indicators.survey import BAND_NAMES, Band, SurveyResult, band_of_index, sum_answers, survey_result

full = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def result_of(people: list[list[int]]) -> SurveyResult:
    found = survey_result(sum_answers(people))
    assert isinstance(found, SurveyResult)
    return found


def test_the_best_survey_has_100_and_99_as_printed() -> None:
    best = result_of([[4] * 9] * 10)
    assert (best.index, best.printed_index) == (Decimal("100.00"), Decimal("99.00"))
    assert best.interval is None
    assert best.low_share == 0


def test_the_printed_weight_can_cost_a_band() -> None:
    # All nine means are 3.54: 23 answers of 3 and 27 of 4.
    people = [[3] * 9] * 23 + [[4] * 9] * 27
    found = result_of(people)
    assert {element.mean for element in found.elements} == {Fraction("3.54")}
    assert (found.index, found.band) == (Decimal("88.50"), Band.A)
    assert (found.printed_index, found.printed_band) == (Decimal("87.62"), Band.B)


@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("100", "A"),
        ("88.31", "A"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("25.00", "D"),
        ("24.75", "D"),
    ],
)
def test_bands_meet_without_a_gap(index: str, band: str) -> None:
    assert band_of_index(Decimal(index)).value == band


def test_the_index_is_rounded_before_the_band_is_read() -> None:
    # 64.995… lies between the published bands D (to 64.99) and C (from 65.00).
    people = [[3] * 9] * 5_998 + [[2] * 9] * 4_001 + [[2] * 8 + [3]]
    found = result_of(people)
    assert Fraction("64.99") < found.exact < 65
    assert (found.index, found.band) == (Decimal("65.00"), Band.C)


def test_every_band_has_its_legal_name() -> None:
    assert [BAND_NAMES[band] for band in Band] == ["Sangat Baik", "Baik", "Kurang Baik", "Tidak Baik"]


def test_few_respondents_are_hidden_and_none_is_nothing() -> None:
    assert survey_result(sum_answers([])) is None
    assert survey_result(sum_answers([[4] * 8 + [None]] * 20)) is None
    assert survey_result(sum_answers([[4] * 9] * 4)) == Suppressed()
    assert result_of([[4] * 9] * 5).n == 5


def test_incomplete_answers_count_in_low_shares_and_not_in_the_index() -> None:
    people: list[list[int | None]] = [[4] * 9] * 5
    found = survey_result(sum_answers([*people, [1, *[None] * 8]]))
    assert isinstance(found, SurveyResult)
    assert (found.index, found.incomplete) == (Decimal("100.00"), 1)
    assert found.low_share == Fraction(1, 46)
    assert [element.low_share for element in found.elements[:2]] == [Fraction(1, 6), 0]
    assert found.elements[0].element == "requirements"


def test_the_interval_is_students_by_respondents() -> None:
    people = [[4] * 9, [3] * 9, [3] * 9, [2] * 9, [4] * 5 + [3] * 4]
    indices = [100 * sum(one) / 36 for one in people]
    half = 2.776445 * stdev(indices) / 5**0.5
    found = result_of(people).interval
    assert found is not None
    assert float(found.low) == pytest.approx(sum(indices) / 5 - half, abs=0.0051)
    assert found.high == min(Decimal("100.00"), round(Decimal(sum(indices) / 5 + half), 2))


def test_an_interval_ends_where_an_index_can_end() -> None:
    found = result_of([[4] * 9] * 4 + [[1] * 9]).interval
    assert found is not None
    assert found.high == Decimal("100.00")
    low = result_of([[1] * 9] * 4 + [[4] * 9]).interval
    assert low is not None
    assert low.low == Decimal("25.00")


@settings(max_examples=60, deadline=None)
@given(st.lists(full, min_size=5, max_size=30))
def test_the_index_lies_on_its_scale_within_its_interval(people: list[list[int]]) -> None:
    found = result_of(people)
    assert 25 <= found.exact <= 100
    assert found.exact == sum((element.mean for element in found.elements), Fraction(0)) * 25 / 9
    assert found.printed_index <= found.index
    if found.interval:
        assert found.interval.low <= found.index <= found.interval.high
