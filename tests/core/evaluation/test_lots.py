import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.evaluation.lots import ShareLot, StartLot, WeekdayLot, draw, redraws
from luwes.core.evaluation.panel import PanelError
from tests.core.evaluation.worlds import WEEKDAYS, weekday_lot


@settings(max_examples=30, deadline=None)
@given(st.integers(5, 23), st.integers(1, 6), st.integers(0, 10**6))
def test_weekday_lot_is_even_and_one_day_a_week(units: int, weeks: int, seed: int) -> None:
    drawn = draw(weekday_lot(units, weeks, 2), np.random.default_rng(seed)).reshape(units, weeks, 5)
    assert (drawn.sum(2) == 1).all()
    per_day = drawn.sum(0)
    assert per_day.max() - per_day.min() <= 1
    for first in range(0, weeks - 1, 2):
        np.testing.assert_array_equal(drawn[:, first], drawn[:, first + 1])


def test_weekday_lot_is_even_within_each_stratum() -> None:
    lot = WeekdayLot(WEEKDAYS, np.zeros(5, dtype=np.int64), np.repeat([0, 1], 10), (1, 5), share=0.5)
    drawn = draw(lot, np.random.default_rng(1))
    assert drawn[:10, 0].sum() == drawn[:10, 4].sum() == 2.5
    assert drawn[10:, 0].sum() == drawn[10:, 4].sum() == 2.5
    assert drawn[:, 1:4].sum() == 0


def test_share_lot_deals_shares_on_the_common_days_only() -> None:
    flexible = np.tile([0, 0, 0, 0, 1], 3)
    lot = ShareLot(flexible, np.repeat([0, 1, 2], 5), np.zeros(8, dtype=np.int64), (0.25, 0.75))
    drawn = draw(lot, np.random.default_rng(2))
    assert (drawn[:, flexible == 0] == 0).all()
    assert ((drawn[:, flexible == 1] == 0.25).sum(0) == 4).all()
    assert ((drawn[:, flexible == 1] == 0.75).sum(0) == 4).all()


def test_start_lot_starts_once_and_stays() -> None:
    drawn = draw(StartLot(6, np.zeros(9, dtype=np.int64), (2, 4, 6)), np.random.default_rng(3))
    assert (np.diff(drawn, axis=1) >= 0).all()
    assert sorted(drawn.sum(1).tolist()) == [0, 0, 0, 2, 2, 2, 4, 4, 4]


def test_every_unit_gets_every_day_about_as_often() -> None:
    drawn = redraws(weekday_lot(7, 1), 700, np.random.default_rng(4))
    np.testing.assert_allclose(drawn.mean(0), 0.2, atol=0.08)


@pytest.mark.parametrize(
    "lot",
    [
        WeekdayLot(WEEKDAYS, np.zeros(5, dtype=np.int64), np.zeros(3, dtype=np.int64), (5,)),
        WeekdayLot(WEEKDAYS, np.zeros(5, dtype=np.int64), np.zeros(3, dtype=np.int64), (4, 5), shares=(1.0, 1.0)),
        ShareLot(np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64), np.zeros(3, dtype=np.int64), (0.5, 0.5)),
        StartLot(6, np.zeros(3, dtype=np.int64), (2,)),
    ],
)
def test_a_lot_without_choice_is_none(lot: WeekdayLot | ShareLot | StartLot) -> None:
    with pytest.raises(PanelError, match="lot_without_choice"):
        draw(lot, np.random.default_rng(5))
