from math import inf

import numpy as np
import pytest

from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.looks import LooksError
from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.margins import carried
from luwes.core.evaluation.panel import PanelError
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Cause, Verdict
from tests.core.evaluation.worlds import day_panel, weekday_lot

PLAN = Plan(2.0, 2.0, 0.2, (0.5, 1.0))
CLEAN = Signs(0.0, Contrast(1.0, 0.9), False, False, False)


def _drawn(effect: float, draws: int = 399, late: float = 0.0) -> Drawn:
    rng = np.random.default_rng(1)
    lot = weekday_lot(20, 8)
    exposure = draw(lot, rng)
    panel = day_panel(rng, effect * exposure + late * carried(exposure), effect=1.0)
    return Drawn.daily(panel, exposure, redraws(lot, draws, rng))


@pytest.mark.parametrize(
    ("effect", "verdict"), [(0.0, Verdict.NOT_WORSE), (-5.0, Verdict.CLEARLY_WORSE), (5.0, Verdict.BETTER)]
)
def test_the_truth_is_told_when_it_is_plain(effect: float, verdict: Verdict) -> None:
    found = assess(_drawn(effect), PLAN, 1, CLEAN)
    assert found.judged.verdict is verdict
    assert found.attainable == (True, True)
    assert found.after is not None
    assert found.month.low == pytest.approx((found.day.low + found.after.low) / 5)


def test_harm_that_comes_a_day_late_is_harm() -> None:
    found = assess(_drawn(0.0, late=-5.0), PLAN, 1, CLEAN)
    assert found.day.low > -2
    assert found.judged.verdict is Verdict.NOT_ENOUGH
    assert found.judged.causes == (Cause.CARRY_OVER,)


def test_months_have_no_day_after() -> None:
    found = assess(Drawn(_drawn(0.0).day, None), PLAN, 1, CLEAN)
    assert found.after is None
    assert found.judged.verdict is Verdict.NOT_WORSE
    assert found.month.low == pytest.approx(found.day.low / 5)


def test_hardly_lived_is_not_harmless() -> None:
    found = assess(_drawn(-5.0 * 0.15), PLAN, 1, Signs(0.0, Contrast(1.0, 0.15), False, False, False))
    assert found.judged.verdict is Verdict.NOT_ENOUGH
    assert found.judged.causes == (Cause.THIN_CONTRAST,)


def test_too_few_redraws_leave_the_limit_open() -> None:
    found = assess(_drawn(0.0, draws=60), PLAN, 0, CLEAN)
    assert found.day.low == -inf
    assert found.attainable == (False, False)
    assert found.judged.verdict is Verdict.NOT_ENOUGH


def test_looks_and_families_share_the_level() -> None:
    assert PLAN.reassure(0) < PLAN.warn(0) < 0.05
    assert Plan(2.0, 2.0, 0.2, (0.5, 1.0), family=3).warn(1) < PLAN.warn(1)
    for look in (-1, 2):
        with pytest.raises(LooksError, match="look"):
            PLAN.warn(look)
    with pytest.raises(PanelError, match="share"):
        assess(_drawn(0.0), Plan(2.0, 2.0, 0.0, (1.0,)), 0, CLEAN)
