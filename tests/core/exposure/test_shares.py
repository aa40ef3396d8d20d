"""Shares, chains, thresholds and months: exact, and undefined where nobody is on duty."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.exposure.months import MonthSum, month_sums
from luwes.core.exposure.shares import (
    DayKind,
    Link,
    NoThreshold,
    Tally,
    Threshold,
    day_kind,
    roll_up,
    service_exposure,
    threshold_on,
    unit_exposure,
)

TENTH = Fraction(1, 10)
TALLIES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Tally(min(p), max(p)))
LINKS = st.lists(st.builds(Link, TALLIES, st.integers(1, 5)), max_size=6)
DAYS = st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 31)), TALLIES), max_size=40)


def test_a_share_is_flexible_of_those_on_duty() -> None:
    assert Tally(2, 20).share == TENTH
    assert Tally(0, 20).share == 0


def test_nobody_on_duty_is_undefined_and_not_nought() -> None:
    assert Tally().share is None
    exposure = unit_exposure(Tally())
    assert (exposure.mean, exposure.largest, exposure.silent) == (None, None, 1)
    assert day_kind(None, TENTH) is DayKind.UNDEFINED


@pytest.mark.parametrize(("flexible", "on_duty"), [(3, 2), (-1, 2)])
def test_more_flexible_than_on_duty_cannot_be(flexible: int, on_duty: int) -> None:
    with pytest.raises(ValueError, match="half days"):
        Tally(flexible, on_duty)


def test_a_chain_is_the_weighted_mean_and_keeps_its_largest_link() -> None:
    found = service_exposure([Link(Tally(0, 20), 3), Link(Tally(8, 20))])
    assert (found.mean, found.largest, found.tally) == (TENTH, Fraction(2, 5), Tally(8, 40))


def test_a_link_with_nobody_on_duty_says_nothing() -> None:
    found = service_exposure([Link(Tally(5, 10)), Link(Tally(), 9)])
    assert (found.mean, found.silent) == (Fraction(1, 2), 1)
    alone = service_exposure([Link(Tally())])
    assert (alone.mean, alone.largest, alone.silent) == (None, None, 1)


def test_a_weight_is_positive() -> None:
    with pytest.raises(ValueError, match="weight 0"):
        service_exposure([Link(Tally(1, 2), 0)])


@given(LINKS)
def test_a_mean_lies_between_nought_and_the_largest_link(links: list[Link]) -> None:
    found = service_exposure(links)
    assert (found.mean is None) == (found.largest is None) == (found.silent == len(links))
    if found.mean is not None and found.largest is not None:
        assert 0 <= found.mean <= found.largest <= 1


def test_sums_go_up_the_tree() -> None:
    own = {"loket": Tally(1, 4), "arsip": Tally(2, 6), "dinas": Tally(0, 2)}
    found = roll_up(own, {"loket": "dinas", "arsip": "dinas", "dinas": ""})
    assert found == {"loket": Tally(1, 4), "arsip": Tally(2, 6), "dinas": Tally(3, 12)}


def test_a_circle_in_the_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="below itself"):
        roll_up({"a": Tally()}, {"a": "b", "b": "a"})


@given(st.lists(TALLIES, min_size=1, max_size=12))
def test_the_top_holds_everybody_once(tallies: list[Tally]) -> None:
    own = {str(index): tally for index, tally in enumerate(tallies)}
    parents = {str(index): str(index // 2) if index else "" for index in range(len(tallies))}
    assert roll_up(own, parents)["0"] == sum(tallies, Tally())


def test_the_threshold_itself_is_flexible() -> None:
    assert day_kind(Tally(2, 20).share, TENTH) is DayKind.FLEXIBLE
    assert day_kind(Tally(19, 191).share, TENTH) is DayKind.OTHER


def test_the_threshold_is_that_of_the_day() -> None:
    steps = [Threshold(date(2026, 7, 1), Fraction(1, 5)), Threshold(date(2025, 1, 1), TENTH)]
    assert threshold_on(date(2026, 6, 30), steps) == TENTH
    assert threshold_on(date(2026, 7, 1), steps) == Fraction(1, 5)
    assert threshold_on(date(2026, 7, 1)) == TENTH
    with pytest.raises(NoThreshold, match="2024-12-31"):
        threshold_on(date(2024, 12, 31))


def test_a_month_is_split_by_kind_of_day() -> None:
    days = [(date(2026, 12, 1), Tally(0, 10)), (date(2026, 12, 2), Tally(4, 10)), (date(2026, 12, 4), Tally(2, 10))]
    found = month_sums((day, unit_exposure(tally), TENTH) for day, tally in days)
    month = date(2026, 12, 1)
    assert found[month, DayKind.OTHER, TENTH] == MonthSum(1, Tally(0, 10))
    flexible = found[month, DayKind.FLEXIBLE, TENTH]
    assert (flexible.days, flexible.tally, flexible.mean) == (2, Tally(6, 20), Fraction(3, 10))


def test_new_year_parts_two_months() -> None:
    days = [(date(2026, 12, 31), Tally(2, 4)), (date(2027, 1, 4), Tally(2, 4))]
    found = month_sums((day, unit_exposure(tally), TENTH) for day, tally in days)
    assert {key[0]: value.days for key, value in found.items()} == {date(2026, 12, 1): 1, date(2027, 1, 1): 1}


def test_a_month_without_anybody_on_duty_has_no_mean() -> None:
    found = month_sums([(date(2026, 12, 1), unit_exposure(Tally()), TENTH)])
    assert found[date(2026, 12, 1), DayKind.UNDEFINED, TENTH].mean is None
    assert MonthSum().mean is None


@given(DAYS)
def test_no_day_is_lost_or_counted_twice(days: list[tuple[date, Tally]]) -> None:
    found = month_sums((day, unit_exposure(tally), TENTH) for day, tally in days)
    assert sum(one.days for one in found.values()) == len(days)
    assert sum((one.tally for one in found.values()), Tally()) == sum((tally for _, tally in days), Tally())
    for (_, kind, at_least), one in found.items():
        if one.mean is not None:
            assert (one.mean >= at_least) == (kind is DayKind.FLEXIBLE)
