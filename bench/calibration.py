"""Does the evaluation keep its promises? Coverage, false verdicts over the looks, and attempts to be reassured wrongly.

A run of n panels widens each limit by three Monte Carlo standard errors of its own n; FULL=1 draws as many as the
stated limits need. What would be a false *tidak memburuk* is counted at any look, not at the last.
"""

import os
import statistics
from collections.abc import Callable, Iterator
from math import sqrt

import numpy as np

from bench._adversaries import adversarial, guard_rails, silence
from bench._lotteries import World, friday_panel, fridays, monthly, starting
from bench._spread import spread
from bench.bar import Bar
from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.margins import carried
from luwes.core.evaluation.panel import DayPanel, Floats
from luwes.core.evaluation.randomised import Lottery
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Verdict

FULL = os.environ.get("FULL") == "1"
COVERED = 10_000 if FULL else 300
PANELS = 4_000 if FULL else 120
ADVERSARIES = 1_000
DRAWS = 399
LOOK_DRAWS = 999
GOOD = {Verdict.BETTER, Verdict.NOT_WORSE}
BAD = {Verdict.WORSE, Verdict.CLEARLY_WORSE}
MARGIN = 2.0
LIVED = Signs(0.0, Contrast(1.0, 0.95), False, False, False, spread=0.0)


def allowed(limit: float, count: int) -> float:
    """A limit on a share, widened by three Monte Carlo standard errors of `count` draws."""
    return limit + (0.0 if FULL else 3 * sqrt(limit * (1 - limit) / count))


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject."""
    yield from coverage()
    yield from looks()
    yield from spread(PANELS // 2, allowed(0.055, PANELS // 2))
    yield from silence(LIVED, PANELS // 2, allowed(0.055, PANELS // 2))
    yield from adversarial(ADVERSARIES, 60 if not FULL else 400)
    yield from guard_rails()


Covering = Callable[[np.random.Generator], tuple[DayPanel, Floats, Floats, float]]


def _weekday(rng: np.random.Generator) -> tuple[DayPanel, Floats, Floats, float]:
    world = World()
    lot = world.lot()
    exposure = draw(lot, rng)
    return world.panel(rng, -2 * exposure), exposure, redraws(lot, DRAWS, rng), -2.0


def _share(rng: np.random.Generator) -> tuple[DayPanel, Floats, Floats, float]:
    lot = fridays(8)
    exposure = draw(lot, rng)
    return friday_panel(rng, exposure, -4.0), exposure, redraws(lot, DRAWS, rng), -4.0


def _starts(agencies: int, treated: int) -> Covering:
    def drawn(rng: np.random.Generator) -> tuple[DayPanel, Floats, Floats, float]:
        lot = starting(agencies, treated, 24, 12)
        exposure = draw(lot, rng)
        return monthly(rng, exposure, -1.0), exposure, redraws(lot, DRAWS, rng), -1.0

    return drawn


COVERING: dict[str, Covering] = {
    "E0.weekday": _weekday,
    "E0.share": _share,
    "E7.starts_2_of_40": _starts(40, 2),
    "E7.starts_6_of_40": _starts(40, 6),
    "E7.starts_20_of_40": _starts(40, 20),
    "E7.starts_7_of_15": _starts(15, 7),
    "E7.starts_4_of_8": _starts(8, 4),
}


def coverage() -> Iterator[Bar]:
    """E0, E7: how often the shown 95 % interval holds the truth."""
    for number, (name, drawn) in enumerate(COVERING.items()):
        rng = np.random.default_rng(8070 + number)
        held, widths = 0, []
        for _ in range(COVERED):
            panel, exposure, again, truth = drawn(rng)
            low, high = Lottery.of(panel, exposure, again).interval(0.025, 0.025)
            held += low <= truth <= high
            widths.append(high - low)
        share, slack = held / COVERED, allowed(0.05, COVERED) - 0.05
        # Few assignments make the interval's levels coarse, never too low.
        most = 0.97 if name.endswith("of_8") else 0.965
        detail = {"draws": COVERED, "median_width": round(statistics.median(widths), 3)}
        yield Bar(f"calibration.{name}.least", share, 0.935 - slack, ">=", "share", detail)
        yield Bar(f"calibration.{name}.most", share, most + slack, "<=", "share", detail)


# Truths (points on a fully flexible day), what was lived of the plan (planned 1.0; None: unknown), and what is counted.
LIES: dict[str, tuple[float, float | None, set[Verdict]]] = {
    "E8.false_not_worse": (-MARGIN, 1.0, GOOD),
    "E8.false_worse": (0.0, 1.0, BAD),
    "E16.false_not_worse": (-5.0, 1.0, GOOD),
    "E18.false_not_worse.lived_10": (-5.0, 0.10, GOOD),
    "E18.false_not_worse.lived_20": (-5.0, 0.20, GOOD),
    "E18.false_not_worse.lived_45": (-5.0, 0.45, GOOD),
    "E18.false_not_worse.unknown": (-5.0, None, GOOD),
}


def looks() -> Iterator[Bar]:
    """E8, E16, E18: false verdicts at either look, after four and eight weeks, and what is seen when all is well."""
    plan = Plan(MARGIN, MARGIN, 0.2, (0.5, 1.0))
    for number, (name, (truth, lived, counted)) in enumerate(LIES.items()):
        rng = np.random.default_rng(8080 + number)
        wrong = sum(_ever(rng, plan, truth, lived, counted) for _ in range(PANELS))
        detail = {"panels": PANELS, "truth": truth, "margin": MARGIN}
        yield Bar(f"calibration.{name}", wrong / PANELS, allowed(0.055, PANELS), "<=", "share", detail)
    rng, late = np.random.default_rng(8089), 0
    for _ in range(PANELS):
        late += _ever(rng, plan, 0.0, 1.0, GOOD, late=-5.0)
    detail = {"panels": PANELS, "truth_on_the_day_after": -5.0}
    yield Bar("calibration.E16.false_not_worse.day_after", late / PANELS, allowed(0.055, PANELS), "<=", "share", detail)
    rng = np.random.default_rng(8090)
    seen = sum(_ever(rng, plan, 0.0, 1.0, GOOD) for _ in range(PANELS)) / PANELS
    yield Bar("calibration.E8.power_not_worse", seen, 0.8, ">=", "share", {"panels": PANELS, "months": 2})


def _ever(
    rng: np.random.Generator, plan: Plan, truth: float, lived: float | None, counted: set[Verdict], late: float = 0.0
) -> bool:
    world = World()
    lot = world.lot()
    exposure = draw(lot, rng)
    again = redraws(lot, LOOK_DRAWS, rng)
    panel = world.panel(rng, truth * (0.15 if lived is None else lived) * exposure + late * carried(exposure))
    realised = float("nan") if lived is None else lived
    signs = Signs(0.0, Contrast(1.0, realised), False, False, False, spread=0.0)
    for look, days in enumerate((20, 40)):
        until = DayPanel(panel.total[:, :days], panel.weight[:, :days], panel.block[:days], panel.cluster)
        lottery = Drawn.daily(until, exposure[:, :days], again[:, :, :days])
        if assess(lottery, plan, look, signs).judged.verdict in counted:
            return True
    return False


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
