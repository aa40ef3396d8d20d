import numpy as np
import pytest

from luwes.core.evaluation.imputation import Imputed
from luwes.core.evaluation.panel import Floats, Ints, PanelError
from luwes.core.evaluation.staggered import (
    NEVER,
    Cohorts,
    Estimate,
    by_calendar,
    by_group,
    covariance,
    events,
    group_time,
    mean,
    simple,
    simultaneous,
)
from tests.core.evaluation.published import mpdta, rows


def _world(seed: int, *, effect: float = -0.1, never: float = 0.3) -> tuple[Floats, Ints, Ints]:
    """120 units in 12 clusters, 12 periods, an effect that grows with time since the start."""
    rng = np.random.default_rng(seed)
    start = np.where(rng.random(120) < never, NEVER, rng.choice([4, 6, 9], 120))
    since = np.arange(12)[None, :] - start[:, None]
    treated = (start != NEVER)[:, None] & (since >= 0)
    outcome = rng.normal(0, 3, (120, 1)) + rng.normal(0, 1, 12) + rng.normal(0, 0.5, (120, 12))
    return outcome + treated * effect * (since + 1), start, np.arange(120) % 12


def test_every_summary_of_one_and_the_same_effect_is_that_effect() -> None:
    """Without noise nothing is estimated: units and periods differ, and whoever has begun loses 0.1."""
    start = np.repeat([NEVER, 4, 6, 9], 5)
    begun = (start != NEVER)[:, None] & (np.arange(12)[None, :] >= start[:, None])
    outcome = np.arange(20.0)[:, None] + np.sin(np.arange(12.0)) - 0.1 * begun
    cohorts = Cohorts.of(outcome, start, np.arange(20))
    found = group_time(cohorts)
    for summary in (simple, by_group, by_calendar):
        assert summary(cohorts, found).effect == pytest.approx(-0.1, abs=1e-12)


def test_published_group_time_effects_to_ten_digits() -> None:
    outcome, start = mpdta()
    found = group_time(Cohorts.of(outcome, start, np.arange(500)))
    published = [row for row in rows("ref_attgt.csv") if row["scenario"] == "mpdta_nev_dr"]
    assert len(published) == len(found) == 12
    for row in published:
        mine = found[int(row["group"]) - 2003, int(row["t"]) - 2003]
        assert mine.effect == pytest.approx(float(row["att"]), abs=1e-10)
        assert mine.error == pytest.approx(float(row["se"]), abs=1e-10)


def test_published_summaries_to_ten_digits() -> None:
    outcome, start = mpdta()
    cohorts = Cohorts.of(outcome, start, np.arange(500))
    found = group_time(cohorts)
    by_time = events(cohorts, found)
    mine = {
        "simple": simple(cohorts, found),
        "group": by_group(cohorts, found),
        "calendar": by_calendar(cohorts, found),
        "dynamic": mean([one for time, one in by_time.items() if time >= 0]),
    }
    for row in rows("ref_aggte.csv"):
        if row["scenario"] != "mpdta_nev_dr":
            continue
        assert mine[row["type"]].effect == pytest.approx(float(row["overall_att"]), abs=1e-10)
        assert mine[row["type"]].error == pytest.approx(float(row["overall_se"]), abs=1e-10)
        if row["type"] == "dynamic":
            event = by_time[int(row["egt"])]
            assert (event.effect, event.error) == pytest.approx(
                (float(row["att_egt"]), float(row["se_egt"])), abs=1e-10
            )


def test_imputation_gives_the_published_figures_to_nine_digits() -> None:
    outcome, start = mpdta()
    found = Imputed.of(outcome, start, np.arange(500))
    assert found.effect().effect == pytest.approx(-0.0477099183, abs=1e-9)
    assert found.effect().error == pytest.approx(0.0132224887, abs=1e-9)
    wanted = [(-0.0310669, 0.0135772), (-0.0522349, 0.0188124), (-0.1360781, 0.0353420), (-0.1047075, 0.0337659)]
    np.testing.assert_allclose([(one.effect, one.error) for one in found.events().values()], wanted, atol=1e-7)


def test_sums_give_what_the_definition_gives() -> None:
    outcome, start, cluster = _world(1)
    found = group_time(Cohorts.of(outcome, start, cluster))
    for (begins, period), mine in found.items():
        base = begins - 1 if period >= begins else period - 1
        change = outcome[:, period] - outcome[:, base]
        assert mine.effect == pytest.approx(change[start == begins].mean() - change[start == NEVER].mean())
    assert len(found) == 3 * 11


def test_not_yet_treated_serve_as_comparison_until_they_start() -> None:
    outcome, start, cluster = _world(2, never=0.0)
    cohorts = Cohorts.of(outcome, start, cluster)
    with pytest.raises(PanelError, match="no_comparison"):
        group_time(cohorts)
    found = group_time(cohorts, not_yet=True)
    change = outcome[:, 5] - outcome[:, 3]
    assert found[4, 5].effect == pytest.approx(change[start == 4].mean() - change[start > 5].mean())
    assert (4, 9) not in found
    assert (9, 9) not in found


