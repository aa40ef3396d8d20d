"""What speaks against believing an outcome, read from stored facts; what nothing tells is not a pass."""

from collections.abc import Mapping
from datetime import date
from math import nan, sqrt

import numpy as np

from luwes.apps.attendance import queries as attendance
from luwes.apps.evaluation.panels import Frame, Sums
from luwes.apps.people.models import Unit
from luwes.apps.schedule.models import ExposureDay
from luwes.core.evaluation.panel import DayPanel, Flags, Floats, Ints, PanelError
from luwes.core.evaluation.randomised import Lottery
from luwes.core.evaluation.threats import (
    Answering,
    Contrast,
    Signs,
    lee,
    recorded_differently,
    response_breaks,
    response_gains_falsely,
    response_warns_falsely,
    worst_missing,
)
from luwes.core.evaluation.verdict import Shown
from luwes.core.exposure.shares import DayKind
from luwes.core.workdays.months import next_month

# Shares of ways of recording that differ by less are not told from chance, beside what their counts allow.
WAYS_DIFFER = 0.05
# Work that left on flexible days by more than this went somewhere.
MOST_LEFT = -0.20
ONE_SIDED = 0.05


def realised(frame: Frame, months: list[date]) -> float:
    """The share really away on flexible days minus that on others, by punches; not a number where nothing tells."""
    away: dict[DayKind, list[int]] = {kind: [0, 0] for kind in DayKind}
    for month in months:
        for kinds in attendance.presence_months(month, frame.keys).values():
            for kind, line in kinds.items():
                found = line.realised
                away[kind][0] += found.flexible
                away[kind][1] += found.on_duty - found.unknown
    shares = [away[kind][0] / away[kind][1] if away[kind][1] else nan for kind in (DayKind.FLEXIBLE, DayKind.OTHER)]
    return shares[0] - shares[1]


def planned(frame: Frame, units: int) -> float:
    """The flexible share planned on flexible days minus that on others, of the first `units`; nan without plans."""
    tops = {pk: row for pk, row in _tops(frame).items() if row < units}
    sums = {kind: [0, 0] for kind in DayKind}
    rows = ExposureDay.objects.filter(unit__in=tops, day__gte=frame.days[frame.before], day__lte=frame.days[-1])
    for kind, flexible, on_duty in rows.values_list("kind", "flexible", "on_duty"):
        sums[DayKind(kind)][0] += flexible
        sums[DayKind(kind)][1] += on_duty
    shares = [sums[kind][0] / sums[kind][1] if sums[kind][1] else nan for kind in (DayKind.FLEXIBLE, DayKind.OTHER)]
    return shares[0] - shares[1]


def months_of(frame: Frame) -> list[date]:
    """The first days of the months the plan's days lie in."""
    found, month = [], frame.days[frame.before].replace(day=1)
    while month <= frame.days[-1]:
        found.append(month)
        month = next_month(month)
    return found


def followed(frame: Frame, exposure: Floats) -> float:
    """The share of unit-days that were planned as the lot drew them: flexible or not. Not a number without plans.

    `exposure` is of the plan's days alone. Drawn days that nobody planned at all were not followed.
    """
    tops = _tops(frame)
    under = list(frame.days[frame.before :])
    places = {day: place for place, day in enumerate(under)}
    planned = np.full(exposure.shape, -1.0)
    rows = ExposureDay.objects.filter(unit__in=tops, day__gte=under[0], day__lte=under[-1])
    for unit, day, kind in rows.values_list("unit_id", "day", "kind"):
        if unit is not None and day in places and kind != DayKind.UNDEFINED:
            planned[tops[unit], places[day]] = float(kind == DayKind.FLEXIBLE)
    if not (planned >= 0).any():
        return nan
    return float((planned == (exposure > 0)).mean())


def _tops(frame: Frame) -> Mapping[int, int]:
    places = {key: place for place, key in enumerate(frame.keys)}
    found = Unit.objects.filter(key__in=frame.keys).values_list("pk", "key")
    return {pk: places[key] for pk, key in found}


