"""What harm is found when: the stated size is found about four times in five, half of it far less often."""

import numpy as np
import pytest
from scipy.stats import norm

from luwes.core.sampling.detectable import PlanWrong, detectable, reach


def found(harmed: float, base: float, flexible: int, other: int) -> float:
    """How often a one-sided test at 5 % finds it."""
    rng = np.random.default_rng(3)
    bad, rest = rng.binomial(flexible, harmed, 4000), rng.binomial(other, base, 4000)
    pooled = (bad + rest) / (flexible + other)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / flexible + 1 / other))
    return float(np.mean((bad / flexible - rest / other) / np.maximum(spread, 1e-9) > norm.ppf(0.95)))


@pytest.mark.parametrize(("base", "flexible", "other"), [(0.03, 132, 132), (0.03, 53, 211), (0.1, 200, 600)])
def test_the_stated_harm_is_found_four_times_in_five(base: float, flexible: int, other: int) -> None:
    harm = detectable(base, flexible, other)
    assert harm is not None
    assert found(base + harm, base, flexible, other) == pytest.approx(0.8, abs=0.06)
    assert found(base + harm / 2, base, flexible, other) < 0.55


def test_more_checks_find_less_harm_and_none_find_none() -> None:
    table = reach(0.03, per_day=12, flexible_share=0.2, days=[1, 22, 44, 66])
    assert [(row.flexible, row.other) for row in table] == [(2, 10), (53, 211), (106, 422), (158, 634)]
    harms = [row.harm for row in table]
    assert harms[0] is None or harms[0] > 0.5
    assert harms[1] is not None
    assert harms[2] is not None
    assert harms[3] is not None
    assert harms[1] > harms[2] > harms[3] > 0
    assert detectable(0.03, 0, 100) is None
    assert detectable(0.95, 3, 3) is None


@pytest.mark.parametrize(("base", "flexible", "other"), [(-0.1, 5, 5), (1.0, 5, 5), (0.1, -1, 5), (0.1, 5, -1)])
def test_impossible_plans_are_refused(base: float, flexible: int, other: int) -> None:
    with pytest.raises(PlanWrong):
        detectable(base, flexible, other)


@pytest.mark.parametrize(("per_day", "share"), [(0, 0.5), (12, 1.1), (12, -0.1)])
def test_impossible_days_are_refused(per_day: int, share: float) -> None:
    with pytest.raises(PlanWrong):
        reach(0.1, per_day=per_day, flexible_share=share, days=[5])
