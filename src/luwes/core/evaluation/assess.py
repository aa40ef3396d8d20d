"""One outcome under a lot at one look: from its sums and redraws to the interval shown, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from luwes.core.evaluation.grade import Grade
from luwes.core.evaluation.looks import LooksError, Spending, levels
from luwes.core.evaluation.margins import carried, day_in_spans, over_month, over_spans, per_span, with_spread
from luwes.core.evaluation.panel import DayPanel, Floats, Ints
from luwes.core.evaluation.randomised import Lottery
from luwes.core.evaluation.threats import Signs, threats
from luwes.core.evaluation.verdict import Cause, Evidence, Judged, Shown, judge

# No look may stand on a quantile of fewer redraws than this beyond it.
MIN_BEYOND = 5
# In so many spans of days units must differ, or whole spans are not compared.
LEAST_DIFFERING = 0.5
ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Plan:
    """What was frozen for one outcome before the first look.

    Margins are positive, for a fully flexible day and over the month, of which `share` is planned flexible. `fractions`
    are of the planned information at each look; `family` is the number of co-primary outcomes harm is sought in.
    """

    margin_day: float
    margin_month: float
    share: float
    fractions: Sequence[float]
    level: float = 0.05
    family: int = 1

    def reassure(self, look: int) -> float:
        """The one-sided level of the lower limit at a look (from 0): slow to reassure. Raises LooksError look."""
        return self._of(look, self.level, Spending.OBRIEN_FLEMING)

    def warn(self, look: int) -> float:
        """The one-sided level of the upper limit: fast to warn, shared among the family. Raises LooksError look."""
        return self._of(look, self.level / self.family, Spending.POCOCK)

    def _of(self, look: int, level: float, spending: Spending) -> float:
        if not 0 <= look < len(self.fractions):
            raise LooksError("look", f"{look} of {len(self.fractions)}")
        return levels(self.fractions, level, spending)[look]


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is shown at one look. `attainable` says whether reassurance, and a warning, could be given at all."""

    day: Shown
    after: Shown | None
    month: Shown
    judged: Judged
    attainable: tuple[bool, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """An outcome under its lot: on the flexible day, on the working day after, and over whole spans of days.

    `after` None: periods longer than days. `spans` None: the lot leaves whole spans alike, so harm on all days of a
    unit cannot be seen by it. `often` is the share of days that are flexible in spans in which any are.
    """

    day: Lottery
    after: Lottery | None
    spans: Lottery | None = None
    often: float = 1.0

    @classmethod
    def daily(cls, panel: DayPanel, exposure: Floats, drawn: Floats, span: Ints | None = None) -> "Drawn":
        """Of working days: what a flexible day does to the next one, and to its whole span, is looked at as well.

        `span` (D) numbers the weeks, or whatever the lot lets differ between units; all days of them must be in the
        panel, not the flexible ones alone. Raises PanelError.
        """
        after = Lottery.of(panel, carried(exposure), carried(drawn))
        day = Lottery.of(panel, exposure, drawn)
        if span is None:
            return cls(day, after)
        spans = _spans(panel, exposure, drawn, span)
        often = per_span((exposure > 0).astype(np.float64), span)
        return cls(day, after, spans, float(often[often > 0].mean()))

    @classmethod
    def monthly(cls, panel: DayPanel, exposure: Floats, drawn: Floats) -> "Drawn":
        """Of months or weeks, in which everything that happened is: there is no day after. Raises PanelError."""
        whole = Lottery.of(panel, exposure, drawn)
        return cls(whole, None, whole)


def _spans(panel: DayPanel, exposure: Floats, drawn: Floats, span: Ints) -> Lottery | None:
    whole = panel.by_span(span)
    own = per_span(exposure, span)
    # Under a lot over weekdays weeks differ by their holidays alone: what lasts longer than one would not be seen.
    if not (np.ptp(own, axis=0) > 0).mean() >= LEAST_DIFFERING:
        return None
    plain = own - own.mean(0) - own.mean(1, keepdims=True) + own.mean()
    # Units that differ in the same way in all spans are compared with nothing of their own.
    return Lottery.of(whole, own, per_span(drawn, span)) if np.abs(plain).max() > ALIKE else None


def assess(drawn: Drawn, plan: Plan, look: int, signs: Signs) -> Assessed:
    """Judge an outcome (higher is better) by randomisation inference under its recorded lot.

    Harm that comes a day late is harm: reassurance also needs the day after within the margin, and the month counts
    both. Harm spread evenly over all days of a unit's week is not seen by comparing its days: reassurance needs a lot
    under which whole weeks differ, or a bound from another comparison (`signs.spread`), and counts what that leaves
    possible on the flexible day and over the month.

    A limit whose level the redraws cannot resolve is left open: it would rest on the luck of a few draws.
    Raises LooksError look, PanelError share.
    """
    reassure, warn = plan.reassure(look), plan.warn(look)
    day = _shown(drawn.day, plan, reassure, warn)
    after = None if drawn.after is None else _shown(drawn.after, plan, reassure, warn)
    month = over_month(day, plan.share, plan.margin_month, after)
    against = threats(signs, by_lot=True)
    if after is not None and not after.low > -plan.margin_day:
        against |= {Cause.CARRY_OVER}
    if signs.spread is not None and isfinite(signs.spread):
        day, month = with_spread(day, signs.spread), with_spread(month, signs.spread)
    elif drawn.spans is not None:
        spans = _shown(drawn.spans, plan, reassure, warn)
        month = over_spans(spans, plan.share, plan.margin_month, month)
        day = day if after is None else day_in_spans(day, after, spans, drawn.often)
    else:
        against |= {Cause.SPREAD}
    judged = judge(Evidence(Grade.A, day, month, against))
    return Assessed(day, after, month, judged, (day.low > float("-inf"), day.high < float("inf")))


def _shown(lottery: Lottery, plan: Plan, reassure: float, warn: float) -> Shown:
    low, high = lottery.interval(_resolved(lottery, reassure), _resolved(lottery, warn))
    return Shown(lottery.effect, low, high, plan.margin_day)


def _resolved(lottery: Lottery, level: float) -> float:
    return level if level * len(lottery.own) >= MIN_BEYOND else 0.0
