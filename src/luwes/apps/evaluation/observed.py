"""Outcomes of plans without a lot: a fixed weekday for all (grade C), or starts that differ (grade B)."""

from typing import Any

import numpy as np

from luwes.apps.evaluation import signs
from luwes.apps.evaluation.panels import Frame, Outcome, Sums
from luwes.apps.evaluation.plans import Asked, Content, week_of
from luwes.apps.sources import breaks
from luwes.core.evaluation.assess import Assessed
from luwes.core.evaluation.grade import Grade
from luwes.core.evaluation.observed import FixedWeekday, assess_fixed_weekday, assess_staggered
from luwes.core.evaluation.panel import Flags, Floats, Ints, PanelError
from luwes.core.evaluation.staggered import NEVER
from luwes.core.evaluation.threats import Contrast, Signs, spilled, worst_missing
from luwes.core.evaluation.verdict import Shown
from luwes.core.workdays.periods import DAY

# The kinds of file whose change of recording parts each outcome's series.
FILES = {
    Outcome.SURVEY: "survey",
    Outcome.WITHIN_TIME: "tickets",
    Outcome.QUEUE_WAIT: "queue",
    Outcome.HOURS_KEPT: "openings",
    Outcome.OUTPUT: "outputs",
}
MOST_SPILLED = 0.20
DIGITS = 6


def outcome(content: Content, asked: Asked, look: int, frame: Frame, sums: Sums, reached: Grade) -> dict[str, Any]:
    """One outcome as the grade allows. Raises PanelError."""
    if content.observed is None:
        raise PanelError("not_observed", content.name)
    exposed = np.arange(len(frame.keys)) < len(content.units)
    after = np.arange(len(frame.days)) >= frame.before
    exposure = _exposure(content, frame)
    found = _signs(asked, frame, sums, exposure, exposed, after)
    plan = content.plan(asked)
    if reached is Grade.C:
        weekday = np.array([day.isoweekday() for day in frame.days]) == content.observed.weekday
        panel = sums.panel(week_of(frame.days, frame.days[0]))
        told = assess_fixed_weekday(FixedWeekday(panel, weekday, after, exposed), plan, look, found)
    else:
        span, starts = _months(content, frame)
        panel = sums.panel(np.zeros(len(frame.days), dtype=np.int64)).by_span(span)
        told = assess_staggered(panel, starts, plan, look, found, content.observed.change)
    return _told(told) | {"units": len(content.units), "silent": 0, "naive": None}


def _exposure(content: Content, frame: Frame) -> Floats:
    """1 on the flexible days of each unit, as the plan describes them."""
    observed = content.observed
    found = np.zeros(frame.shape)
    for row, key in enumerate(content.units):
        start = content.start if observed is None or not observed.starts else observed.starts.get(key)
        weekday = None if observed is None else observed.weekday
        for place, day in enumerate(frame.days):
            if start is not None and day >= start and weekday in (None, day.isoweekday()):
                found[row, place] = 1.0
    return found


def _months(content: Content, frame: Frame) -> tuple[Ints, Ints]:
    """The month of each day, and in which month each unit starts."""
    months = sorted({day.replace(day=1) for day in frame.days})
    span = np.array([months.index(day.replace(day=1)) for day in frame.days], dtype=np.int64)
    starts = content.observed.starts if content.observed is not None else {}
    found = [starts.get(key) for key in frame.keys]
    # A unit that starts within a month counts from the next: a month half under the policy is no month under it.
    begins = [NEVER if one is None else sum(month < one for month in months) for one in found]
    return span, np.array([NEVER if one >= len(months) else one for one in begins], dtype=np.int64)


def _signs(asked: Asked, frame: Frame, sums: Sums, exposure: Floats, exposed: Flags, after: Flags) -> Signs:
    measure = Outcome(asked.measure)
    panel = sums.panel(np.zeros(len(frame.days), dtype=np.int64))
    since, until = frame.days[0], frame.days[-1] + DAY
    # Before and after are compared here, so a change of recording between them parts what is compared.
    parted = bool(breaks.breaks([FILES[measure]], None, since, until))
    months = signs.months_of(frame)
    return Signs(
        missing=worst_missing(panel, np.ones(panel.weight.shape, dtype=bool), exposure),
        contrast=Contrast(signs.planned(frame, int(exposed.sum())), signs.realised(frame, months)),
        reporting_break=parted or signs.ways_differ(sums, exposure),
        spill_over=_taken_over(sums, exposed, after),
        # Bounds on answering need the lot's estimate; without one nobody knows who stayed away.
        response_break=measure is Outcome.SURVEY and not _answered_alike(sums, exposure),
    )


def _answered_alike(sums: Sums, exposure: Floats) -> bool:
    """Whether answers per service delivered differ by less than a tenth between flexible and other days."""
    flexible, other = signs.answering(sums, exposure).rates()
    return bool(abs(flexible - other) <= 0.1 * max(flexible, other))


def _taken_over(sums: Sums, exposed: Flags, after: Flags) -> bool | None:
    """Whether units without flexible days have a fifth more to do since the start; None: no volume is known."""
    if sums.volume is None or exposed.all():
        return None
    now, before = (float(sums.volume[~exposed][:, days].mean()) for days in (after, ~after))
    return None if not before > 0 else spilled(now / before - 1, MOST_SPILLED)


def _told(found: Assessed) -> dict[str, Any]:
    return {
        "verdict": found.judged.verdict.value,
        "causes": [cause.value for cause in found.judged.causes],
        "slight": found.judged.slight,
        "attainable": list(found.attainable),
        "day": _figures(found.day),
        "after": None,
        "month": _figures(found.month),
    }


def _figures(shown: Shown) -> dict[str, float | None]:
    values = {"effect": shown.effect, "low": shown.low, "high": shown.high, "margin": shown.margin}
    return {name: round(value, DIGITS) if np.isfinite(value) else None for name, value in values.items()}
