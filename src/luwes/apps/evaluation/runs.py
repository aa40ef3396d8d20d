"""From a frozen plan and the sums before a cut-off to a result: the same plan, data and code give the same JSON."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np

from luwes.apps.evaluation import observed, signs
from luwes.apps.evaluation.panels import Frame, Outcome, Sums, chain_of, sums_of
from luwes.apps.evaluation.plans import Asked, Content, LotKind, Role, drawn_again, week_of
from luwes.core.evaluation import pack
from luwes.core.evaluation.bundle import Design, bundle, package, publishable, result
from luwes.core.evaluation.grade import Assignment, Grade, grade
from luwes.core.evaluation.margins import per_span
from luwes.core.evaluation.panel import DayPanel, Flags, Floats, PanelError
from luwes.core.evaluation.threats import MISSING_LIMIT
from luwes.core.evaluation.verdict import Cause, Judged, Shown, Verdict, judge_all
from luwes.core.evaluation.weekday import others_moved

# Sums are published where at least so many cells of every row are large enough.
LEAST_SEEN = 1 - MISSING_LIMIT
# Working days before the start that are enough to see whether two groups of units went alike.
LEAST_BEFORE = 40
ALREADY_APART = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found: canonical JSON, digests of what went in and of the code, and the package (b"": none)."""

    result: str
    input_digest: str
    code_digest: str
    evidence: bytes


def run(content: Content, look: int, past: Sequence[date], looks: Sequence[Mapping[str, Any]]) -> Found:
    """Compute one look. `past` are working days before the start, `looks` the ledger so far. Raises BundleError."""
    until = content.cutoff(look)
    under = [day for day in content.days if day < until]
    frame = Frame.of([*content.units, *content.compared], [*past, *under], len(past))
    how = _assignment(content, frame, len(under))
    reached, why = grade(how)
    outcomes: dict[str, Any] = {}
    bundles: dict[str, str] = {}
    digest = sha256(content.text().encode())
    for asked in content.outcomes:
        sums = sums_of(Outcome(asked.measure), frame)
        digest.update(np.round(sums.total, 6).tobytes() + np.round(sums.weight, 6).tobytes())
        told, text = _outcome(content, asked, look, frame, sums, reached)
        outcomes[asked.measure] = {"role": asked.role.value, "assumed": asked.assumed, "power": asked.power, **told}
        if text:
            bundles[asked.measure] = text
    about = {"plan": content.to_json(), "plan_digest": content.digest(), "looks": list(looks), "look": look}
    found = {
        "plan_digest": content.digest(),
        "look": look,
        "cutoff": until.isoformat(),
        "grade": reached.value,
        "why": [one.value for one in why],
        "service": _together(content, outcomes),
        "outcomes": outcomes,
        "input_digest": digest.hexdigest(),
        "code_digest": code_digest(),
        # An outcome without any figures has nothing to be computed again.
        "checkable": bool(bundles) and all(name in bundles for name, one in outcomes.items() if one["day"]),
    }
    evidence = package(about | {"grade": reached.value, "input_digest": digest.hexdigest()}, bundles) if bundles else ""
    return Found(_text(found), digest.hexdigest(), code_digest(), zlib.compress(evidence.encode()) if evidence else b"")


def _text(found: Mapping[str, Any]) -> str:
    return json.dumps(found, sort_keys=True, separators=(",", ":"), allow_nan=False)


@cache
def sources() -> Mapping[str, str]:
    """The text of each module an outsider needs."""
    folder = files("luwes.core.evaluation")
    return {name: (folder / f"{name}.py").read_text("utf-8") for name in pack.MODULES}


@cache
def code_digest() -> str:
    """The estimating code by its digest."""
    return sha256(pack.packed(sources()).encode()).hexdigest()


