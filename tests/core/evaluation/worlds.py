"""Small invented worlds in which the truth is known."""

import numpy as np

from luwes.core.evaluation.lots import WeekdayLot
from luwes.core.evaluation.panel import DayPanel, Floats, Ints

WEEKDAYS = np.arange(1, 6)


def weekday_lot(units: int, weeks: int, every: int = 4, shares: tuple[float, ...] = ()) -> WeekdayLot:
    """One flexible weekday per unit, drawn anew every `every` weeks; its share of people, too, where there are many."""
    weekday = np.tile(WEEKDAYS, weeks)
    period = np.repeat(np.arange(weeks) // every, 5)
    return WeekdayLot(weekday, period, np.zeros(units, dtype=np.int64), (1, 2, 3, 4, 5), shares=shares)


def weeks_of(days: int) -> Ints:
    """The week of each working day."""
    return np.arange(days) // 5


def day_panel(rng: np.random.Generator, exposure: Floats, *, effect: float, noise: float = 2.0) -> DayPanel:
    """Means near 80 with unit-week, weekday and date shocks, a few answers each, `effect` per full flexible day."""
    units, days = exposure.shape
    block = np.arange(days) // 5
    weight = rng.poisson(6, (units, days)).astype(float)
    mean = 80 + rng.normal(0, 3, (units, block[-1] + 1))[:, block] + rng.normal(0, 2, days)
    mean = mean + np.array([0, 0.5, 0, -0.5, -1.5])[np.arange(days) % 5] + effect * exposure
    total = weight * mean + rng.normal(0, noise, (units, days)) * np.sqrt(weight)
    return DayPanel(np.where(weight > 0, total, 0.0), weight, block, np.arange(units))
