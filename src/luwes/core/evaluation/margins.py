"""One effect seen on a flexible day and over the month: the margin holds on both."""

from dataclasses import replace

import numpy as np

from luwes.core.evaluation.panel import Floats, Ints, PanelError
from luwes.core.evaluation.verdict import Shown


def over_month(day: Shown, share: float, margin: float, after: Shown | None = None) -> Shown:
    """What an effect per flexible day comes to over all working days, of which `share` (0 to 1] were flexible.

    `after` is the effect on the working day after; it is added. Raises PanelError share.
    """
    _checked(share)
    late = Shown(0.0, 0.0, 0.0, margin) if after is None else after
    return Shown(
        (day.effect + late.effect) * share, (day.low + late.low) * share, (day.high + late.high) * share, margin
    )


def with_spread(shown: Shown, limit: float) -> Shown:
    """An effect against a unit's own other days, when those may have moved, down to `limit` (at most 0 counts).

    Only the lower limit moves: it is what reassures.
    """
    return replace(shown, low=shown.low + min(limit, 0.0))


def over_spans(spans: Shown, share: float, margin: float, days: Shown) -> Shown:
    """An effect per full exposure of whole spans as what it comes to over the month, `days` being what days say.

    All days of the span are in it, also those on which nobody was flexible. The wider limits of both count.
    Raises PanelError share.
    """
    whole = over_month(spans, share, margin)
    return replace(whole, low=min(whole.low, days.low), high=max(whole.high, days.high))


def day_in_spans(day: Shown, after: Shown, spans: Shown, often: float) -> Shown:
    """An effect on the flexible day against a unit's other days, when whole spans say how far those moved themselves.

    `often` is the share of days that are flexible where any are: what the span lost beyond its flexible days and the
    days after was lost on all its days. Limits of near-normal estimates are added, which is on the safe side.
    """
    low = often * spans.low + (1 - often) * day.low - often * max(after.high, 0.0)
    return replace(day, low=min(day.low, low))


def per_span(exposure: Floats, span: Ints) -> Floats:
    """The mean exposure (… × S × D) of each span of days (`span` (D), from 0): what a whole week was planned to be."""
    member = np.eye(int(span.max(initial=-1)) + 1)[span]
    return np.asarray((exposure @ member) / member.sum(0))


def on_day(month: Shown, share: float, margin: float) -> Shown:
    """What an effect over the month comes to on one flexible day if the other days are as they were.

    So 0.4 points over the month at one day in five are 2 points on that day: an average hides nothing from it.
    Raises PanelError share.
    """
    _checked(share)
    return Shown(month.effect / share, month.low / share, month.high / share, margin)


def turned(shown: Shown) -> Shown:
    """The same for an outcome of which less is better (minutes waited, complaints): signs turned, ends swapped."""
    return replace(shown, effect=-shown.effect, low=-shown.high, high=-shown.low)


def carried(exposure: Floats) -> Floats:
    """The exposure (… × S × D) of the working day before: whether a flexible day leaves its harm to the next.

    The first day has none.
    """
    found = exposure * 0.0
    found[..., 1:] = exposure[..., :-1]
    return found


def _checked(share: float) -> None:
    if not 0 < share <= 1:
        raise PanelError("share", str(share))
