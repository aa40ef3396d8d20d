from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.outputs import OutputError, OutputSums
from luwes.core.indicators.sums import sum_by

n = st.integers(0, 50)
sums = st.builds(
    lambda rest, targeted, target, quality, rated, halves: OutputSums(
        targeted + rest, targeted, target, min(quality, 100 * rated), rated, halves
    ),
    *[n] * 6,
)


def test_results_are_held_against_days_target_and_quality() -> None:
    week = OutputSums(count=90, targeted=80, target=100, quality=255, rated=3, duty_halves=60)
    assert week.staff_days == 30
    assert week.per_staff_day == 3
    assert week.against_target == Fraction(4, 5)
    assert week.quality_mean == 85


def test_half_days_on_duty_are_half_days() -> None:
    assert OutputSums(count=3, duty_halves=3).per_staff_day == 2


def test_what_has_no_denominator_has_no_figure() -> None:
    bare = OutputSums(count=7)
    assert (bare.per_staff_day, bare.against_target, bare.quality_mean) == (None, None, None)


def test_people_without_results_stay_in_the_denominator() -> None:
    # Five on duty, one reports ten results: two a day, not ten.
    assert OutputSums(count=10, duty_halves=10).per_staff_day == 2


def test_rows_without_target_do_not_raise_attainment() -> None:
    both = OutputSums(count=50, targeted=50, target=100) + OutputSums(count=500)
    assert both.against_target == Fraction(1, 2)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"count": -1}, "count_negative"),
        ({"duty_halves": -1}, "count_negative"),
        ({"count": 1, "targeted": 2}, "targeted_over_count"),
        ({"quality": 101, "rated": 1}, "quality_invalid"),
    ],
)
def test_impossible_counts_are_refused(wrong: dict[str, int], code: str) -> None:
    with pytest.raises(OutputError) as refusal:
        OutputSums(**wrong)
    assert refusal.value.code == code
    assert code in str(refusal.value)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DayKind), sums), max_size=8), st.randoms(use_true_random=False))
def test_kinds_of_days_add_up_to_all_days(days: list[tuple[DayKind, OutputSums]], order) -> None:  # type: ignore[no-untyped-def]
    by_kind = sum_by(days)
    order.shuffle(days)
    assert by_kind == sum_by(days)
    whole = sum((one for _, one in days), OutputSums())
    assert sum(by_kind.values(), OutputSums()) == whole
    assert whole.count == sum(one.count for _, one in days)
    assert whole.duty_halves == sum(one.duty_halves for _, one in days)
