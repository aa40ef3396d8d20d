import numpy as np
import pytest

from luwes.core.evaluation.clustered import Clustered, before_after, two_way
from luwes.core.evaluation.panel import DayPanel, Floats, Ints, PanelError
from luwes.core.evaluation.weekday import displaced, triple


def _data(seed: int, clusters: int = 10) -> tuple[Floats, Floats, Ints]:
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), 6)
    design = np.column_stack([(cluster < clusters // 2) * 1.0, np.ones(cluster.size), rng.normal(size=cluster.size)])
    outcome = design @ [1.0, 2.0, -1.0] + rng.normal(size=clusters)[cluster] + rng.normal(size=cluster.size)
    return design, outcome, cluster


def test_sandwich_and_jackknife_by_their_definitions() -> None:
    design, outcome, cluster = _data(1)
    fit = Clustered.of(design, outcome, cluster)
    plain = np.linalg.lstsq(design, outcome, rcond=None)[0]
    np.testing.assert_allclose(fit.coefficients, plain)
    bread = np.linalg.inv(design.T @ design)
    scores = [design[cluster == one].T @ (outcome - design @ plain)[cluster == one] for one in range(10)]
    meat = sum(np.outer(one, one) for one in scores)
    np.testing.assert_allclose(fit.cr0(), bread @ meat @ bread)
    np.testing.assert_allclose(fit.cr1(), fit.cr0() * 10 / 9 * 59 / 57)
    without = [np.linalg.lstsq(design[cluster != one], outcome[cluster != one], rcond=None)[0] for one in range(10)]
    moved = np.array(without) - plain
    np.testing.assert_allclose(fit.cv3(), 0.9 * moved.T @ moved)
    assert fit.cr0()[0, 0] < fit.cr1()[0, 0] < fit.cv3()[0, 0]


def test_one_treated_cluster_has_no_interval() -> None:
    design, outcome, cluster = _data(2)
    design[:, 0] = cluster == 0
    assert Clustered.of(design, outcome, cluster).interval(0, 0.05) == (-np.inf, np.inf)


def test_wild_bootstrap_finds_what_is_there() -> None:
    design, outcome, cluster = _data(3, 20)
    signs = np.random.default_rng(4).choice([-1.0, 1.0], (399, 20))
    fit = Clustered.of(design, outcome, cluster)
    assert fit.wild(2, signs) <= 0.01
    none = Clustered.of(design[:, [2]], outcome - design @ [1.0, 2.0, -1.0], cluster)
    assert none.wild(0, signs) > 0.05
    with pytest.raises(PanelError, match="shape"):
        fit.wild(0, signs[:, :4])


def test_what_cannot_be_fitted_is_refused() -> None:
    design, outcome, cluster = _data(5)
    with pytest.raises(PanelError, match="shape"):
        Clustered.of(design, outcome[:5], cluster)
    with pytest.raises(PanelError, match="one_cluster"):
        Clustered.of(design, outcome, cluster * 0)
    with pytest.raises(PanelError, match="rank"):
        Clustered.of(design[:, [0, 0]], outcome, cluster)


def test_naive_lines_are_what_they_are_called() -> None:
    outcome = np.array([[1.0, 5.0], [2.0, 3.0]])
    exposed = np.array([[0.0, 1.0], [0.0, 0.0]])
    assert two_way(outcome, exposed) == pytest.approx(3.0)
    assert before_after(outcome, exposed) == pytest.approx(3.0)
    with pytest.raises(PanelError, match="rank"):
        two_way(outcome, np.ones((2, 2)))


def _fridays(seed: int, effect: float, moved: float) -> tuple[DayPanel, Floats, Floats, Floats]:
    """24 services of 12 agencies, half of them exposed on Fridays after half of 20 weeks."""
    rng = np.random.default_rng(seed)
    friday, after = np.tile([False] * 4 + [True], 20), np.repeat([False, True], 50)
    exposed = np.arange(24) % 12 < 6
    mean = 80 + rng.normal(0, 1, 100) + rng.normal(0, 2, (24, 1)) + exposed[:, None] * after * moved
    mean = mean + exposed[:, None] * (friday & after) * effect + rng.normal(0, 0.5, (24, 100))
    panel = DayPanel(mean * 4, np.full((24, 100), 4.0), np.arange(100) // 5, np.arange(24) % 12)
    return panel, friday, after, exposed


def test_fixed_weekday_against_own_other_days_and_others() -> None:
    panel, friday, after, exposed = _fridays(1, -3.0, 0.0)
    found = triple(panel, friday, after, exposed, 0.05)
    assert found.low < -3.0 < found.high < -2
    assert not displaced(found, 1.0)


def test_work_moved_to_other_days_is_seen() -> None:
    panel, friday, after, exposed = _fridays(2, -3.0, 1.5)
    found = triple(panel, friday, after, exposed, 0.05)
    assert found.moved_low < 1.5 < found.moved_high
    assert displaced(found, 1.0)
    with pytest.raises(PanelError, match="shape"):
        triple(panel, friday[:5], after, exposed, 0.05)


def test_a_service_without_answers_in_a_cell_is_left_out() -> None:
    panel, friday, after, exposed = _fridays(3, 0.0, 0.0)
    weight = panel.weight * ~(friday & after)[None, :]
    empty = DayPanel(panel.total * (weight > 0), weight, panel.block, panel.cluster)
    with pytest.raises(PanelError, match="too_few"):
        triple(empty, friday, after, exposed, 0.05)
