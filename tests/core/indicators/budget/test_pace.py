from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.budget import (
    BudgetDataError,
    DueMilestone,
    Flag,
    Milestone,
    PctBasis,
    Target,
    TargetBasis,
    Verdict,
    needs_decision,
    pace,
)
from tests.core.indicators.budget.figures import OCTOBER, amounts, figure, percentages

RANK = (Verdict.BELOW, Verdict.SLIGHTLY_BELOW, Verdict.ON_TARGET)


@pytest.mark.parametrize(
    ("realised", "verdict", "deviation"),
    [
        (500_000, Verdict.ON_TARGET, "0.00"),
        (800_000, Verdict.ON_TARGET, "30.00"),
        (499_000, Verdict.SLIGHTLY_BELOW, "-0.10"),
        (450_100, Verdict.SLIGHTLY_BELOW, "-4.99"),
        (450_000, Verdict.BELOW, "-5.00"),
        (0, Verdict.BELOW, "-50.00"),
    ],
)
def test_the_verdict_follows_the_deviation(realised: int, verdict: Verdict, deviation: str) -> None:
    judged = pace(figure(realised=realised))
    assert judged.verdict is verdict
    assert judged.deviation == Decimal(deviation)
    assert judged.margin == 5
    assert judged.target == Target(Decimal(50), TargetBasis.MILESTONE, date(2025, 6, 30))


def test_what_is_shown_is_what_was_judged() -> None:
    # 49,996 % is published as 50,00 %: a verdict of "below" beside it would puzzle every reader.
    assert pace(figure(realised=499_960)).verdict is Verdict.ON_TARGET
    assert pace(figure(realised=499_949)).verdict is Verdict.SLIGHTLY_BELOW


def test_the_margin_is_an_argument_and_is_returned() -> None:
    judged = pace(figure(realised=480_000), margin=Decimal(2))
    assert (judged.verdict, judged.margin) == (Verdict.BELOW, Decimal(2))
    assert pace(figure(realised=499_000), margin=Decimal(0)).verdict is Verdict.BELOW
    assert pace(figure(realised=500_000), margin=Decimal(0)).verdict is Verdict.ON_TARGET


@pytest.mark.parametrize("margin", ["-1", "NaN", "Infinity"])
def test_a_senseless_margin_is_refused(margin: str) -> None:
    with pytest.raises(BudgetDataError) as refusal:
        pace(figure(), margin=Decimal(margin))
    assert refusal.value.code == "margin_invalid"


def test_before_the_first_milestone_nothing_is_due() -> None:
    judged = pace(figure(as_of=date(2025, 3, 30), realised=10_000))
    assert judged.verdict is Verdict.NOT_DUE
    assert (judged.pct, judged.target, judged.deviation, judged.shortfall) == (Decimal(1), None, None, None)
    assert judged.next_milestone == DueMilestone(date(2025, 3, 31), Decimal(20))
    assert judged.next_needed == 190_000


def test_the_agencys_own_target_wins_and_says_so() -> None:
    judged = pace(figure(as_of=OCTOBER, realised=870_000, target="90"))
    assert judged.target == Target(Decimal(90), TargetBasis.OWN)
    assert (judged.verdict, judged.deviation) == (Verdict.SLIGHTLY_BELOW, Decimal(-3))
    early = pace(figure(as_of=date(2025, 2, 28), realised=0, target="8"))
    assert early.verdict is Verdict.BELOW


def test_a_target_of_zero_is_flagged() -> None:
    judged = pace(figure(realised=0, target="0"))
    assert (judged.verdict, judged.flags) == (Verdict.ON_TARGET, (Flag.OWN_TARGET_ZERO,))


def test_without_a_ceiling_there_is_no_percentage() -> None:
    judged = pace(figure(ceiling=0, realised=0, reported="12", physical="5"))
    assert judged.verdict is Verdict.NO_DENOMINATOR
    assert (judged.pct, judged.pct_basis, judged.pct_computed) == (None, None, None)
    assert (judged.deviation, judged.shortfall, judged.next_needed, judged.physical_gap) == (None,) * 4
    assert judged.flags == ()
    assert pace(figure(ceiling=0, realised=7)).flags == (Flag.OVER_CEILING,)


def test_no_ceiling_is_said_before_no_target() -> None:
    assert pace(figure(ceiling=0, realised=0, as_of=date(2025, 1, 5))).verdict is Verdict.NO_DENOMINATOR


def test_the_reported_percentage_is_used_while_it_agrees() -> None:
    judged = pace(figure(realised=450_000, reported="45.5"))
    assert (judged.pct, judged.pct_basis) == (Decimal("45.50"), PctBasis.REPORTED)
    assert (judged.pct_computed, judged.pct_reported) == (Decimal("45.00"), Decimal("45.50"))
    assert Flag.REPORTED_PCT_DISAGREES not in judged.flags


def test_a_reported_percentage_that_disagrees_is_kept_but_not_used() -> None:
    judged = pace(figure(realised=450_000, reported="45.51"))
    assert (judged.pct, judged.pct_basis) == (Decimal("45.00"), PctBasis.COMPUTED)
    assert judged.pct_reported == Decimal("45.51")
    assert judged.flags == (Flag.REPORTED_PCT_DISAGREES,)


