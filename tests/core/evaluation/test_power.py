from math import nan

import numpy as np
import pytest
from scipy.stats import norm

from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.panel import PanelError
from luwes.core.evaluation.power import (
    Design,
    PlanRefused,
    attainable,
    benjamini_hochberg,
    best,
    check_primary,
    detectable,
    holm,
    lot_information,
    monthly_information,
    placebo_error,
    power_at,
    weeks_needed,
)
from luwes.core.evaluation.randomised import Lottery
from tests.core.evaluation.worlds import day_panel, weekday_lot


def test_error_from_the_past_is_the_error_that_comes() -> None:
    rng = np.random.default_rng(1)
    lot = weekday_lot(20, 8)
    before = placebo_error(day_panel(rng, np.zeros((20, 40)), effect=0.0), lot, 200, rng)
    found = []
    for _ in range(60):
        exposure = draw(lot, rng)
        panel = day_panel(rng, exposure, effect=-1.0)
        found.append(Lottery.of(panel, exposure, redraws(lot, 1, rng)).effect)
    assert before == pytest.approx(np.std(found), rel=0.35)
    with pytest.raises(PanelError, match="draws"):
        placebo_error(day_panel(rng, np.zeros((20, 40)), effect=0.0), lot, 19, rng)


def test_detectable_fall_has_the_power_it_says() -> None:
    fall = detectable(0.5, 0.05, 0.8)
    assert power_at(0.5, fall, 0.05) == pytest.approx(0.8)
    assert power_at(0.5, 0.0, 0.05) == pytest.approx(0.05)
    assert norm.sf(norm.isf(0.05) - fall / 0.5) == pytest.approx(0.8)


def test_the_first_lot_to_answer_within_the_policy() -> None:
    weekday, share = Design("hari", 0.34, 8, 40), Design("porsi", 1.06, 8, 40)
    assert weeks_needed(weekday, 2.0, 0.05) < weeks_needed(share, 2.0, 0.05)
    found = best([share, weekday], 2.0, 0.05, most_weeks=26)
    assert found is not None
    assert found.design is weekday
    assert found.months == pytest.approx(found.weeks / 4.35)
    assert best([share], 0.2, 0.05, most_weeks=26) is None
    assert best([], 2.0, 0.05, most_weeks=26) is None
    assert weeks_needed(Design("pasti", 1e-6, 8, 40), 2.0, 0.05) == 1
    for margin in (0.0, nan):
        with pytest.raises(PanelError, match="margin"):
            weeks_needed(weekday, margin, 0.05)


def test_an_alarm_that_cannot_ring_is_known_beforehand() -> None:
    assert attainable(1 / 28, (0.001, 0.05)) == (False, True)


def test_outcomes_the_plan_could_not_answer_are_refused_by_name() -> None:
    check_primary([("skm", 0.34, 2.0), ("tepat waktu", 1.0, 3.0)], 0.05)
    with pytest.raises(PlanRefused) as refused:
        check_primary([("skm", 0.34, 2.0), ("tunggu", 2.0, 3.0), ("lain", nan, 3.0)], 0.05)
    assert (refused.value.code, refused.value.detail) == ("underpowered", "tunggu, lain")
    with pytest.raises(PlanRefused, match="none"):
        check_primary([], 0.05)
    with pytest.raises(PlanRefused, match="too_many"):
        check_primary([("skm", 0.1, 2.0)] * 4, 0.05)


def test_families() -> None:
    assert holm(1, 0.05) == (0.05,)
    assert holm(2, 0.05) == (0.025, 0.05)
    assert benjamini_hochberg([0.04, 0.001, 0.03], 0.05) == (True, True, True)
    assert benjamini_hochberg([0.2, 0.001, 0.04], 0.05) == (False, True, False)
    assert benjamini_hochberg([], 0.05) == ()


def test_information_levels_off_with_a_finite_baseline() -> None:
    found = monthly_information(12, 12)
    assert lot_information([4, 8]) == (0.5, 1.0)
    np.testing.assert_allclose(found[:3], [0.154, 0.286, 0.400], atol=5e-4)
