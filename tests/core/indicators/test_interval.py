from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.interval import Interval, NotAShare, share_interval

TAIL = Fraction(25, 1000)


def at_least(k: int, n: int, p: Fraction) -> Fraction:
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)), Fraction(0))


def interval(kept: int, of: int) -> Interval:
    found = share_interval(kept, of)
    assert found is not None
    return found


def test_nothing_has_no_interval() -> None:
    assert share_interval(0, 0) is None


@pytest.mark.parametrize(("kept", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_what_is_no_share_is_refused(kept: int, of: int) -> None:
    with pytest.raises(NotAShare) as refusal:
        share_interval(kept, of)
    assert refusal.value.code == "not_a_share"


# Values anybody can recompute: with none or all kept the end is 0.025 to the power 1/n.
@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [(0, 10, 0, 0.308497), (10, 10, 0.691503, 1), (1, 1, 0.025, 1), (0, 1, 0, 0.975), (36, 36, 0.902606, 1)],
)
def test_the_ends_at_none_and_all(kept: int, of: int, low: float, high: float) -> None:
    found = interval(kept, of)
    assert float(found.low) == pytest.approx(low, abs=2e-6)
    assert float(found.high) == pytest.approx(high, abs=2e-6)


# The four examples every paper on intervals of a share uses (Newcombe 1998, Statistics in Medicine 17).
@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_published_examples(kept: int, of: int, low: float, high: float) -> None:
    found = interval(kept, of)
    assert float(found.low) == pytest.approx(low, abs=6e-5)
    assert float(found.high) == pytest.approx(high, abs=6e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_leave_no_more_than_a_fortieth_outside_by_exact_sums(of: tuple[int, int]) -> None:
    kept, n = of
    found = interval(kept, n)
    grain = Fraction(2, 10**6)
    assert Fraction(kept, n) in found
    if kept:
        assert at_least(kept, n, found.low) <= TAIL <= at_least(kept, n, found.low + grain)
    if kept < n:
        assert at_least(n - kept, n, 1 - found.high) <= TAIL <= at_least(n - kept, n, 1 - found.high + grain)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 99))
def test_the_truth_is_covered_at_least_95_of_100_times(n: int, hundredths: int) -> None:
    truth = Fraction(hundredths, 100)
    covered = sum(
        (
            comb(n, kept) * truth**kept * (1 - truth) ** (n - kept)
            for kept in range(n + 1)
            if truth in interval(kept, n)
        ),
        Fraction(0),
    )
    assert covered >= Fraction(95, 100)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_kept_and_broken_mirror_each_other(of: tuple[int, int]) -> None:
    kept, n = of
    here, there = interval(kept, n), interval(n - kept, n)
    assert (here.low, here.high) == (1 - there.high, 1 - there.low)


def test_large_numbers_keep_their_digits() -> None:
    found = interval(900_000, 1_000_000)
    # By the normal distribution: 1.96 × √(0.9 × 0.1 ÷ 1,000,000).
    assert float(found.low) == pytest.approx(0.9 - 0.000588, abs=3e-6)
    assert float(found.high) == pytest.approx(0.9 + 0.000588, abs=3e-6)