def _assignment(content: Content, frame: Frame, under: int) -> Assignment:
    drawn = len(content.units)
    if content.lot is not None:
        own = Frame(content.units, frame.rows, frame.days, frame.before)
        exposure = np.array(content.exposure)[:, :under]
        return Assignment(
            by_lot=True,
            recorded=bool(content.exposure),
            followed=signs.followed(own, exposure),
            distinct=len(np.unique(exposure, axis=0)),
            units=drawn,
            starts=1,
            compared=len(content.compared),
            pre_months=frame.before // 20,
            fixed_weekday=False,
        )
    starts = {one for one in (content.observed.starts.values() if content.observed else ()) if one is not None}
    return Assignment(
        by_lot=False,
        recorded=False,
        followed=0.0,
        distinct=1,
        units=drawn,
        starts=len(starts) or 1,
        compared=len(content.compared),
        pre_months=frame.before // 20,
        fixed_weekday=content.observed is not None and content.observed.weekday is not None,
    )


def _outcome(
    content: Content, asked: Asked, look: int, frame: Frame, sums: Sums, reached: Grade
) -> tuple[dict[str, Any], str]:
    """One outcome's result, and its bundle where its sums may be published ("": not)."""
    try:
        if reached is Grade.A:
            return _by_lot(content, asked, look, frame, sums)
        if reached in (Grade.B, Grade.C):
            return observed.outcome(content, asked, look, frame, sums, reached), ""
    except PanelError as error:
        return _nothing(Verdict.NOT_ENOUGH, error.code), ""
    return _nothing(Verdict.INSEPARABLE, Cause.NO_LOT.value), ""


def _nothing(verdict: Verdict, cause: str) -> dict[str, Any]:
    return {"verdict": verdict.value, "causes": [cause], "slight": False, "day": None, "after": None, "month": None}


def _by_lot(content: Content, asked: Asked, look: int, frame: Frame, sums: Sums) -> tuple[dict[str, Any], str]:
    assert content.lot is not None  # noqa: S101 - grade A is only reached by a lot
    before, units = frame.before, len(content.units)
    weeks = week_of(frame.days[before:], content.start)
    own = _window(sums, slice(0, units), slice(before, None))
    redrawn = drawn_again(content.lot, content.days, content.start, units)[:, :, : own.weight.shape[1]]
    exposure = np.array(content.exposure)[:, : own.weight.shape[1]]
    chain = chain_of(Outcome(asked.measure), frame, sums)[:units, :units]
    block = weeks if content.lot.kind is LotKind.WEEKDAY else np.zeros_like(weeks)
    # Whoever sent anything before the start counts as missing, not as absent, when nothing comes any more.
    kept = np.asarray(sums.weight[:units].sum(1) > 0)
    if not kept.any():
        return _nothing(Verdict.NOT_ENOUGH, Cause.MISSING.value), ""
    rows = _window(own, kept, slice(None))
    panel = rows.panel(block)
    chain = chain[kept]
    design = Design(exposure, redrawn, chain, weeks)
    if content.lot.kind is LotKind.START:
        whole = per_span(exposure, weeks).round(6), per_span(redrawn, weeks).round(6)
        panel, design = panel.by_span(weeks), Design(*whole, chain, whole=True)
    design_rows = chain @ exposure
    small = _small(panel, chain @ design.exposure)
    panel = panel if small else publishable(panel)
    plan = content.plan(asked)
    found = signs.signs_of(
        rows,
        rows.panel(block),
        design_rows,
        chain @ redrawn,
        planned=float(exposure[exposure > 0].mean()) if (exposure > 0).any() else 0.0,
        really=signs.realised(frame, signs.months_of(frame)),
        spread=_spread(content, asked, look, frame, sums),
    )
    if Outcome(asked.measure) is Outcome.SURVEY:
        first = _shown(result(panel, design, plan, look, replace(found, response_break=False)), asked)
        breaks, warns, gains = (True,) * 3 if first is None else signs.response(rows, design_rows, first)
        found = replace(found, response_break=breaks, response_warning=warns, response_gain=gains)
    text = "" if small else bundle(panel, design, plan, look, found)
    told = result(panel, design, plan, look, found) if small else json.loads(text)["result"]
    naive = _naive(rows.panel(block), design_rows)
    return told | {"units": int(kept.sum()), "silent": units - int(kept.sum()), "naive": naive}, text


