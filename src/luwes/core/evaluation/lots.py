"""Lots that make an effect measurable: who is flexible when, drawn from a generator that is handed in.

Each draws the exposure of S units on D days again as the recorded procedure did, with the same strata: the redraws are
what randomisation inference compares the real draw with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.panel import Floats, Ints, PanelError


def _dealt(count: int, hands: int, times: int, rng: np.random.Generator) -> Ints:
    """`count` cards dealt to `hands` as evenly as can be (times × count); who gets one more is drawn too."""
    order = rng.permuted(np.tile(np.arange(hands), (times, 1)), axis=1)
    return np.asarray(rng.permuted(order[:, np.arange(count) % hands], axis=1), dtype=np.int64)


def _by_stratum(stratum: Ints, hands: int, times: int, rng: np.random.Generator) -> Ints:
    """The hand each unit is dealt (times × S), within its stratum."""
    found = np.empty((times, stratum.size), dtype=np.int64)
    for one in np.unique(stratum):
        inside = stratum == one
        found[:, inside] = _dealt(int(inside.sum()), hands, times, rng)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class WeekdayLot:
    """Every unit is flexible on one weekday of `weekdays`, drawn evenly within strata, anew for each period.

    `weekday` (D) is the ISO weekday, `period` (D) numbers the spans after which is drawn again, `stratum` (S).
    With `shares` the share of its people is drawn, too, in place of `share` (0: a period without): only then do
    whole weeks differ between units, and harm on all days alike can be seen.
    """

    weekday: Ints
    period: Ints
    stratum: Ints
    weekdays: Sequence[int]
    share: float = 1.0
    shares: Sequence[float] = ()

    def draws(self, times: int, rng: np.random.Generator) -> Floats:
        """Planned flexible share (times × S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.weekdays)
        if self.shares:
            _need_choice(self.shares)
        found = np.zeros((times, self.stratum.size, self.weekday.size))
        choices, shares = np.asarray(self.weekdays), np.asarray(self.shares or [self.share])
        for period in np.unique(self.period):
            days = np.flatnonzero(self.period == period)
            chosen = choices[_by_stratum(self.stratum, choices.size, times, rng)]
            dealt = shares[_by_stratum(self.stratum, shares.size, times, rng)] if self.shares else shares[:1]
            found[:, :, days] = dealt[..., None] * (chosen[:, :, None] == self.weekday[days])
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

    def draws(self, times: int, rng: np.random.Generator) -> Floats:
        """Planned flexible share (times × S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.shares)
        found = np.zeros((times, self.stratum.size, self.flexible.size))
        choices = np.asarray(self.shares)
        for period in np.unique(self.period):
            dealt = choices[_by_stratum(self.stratum, choices.size, times, rng)]
            found[:, :, self.period == period] = dealt[:, :, None]
        return found * self.flexible


@dataclass(frozen=True, slots=True, eq=False)
class StartLot:
    """Units start on drawn days and stay: `starts` are indexes of days, dealt evenly; D or more means not within it."""

    days: int
    stratum: Ints
    starts: Sequence[int]
    share: float = 1.0

    def draws(self, times: int, rng: np.random.Generator) -> Floats:
        """Planned flexible share (times × S × D). Raises PanelError lot_without_choice."""
        _need_choice(self.starts)
        start = np.asarray(self.starts)[_by_stratum(self.stratum, len(self.starts), times, rng)]
        return np.where(np.arange(self.days) >= start[:, :, None], self.share, 0.0)


Lot = WeekdayLot | ShareLot | StartLot


def draw(lot: Lot, rng: np.random.Generator) -> Floats:
    """One exposure (S × D), drawn as the lot says. Raises PanelError lot_without_choice."""
    return np.asarray(lot.draws(1, rng)[0])


def redraws(lot: Lot, count: int, rng: np.random.Generator) -> Floats:
    """`count` exposures (count × S × D) drawn as the recorded lot was. Raises PanelError lot_without_choice."""
    return lot.draws(count, rng)


def _need_choice(choices: Sequence[float]) -> None:
    if len(set(choices)) < 2:
        raise PanelError("lot_without_choice", str(list(choices)))
