import numpy as np
import pytest

from luwes.core.evaluation.lots import draw, redraws
from luwes.core.evaluation.panel import DayPanel, Effects, Floats, PanelError
from luwes.core.evaluation.randomised import Lottery
from tests.core.evaluation.worlds import day_panel, weekday_lot


def _panel(total: Floats, weight: Floats, block: list[int], cluster: list[int]) -> DayPanel:
    return DayPanel(total, weight, np.array(block, dtype=np.int64), np.array(cluster, dtype=np.int64))


@pytest.mark.parametrize(
    ("code", "total", "weight", "block", "cluster"),
    [
        ("shape", [[1.0, 2.0]], [[1.0]], [0, 0], [0]),
        ("shape", [[1.0, 2.0]], [[1.0, 1.0]], [0], [0]),
        ("not_finite", [[np.nan, 2.0]], [[1.0, 1.0]], [0, 0], [0]),
        ("weight_negative", [[1.0, 2.0]], [[1.0, -1.0]], [0, 0], [0]),
        ("total_without_weight", [[1.0, 2.0]], [[1.0, 0.0]], [0, 0], [0]),
        ("cluster_gap", [[1.0, 2.0]], [[1.0, 1.0]], [0, 0], [1]),
        ("block_gap", [[1.0, 2.0]], [[1.0, 1.0]], [0, 2], [0]),
    ],
)
def test_what_cannot_be_is_refused(
    code: str, total: object, weight: object, block: list[int], cluster: list[int]
) -> None:
    with pytest.raises(PanelError) as refused:
        _panel(np.array(total), np.array(weight), block, cluster)
    assert refused.value.code == code


def test_missing_counts_only_what_was_expected() -> None:
    panel = _panel(np.array([[1.0, 0.0, 0.0, 4.0]]), np.array([[1.0, 0.0, 0.0, 2.0]]), [0, 0, 0, 0], [0])
    assert panel.missing(np.array([[True, True, False, True]])) == pytest.approx(1 / 3)
    assert panel.missing(np.zeros((1, 4), dtype=bool)) == 1.0
    assert panel.means().tolist() == [[1.0, 0.0, 0.0, 2.0]]


def test_effects_leave_what_full_least_squares_leaves() -> None:
    rng = np.random.default_rng(3)
    panel = day_panel(rng, np.zeros((6, 15)), effect=0.0)
    values = rng.normal(size=(6, 15))
    left = Effects.of(panel).residual(values)
    rows = []
    for unit in range(6):
        for day in range(15):
            row = np.zeros(6 * 3 + 15)
            row[unit * 3 + day // 5] = 1
            row[18 + day] = 1
            rows.append(row)
    root = np.sqrt(panel.weight.ravel())
    design = np.array(rows) * root[:, None]
    fitted = np.linalg.lstsq(design, values.ravel() * root, rcond=None)[0]
    expected = values.ravel() - np.array(rows) @ fitted
    there = panel.weight.ravel() > 0
    np.testing.assert_allclose(left.ravel()[there], expected[there], atol=1e-9)
    assert (left.ravel()[~there] == 0).all()


def test_lottery_agrees_with_a_regression_and_finds_the_effect() -> None:
    rng = np.random.default_rng(4)
    lot = weekday_lot(20, 8)
    exposure = draw(lot, rng)
    found = Lottery.of(day_panel(rng, exposure, effect=-3.0), exposure, redraws(lot, 199, rng))
    assert found.effect == pytest.approx(-3.0, abs=4 * found.error)
    assert 0.05 < found.error < 1
    low, high = found.interval(0.025, 0.025)
    assert low < -3.0 < high < 0
    assert found.above(-4.5) <= 0.01
    assert found.below(-4.5) >= 0.9
    assert found.smallest == pytest.approx(1 / 200)


def test_a_level_no_lot_of_this_size_reaches_has_no_limit() -> None:
    rng = np.random.default_rng(5)
    lot = weekday_lot(10, 4)
    exposure = draw(lot, rng)
    found = Lottery.of(day_panel(rng, exposure, effect=0.0), exposure, redraws(lot, 99, rng))
    low, high = found.interval(0.001, 0.05)
    assert low == -np.inf
    assert np.isfinite(high)
    assert found.interval(0.05, 0.001)[1] == np.inf


def test_the_wider_the_surer() -> None:
    rng = np.random.default_rng(6)
    lot = weekday_lot(12, 4)
    exposure = draw(lot, rng)
    found = Lottery.of(day_panel(rng, exposure, effect=1.0), exposure, redraws(lot, 199, rng))
    narrow, wide = found.interval(0.10, 0.10), found.interval(0.02, 0.02)
    assert wide[0] < narrow[0] < found.effect < narrow[1] < wide[1]


def test_the_limit_is_where_p_crosses_the_level() -> None:
    rng = np.random.default_rng(7)
    lot = weekday_lot(12, 4)
    exposure = draw(lot, rng)
    found = Lottery.of(day_panel(rng, exposure, effect=1.0), exposure, redraws(lot, 199, rng))
    low, high = found.interval(0.05, 0.05)
    assert found.above(low + 1e-6) > 0.05 >= found.above(low - 1e-6)
    assert found.below(high - 1e-6) > 0.05 >= found.below(high + 1e-6)


def test_no_contrast_and_one_cluster_are_refused() -> None:
    rng = np.random.default_rng(8)
    panel = day_panel(rng, np.zeros((4, 10)), effect=0.0)
    everybody = np.tile(np.array([0.0, 0, 0, 0, 1]), (4, 2))
    with pytest.raises(PanelError, match="no_contrast"):
        Lottery.of(panel, everybody, everybody[None])
    with pytest.raises(PanelError, match="shape"):
        Lottery.of(panel, everybody[:2], everybody[None])
    alone = DayPanel(panel.total, panel.weight, panel.block, np.zeros(4, dtype=np.int64))
    with pytest.raises(PanelError, match="one_cluster"):
        Lottery.of(alone, everybody, everybody[None])


def test_redraws_without_contrast_are_no_evidence() -> None:
    rng = np.random.default_rng(9)
    lot = weekday_lot(8, 2)
    exposure = draw(lot, rng)
    none = np.zeros((5, 8, 10))
    found = Lottery.of(day_panel(rng, exposure, effect=0.0), exposure, none)
    assert found.own.shape[0] == 1
    assert found.interval(0.4, 0.4) == (-np.inf, np.inf)
