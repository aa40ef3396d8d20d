"""Attempts to be reassured wrongly: silence, reporting, panels without a lot, and single units."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bench._lotteries import World
from bench.bar import Bar
from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.grade import Assignment, grade
from luwes.core.evaluation.guard import Series, State, autocorrelation, state
from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.panel import Floats
from luwes.core.evaluation.power import Design, best, placebo_error
from luwes.core.evaluation.standing import Kind, standing
from luwes.core.evaluation.threats import (
    Answering,
    Contrast,
    Signs,
    lee,
    recorded_differently,
    response_breaks,
    response_warns_falsely,
)
from luwes.core.evaluation.verdict import Cause, Evidence, Shown, Verdict, judge
from luwes.core.indicators.standard import Kept, Promise
from luwes.core.indicators.standard import Verdict as Met

Flags = NDArray[np.bool_]
GOOD = {Verdict.BETTER, Verdict.NOT_WORSE}
BAD = {Verdict.WORSE, Verdict.CLEARLY_WORSE}
CAUSAL = GOOD | BAD
MARGIN = 2.0
PLAN = Plan(MARGIN, MARGIN, 0.2, (1.0,))


def _answers(rng: np.random.Generator, exposure: Floats, fall: float, leave: str) -> tuple[Floats, Flags, Flags]:
    """Single answers (cells × 8): the fall on flexible days, and who of them stays silent there."""
    mean = 80 + rng.normal(0, 2, exposure.shape)[..., None] + fall * exposure[..., None]
    value = mean + rng.normal(0, 12, (*exposure.shape, 8))
    kept = np.ones(value.shape, dtype=bool)
    if leave == "anyone":
        kept = rng.random(value.shape) < 0.3
    else:
        low = (value < 72) if leave == "unhappy" else (value > 88)
        kept &= ~(low & (exposure[..., None] > 0) & (rng.random(value.shape) < 0.6))
    return value, kept, np.broadcast_to(exposure[..., None] > 0, value.shape)


def silence(base: Signs, panels: int, limit: float) -> Iterator[Bar]:
    """E17: the unhappy (or the happy) stay silent on flexible days; an outcome recorded otherwise there."""
    cases = {
        "E17.unhappy_silent": (-5.0, "unhappy", GOOD),
        "E17.happy_silent": (0.0, "happy", BAD),
    }
    for number, (name, (fall, leave, counted)) in enumerate(cases.items()):
        rng, wrong, bare = np.random.default_rng(8170 + number), 0, 0
        for _ in range(panels):
            blind, seen = _one_silence(rng, fall, leave, base)
            bare += blind in counted
            wrong += seen in counted
        detail = {"panels": panels, "without_the_check": round(bare / panels, 3)}
        yield Bar(f"calibration.{name}", wrong / panels, limit, "<=", "share", detail)
    rng = np.random.default_rng(8178)
    told = [_one_silence(rng, 0.0, "anyone", base) for _ in range(panels)]
    seen_share = sum(checked in GOOD for _, checked in told) / panels
    detail = {"panels": panels, "without_the_check": round(sum(blind in GOOD for blind, _ in told) / panels, 3)}
    # The check must not silence those who answer alike on all days.
    yield Bar("calibration.E17.power_when_alike", seen_share, 0.6, ">=", "share", detail)
    rng, wrong = np.random.default_rng(8179), 0
    for _ in range(panels):
        world = World()
        lot = world.lot()
        exposure = draw(lot, rng)
        differs = recorded_differently({"loket": 0.3, "qr": 0.7}, {"loket": 0.8, "qr": 0.2}, limit=0.05)
        signs = Signs(0.0, Contrast(1.0, 0.95), differs, False, False, spread=0.0)
        lottery = Drawn.daily(world.panel(rng, -6.0 * exposure), exposure, redraws(lot, 199, rng))
        wrong += assess(lottery, PLAN, 0, signs).judged.verdict in CAUSAL
    yield Bar("calibration.E17.reporting_only", wrong / panels, limit, "<=", "share", {"panels": panels})


def _one_silence(rng: np.random.Generator, fall: float, leave: str, base: Signs) -> tuple[Verdict, Verdict]:
    world = World()
    lot = world.lot()
    exposure = draw(lot, rng)
    value, kept, away = _answers(rng, exposure, fall, leave)
    panel = world.panel(rng, np.zeros_like(exposure))
    weight = kept.sum(2).astype(float)
    panel = type(panel)(np.where(kept, value, 0.0).sum(2), weight, panel.block, panel.cluster)
    lottery = Drawn.daily(panel, exposure, redraws(lot, 199, rng))
    blind = assess(lottery, PLAN, 0, base)
    answering = Answering(
        float((kept & away).sum()), float(away.sum()), float((kept & ~away).sum()), float((~away).sum())
    )
    bounds = lee(value[kept & away], value[kept & ~away], answering)
    signs = Signs(
        base.missing,
        base.contrast,
        False,
        False,
        response_breaks(bounds, blind.day.effect - blind.day.low, MARGIN),
        response_warning=response_warns_falsely(bounds, blind.day.high - blind.day.effect),
        spread=base.spread,
    )
    return blind.judged.verdict, assess(lottery, PLAN, 0, signs).judged.verdict


def adversarial(panels: int, promised: int) -> Iterator[Bar]:
    """E10: panels that can say nothing of causes, each with a right *Standar* and a lot whose date holds."""
    rng = np.random.default_rng(8100)
    spoken, wrong = 0, 0
    for number in range(panels):
        spoken += _causal(rng, number) in CAUSAL | {Verdict.CONSISTENT}
        share = float(rng.choice([0.5, 0.99]))
        kept = int(rng.binomial(400, share))
        met = standing([(Kind.FLEXIBLE, [Kept(Promise.WITHIN_TIME, kept, 400, 0)])]).overall.verdict
        wrong += met is not (Met.MEETS if share > 0.9 else Met.FAILS)
    yield Bar("calibration.E10.causal_verdicts", spoken, 0, "<=", "panels", {"panels": panels})
    yield Bar("calibration.E10.wrong_standar", wrong / panels, 0.0, "<=", "share", {"panels": panels})
    held = sum(_promise_holds(rng) for _ in range(promised))
    slack = 3 * (0.9 * 0.1 / promised) ** 0.5
    yield Bar("calibration.E10.promised_date", held / promised, 0.9 - slack, ">=", "share", {"promises": promised})


def _causal(rng: np.random.Generator, number: int) -> Verdict:
    """One of six ways to know nothing; the interval itself looks as reassuring as can be."""
    calm = Shown(0.0, -0.2, 0.2, MARGIN)
    nobody = Assignment(False, False, 1.0, 0, 40, 1, 0, 12, True)
    cases = (
        (nobody, 0.0),
        (Assignment(False, False, 1.0, 0, 1, 1, 30, 12, True), 0.0),
        (Assignment(False, False, 1.0, 0, 10, 3, 20, 4, False), 0.0),
        (Assignment(True, True, 1.0, 500, 40, 1, 0, 0, True), 0.6),
        (Assignment(True, False, 1.0, 500, 40, 1, 0, 0, True), 0.0),
        (Assignment(True, True, float(rng.uniform(0, 0.89)), 500, 40, 1, 0, 0, True), 0.0),
    )
    how, missing = cases[number % len(cases)]
    earned, _ = grade(how)
    threats = frozenset({Cause.MISSING}) if missing > 0.2 else frozenset()
    # A grade of D has no interval to look at; it is handed one all the same.
    return judge(Evidence(earned, calm, calm, threats)).verdict


def _promise_holds(rng: np.random.Generator) -> bool:
    """A lot chosen from eight weeks of the past tells "not worse" at its promised date, when nothing changed."""
    past = World()
    error = placebo_error(past.panel(rng, np.zeros((past.agencies, past.days))), past.lot(), 100, rng)
    promise = best([Design("hari", error, past.weeks, past.agencies)], MARGIN, 0.05, most_weeks=52)
    if promise is None:
        return False
    world = World(weeks=promise.weeks)
    lot = world.lot()
    exposure = draw(lot, rng)
    panel = world.panel(rng, np.zeros_like(exposure))
    signs = Signs(0.0, Contrast(1.0, 0.95), False, False, False, spread=0.0)
    found = assess(Drawn.daily(panel, exposure, redraws(lot, 199, rng)), PLAN, 0, signs)
    return found.judged.verdict in GOOD


def guard_rails() -> Iterator[Bar]:
    """E9: false alarms and false proposals per unit and year, and the drop of two standard deviations found."""
    units = 3_000
    for rho in (0.0, 0.2, 0.4, 0.6):
        rng = np.random.default_rng(8900 + int(10 * rho))
        watched, proposed = _alarms(rng, units, rho, 0.0)
        detail = {"units": units, "autocorrelation": rho}
        slack = 3 * (0.03 * 0.97 / units) ** 0.5
        yield Bar(f"calibration.E9.false_watch.{rho}", watched, 0.03 + slack, "<=", "share", detail)
        slack = 3 * (0.005 * 0.995 / units) ** 0.5
        yield Bar(f"calibration.E9.false_suspend.{rho}", proposed, 0.005 + slack, "<=", "share", detail)
    found, _ = _alarms(np.random.default_rng(8999), 1_000, 0.4, -2.0)
    slack = 3 * (0.75 * 0.25 / 1_000) ** 0.5
    yield Bar("calibration.E9.drop_found", found, 0.75 - slack, ">=", "share", {"units": 1_000, "autocorrelation": 0.4})


def _alarms(rng: np.random.Generator, units: int, rho: float, drop: float) -> tuple[float, float]:
    months = rng.normal(size=(units, 24))
    for month in range(1, 24):
        months[:, month] = rho * months[:, month - 1] + np.sqrt(1 - rho**2) * months[:, month]
    months[:, 12:] += drop
    pooled = autocorrelation(months[:, :12])
    states = [state(Series(one[:12], one[12:], pooled), floor_broken=False) for one in months]
    watched = sum(one in {State.WATCH, State.SUSPEND} for one in states) / units
    return watched, sum(one is State.SUSPEND for one in states) / units
