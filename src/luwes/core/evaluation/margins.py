"""One effect seen on a flexible day and over the month: the margin holds on both."""

from dataclasses import replace

from luwes.core.evaluation.panel import Floats, PanelError
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
