from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.suppress import SMALLEST_SHOWN, Suppressed, hidden_parts, hides, people, shown, tellable


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


def few(_unit: str, number: int) -> bool:
    return hides(number)


def summed(parents: list[int], own: list[int]) -> dict[str, int]:
    """The people of each unit with all below it; a unit's parent comes before it."""
    found = dict(enumerate(own))
    for unit in range(len(own) - 1, 0, -1):
        found[parents[unit]] += found[unit]
    return {str(unit): number for unit, number in found.items()}


def under(parents: list[int], unit: int) -> list[int]:
    """1 for each unit that is the given one or lies below it, else 0."""
    found = [0] * len(parents)
    for one in range(len(parents)):
        found[one] = int(one == unit or (one > 0 and found[parents[one]] == 1))
    return found


def reaches(rows: list[list[int]], wanted: tuple[int, ...]) -> bool:
    """Whether somebody who adds and subtracts the rows, as often as they like, can make the wanted one."""
    table = [[Fraction(cell) for cell in row] for row in rows]
    left = [Fraction(cell) for cell in wanted]
    for column in range(len(wanted)):
        pivot = next((row for row in table if row[column]), None)
        if pivot is None:
            continue
        table.remove(pivot)
        for row in (*table, left):
            factor = row[column] / pivot[column]
            row[:] = [cell - factor * base for cell, base in zip(row, pivot, strict=True)]
    return not any(left)


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size = draw(st.integers(1, 7))
    parents = [0, *(draw(st.integers(0, unit - 1)) for unit in range(1, size))]
    return parents, [draw(st.integers(0, 9)) for _ in range(size)]


@settings(max_examples=50, deadline=None)
@given(trees())
def test_who_adds_and_subtracts_all_that_is_shown_finds_no_few_people(tree: tuple[list[int], list[int]]) -> None:
    parents, own = tree
    names = {str(unit): str(parents[unit]) if unit else "" for unit in range(len(own))}
    amounts = summed(parents, own)
    shown_units = tellable(names, amounts, few)
    rows = [under(parents, int(unit)) for unit in shown_units]
    for wanted in product((0, 1), repeat=len(own)):
        group = sum(number for number, chosen in zip(own, wanted, strict=True) if chosen)
        if hides(group):
            assert not reaches(rows, wanted), (parents, own, sorted(shown_units), wanted)
    # Nothing is hidden without need: with a single large top it stays, and where nobody is few, so does everything.
    assert ("0" in shown_units) is not hides(amounts["0"])
    if not any(hides(number) for number in own):
        assert len(shown_units) == len(own)


def test_the_attacker_of_these_tests_finds_what_is_there_to_find() -> None:
    rows = [[1, 1, 1], [0, 1, 0]]
    assert reaches(rows, (1, 0, 1))
    assert not reaches(rows, (0, 0, 1))


def test_units_in_a_circle_or_below_an_unknown_one() -> None:
    assert tellable({"a": "b", "b": "a", "c": "gone"}, {"a": 9, "b": 9, "c": 9}, few) == {"c"}
    # Where hiding a part leaves its own parts to subtract, one of those goes with it.
    parents = {"top": "", "mid": "top", "left": "mid", "right": "mid"}
    assert tellable(parents, {"top": 22, "mid": 20, "left": 10, "right": 10}, few) == {"top", "right"}
