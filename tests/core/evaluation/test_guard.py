import numpy as np
import pytest

from luwes.core.evaluation.guard import Series, State, autocorrelation, chance, confirmed, lifting, state
from luwes.core.evaluation.panel import Floats, PanelError

BASELINE = np.array([0.5, -0.5, 1.0, -1.0, 0.2, -0.2, 0.8, -0.8, 0.4, -0.4, 0.6, -0.6])


def _months(rng: np.random.Generator, units: int, months: int, rho: float) -> Floats:
    found = rng.normal(size=(units, months))
    for month in range(1, months):
        found[:, month] = rho * found[:, month - 1] + np.sqrt(1 - rho**2) * found[:, month]
    return found


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_pooled_autocorrelation_is_near_the_truth(rho: float) -> None:
    months = _months(np.random.default_rng(1), 350, 12, rho)
    assert autocorrelation(months) == pytest.approx(rho, abs=0.08)


def test_autocorrelation_stays_between_none_and_much() -> None:
    assert autocorrelation(np.tile([1.0, -1.0], (3, 6))) == 0.0
    assert autocorrelation(np.tile(np.arange(12.0), (3, 1))) == 0.9
    # Units that never move say nothing: the average estimate of nothing is above what white noise gives.
    assert 0 <= autocorrelation(np.ones((3, 12))) < 0.2


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_a_calm_quarter_is_as_rarely_low_as_its_p_says(rho: float) -> None:
    months = _months(np.random.default_rng(2), 800, 15, rho)
    ps = [chance(Series(one[:12], one[12:], rho), 3) for one in months]
    assert np.mean(np.array(ps) < 0.1) == pytest.approx(0.1, abs=0.035)


def test_confirmation_knows_nothing_of_the_alarm() -> None:
    rng = np.random.default_rng(3)
    months = _months(rng, 1500, 16, 0.6)
    alarm = months[:, 12:15].mean(1) < -1.2
    ps = np.array([confirmed(Series(one[:12], one[12:], 0.6), 4) for one in months[alarm]])
    assert alarm.sum() > 60
    assert (ps < 0.1).mean() < 0.2


def test_from_calm_to_watch_to_a_proposal() -> None:
    calm = Series(BASELINE, np.zeros(12), 0.0)
    assert state(calm, floor_broken=False) is State.CALM
    assert state(calm, floor_broken=True) is State.SUSPEND_NOW
    low = np.array([-2.0, -2.0, -2.0])
    assert state(Series(BASELINE, low, 0.0), floor_broken=False) is State.WATCH
    assert state(Series(BASELINE, np.append(low, 0.5), 0.0), floor_broken=False) is State.WATCH
    assert state(Series(BASELINE, np.append(low, -2.0), 0.0), floor_broken=False) is State.SUSPEND
    assert state(Series(BASELINE, low[:2], 0.0), floor_broken=False) is State.CALM


def test_a_missing_month_is_not_a_calm_one() -> None:
    gap = np.array([0.0, np.nan, 0.0])
    assert state(Series(BASELINE, gap, 0.0), floor_broken=False) is State.UNKNOWN
    assert state(Series(BASELINE, np.append(np.full(3, -2.0), np.nan), 0.0), floor_broken=False) is State.WATCH


def test_back_one_step_lower_after_two_clean_months() -> None:
    assert lifting(1) is State.SUSPEND
    assert lifting(2) is State.STEP_DOWN


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(PanelError, match="baseline"):
        Series(BASELINE[:5], BASELINE, 0.0)
    with pytest.raises(PanelError, match="baseline"):
        autocorrelation(np.ones((3, 5)))
    with pytest.raises(PanelError, match="autocorrelation"):
        Series(BASELINE, BASELINE, 1.0)
    for months in (0, 13):
        with pytest.raises(PanelError, match="months"):
            chance(Series(BASELINE, BASELINE, 0.0), months)
    for month in (1, 13):
        with pytest.raises(PanelError, match="months"):
            confirmed(Series(BASELINE, BASELINE, 0.0), month)
