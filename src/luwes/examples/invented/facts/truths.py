"""What is true in the invented province, how flexible work is rolled out in it, and how large every planted effect is.

Every truth goes with every roll-out. The sizes are exact in expectation, so a method that measures effects must find
them again, and must find nothing where nothing was planted:

| Truth | What is planted | Size |
|---|---|---|
| `none` | nothing | 0 |
| `harm_on_flexible_days` | on flexible days of a service: fewer cases in time, longer waits, shorter hours, lower scores | `WITHIN_TIME_POINTS`, `WAIT_PERCENT`, `HOURS_POINTS`, `SURVEY_POINTS` |
| `harm_in_two_pd` | the same, only at services of the two perangkat daerah in `HARMED` | the same |
| `output_gain` | people produce more on their own flexible days | `OUTPUT_PERCENT` |
| `reporting_changed` | from `Scenario.changed_on`, work is the same but more of it is recorded on flexible days (daily reports are a duty there alone), and a new presensi application records fewer late arrivals on all days | `RECORDED_PERCENT`, `LATE_RECORDED_PERCENT` |
| `budget_shock` | from `Scenario.shocked_on`, every perangkat daerah spends less, with or without flexible work | `BUDGET_PERCENT` of what it spends from then on in the year |
| `selective_nonresponse` | service is the same, but on flexible days fewer of the dissatisfied answer the survey | `ANSWERING_PERCENT` |
| `half_without_survey` | nothing, and half of the perangkat daerah run no survey | 0 |

Whatever is planted, one service in `world.SLOW_EVERY` is slow on every day, and the others keep well what their standard
promises: under `none` about seven in eight of the services that can be judged meet their standard (of 120, in a province
of 500 people, about 70 can be judged in a month).

A day is flexible for a service where the exposure of its chain reaches the product's own threshold. A case counts on
the day it falls due. Under `share_lot` the harm grows with the exposure and has its size at `MEAN_SHARE`; under every
other roll-out each flexible day carries it whole.
"""  # noqa: E501 - a table has one line per row

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.people import SEED, STAFF

