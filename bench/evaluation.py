"""The evaluation engine: how sure a lot makes one, how near the published intervals, how fast the national panel."""

import statistics
import time
from collections.abc import Iterator

import numpy as np

from bench._lotteries import WEEKS, World, friday_panel, fridays
from bench.bar import Bar
from luwes.core.evaluation.honest import Path, relative, smooth
from luwes.core.evaluation.looks import Spending, boundaries
from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.randomised import Lottery
from luwes.core.evaluation.staggered import NEVER, Cohorts, events, group_time

DRAWS = 300
UNITS, MONTHS, CLUSTERS = 50_000, 24, 600
# Lan and DeMets, O'Brien-Fleming type, one-sided 0.025, five equal looks.
PUBLISHED_LOOKS = (4.877, 3.357, 2.680, 2.290, 2.031)
# The worked example of HonestDiD: event effects and covariance × 1e4 (lower triangle), and the published intervals.
MEDICAID = (-0.00528534, -0.0112973, -0.00267598, -0.00141931, 0.000339677, 0.0464469, 0.0692062)
LOWER = (
    (0.74885,),
    (0.60399, 0.72665),
    (0.44446, 0.37893, 0.50521),
    (0.33858, 0.28666, 0.26737, 0.40032),
    (0.4328, 0.45433, 0.27782, 0.24129, 0.54627),
    (0.47659, 0.44289, 0.30606, 0.23809, 0.36825, 0.83757),
    (0.24251, 0.28247, 0.096375, 0.029239, 0.09723, 0.63214, 1.0712),
)
SMOOTH = {0.0: (0.0259, 0.0607), 0.01: (0.0132, 0.0787), 0.02: (0.00286, 0.0907), 0.03: (-0.00714, 0.101)}
RELATIVE = {0.5: (0.0241, 0.0673), 1.0: (0.0171, 0.0720), 1.5: (0.00859, 0.0796), 2.0: (-0.00107, 0.0883)}


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject."""
    yield from errors()
    found = boundaries((0.2, 0.4, 0.6, 0.8, 1.0), 0.025, Spending.OBRIEN_FLEMING)
    gap = max(abs(mine - theirs) for mine, theirs in zip(found, PUBLISHED_LOOKS, strict=True))
    yield Bar("evaluation.E1.looks", gap, 1e-3, "<=", "z")
    yield from honest()
    yield national()


def errors() -> Iterator[Bar]:
    """E0: all start together, nothing before, no controls: the error on a flexible day, from a lot alone."""
    rng = np.random.default_rng(801)
    world = World()
    lot = world.lot()
    found = []
    for _ in range(DRAWS):
        exposure = draw(lot, rng)
        found.append(Lottery.of(world.panel(rng, -2 * exposure), exposure, redraws(lot, 1, rng)).effect)
    detail = {"draws": DRAWS, "mean_of_minus_2": round(statistics.fmean(found), 3)}
    yield Bar("evaluation.E0.weekday_error", statistics.stdev(found), 0.5, "<=", "points", detail)
    share = fridays(WEEKS)
    found = []
    for _ in range(DRAWS):
        exposure = draw(share, rng)
        found.append(Lottery.of(friday_panel(rng, exposure, -4), exposure, redraws(share, 1, rng)).effect)
    detail = {"draws": DRAWS, "mean_of_minus_4": round(statistics.fmean(found), 3)}
    # From a quarter to three quarters: half of a full day.
    yield Bar("evaluation.E0.share_error", statistics.stdev(found) / 2, 0.7, "<=", "points", detail)


def honest() -> Iterator[Bar]:
    """E2: the gap to the published table, per row; the relative magnitudes must only never be narrower."""
    covariance = np.zeros((7, 7))
    for row, values in enumerate(LOWER):
        covariance[row, : row + 1] = values
    path = Path(np.array(MEDICAID), (covariance + np.tril(covariance, -1).T) * 1e-4, 5, np.array([1.0, 0.0]))
    for change, published in SMOOTH.items():
        mine = smooth(path, change, 0.05)
        gap = max(abs(a - b) for a, b in zip(mine, published, strict=True))
        yield Bar(f"evaluation.E2.smooth.{change}", gap, 1e-3, "<=", "effect", {"mine": [round(x, 5) for x in mine]})
    for bound, published in RELATIVE.items():
        mine = relative(path, bound, 0.05)
        narrower = max(mine[0] - published[0], published[1] - mine[1])
        gaps = [round(a - b, 5) for a, b in zip(mine, published, strict=True)]
        yield Bar(f"evaluation.E2.relative_narrower.{bound}", narrower, 0.0, "<=", "effect", {"gap": gaps})


def national() -> Bar:
    """E3: group-time effects and the event study of 50,000 units × 24 months, above reading the matrix once."""
    rng = np.random.default_rng(803)
    start = np.where(rng.random(UNITS) < 0.3, NEVER, rng.integers(8, 20, UNITS))
    outcome, cluster = rng.normal(size=(UNITS, MONTHS)), rng.integers(0, CLUSTERS, UNITS)
    took, read = [], []
    for _ in range(7):
        began = time.process_time()
        outcome.sum()
        read.append(time.process_time() - began)
        began = time.process_time()
        cohorts = Cohorts.of(outcome, start, cluster)
        events(cohorts, group_time(cohorts))
        took.append(time.process_time() - began)
    detail = {"read_s": round(statistics.median(read), 4), "units": UNITS, "months": MONTHS}
    return Bar("evaluation.E3.cpu", statistics.median(took) - statistics.median(read), 0.05, "<=", "s", detail)


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