def test_a_growing_harm_is_found_by_both_and_hidden_by_neither() -> None:
    outcome, start, cluster = _world(3)
    cohorts = Cohorts.of(outcome, start, cluster)
    found = group_time(cohorts)
    since = np.arange(12)[None, :] - start[:, None]
    treated = (start != NEVER)[:, None] & (since >= 0)
    truth = float((-0.1 * (since + 1))[treated].mean())
    imputed = Imputed.of(outcome, start, cluster).effect()
    assert simple(cohorts, found).effect == pytest.approx(truth, abs=4 * simple(cohorts, found).error)
    assert imputed.effect == pytest.approx(truth, abs=4 * imputed.error)


def test_imputation_with_gaps_agrees_with_full_least_squares() -> None:
    outcome, start, cluster = _world(4)
    outcome[np.random.default_rng(5).random(outcome.shape) < 0.2] = np.nan
    found = Imputed.of(outcome, start, cluster)
    since = np.arange(12)[None, :] - start[:, None]
    treated = (start != NEVER)[:, None] & (since >= 0)
    unit, period = np.nonzero(np.isfinite(outcome) & ~treated)
    design = np.zeros((unit.size, 132))
    design[np.arange(unit.size), unit] = 1
    design[np.arange(unit.size), 120 + period] = 1
    fitted = np.linalg.lstsq(design, outcome[unit, period], rcond=None)[0]
    gap = (outcome - fitted[:120, None] - fitted[None, 120:])[treated & np.isfinite(outcome)]
    assert found.effect().effect == pytest.approx(gap.mean())
    assert list(found.events()) == list(range(8))


def test_band_is_wider_than_a_single_interval_and_covers_all() -> None:
    outcome, start, cluster = _world(6, effect=0.0)
    cohorts = Cohorts.of(outcome, start, cluster)
    parts = list(events(cohorts, group_time(cohorts)).values())
    draws = np.random.default_rng(7).choice([-1.0, 1.0], (999, 12))
    width = simultaneous(parts, 0.05, draws)
    assert 1.96 < width < 5
    assert simultaneous(parts, 0.05, np.zeros((9, 12))) == pytest.approx(1.959964, abs=1e-6)
    errors = np.sqrt(np.diag(covariance(parts)))
    np.testing.assert_allclose(errors, [one.error for one in parts])
    with pytest.raises(PanelError, match="shape"):
        simultaneous(parts, 0.05, draws[:, :3])
    with pytest.raises(PanelError, match="level"):
        simultaneous(parts, 0.0, draws)


def test_what_cannot_be_is_refused() -> None:
    outcome, start, cluster = _world(8)
    for wrong in (start[:5], start + 20):
        with pytest.raises(PanelError):
            Cohorts.of(outcome, wrong, cluster)
    with pytest.raises(PanelError, match="not_finite"):
        Cohorts.of(np.where(outcome > 0, np.nan, outcome), start, cluster)
    nobody = np.full(120, NEVER)
    with pytest.raises(PanelError, match="shape"):
        Imputed.of(outcome, nobody[:4], cluster)
    with pytest.raises(PanelError, match="nothing_treated"):
        Imputed.of(outcome, nobody, cluster)
    with pytest.raises(PanelError, match="nothing_untreated"):
        Imputed.of(outcome, np.zeros(120, dtype=np.int64), cluster)
    with pytest.raises(PanelError, match="nothing_treated"):
        Imputed.of(outcome, start, cluster).effect(np.zeros(outcome.shape))


def test_periods_without_a_link_are_not_compared() -> None:
    outcome = np.array([[1.0, 1.0, np.nan, np.nan], [np.nan, np.nan, 2.0, 2.0], [1.0, 1.5, np.nan, 3.0]])
    with pytest.raises(PanelError, match="not_connected"):
        Imputed.of(outcome, np.array([NEVER, NEVER, 1]), np.arange(3))


def test_nothing_after_the_start_has_no_summary() -> None:
    outcome, start, cluster = _world(9)
    cohorts = Cohorts.of(outcome, start, cluster)
    before = {key: one for key, one in group_time(cohorts).items() if key[1] < key[0]}
    for summary in (simple, by_group, by_calendar):
        with pytest.raises(PanelError, match="no_period_after"):
            summary(cohorts, before)
    assert Estimate(0.0, np.array([3.0, 4.0])).error == 5.0


def test_a_cohort_treated_from_the_first_period_has_no_base() -> None:
    outcome, start, cluster = _world(10)
    start[start == 4] = 0
    assert all(begins != 0 or period < 0 for begins, period in group_time(Cohorts.of(outcome, start, cluster)))