# Points are percentage points of a share; those of the survey are points of the index of 25 to 100.
WITHIN_TIME_POINTS = -12.0
WAIT_PERCENT = 25.0
HOURS_POINTS = -8.0
SURVEY_POINTS = -6.0
OUTPUT_PERCENT = 10.0
RECORDED_PERCENT = 25.0
LATE_RECORDED_PERCENT = -50.0
BUDGET_PERCENT = -15.0
# Of the dissatisfied who would answer on another day, this many do on a flexible day.
ANSWERING_PERCENT = 50.0
HARMED = ("Dinas Sosial", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu")
# At the counter, under every truth: the shares of promised hours in which a service's door is locked and its log says
# nothing of it, dealt to the services in turn; of those turned away, so many answer for every hundred others who do.
LOCKED_SHARES = (0.0, 0.02, 0.04, 0.10)
TURNED_AWAY_ANSWERING = 20.0
# Here an officer fills in answers with a phone of their own.
STUFFED = "Dinas Perkebunan"

# The share of the eligible staff that a flexible day covers, and what `share_lot` draws from instead.
QUOTA = 0.3
SHARES = (0.0, 0.15, 0.3, 0.45)
# The mean of the shares that are not 0, at which harm under `share_lot` has its size.
MEAN_SHARE = 0.3
FRIDAY = 4
WAVES = 5
MONTHS_BETWEEN_WAVES = 2

Card = TypeVar("Card")


class Rollout(StrEnum):
    """How flexible days come to be."""

    NONE = "none"  # no flexible work at all
    SAME_DAY = "same_day"  # everybody from one date, on Fridays, front desks excluded
    WEEKDAY_LOT = "weekday_lot"  # a lot gives every perangkat daerah its weekday
    SHARE_LOT = "share_lot"  # a lot gives every perangkat daerah its share, on Fridays
    STAGGERED = "staggered"  # a lot gives every perangkat daerah its wave, the last of which has not come


class Truth(StrEnum):
    """What is planted."""

    NONE = "none"
    HARM = "harm_on_flexible_days"
    HARM_IN_TWO = "harm_in_two_pd"
    OUTPUT_GAIN = "output_gain"
    REPORTING = "reporting_changed"
    BUDGET_SHOCK = "budget_shock"
    NONRESPONSE = "selective_nonresponse"
    HALF_SURVEY = "half_without_survey"


@dataclass(frozen=True)
class Scenario:
    """One invented history; the same values tell the same story. `starts` is when flexible work begins."""

    rollout: Rollout = Rollout.WEEKDAY_LOT
    truth: Truth = Truth.NONE
    staff: int = STAFF
    seed: int = SEED
    starts: date = date(2025, 11, 1)

    @property
    def changed_on(self) -> date:
        """From when the reporting is another, under `reporting_changed`."""
        return self.starts + timedelta(days=111)

    @property
    def shocked_on(self) -> date:
        """From when budgets are spent more slowly, under `budget_shock`."""
        return self.starts + timedelta(days=60)

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """The weekday each perangkat daerah drew, Monday being 0: every weekday as often as the others."""
        return self._dealt("weekday", [0, 1, 2, 3, 4])

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share each perangkat daerah drew under `share_lot`."""
        return self._dealt("share", list(SHARES))

    @cached_property
    def waves(self) -> dict[str, int]:
        """The wave each perangkat daerah drew, from 0; the last has no date."""
        return self._dealt("wave", list(range(WAVES)))

    @cached_property
    def without_survey(self) -> frozenset[str]:
        """Who runs no survey: half of the perangkat daerah under `half_without_survey`, else nobody."""
        drawn = self._dealt("survey", [False, True])
        return frozenset(name for name, without in drawn.items() if without and self.truth is Truth.HALF_SURVEY)

    def begins(self, office: str) -> date | None:
        """From when the perangkat daerah has flexible days; None: never."""
        if self.rollout is Rollout.NONE or (self.rollout is Rollout.SHARE_LOT and not self.shares[office]):
            return None
        if self.rollout is not Rollout.STAGGERED:
            return self.starts
        wave = self.waves[office]
        if wave == WAVES - 1:
            return None
        months = self.starts.month - 1 + wave * MONTHS_BETWEEN_WAVES
        return self.starts.replace(year=self.starts.year + months // 12, month=months % 12 + 1)

    def flexible_on(self, office: str, day: date) -> bool:
        """Whether a working day is a flexible day of the perangkat daerah."""
        begins = self.begins(office)
        weekday = self.weekdays[office] if self.rollout is Rollout.WEEKDAY_LOT else FRIDAY
        return begins is not None and day >= begins and day.weekday() == weekday

    def share(self, office: str) -> float:
        """The share of the eligible staff of the perangkat daerah that its flexible days cover."""
        return self.shares[office] if self.rollout is Rollout.SHARE_LOT else QUOTA

    def harmed(self, office: str) -> bool:
        """Whether flexible days harm the services of the perangkat daerah."""
        return self.truth is Truth.HARM or (self.truth is Truth.HARM_IN_TWO and office in HARMED)

    def output_factor(self, day: date, *, flexible: bool) -> float:
        """What somebody records on a day, relative to what the same work would be without the truth."""
        if not flexible:
            return 1.0
        if self.truth is Truth.OUTPUT_GAIN:
            return 1 + OUTPUT_PERCENT / 100
        changed = self.truth is Truth.REPORTING and day >= self.changed_on
        return 1 + RECORDED_PERCENT / 100 if changed else 1.0

    def late_factor(self, day: date) -> float:
        """The chance of a recorded late arrival, relative to the same arrivals without the truth."""
        changed = self.truth is Truth.REPORTING and day >= self.changed_on
        return 1 + LATE_RECORDED_PERCENT / 100 if changed else 1.0

    def _dealt(self, what: str, cards: Sequence[Card]) -> dict[str, Card]:
        """Give each perangkat daerah a card, each card to as many of them as the others."""
        order = list(UNIT_NAMES)
        random.Random(f"{self.seed}/{what}").shuffle(order)
        return {name: cards[place % len(cards)] for place, name in enumerate(order)}
