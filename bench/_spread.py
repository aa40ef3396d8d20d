"""Harm spread evenly over all days of a unit's week, which comparing its days with each other cannot see."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench._lotteries import World
from bench.bar import Bar
from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.panel import Floats
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Verdict

GOOD = {Verdict.BETTER, Verdict.NOT_WORSE}
LIVED = Signs(0.0, Contrast(1.0, 0.95), False, False, False)
WEEKS = 24
REDRAWS = 399
# Margins of a fully flexible day and over the month; half of the two-week periods have one flexible day a week.
DAY, MONTH, SHARE = 4.0, 1.0, 0.1
# Fall on all days of weeks with a flexible day, and on the flexible day besides: all at a margin or past it.
HARMS: dict[str, tuple[float, float]] = {
    "month_at_margin": (-2.0, 0.0),
    "month_past_margin": (-3.0, 0.0),
    "day_at_margin": (-1.0, -3.0),
    "gain_hides_nothing": (-2.5, 2.5),
}


def spread(panels: int, limit: float) -> Iterator[Bar]:
    """E16: false reassurance where all days lost, under a lot of weekdays alone and of weekdays and shares."""
    for number, (name, (everywhere, besides)) in enumerate(HARMS.items()):
        rng = np.random.default_rng(8160 + number)
        wrong = sum(_verdict(rng, everywhere, besides, shares=(0.0, 1.0)) in GOOD for _ in range(panels))
        detail = {"panels": panels, "all_days": everywhere, "flexible_day": besides}
        yield Bar(f"calibration.E16.spread.{name}", wrong / panels, limit, "<=", "share", detail)
    rng = np.random.default_rng(8168)
    seen = sum(_verdict(rng, 0.0, 0.0, shares=(0.0, 1.0)) in GOOD for _ in range(panels))
    detail = {"panels": panels, "weeks": WEEKS}
    yield Bar("calibration.E16.spread.power_not_worse", seen / panels, 0.6, ">=", "share", detail)
    rng = np.random.default_rng(8169)
    blind = sum(_verdict(rng, -3.0, 0.0, shares=()) in GOOD for _ in range(panels))
    yield Bar("calibration.E16.spread.weekdays_alone", blind / panels, 0.0, "<=", "share", {"panels": panels})


def _verdict(rng: np.random.Generator, everywhere: float, besides: float, shares: tuple[float, ...]) -> Verdict:
    world = World(weeks=WEEKS)
    week = np.arange(world.days) // 5
    lot = replace(world.lot(), shares=shares, period=week // 2)
    exposure = draw(lot, rng)
    under: Floats = (exposure.reshape(len(exposure), WEEKS, 5).max(2) > 0)[:, week].astype(float)
    panel = world.panel(rng, everywhere * under + besides * exposure)
    drawn = Drawn.daily(panel, exposure, redraws(lot, REDRAWS, rng), week)
    plan = Plan(DAY, MONTH, SHARE, (1.0,))
    return assess(drawn, plan, 0, LIVED).judged.verdict
