import numpy as np
import pytest

from luwes.core.evaluation.honest import Path, breakdown, relative, smooth
from luwes.core.evaluation.panel import Floats, PanelError

# Event effects 2008-2012, 2014, 2015 of the Medicaid expansion and their covariance × 1e4 (rows of the lower triangle),
# as published with the method's worked example.
EFFECTS = (-0.00528534, -0.0112973, -0.00267598, -0.00141931, 0.000339677, 0.0464469, 0.0692062)
LOWER = (
    (0.74885,),
    (0.60399, 0.72665),
    (0.44446, 0.37893, 0.50521),
    (0.33858, 0.28666, 0.26737, 0.40032),
    (0.4328, 0.45433, 0.27782, 0.24129, 0.54627),
    (0.47659, 0.44289, 0.30606, 0.23809, 0.36825, 0.83757),
    (0.24251, 0.28247, 0.096375, 0.029239, 0.09723, 0.63214, 1.0712),
)


def _medicaid(target: tuple[float, float] = (1.0, 0.0)) -> Path:
    covariance = np.zeros((7, 7))
    for row, values in enumerate(LOWER):
        covariance[row, : row + 1] = values
    covariance = (covariance + np.tril(covariance, -1).T) * 1e-4
    return Path(np.array(EFFECTS), covariance, 5, np.array(target))


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [(0.0, 0.0259, 0.0607), (0.01, 0.0132, 0.0787), (0.02, 0.00286, 0.0907), (0.03, -0.00714, 0.101)],
)
def test_published_intervals_when_slopes_change(change: float, low: float, high: float) -> None:
    assert smooth(_medicaid(), change, 0.05) == pytest.approx((low, high), abs=3e-4)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [(0.5, 0.0241, 0.0673), (1.0, 0.0171, 0.0720), (1.5, 0.00859, 0.0796), (2.0, -0.00107, 0.0883)],
)
def test_relative_magnitudes_are_never_narrower_than_published(bound: float, low: float, high: float) -> None:
    mine = relative(_medicaid(), bound, 0.05)
    assert mine[0] < low < high < mine[1]
    assert mine[0] > low - 0.02
    assert mine[1] < high + 0.03


def test_breakdown_is_where_the_lower_limit_meets_the_floor() -> None:
    path = _medicaid()
    found = breakdown(lambda change: smooth(path, change, 0.05), 0.0, first=0.01)
    assert 0.02 < found < 0.03
    assert smooth(path, found, 0.05)[0] == pytest.approx(0.0, abs=1e-4)
    assert breakdown(lambda change: smooth(path, change, 0.05), 0.05, first=0.01) == 0.0
    assert breakdown(lambda _: (1.0, 2.0), 0.0, first=0.01) == np.inf
    assert breakdown(lambda _: (np.nan, np.nan), 0.0, first=0.01) == 0.0


def test_the_average_over_time_may_be_the_target() -> None:
    low, high = smooth(_medicaid((0.5, 0.5)), 0.0, 0.05)
    assert low < 0.05 < high


def _drift(bend: float) -> Floats:
    times = np.array([-3.0, -2.0, -1.0, 1.0, 2.0])
    return 0.4 * times + np.where(times > 0, bend * times, 0.0)


def test_straight_trends_and_bends_up_to_the_bound_are_covered() -> None:
    rng = np.random.default_rng(1)
    covariance = 0.04 * (np.eye(5) + 0.5)
    noise = rng.multivariate_normal(np.zeros(5), covariance, 60)
    covered = 0
    for one in noise:
        path = Path(_drift(0.3) + one, covariance, 3, np.array([0.5, 0.5]))
        low, high = smooth(path, 0.3, 0.05)
        covered += low <= 0 <= high
    assert covered >= 54


def test_one_period_before_is_enough_for_an_interval() -> None:
    low, high = smooth(Path(np.array([0.0, 1.0]), np.eye(2) * 0.01, 1, np.array([1.0])), 0.1, 0.05)
    assert low < 1.0 < high


def test_what_cannot_be_is_refused() -> None:
    path = _medicaid()
    for level, change in ((0.0, 0.1), (0.05, -0.1), (0.05, np.nan)):
        with pytest.raises(PanelError):
            smooth(path, change, level)
    with pytest.raises(PanelError, match="shape"):
        Path(path.effects[:5], path.covariance, 5, path.target)
    with pytest.raises(PanelError, match="no_period_before"):
        Path(path.effects[:2], path.covariance[:2, :2], 0, path.target)
