"""The invented province's own cases: what was planted is inside the interval, nothing is found where nothing was."""

from datetime import date

import numpy as np
import pytest

from luwes.config.demo_files import province_of
from luwes.core.evaluation.lots import WeekdayLot, redraws
from luwes.core.evaluation.panel import DayPanel, Floats
from luwes.core.evaluation.randomised import Lottery
from luwes.examples.invented.facts.cases import cases_of
from luwes.examples.invented.facts.plan import flexibility
from luwes.examples.invented.facts.truths import WITHIN_TIME_POINTS, Rollout, Scenario, Truth
from luwes.examples.invented.facts.world import Province

STARTS = date(2026, 2, 1)
MONTHS = (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))


def _cells(province: Province, offices: list[str], days: list[date]) -> tuple[Floats, Floats, Floats]:
    """Points in time and cases due by office and day, and for which share of its services the day is flexible."""
    places = {day: n for n, day in enumerate(days)}
    total, weight, dose = (np.zeros((len(offices), len(days))) for _ in range(3))
    for row, office in enumerate(offices):
        own = [one for one in province.services if one.office == office]
        for service in own:
            cases = [case for month in MONTHS for case in cases_of(province, service, month)]
            due = [case for case in cases if case.due.date() in places]
            usual = np.mean([100.0 * (case.closed <= case.due) for case in due]) if due else 0.0
            for case in due:
                total[row, places[case.due.date()]] += 100.0 * (case.closed <= case.due) - usual
                weight[row, places[case.due.date()]] += 1
            for place, day in enumerate(days):
                dose[row, place] += flexibility(province, service, day) / len(own)
    return np.where(weight > 0, total, 0.0), weight, dose


@pytest.mark.parametrize("truth", [Truth.HARM, Truth.NONE])
def test_the_planted_harm_is_found_again_under_the_lot_over_weekdays(truth: Truth) -> None:
    province = province_of(Scenario(rollout=Rollout.WEEKDAY_LOT, truth=truth, staff=500, starts=STARTS))
    # The first month has cases of the time before still open; what is due from the second on was opened under it.
    days = [day for month in MONTHS[:2] for day in province.working_days(month)]
    offices = sorted({one.office for one in province.services})
    total, weight, dose = _cells(province, offices, days)
    weeks = np.unique([day.isocalendar().week for day in days], return_inverse=True)[1].astype(np.int64)
    weekday = np.array([day.isoweekday() for day in days])
    rows = (weight.sum(1) > 0) & (dose.sum(1) > 0)
    lot = WeekdayLot(weekday, np.zeros_like(weeks), np.zeros(int(rows.sum()), dtype=np.int64), (1, 2, 3, 4, 5))
    # Which part of an office's services its flexible day reaches, whichever weekday it had drawn.
    reach = dose[rows].max(1, keepdims=True)
    drawn = redraws(lot, 399, np.random.default_rng(11)) * reach
    panel = DayPanel(total[rows], weight[rows], weeks, np.arange(int(rows.sum())))
    lottery = Lottery.of(panel, dose[rows], drawn)
    low, high = lottery.interval(0.01, 0.01)
    wanted = WITHIN_TIME_POINTS if truth is Truth.HARM else 0.0
    assert low < wanted < high
    assert high - low < 12
    assert (high < 0) is (truth is Truth.HARM)
