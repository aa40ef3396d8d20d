from dataclasses import replace
from math import inf

import numpy as np
import pytest

from luwes.core.evaluation.assess import Plan
from luwes.core.evaluation.lots import draw
from luwes.core.evaluation.observed import FixedWeekday, assess_fixed_weekday, assess_staggered, before_weekday
from luwes.core.evaluation.panel import DayPanel, Floats, Ints, PanelError
from luwes.core.evaluation.staggered import NEVER
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Cause, Verdict
from luwes.core.evaluation.weekday import others_moved
from tests.core.evaluation.worlds import day_panel, weekday_lot

PLAN = Plan(2.0, 2.0, 0.2, (1.0,))
CLEAN = Signs(0.0, Contrast(1.0, 0.9), False, False, False)


def _fridays(effect: float, *, moved: float = 0.0, always: float = 0.0, seed: int = 4) -> FixedWeekday:
    """24 units over 24 weeks, 12 of them flexible on Fridays from week 12; `always`: Fridays fell there all along."""
    rng = np.random.default_rng(seed)
    days = 120
    friday, after = np.arange(days) % 5 == 4, np.arange(days) >= 60
    exposed = np.arange(24) < 12
    change = exposed[:, None] * (effect * (friday & after) + moved * (~friday & after))
    # What was there from the start grows with time, or the difference would take it out.
    change = change + always * exposed[:, None] * friday * (np.arange(days) / days)
    return FixedWeekday(day_panel(rng, change, effect=1.0), friday, after, exposed)


def test_without_a_lot_it_is_consistent_at_most() -> None:
    for effect in (0.0, 4.0):
        judged = assess_fixed_weekday(_fridays(effect), PLAN, 0, CLEAN).judged
        assert judged.verdict in {Verdict.CONSISTENT, Verdict.NOT_ENOUGH}
        assert judged.verdict is Verdict.CONSISTENT or effect
    assert assess_fixed_weekday(_fridays(0.0), PLAN, 0, replace(CLEAN, missing=0.5)).judged.causes == (Cause.MISSING,)


def test_work_moved_to_other_days_takes_the_answer_away_and_counts_over_the_month() -> None:
    found = assess_fixed_weekday(_fridays(0.0, moved=-4.0), PLAN, 0, CLEAN)
    assert Cause.SPREAD in found.judged.causes
    assert found.judged.verdict is Verdict.NOT_ENOUGH
    assert found.month.effect == pytest.approx(-4 + 0.2 * 4, abs=0.8)


def test_a_difference_from_before_is_no_effect() -> None:
    world = _fridays(0.0, always=-12.0)
    assert before_weekday(world) < 0.01
    assert 0.05 < before_weekday(_fridays(0.0)) < 1
    assert Cause.PRE_TREND in assess_fixed_weekday(world, PLAN, 0, CLEAN).judged.causes
    with pytest.raises(PanelError, match="too_few"):
        before_weekday(replace(world, after=np.ones(120, dtype=bool)))


def test_what_all_days_lost_is_seen_beside_units_without() -> None:
    """A lot over weekdays cannot see it; units without flexible days can."""
    rng = np.random.default_rng(2)
    exposure = np.zeros((30, 80))
    exposure[:15, 40:] = draw(weekday_lot(15, 8), rng)
    exposed, after = np.arange(30) < 15, np.arange(80) >= 40
    for moved in (0.0, -3.0):
        truth = moved * (exposed[:, None] & after)
        effect, low, high = others_moved(day_panel(rng, truth, effect=1.0), exposure, after, exposed, 0.1)
        assert low < moved < high
        assert effect == pytest.approx(moved, abs=0.8)
    gone = day_panel(rng, exposure * 0, effect=1.0)
    gone = replace(gone, weight=np.where(exposed[:, None], gone.weight, 0), total=gone.total * exposed[:, None])
    with pytest.raises(PanelError, match="too_few"):
        others_moved(gone, exposure, after, exposed, 0.1)
    with pytest.raises(PanelError, match="shape"):
        others_moved(gone, exposure, after[:3], exposed, 0.1)


def _months(effect: float, *, drift: float = 0.0, never: bool = True) -> tuple[DayPanel, Ints]:
    """60 units, each by itself, over 18 months; starts in months 9 and 12, and never (or in month 15)."""
    rng = np.random.default_rng(12)
    start = np.tile([9, 12, NEVER if never else 15], 20)
    begun = (start != NEVER)[:, None] & (np.arange(18) >= start[:, None])
    mean = 80 + rng.normal(0, 3, (60, 1)) + rng.normal(0, 2, 18) + rng.normal(0, 0.5, (60, 18)) + effect * begun
    mean = mean + drift * np.arange(18) * (start == 9)[:, None]
    weight: Floats = np.full((60, 18), 30.0)
    return DayPanel(mean * weight, weight, np.zeros(18, dtype=np.int64), np.arange(60)), start


@pytest.mark.parametrize("never", [True, False])
def test_staggered_starts_reassure_only_within_the_frozen_breakdown(never: bool) -> None:
    panel, start = _months(0.0, never=never)
    plan = replace(PLAN, share=1.0)
    fine = assess_staggered(panel, start, plan, 0, CLEAN, 0.0)
    assert fine.judged.verdict is Verdict.NOT_WORSE
    assert fine.month.low < 0 < fine.month.high
    bent = assess_staggered(panel, start, plan, 0, CLEAN, 0.5)
    assert bent.judged.verdict is Verdict.NOT_ENOUGH
    assert Cause.HONEST in bent.judged.causes
    assert bent.month.low < fine.month.low
    # A fifth of the days flexible: what is little over the month is much on the day.
    assert assess_staggered(panel, start, PLAN, 0, CLEAN, 0.0).day.low == pytest.approx(5 * fine.month.low)


def test_staggered_harm_is_not_reassured_and_a_drift_from_before_silences() -> None:
    plan = replace(PLAN, share=1.0)
    panel, start = _months(-4.0)
    found = assess_staggered(panel, start, plan, 0, CLEAN, 0.0)
    assert found.judged.verdict is Verdict.NOT_ENOUGH
    assert found.month.high < -2
    panel, start = _months(0.0, drift=0.5)
    assert Cause.PRE_TREND in assess_staggered(panel, start, plan, 0, CLEAN, 0.0).judged.causes


def test_what_cannot_be_estimated_is_refused() -> None:
    panel, start = _months(0.0)
    holes = np.where(np.arange(18) == 3, 0.0, panel.weight)
    with pytest.raises(PanelError, match="missing"):
        assess_staggered(replace(panel, weight=holes, total=panel.total * (holes > 0)), start, PLAN, 0, CLEAN, 0.0)
    with pytest.raises(PanelError, match="too_short"):
        assess_staggered(panel, np.where(start == 9, 3, start), PLAN, 0, CLEAN, 0.0)
    early = assess_staggered(panel, start, replace(PLAN, fractions=(0.01, 1.0)), 0, CLEAN, 0.0)
    assert (early.month.low, early.judged.verdict) == (-inf, Verdict.NOT_ENOUGH)
