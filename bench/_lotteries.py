"""Invented worlds for the calibration of the evaluation: variances as assumed for 40 agencies of nine units each."""

from dataclasses import dataclass

import numpy as np

from luwes.core.evaluation.lots import ShareLot, StartLot, WeekdayLot
from luwes.core.evaluation.panel import DayPanel, Floats

AGENCIES, UNITS, WEEKS = 40, 9, 8
ANSWERS_A_DAY = 30 / 22
WEEKDAY = np.array([0, 0.5, 0, -0.5, -1.5])


@dataclass(frozen=True, slots=True)
class World:
    """Agency by day sums of answers on the scale 25-100."""

    agencies: int = AGENCIES
    weeks: int = WEEKS
    answers: float = ANSWERS_A_DAY
    day_shock: float = 2.0
    habit: float = 1.5

    @property
    def days(self) -> int:
        """Working days."""
        return self.weeks * 5

    def lot(self) -> WeekdayLot:
        """One flexible weekday per agency, drawn anew every four weeks."""
        strata = np.zeros(self.agencies, dtype=np.int64)
        period = np.repeat(np.arange(self.weeks) // 4, 5)
        return WeekdayLot(np.tile(np.arange(1, 6), self.weeks), period, strata, (1, 2, 3, 4, 5))

    def panel(self, rng: np.random.Generator, effect: Floats, keep: Floats | None = None) -> DayPanel:
        """A panel in which `effect` (agencies × days) was added; `keep` is the share of answers that came in."""
        months = -(-self.weeks // 4)
        shape = (self.agencies, UNITS, self.days)
        month = np.arange(self.days) // 20
        mean = 80 + rng.normal(0, 4, (self.agencies, UNITS, 1)) + rng.normal(0, 3, (*shape[:2], months))[:, :, month]
        mean = mean + rng.normal(0, 1.5, (self.agencies, 1, months))[:, :, month]
        mean = mean + rng.normal(0, self.day_shock, (self.agencies, 1, self.days)) + np.tile(WEEKDAY, self.weeks)
        mean = mean + np.tile(rng.normal(0, self.habit, (self.agencies, 1, 5)), self.weeks) + effect[:, None, :]
        rate = self.answers * (np.ones((self.agencies, self.days)) if keep is None else keep)
        count = rng.poisson(np.broadcast_to(rate[:, None, :], shape)).astype(float)
        total = mean * count + rng.normal(0, 12, shape) * np.sqrt(count)
        return DayPanel(total.sum(1), count.sum(1), np.arange(self.days) // 5, np.arange(self.agencies))


def fridays(weeks: int, agencies: int = AGENCIES) -> ShareLot:
    """Only the Fridays: a quarter or three quarters of the people away, drawn each Friday."""
    strata = np.zeros(agencies, dtype=np.int64)
    return ShareLot(np.ones(weeks, dtype=np.int64), np.arange(weeks), strata, (0.25, 0.75))


def friday_panel(rng: np.random.Generator, exposure: Floats, effect: float) -> DayPanel:
    """The Fridays of the world above, each agency compared with itself over all of them."""
    agencies, weeks = exposure.shape
    shape = (agencies, UNITS, weeks)
    month = np.arange(weeks) // 4
    mean = 78 + rng.normal(0, 4, (agencies, UNITS, 1)) + rng.normal(0, 3, (*shape[:2], month[-1] + 1))[:, :, month]
    mean = mean + rng.normal(0, 1.5, (agencies, 1, month[-1] + 1))[:, :, month] + rng.normal(0, 2, (agencies, 1, weeks))
    mean = mean + effect * exposure[:, None, :]
    count = rng.poisson(ANSWERS_A_DAY, shape).astype(float)
    total = mean * count + rng.normal(0, 12, shape) * np.sqrt(count)
    return DayPanel(total.sum(1), count.sum(1), np.zeros(weeks, dtype=np.int64), np.arange(agencies))


def starting(agencies: int, treated: int, months: int, at: int) -> StartLot:
    """`treated` of so many agencies, drawn, start in month `at` and the others not within it."""
    starts = (at,) * treated + (months,) * (agencies - treated)
    return StartLot(months, np.zeros(agencies, dtype=np.int64), starts)


def monthly(rng: np.random.Generator, exposure: Floats, effect: float, rho: float = 0.5) -> DayPanel:
    """Agency months with unequal sizes and autocorrelated shocks."""
    agencies, months = exposure.shape
    shock = rng.normal(size=(agencies, months))
    for month in range(1, months):
        shock[:, month] = rho * shock[:, month - 1] + np.sqrt(1 - rho**2) * shock[:, month]
    weight = np.broadcast_to(rng.lognormal(0, 0.5, (agencies, 1)), (agencies, months))
    mean = rng.normal(0, 2, (agencies, 1)) + rng.normal(0, 1, months) + shock / np.sqrt(weight) + effect * exposure
    return DayPanel(mean * weight, weight.copy(), np.zeros(months, dtype=np.int64), np.arange(agencies))
