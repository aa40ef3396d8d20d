import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from luwes.core.evaluation.looks import (
    LooksError,
    Spending,
    boundaries,
    levels,
    policy_spending,
    spent,
    unscheduled,
)

FIFTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


def test_published_obrien_fleming_boundaries() -> None:
    found = boundaries(FIFTHS, 0.025, Spending.OBRIEN_FLEMING)
    np.testing.assert_allclose(found, [4.8769, 3.3570, 2.6803, 2.2898, 2.0310], atol=1e-3)


def test_published_pocock_boundaries() -> None:
    # Lan and DeMets (1983), one-sided 0.025, five equal looks.
    found = boundaries(FIFTHS, 0.025, Spending.POCOCK)
    np.testing.assert_allclose(found, [2.438, 2.427, 2.410, 2.397, 2.386], atol=2e-3)


def test_one_look_spends_everything() -> None:
    for spending in Spending:
        assert levels((1.0,), 0.05, spending) == pytest.approx((0.05,))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(0.05, 1.0), min_size=2, max_size=4, unique=True), st.sampled_from(Spending))
def test_paths_without_effect_cross_as_often_as_planned(fractions: list[float], spending: Spending) -> None:
    looks = sorted(round(one, 2) for one in {*fractions, 1.0})
    looks = sorted(set(looks))
    bounds = np.array(boundaries(looks, 0.05, spending))
    rng = np.random.default_rng(11)
    steps = np.sqrt(np.diff([0.0, *looks]))
    score = np.cumsum(rng.normal(size=(40_000, len(looks))) * steps, axis=1) / np.sqrt(looks)
    assert (score > bounds).any(1).mean() == pytest.approx(0.05, abs=0.005)


def test_a_look_too_early_to_spend_has_no_boundary() -> None:
    found = boundaries((0.001, 0.002, 1.0), 0.05, Spending.OBRIEN_FLEMING)
    assert found[:2] == (np.inf, np.inf)
    assert found[2] == pytest.approx(norm.isf(0.05), abs=2e-3)
    assert levels((0.001, 1.0), 0.05, Spending.OBRIEN_FLEMING)[0] == 0.0


def test_a_boundary_too_far_to_reach_is_infinite() -> None:
    # The second look adds so little information that what it spends lies past the end of the grid.
    assert boundaries((0.02, 0.0200001), 0.3, Spending.OBRIEN_FLEMING)[1] > 6


def test_spending_rises_to_the_level() -> None:
    for spending in Spending:
        assert spent(0.3, 0.05, spending) < spent(0.6, 0.05, spending) < 0.05
        assert spent(1.0, 0.05, spending) == pytest.approx(0.05)


def test_looking_whenever_keeps_the_level() -> None:
    rng = np.random.default_rng(12)
    fractions = np.linspace(0.02, 1, 50)
    score = np.cumsum(rng.normal(size=(20_000, 50)) * np.sqrt(0.02), axis=1) / np.sqrt(fractions)
    bounds = np.array([unscheduled(float(one), 0.05) for one in fractions])
    assert (score > bounds).any(1).mean() <= 0.03
    assert unscheduled(0.5, 0.05) < 3.2


def test_plans_of_one_policy_add_up() -> None:
    assert policy_spending([]) == 0
    assert policy_spending([0.6, 0.6]) == 1.0


@pytest.mark.parametrize("fractions", [(), (0.5, 0.5), (0.5, 1.2), (0.0, 1.0)])
def test_looks_that_cannot_be(fractions: tuple[float, ...]) -> None:
    with pytest.raises(LooksError) as refused:
        boundaries(fractions, 0.05, Spending.POCOCK)
    assert refused.value.code == "fractions"


def test_levels_that_cannot_be() -> None:
    with pytest.raises(LooksError, match="level"):
        boundaries((1.0,), 0.5, Spending.POCOCK)
    with pytest.raises(LooksError, match="level"):
        unscheduled(0.5, 0.0)
    with pytest.raises(LooksError, match="fractions"):
        unscheduled(0.0, 0.05)