def ways_differ(sums: Sums, exposure: Floats) -> bool:
    """Whether the outcome was recorded another way on flexible days, by more than so many records would by chance."""
    sides = [{name: float(one[kind].sum()) for name, one in sums.ways.items()} for kind in _kinds(exposure)]
    totals = [sum(side.values()) for side in sides]
    if not min(totals, default=0):
        return True
    shares = [{name: count / total for name, count in side.items()} for side, total in zip(sides, totals, strict=True)]
    chance = 3 * sqrt(0.25 / totals[0] + 0.25 / totals[1])
    return recorded_differently(shares[0], shares[1], limit=WAYS_DIFFER + chance)


def _kinds(exposure: Floats) -> tuple[Flags, Flags]:
    return exposure > 0, exposure == 0


def answering(sums: Sums, exposure: Floats) -> Answering:
    """Answers and what was delivered, by kind of day; nothing delivered where no volume is known."""
    volume = np.zeros_like(sums.weight) if sums.volume is None else sums.volume
    flexible, other = _kinds(exposure)
    return Answering(
        float(sums.weight[flexible].sum()),
        float(volume[flexible].sum()),
        float(sums.weight[other].sum()),
        float(volume[other].sum()),
    )


def response(sums: Sums, exposure: Floats, shown: Shown) -> tuple[bool, bool, bool]:
    """Whether selective answering may hide a fall, or alone may have made a fall, or a gain: by Lee's bounds.

    The bounds stand about the estimate, as far from it as they are from the plain difference of answers.
    """
    flexible, other = (_answers(sums, kind) for kind in _kinds(exposure))
    if not flexible.size or not other.size:
        return True, True, True
    bounds = lee(flexible, other, answering(sums, exposure))
    plain = float(flexible.mean() - other.mean())
    about = (bounds[0] - plain + shown.effect, bounds[1] - plain + shown.effect)
    return (
        response_breaks(about, shown.effect - shown.low, shown.margin),
        response_warns_falsely(about, shown.high - shown.effect),
        response_gains_falsely(about, shown.effect - shown.low),
    )


def _answers(sums: Sums, kind: Flags) -> Floats:
    counts = [int(one[kind].sum()) for one in sums.scores]
    return np.repeat(25.0 * np.arange(1, len(counts) + 1), counts)


def left(sums: Sums, exposure: Floats, drawn: Floats, block: Ints) -> bool | None:
    """Whether work may have left the unit on flexible days, to other days or other units; None: no volume is known.

    The volume of each unit, as a share of its usual one, under the same lot: its fall must be known to be small.
    """
    if sums.volume is None:
        return None
    usual = sums.volume.mean(1, keepdims=True)
    held = np.broadcast_to(usual > 0, sums.volume.shape)
    share = np.divide(sums.volume, usual, out=np.zeros_like(sums.volume), where=held)
    panel = DayPanel(share, held.astype(np.float64), block, np.arange(len(share)))
    try:
        low, _high = Lottery.of(panel, exposure, drawn).interval(ONE_SIDED, ONE_SIDED)
    except PanelError:
        return None
    return not low > MOST_LEFT


def signs_of(
    sums: Sums, panel: DayPanel, exposure: Floats, drawn: Floats, *, planned: float, really: float, spread: float | None
) -> Signs:
    """All but the answering, which needs the first estimate. `exposure` and `drawn` are of the rows of the panel."""
    expected = np.ones(panel.weight.shape, dtype=bool)
    return Signs(
        missing=worst_missing(panel, expected, exposure),
        contrast=Contrast(planned, really),
        reporting_break=ways_differ(sums, exposure),
        spill_over=left(sums, exposure, drawn, panel.block),
        # Only survey answers are given or withheld; for them it is looked at with the first estimate.
        response_break=False,
        spread=spread,
    )
