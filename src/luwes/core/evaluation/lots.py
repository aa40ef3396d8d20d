"""Lots that make an effect measurable: who is flexible when, drawn from a generator that is handed in.

Each draws the exposure of S units on D days again as the recorded procedure did, with the same strata: the redraws are
what randomisation inference compares the real draw with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.panel import Floats, Ints, PanelError


def _dealt(count: int, hands: int, rng: np.random.Generator) -> Ints:
    """`count` cards dealt to `hands` as evenly as can be; who gets one more is drawn too."""
    order = rng.permutation(hands)
    return rng.permutation(order[np.arange(count) % hands])


@dataclass(frozen=True, slots=True, eq=False)
class WeekdayLot:
    """Every unit is flexible on one weekday of `weekdays`, drawn evenly within strata, anew for each period.

    `weekday` (D) is the ISO weekday, `period` (D) numbers the spans after which is drawn again, `stratum` (S).
    """

    weekday: Ints
    period: Ints
    stratum: Ints
    weekdays: Sequence[int]
    share: float = 1.0

    def draw(self, rng: np.random.Generator) -> Floats:
        """Planned flexible share (S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.weekdays)
        found = np.zeros((self.stratum.size, self.weekday.size))
        choices = np.asarray(self.weekdays)
        for period in np.unique(self.period):
            days = np.flatnonzero(self.period == period)
            chosen = np.empty(self.stratum.size, dtype=np.int64)
            for stratum in np.unique(self.stratum):
                inside = self.stratum == stratum
                chosen[inside] = choices[_dealt(int(inside.sum()), choices.size, rng)]
            found[:, days] = self.share * (chosen[:, None] == self.weekday[days][None, :])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class ShareLot:
    """Every unit is flexible on the same days, with a share of its people drawn evenly from `shares` for each period.

    `flexible` (D) is 1 on the common flexible days and 0 elsewhere.
    """

    flexible: Ints
    period: Ints
    stratum: Ints
    shares: Sequence[float]

    def draw(self, rng: np.random.Generator) -> Floats:
        """Planned flexible share (S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.shares)
        found = np.zeros((self.stratum.size, self.flexible.size))
        choices = np.asarray(self.shares)
        for period in np.unique(self.period):
            for stratum in np.unique(self.stratum):
                inside = np.flatnonzero(self.stratum == stratum)
                dealt = choices[_dealt(inside.size, choices.size, rng)]
                found[np.ix_(inside, np.flatnonzero(self.period == period))] = dealt[:, None]
        return found * self.flexible


@dataclass(frozen=True, slots=True, eq=False)
class StartLot:
    """Units start on drawn days and stay: `starts` are indexes of days, dealt evenly; D or more means not within it."""

    days: int
    stratum: Ints
    starts: Sequence[int]
    share: float = 1.0

    def draw(self, rng: np.random.Generator) -> Floats:
        """Planned flexible share (S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.starts)
        start = np.empty(self.stratum.size, dtype=np.int64)
        for stratum in np.unique(self.stratum):
            inside = self.stratum == stratum
            start[inside] = np.asarray(self.starts)[_dealt(int(inside.sum()), len(self.starts), rng)]
        return self.share * (np.arange(self.days)[None, :] >= start[:, None]).astype(np.float64)


Lot = WeekdayLot | ShareLot | StartLot


def redraws(lot: Lot, count: int, rng: np.random.Generator) -> Floats:
    """`count` exposures (count × S × D) drawn as the recorded lot was."""
    return np.stack([lot.draw(rng) for _ in range(count)])


def _need_choice(choices: Sequence[float]) -> None:
    if len(set(choices)) < 2:
        raise PanelError("lot_without_choice", str(list(choices)))