def _window(sums: Sums, rows: Any, days: slice) -> Sums:
    def cut(values: Floats) -> Floats:
        return np.asarray(values[rows][:, days])

    scores = sums.scores[:, rows][:, :, days] if sums.scores.size else sums.scores
    return Sums(
        cut(sums.total),
        cut(sums.weight),
        {name: cut(one) for name, one in sums.ways.items()},
        None if sums.volume is None else cut(sums.volume),
        scores,
    )


def _small(panel: DayPanel, exposure: Floats) -> bool:
    """Whether cells are too small to be published: told by the cells without flexible work, or by all where all have.

    By the flexible ones it would follow from the effect.
    """
    other = exposure == 0 if (exposure == 0).any() else exposure >= 0
    large = (publishable(panel).weight > 0) & other
    held = other.sum(1) > 0
    return not bool((large.sum(1) >= LEAST_SEEN * other.sum(1))[held].all())


def _spread(content: Content, asked: Asked, look: int, frame: Frame, sums: Sums) -> float | None:
    """How far the other days may have fallen, beside units without flexible days; None: no units, or nothing before."""
    if len(content.compared) < 2 or not frame.before:
        return None
    units = len(content.units)
    exposure = np.zeros(sums.weight.shape)
    under = sums.weight.shape[1] - frame.before
    exposure[:units, frame.before :] = np.array(content.exposure)[:, :under]
    after = np.arange(sums.weight.shape[1]) >= frame.before
    level = content.plan(asked).reassure(look)
    if not level > 0:
        return None
    return bound_on_others(sums.panel(np.zeros(after.size, dtype=np.int64)), exposure, after, units, level)


def bound_on_others(panel: DayPanel, exposure: Floats, after: Flags, units: int, level: float) -> float | None:
    """The lower limit of how far the other days of the first `units` fell beside the rest; None: it cannot be told.

    It rests on both having gone alike before, so the same is asked of the two halves of the time before: where they
    differed there it says nothing, and what they differed by is taken off.
    """
    exposed = np.arange(len(exposure)) < units
    before = np.flatnonzero(~after)
    if before.size < LEAST_BEFORE:
        return None
    half = np.arange(after.size) >= before[before.size // 2]
    early = DayPanel(np.where(after, 0.0, panel.total), np.where(after, 0.0, panel.weight), panel.block, panel.cluster)
    try:
        moved, low, high = others_moved(early, np.zeros_like(exposure), half, exposed, ALREADY_APART)
        if not low <= 0 <= high:
            return None
        return float(others_moved(panel, exposure, after, exposed, 2 * level)[1]) - abs(moved)
    except PanelError:
        return None


def _shown(told: Mapping[str, Any], asked: Asked) -> Shown | None:
    day = told["day"]
    if day["effect"] is None:
        return None
    low = -np.inf if day["low"] is None else day["low"]
    high = np.inf if day["high"] is None else day["high"]
    return Shown(day["effect"], float(low), float(high), asked.margin_day)


def _naive(panel: DayPanel, exposure: Floats) -> float | None:
    """The plain difference of flexible and other days: printed beside, never a verdict."""
    sides = [(panel.total[kind].sum(), panel.weight[kind].sum()) for kind in (exposure > 0, exposure == 0)]
    if not min(weight for _total, weight in sides) > 0:
        return None
    return round(float(sides[0][0] / sides[0][1] - sides[1][0] / sides[1][1]), 6)


def _together(content: Content, outcomes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Service as a whole, from the primary outcomes."""
    primary = [
        Judged(
            Verdict(one["verdict"]),
            tuple(Cause(cause) for cause in one["causes"] if cause in set(Cause)),
            one["slight"],
        )
        for name, one in outcomes.items()
        if one["role"] == Role.PRIMARY.value
    ]
    judged = judge_all(primary)
    return {"verdict": judged.verdict.value, "causes": [one.value for one in judged.causes], "slight": judged.slight}
