from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.beta import beta_below, crossing, t_quantile


def exact_beta_below(x: Fraction, a: int, b: int) -> Fraction:
    """For whole a and b: the chance of at least a successes in a + b - 1."""
    n = a + b - 1
    return sum((comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1)), Fraction(0))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 99))
def test_it_equals_the_exact_binomial_sum(a: int, b: int, hundredths: int) -> None:
    x = Fraction(hundredths, 100)
    assert isclose(beta_below(float(x), a, b), float(exact_beta_below(x, a, b)), rel_tol=1e-9, abs_tol=1e-12)


def test_it_is_a_distribution() -> None:
    assert beta_below(-0.1, 2, 3) == beta_below(0, 2, 3) == 0
    assert beta_below(1, 2, 3) == beta_below(1.5, 2, 3) == 1
    assert beta_below(0.5, 7, 7) == pytest.approx(0.5)
    # So large that the normal distribution is as good: the mean lies near the median.
    assert beta_below(0.9, 900_000, 100_000) == pytest.approx(0.5, abs=1e-3)


# A Beta(1/2, 1/2) is the arcsine law; x = 1/2 and 3/4 have known values.
@pytest.mark.parametrize(("x", "below"), [(0.5, 0.5), (0.75, 2 / 3), (0.25, 1 / 3)])
def test_half_parameters(x: float, below: float) -> None:
    assert beta_below(x, 0.5, 0.5) == pytest.approx(below, rel=1e-12)


# Printed in every table of Student's t, two-sided 5 % and 1 %.
@pytest.mark.parametrize(
    ("degrees", "outside", "t"),
    [
        (1, 0.05, 12.706),
        (2, 0.05, 4.303),
        (4, 0.05, 2.776),
        (10, 0.05, 2.228),
        (30, 0.05, 2.042),
        (120, 0.05, 1.98),
        (1, 0.01, 63.657),
        (9, 0.01, 3.25),
        (1000000, 0.05, 1.96),
    ],
)
def test_students_table(degrees: int, outside: float, t: float) -> None:
    assert t_quantile(degrees, outside) == pytest.approx(t, abs=6e-4)


def test_a_crossing_is_enclosed() -> None:
    low, high = crossing(lambda x: x < 0.3)
    assert low <= 0.3 <= high
    assert high - low < 1e-15
    assert crossing(lambda x: True, 3) == (0.875, 1.0)
