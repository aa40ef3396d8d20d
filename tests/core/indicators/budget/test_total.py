import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.budget import (
    BudgetDataError,
    BudgetFigure,
    HeadlineBasis,
    Target,
    TargetBasis,
    Verdict,
    total,
)
from tests.core.indicators.budget.figures import JUNE, OCTOBER, amounts, figure

MILESTONE = Target(Decimal(50), TargetBasis.MILESTONE, JUNE)


def test_the_sum_of_units_is_the_headline_when_there_is_no_total_row() -> None:
    result = total(
        [figure("a", ceiling=300, realised=90, physical="40"), figure("b", ceiling=100, realised=70, physical="80")],
        unit="Provinsi Contoh",
    )
    assert result.headline_basis is HeadlineBasis.SUM
    assert result.headline is result.parts
    assert result.headline.figure == figure("Provinsi Contoh", ceiling=400, realised=160, physical="50.00")
    assert (result.headline.pct, result.headline.target) == (Decimal(40), MILESTONE)
    assert (result.n_units, result.coverage_pct) == (2, Decimal(100))
    assert (result.ceiling_difference, result.realised_difference, result.pct_difference) == (0, 0, 0)


def test_the_governments_own_total_row_is_the_headline() -> None:
    units = [figure("a", ceiling=300, realised=90), figure("b", ceiling=100, realised=70)]
    result = total(units, figure("gov", ceiling=1_000, realised=300, target="45"))
    assert result.headline_basis is HeadlineBasis.REPORTED
    assert (result.headline.figure.unit, result.headline.pct) == ("gov", Decimal(30))
    assert result.headline.target == Target(Decimal(45), TargetBasis.OWN)
    assert result.parts is not None
    assert result.parts.pct == Decimal(40)
    assert (result.n_units, result.coverage_pct) == (2, Decimal(40))
    assert (result.ceiling_difference, result.realised_difference) == (600, 140)
    assert result.pct_difference == Decimal(-10)


def test_a_total_row_may_stand_alone() -> None:
    result = total([], figure("gov"))
    assert (result.parts, result.n_units, result.coverage_pct) == (None, 0, Decimal(0))
    assert (result.ceiling_difference, result.realised_difference, result.pct_difference) == (None, None, None)


@pytest.mark.parametrize(
    ("units", "reported", "code"),
    [
        ([], None, "nothing_to_total"),
        ([figure("a"), figure("b", as_of=OCTOBER)], None, "dates_mixed"),
        ([figure("a", as_of=date(2025, 1, 10)), figure("b", as_of=date(2025, 1, 10), year=2024)], None, "dates_mixed"),
        ([figure("a")], figure("gov", as_of=OCTOBER), "dates_mixed"),
        ([figure("a"), figure("a")], None, "unit_twice"),
        ([figure("gov"), figure("a")], figure("gov"), "unit_twice"),
    ],
)
def test_what_cannot_be_added_is_refused(units: list[BudgetFigure], reported: BudgetFigure | None, code: str) -> None:
    with pytest.raises(BudgetDataError) as refusal:
        total(units, reported)
    assert refusal.value.code == code


def test_own_targets_are_weighted_by_ceiling() -> None:
    units = [figure("a", ceiling=300, target="40"), figure("b", ceiling=100, target="80")]
    assert total(units).headline.target == Target(Decimal(50), TargetBasis.WEIGHTED)


def test_a_target_common_to_all_units_keeps_its_basis() -> None:
    units = [figure("a", ceiling=300, target="40"), figure("b", ceiling=100, target="40")]
    assert total(units).headline.target == Target(Decimal(40), TargetBasis.OWN)


def test_a_unit_without_money_has_no_say_in_the_target() -> None:
    units = [figure("a", target="40"), figure("b", ceiling=0, realised=0, target="80")]
    assert total(units).headline.target == Target(Decimal(40), TargetBasis.OWN)


def test_own_targets_and_milestones_may_meet_in_one_total() -> None:
    units = [figure("a", ceiling=300, target="30"), figure("b", ceiling=100)]
    assert total(units).headline.target == Target(Decimal(35), TargetBasis.WEIGHTED)


def test_one_unit_without_a_target_leaves_the_total_without_one() -> None:
    march = date(2025, 3, 1)
    units = [figure("a", as_of=march, target="10"), figure("b", as_of=march)]
    assert total(units).headline.verdict is Verdict.NOT_DUE
    unfunded = figure("b", as_of=march, ceiling=0, realised=0)
    assert total([units[0], unfunded]).headline.target == Target(Decimal(10), TargetBasis.OWN)


def test_a_total_row_without_target_takes_its_units_when_they_are_the_whole() -> None:
    units = [figure("a", ceiling=600, target="40"), figure("b", ceiling=398, target="40")]
    whole, larger = figure("gov", ceiling=1_000), figure("gov", ceiling=1_010)
    assert total(units, whole).headline.target == Target(Decimal(40), TargetBasis.OWN)
    # A part of the government says nothing about the target of the rest.
    assert total(units, larger).headline.target == MILESTONE
    assert total(units, figure("gov", ceiling=0, realised=0)).headline.target == MILESTONE


def test_units_without_any_ceiling_have_no_denominator() -> None:
    units = [figure("a", ceiling=0, realised=0, physical="3")]
    result = total(units, figure("gov", ceiling=100, realised=20))
    assert result.parts is not None
    assert result.parts.verdict is Verdict.NO_DENOMINATOR
    assert (result.coverage_pct, result.pct_difference) == (Decimal(0), None)
    assert result.headline.target == MILESTONE
    empty = total(units, figure("gov", ceiling=0, realised=0))
    assert (empty.coverage_pct, empty.pct_difference) == (None, None)


def test_physical_progress_is_unknown_while_a_funded_unit_is_silent() -> None:
    silent = [figure("a", physical="40"), figure("b")]
    assert total(silent).headline.figure.physical_pct is None
    unfunded = [figure("a", physical="40"), figure("b", ceiling=0, realised=0)]
    assert total(unfunded).headline.figure.physical_pct == Decimal(40)


def test_margin_reaches_headline_and_parts() -> None:
    result = total([figure("a", realised=490_000)], figure("gov", realised=490_000), margin=Decimal(1))
    assert result.parts is not None
    assert (result.headline.verdict, result.parts.verdict) == (Verdict.BELOW, Verdict.BELOW)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_a_total_is_the_sum_of_its_parts_in_any_order(rows: list[tuple[int, int]], chance: random.Random) -> None:
    units = [figure(f"u{i}", ceiling=c, realised=r) for i, (c, r) in enumerate(rows)]
    shuffled = list(units)
    chance.shuffle(shuffled)
    result = total(units)
    assert result == total(shuffled)
    assert result.headline.figure.ceiling == sum(c for c, _ in rows)
    assert result.headline.figure.realised == sum(r for _, r in rows)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10**13), st.integers(0, 100)), min_size=1, max_size=10))
def test_a_weighted_target_lies_between_the_targets(rows: list[tuple[int, int]]) -> None:
    units = [figure(f"u{i}", ceiling=c, target=str(t)) for i, (c, t) in enumerate(rows)]
    target = total(units).headline.target
    assert target is not None
    assert min(t for _, t in rows) <= target.pct <= max(t for _, t in rows)
