import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.survey import ELEMENTS, SurveyError, SurveySums, sum_answers

answer = st.one_of(st.integers(1, 4), st.none())
respondents = st.lists(st.lists(answer, min_size=9, max_size=9), max_size=15)


def test_complete_and_incomplete_respondents_are_kept_apart() -> None:
    sums = sum_answers([[4] * 9, [3] * 8 + [1], [2, None, *[4] * 7], [None] * 9])
    assert (sums.complete, sums.incomplete) == (2, 1)
    assert sums.total == 36 + 25
    assert sums.squares == 36**2 + 25**2
    assert sums.counts[0] == (0, 0, 1, 1)
    assert sums.counts[8] == (1, 0, 0, 1)
    assert sums.partial[0] == (0, 1, 0, 0)
    assert sums.partial[1] == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([4] * 8, "elements_missing"),
        ([4] * 14, "elements_missing"),
        ([4] * 8 + [5], "answer_outside_scale"),
        ([0] + [4] * 8, "answer_outside_scale"),
    ],
)
def test_answers_that_are_none_are_refused(answers: list[int], code: str) -> None:
    with pytest.raises(SurveyError) as refusal:
        sum_answers([answers])
    assert refusal.value.code == code
    assert code in str(refusal.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"complete": 1},
        {"counts": ((0, 0, 0, 0),) * 8},
        {"partial": ((0, 0, 0, 0),) * 10},
        {"complete": 1, "counts": ((0, 0, 0, 1),) * 9, "squares": 36**2 - 1},
    ],
)
def test_sums_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SurveyError) as refusal:
        SurveySums(**wrong)  # type: ignore[arg-type]
    assert refusal.value.code == "counts_disagree"


@settings(max_examples=100, deadline=None)
@given(respondents, st.integers(0, 15), st.randoms(use_true_random=False))
def test_days_add_up_to_the_month_in_any_order(people: list[list[int | None]], cut: int, order) -> None:  # type: ignore[no-untyped-def]
    whole = sum_answers(people)
    shuffled = people[:]
    order.shuffle(shuffled)
    assert sum_answers(shuffled[:cut]) + sum_answers(shuffled[cut:]) == whole
    assert whole + SurveySums() == whole
    given_answers = sum(value is not None for one in people for value in one)
    assert sum(map(sum, whole.counts)) + sum(map(sum, whole.partial)) == given_answers
    assert len(whole.counts) == len(ELEMENTS)
