from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.looks import LooksError
from luwes.core.evaluation.lots import StartLot, draw, redraws
from luwes.core.evaluation.margins import carried
from luwes.core.evaluation.panel import PanelError
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Cause, Verdict
from tests.core.evaluation.worlds import day_panel, weekday_lot, weeks_of

PLAN = Plan(2.0, 2.0, 0.2, (0.5, 1.0))
# In these worlds nothing moves the other days, and another comparison has said so.
CLEAN = Signs(0.0, Contrast(1.0, 0.9), False, False, False, spread=0.0)
BARE = replace(CLEAN, spread=None)


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


@pytest.mark.parametrize("spread", [None, nan, -inf, inf])
def test_a_weekday_lot_alone_never_reassures(spread: float | None) -> None:
    """Harm on all days of a unit alike leaves its days as they were to each other."""
    found = assess(_drawn(0.0), PLAN, 1, replace(CLEAN, spread=spread))
    assert found.day.low > -2
    assert found.judged.verdict is Verdict.NOT_ENOUGH
    assert found.judged.causes == (Cause.SPREAD,)
    assert assess(_drawn(5.0), PLAN, 1, BARE).judged.causes == (Cause.SPREAD,)
    worse = assess(_drawn(-5.0), PLAN, 1, replace(CLEAN, spread=spread))
    assert worse.judged.verdict is Verdict.CLEARLY_WORSE


def test_what_the_other_days_may_have_lost_counts_on_the_flexible_day_and_over_the_month() -> None:
    plain, moved = (assess(_drawn(0.0), PLAN, 1, replace(CLEAN, spread=limit)) for limit in (3.0, -1.9))
    assert plain.judged.verdict is Verdict.NOT_WORSE
    assert (moved.day.low, moved.month.low) == pytest.approx((plain.day.low - 1.9, plain.month.low - 1.9))
    assert moved.judged.verdict is Verdict.NOT_ENOUGH


def _weeks(spread: float, effect: float = 0.0) -> Drawn:
    """A lot over weekdays and shares (0 or 1) in 40 units; `spread` harms all days of the weeks with flexible ones."""
    rng = np.random.default_rng(5)
    lot = weekday_lot(40, 12, 2, shares=(0.0, 1.0))
    exposure = draw(lot, rng)
    week = weeks_of(60)
    under = (exposure.reshape(40, 12, 5).max(2) > 0)[:, week]
    panel = day_panel(rng, effect * exposure + spread * under, effect=1.0)
    panel = replace(panel, block=week)
    return Drawn.daily(panel, exposure, redraws(lot, 399, rng), week)


def test_a_lot_that_lets_weeks_differ_sees_harm_on_all_days_alike() -> None:
    plan = Plan(4.0, 2.0, 0.1, (1.0,))
    harmless, harmed = (assess(_weeks(spread), plan, 0, BARE) for spread in (0.0, -4.0))
    assert harmless.judged.verdict is Verdict.NOT_WORSE
    assert harmed.judged.verdict is Verdict.NOT_ENOUGH
    assert Cause.SPREAD not in harmed.judged.causes
    # A fifth of the days of such a week is flexible, and the whole of it lost four points.
    assert harmed.day.low < -4
    assert harmed.month.low < harmless.month.low - 1


def test_a_harm_on_all_days_is_not_made_good_by_a_gain_on_the_flexible_ones() -> None:
    found = assess(_weeks(-3.0, effect=3.0), Plan(2.0, 1.0, 0.1, (1.0,)), 0, BARE)
    assert found.judged.verdict not in {Verdict.BETTER, Verdict.NOT_WORSE}


def test_weeks_that_are_all_alike_tell_nothing() -> None:
    rng = np.random.default_rng(6)
    lot = weekday_lot(10, 4)
    exposure = draw(lot, rng)
    panel = day_panel(rng, exposure, effect=0.0)
    assert Drawn.daily(panel, exposure, redraws(lot, 20, rng), weeks_of(20)).spans is None
    # A holiday on which only one unit would have been flexible lets one week differ, which is no comparison of weeks.
    holiday = np.flatnonzero(exposure[0] > 0)[0]
    kept = np.arange(20) != holiday
    week = weeks_of(20)[kept]
    short = replace(panel, total=panel.total[:, kept], weight=panel.weight[:, kept], block=week)
    assert Drawn.daily(short, exposure[:, kept], redraws(lot, 20, rng)[:, :, kept], week).spans is None
    for wrong in (np.arange(3), weeks_of(20) + 1):
        with pytest.raises(PanelError, match=r"shape|block_gap"):
            Drawn.daily(panel, exposure, redraws(lot, 20, rng), wrong)
    # Shares that are drawn once and stay are the same in all weeks.
    once = weekday_lot(10, 4, every=4, shares=(0.25, 0.75))
    assert Drawn.daily(panel, draw(once, rng), redraws(once, 20, rng), weeks_of(20)).spans is None
    alone = replace(panel, cluster=np.zeros(10, dtype=np.int64))
    with pytest.raises(PanelError, match="one_cluster"):
        Drawn.daily(alone, exposure, redraws(lot, 20, rng), weeks_of(20))


def test_months_have_no_day_after() -> None:
    assert assess(Drawn(_drawn(0.0).day, None), PLAN, 1, BARE).judged.causes == (Cause.SPREAD,)
    rng = np.random.default_rng(7)
    lot = StartLot(12, np.zeros(20, dtype=np.int64), (6, 12))
    exposure = draw(lot, rng)
    panel = day_panel(rng, np.repeat(exposure, 5, axis=1), effect=0.0).by_span(np.arange(60) // 5)
    months = assess(Drawn.monthly(panel, exposure, redraws(lot, 399, rng)), replace(PLAN, fractions=(1.0,)), 0, BARE)
    assert months.judged.verdict is Verdict.NOT_WORSE
    assert months.month.low == pytest.approx(months.day.low / 5)
    found = assess(Drawn(_drawn(0.0).day, None), PLAN, 1, CLEAN)
    assert found.after is None
    assert found.judged.verdict is Verdict.NOT_WORSE
    assert found.month.low == pytest.approx(found.day.low / 5)


def test_hardly_lived_is_not_harmless() -> None:
    found = assess(_drawn(-5.0 * 0.15), PLAN, 1, replace(CLEAN, contrast=Contrast(1.0, 0.15)))
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