def test_a_fraction_instead_of_a_percentage_is_noticed() -> None:
    # Excel stores 61,28 % as 0,6128; an importer that forgets this must not judge with it.
    assert Flag.REPORTED_PCT_DISAGREES in pace(figure(realised=612_800, reported="0.6128")).flags


def test_the_choice_of_percentage_is_flagged_where_it_decides() -> None:
    judged = pace(figure(realised=496_000, reported="50"))
    assert (judged.verdict, judged.flags) == (Verdict.ON_TARGET, (Flag.VERDICT_DEPENDS_ON_PCT,))
    assert pace(figure(realised=496_000, reported="49.7")).flags == ()


def test_spending_over_the_ceiling_is_flagged() -> None:
    judged = pace(figure(realised=1_200_000))
    assert (judged.pct, judged.verdict, judged.flags) == (
        Decimal(120),
        Verdict.ON_TARGET,
        (Flag.OVER_CEILING,),
    )
    assert judged.next_needed == 0


@pytest.mark.parametrize(
    ("physical", "gap", "flags"),
    [
        ("65.00", "20.00", ()),
        ("65.01", "20.01", (Flag.PHYSICAL_AHEAD,)),
        ("25.00", "-20.00", ()),
        ("24.99", "-20.01", (Flag.PAYMENT_AHEAD,)),
        ("100.01", "55.01", (Flag.PHYSICAL_OVER_100, Flag.PHYSICAL_AHEAD)),
    ],
)
def test_the_gap_between_work_and_payment(physical: str, gap: str, flags: tuple[Flag, ...]) -> None:
    judged = pace(figure(physical=physical))
    assert judged.physical_gap == Decimal(gap)
    assert judged.flags == flags


def test_shortfall_and_next_need_are_whole_rupiah() -> None:
    judged = pace(figure(realised=450_000))
    assert judged.shortfall == 50_000
    assert judged.next_milestone == DueMilestone(date(2025, 9, 30), Decimal(85))
    assert judged.next_needed == 400_000
    assert pace(figure(realised=600_000)).shortfall == 0
    assert pace(figure(as_of=date(2025, 12, 31))).next_needed is None


def test_other_milestones_may_be_given() -> None:
    judged = pace(figure(realised=450_000), milestones=(Milestone(6, 1, Decimal(40)),))
    assert (judged.verdict, judged.next_milestone) == (Verdict.ON_TARGET, None)


def test_units_that_need_a_decision_come_worst_first() -> None:
    paces = [
        pace(figure("ok", realised=500_000)),
        pace(figure("near", realised=460_000)),
        pace(figure("small", ceiling=1_000, realised=300)),
        pace(figure("large", ceiling=9_000_000, realised=2_700_000)),
        pace(figure("b-same", realised=100_000)),
        pace(figure("a-same", realised=100_000)),
        pace(figure("none", ceiling=0, realised=0)),
    ]
    listed = needs_decision(iter(paces))
    assert [one.figure.unit for one in listed] == ["a-same", "b-same", "large", "small"]
    assert [one.shortfall for one in listed] == [400_000, 400_000, 1_800_000, 200]
    assert needs_decision([]) == ()


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**14), amounts, amounts, percentages)
def test_more_spending_never_worsens_the_verdict(ceiling: int, one: int, other: int, target: Decimal) -> None:
    low, high = sorted((one, other))
    less = pace(figure(ceiling=ceiling, realised=low, target=str(target)))
    more = pace(figure(ceiling=ceiling, realised=high, target=str(target)))
    assert RANK.index(less.verdict) <= RANK.index(more.verdict)
    assert less.shortfall is not None
    assert more.shortfall is not None
    assert less.shortfall >= more.shortfall >= 0


@settings(max_examples=200, deadline=None)
@given(
    amounts,
    amounts,
    st.one_of(st.none(), percentages),
    st.one_of(st.none(), percentages),
    st.dates(date(2025, 1, 1), date(2026, 1, 31)),
)
def test_parts_of_a_pace_never_contradict_each_other(
    ceiling: int, realised: int, reported: Decimal | None, target: Decimal | None, day: date
) -> None:
    judged = pace(
        figure(
            ceiling=ceiling,
            realised=realised,
            as_of=day,
            reported=None if reported is None else str(reported),
            target=None if target is None else str(target),
        )
    )
    assert (judged.pct is None) == (judged.verdict is Verdict.NO_DENOMINATOR) == (ceiling == 0)
    assert (judged.deviation is None) == (judged.verdict in {Verdict.NO_DENOMINATOR, Verdict.NOT_DUE})
    assert (judged.shortfall is None) == (judged.deviation is None)
    if judged.pct is not None and judged.target is not None:
        assert judged.deviation == judged.pct - judged.target.pct
        assert (judged.verdict is Verdict.ON_TARGET) == (judged.deviation >= 0)
    if judged.pct_basis is PctBasis.REPORTED:
        assert judged.pct == judged.pct_reported
    assert bool(needs_decision([judged])) == (judged.verdict is Verdict.BELOW)
