import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.suppress import SMALLEST_SHOWN, Suppressed, hidden_parts, hides, people, shown


@pytest.mark.parametrize(("n", "hidden"), [(0, False), (1, True), (4, True), (5, False), (100, False)])
def test_figures_about_fewer_than_five_are_hidden(n: int, hidden: bool) -> None:
    assert hides(n) is hidden
    assert shown(n, "88,50") == (Suppressed() if hidden else "88,50")


@pytest.mark.parametrize(
    ("person_days", "days", "expected"), [(60, 20, 3), (81, 20, 5), (80, 20, 4), (1, 20, 1), (0, 20, 0), (0, 0, 0)]
)
def test_many_days_of_few_people_are_few_people(person_days: int, days: int, expected: int) -> None:
    assert people(person_days, days) == expected


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_five_people_on_a_usual_day_were_five_on_some_day(counts: list[int]) -> None:
    assert people(sum(counts), len(counts)) <= max(counts)


def test_what_is_hidden_does_not_hold_the_count() -> None:
    assert shown(3, 3) == shown(4, 4) == Suppressed(below=5)
    assert "3" not in repr(shown(3, 3))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], set()),
        ([0, 5, 9], set()),
        ([3, 40, 12], {0, 2}),
        ([4, 4, 50], {0, 1}),
        ([1, 1, 50, 7], {0, 1, 3}),
        ([3], {0}),
        ([0, 4], {1}),
        ([2, 9, 9], {0, 1}),
    ],
)
def test_no_part_is_found_by_subtraction(counts: list[int], hidden: set[int]) -> None:
    assert hidden_parts(counts) == hidden


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=7))
def test_the_rest_of_a_total_is_never_one_small_part(counts: list[int]) -> None:
    hidden = hidden_parts(counts)
    assert all(place in hidden for place, count in enumerate(counts) if hides(count))
    assert all(counts[place] > 0 for place in hidden)
    if hidden and any(count >= SMALLEST_SHOWN for count in counts):
        assert len(hidden) >= 2
        assert sum(counts[place] for place in hidden) >= SMALLEST_SHOWN
