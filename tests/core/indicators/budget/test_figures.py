from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.budget import (
    BudgetDataError,
    BudgetFigure,
    DueMilestone,
    Milestone,
    due_milestone,
    next_milestone,
    share_pct,
)
from luwes.core.indicators.budget.figures import rupiah_of_pct
from tests.core.indicators.budget.figures import amounts, figure


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "  "}, "unit_missing"),
        ({"year": 0}, "year_invalid"),
        ({"year": 9999}, "year_invalid"),
        ({"reported": "1E+70"}, "reported_pct_invalid"),
        ({"physical": "1000000.01"}, "physical_pct_invalid"),
        ({"ceiling": -1}, "ceiling_negative"),
        ({"realised": -1}, "realised_negative"),
        ({"as_of": date(2024, 12, 31)}, "as_of_outside_year"),
        ({"as_of": date(2026, 2, 1)}, "as_of_outside_year"),
        ({"reported": "-0.01"}, "reported_pct_invalid"),
        ({"reported": "NaN"}, "reported_pct_invalid"),
        ({"physical": "Infinity"}, "physical_pct_invalid"),
        ({"target": "-1"}, "own_target_pct_invalid"),
        ({"target": "100.01"}, "own_target_pct_invalid"),
    ],
)
def test_impossible_figures_are_refused_with_a_code(changes: dict[str, object], code: str) -> None:
    with pytest.raises(BudgetDataError) as refusal:
        figure(**changes)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert code in str(refusal.value)


def test_odd_but_possible_figures_are_accepted() -> None:
    assert figure(realised=2_000_000).realised == 2_000_000
    assert figure(reported="130", physical="101").physical_pct == Decimal(101)
    assert figure(as_of=date(2025, 1, 1)).as_of == date(2025, 1, 1)
    assert figure(as_of=date(2026, 1, 31)).as_of == date(2026, 1, 31)
    assert figure(ceiling=0, realised=0).ceiling == 0
    assert figure(ceiling=10**18, realised=10**18, reported="1000000").reported_pct == 10**6


def test_optional_percentages_default_to_absent() -> None:
    bare = BudgetFigure("PC-01", date(2025, 6, 30), 2025, 10, 5)
    assert (bare.reported_pct, bare.physical_pct, bare.own_target_pct) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "due", "coming"),
    [
        (date(2025, 1, 1), None, 20),
        (date(2025, 3, 30), None, 20),
        (date(2025, 3, 31), 20, 50),
        (date(2025, 6, 29), 20, 50),
        (date(2025, 6, 30), 50, 85),
        (date(2025, 9, 30), 85, 100),
        (date(2025, 11, 14), 85, 100),
        (date(2025, 11, 15), 100, None),
        (date(2026, 1, 31), 100, None),
    ],
)
def test_the_target_in_force_is_the_last_one_due(day: date, due: int | None, coming: int | None) -> None:
    in_force, following = due_milestone(day, 2025), next_milestone(day, 2025)
    assert (in_force and in_force.pct) == due
    assert (following and following.pct) == coming


def test_milestones_are_data_and_need_no_order() -> None:
    own = (Milestone(12, 31, Decimal(95)), Milestone(6, 30, Decimal(40)))
    assert due_milestone(date(2025, 7, 1), 2025, own) == DueMilestone(date(2025, 6, 30), Decimal(40))
    assert next_milestone(date(2025, 7, 1), 2025, own) == DueMilestone(date(2025, 12, 31), Decimal(95))
    assert due_milestone(date(2025, 7, 1), 2025, ()) is None


def test_shares_are_rounded_half_up_and_need_a_whole() -> None:
    assert share_pct(1, 8) == Decimal("12.50")
    assert share_pct(12345, 1_000_000) == Decimal("1.23")
    assert share_pct(12350, 1_000_000) == Decimal("1.24")
    assert share_pct(-183, 1000) == Decimal("-18.30")
    assert share_pct(5, 0) is None


def test_rupiah_of_a_percentage_are_whole() -> None:
    assert rupiah_of_pct(Decimal("28.72"), 8_350_000_000_000) == 2_398_120_000_000
    assert rupiah_of_pct(Decimal("0.01"), 5_000) == 1
    assert rupiah_of_pct(Decimal("0.01"), 4_999) == 0


@settings(max_examples=150, deadline=None)
@given(amounts, st.integers(1, 10**14))
def test_a_share_is_within_half_a_hundredth(part: int, whole: int) -> None:
    share = share_pct(part, whole)
    assert share is not None
    assert abs(share * whole - 100 * part) * 200 <= whole
