"""The pace of one unit: percentage, target, deviation, verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luwes.core.indicators.budget.figures import (
    TEPRA_MILESTONES,
    BudgetDataError,
    BudgetFigure,
    DueMilestone,
    Milestone,
    due_milestone,
    next_milestone,
    rupiah_of_pct,
    share_pct,
    two_decimals,
)

DEFAULT_MARGIN = Decimal(5)
# Published rupiah are rounded to hundredths of a trillion or billion, so the source's own
# percentage may differ from theirs by this many points and still be the better number.
REPORTED_TOLERANCE = Decimal("0.5")
PHYSICAL_GAP_LIMIT = Decimal(20)


class Verdict(StrEnum):
    """Where a unit stands against its target."""

    ON_TARGET = "on_target"
    SLIGHTLY_BELOW = "slightly_below"
    BELOW = "below"
    NOT_DUE = "not_due"
    NO_DENOMINATOR = "no_denominator"


class TargetBasis(StrEnum):
    """Whose target was used: the source's own, a milestone, or units' targets weighted by ceiling."""

    OWN = "own"
    MILESTONE = "milestone"
    WEIGHTED = "weighted"


class PctBasis(StrEnum):
    """Which percentage was used: the source's, or realised ÷ ceiling."""

    REPORTED = "reported"
    COMPUTED = "computed"


class Flag(StrEnum):
    """Something a reader must know beside the verdict."""

    REPORTED_PCT_DISAGREES = "reported_pct_disagrees"
    VERDICT_DEPENDS_ON_PCT = "verdict_depends_on_pct"
    OVER_CEILING = "over_ceiling"
    OWN_TARGET_ZERO = "own_target_zero"
    PHYSICAL_OVER_100 = "physical_over_100"
    PHYSICAL_AHEAD = "physical_ahead"
    PAYMENT_AHEAD = "payment_ahead"


@dataclass(frozen=True, slots=True)
class Target:
    """The target a figure is held against; `due_on` is set when it is a milestone."""

    pct: Decimal
    basis: TargetBasis
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class BudgetPace:
    """One judged figure. Percentages and points at two decimals, amounts in whole rupiah.

    `deviation` is pct − target in points (negative: behind). `shortfall` is the rupiah that would
    lift `pct` to the target (0 when on target). `next_needed` is the same for the next milestone.
    `physical_gap` is physical − financial in points. None means there is nothing to say.
    """

    figure: BudgetFigure
    pct: Decimal | None
    pct_basis: PctBasis | None
    pct_computed: Decimal | None
    pct_reported: Decimal | None
    target: Target | None
    deviation: Decimal | None
    shortfall: int | None
    next_milestone: DueMilestone | None
    next_needed: int | None
    physical_gap: Decimal | None
    margin: Decimal
    verdict: Verdict
    flags: tuple[Flag, ...]


def pace(
    figure: BudgetFigure,
    *,
    margin: Decimal = DEFAULT_MARGIN,
    milestones: Sequence[Milestone] = TEPRA_MILESTONES,
) -> BudgetPace:
    """Judge one figure against its own target, else against the last milestone that fell due.

    `margin` (points, ≥ 0): a deviation of −margin or worse is BELOW, which calls for a decision.
    Raises BudgetDataError margin_invalid. Source: TEPRA practice, see TEPRA_MILESTONES.
    """
    return judged(figure, target_of(figure, milestones), margin=margin, milestones=milestones)


def target_of(figure: BudgetFigure, milestones: Sequence[Milestone]) -> Target | None:
    """Give the target a figure is held against by itself, or None when none has fallen due."""
    if figure.own_target_pct is not None:
        return Target(two_decimals(figure.own_target_pct), TargetBasis.OWN)
    due = due_milestone(figure.as_of, figure.year, milestones)
    return None if due is None else Target(two_decimals(due.pct), TargetBasis.MILESTONE, due.on)


def judged(
    figure: BudgetFigure, target: Target | None, *, margin: Decimal, milestones: Sequence[Milestone]
) -> BudgetPace:
    """Judge one figure against a given target (see `pace`)."""
    if not margin.is_finite() or margin < 0:
        raise BudgetDataError("margin_invalid", str(margin))
    computed = share_pct(figure.realised, figure.ceiling)
    reported = None if figure.reported_pct is None else two_decimals(figure.reported_pct)
    agrees = computed is None or reported is None or abs(reported - computed) <= REPORTED_TOLERANCE
    pct = reported if computed is not None and reported is not None and agrees else computed
    deviation = None if pct is None or target is None else pct - target.pct
    gap = None if pct is None or figure.physical_pct is None else two_decimals(figure.physical_pct) - pct
    coming = next_milestone(figure.as_of, figure.year, milestones)
    return BudgetPace(
        figure=figure,
        pct=pct,
        pct_basis=_pct_basis(pct, reported, agrees),
        pct_computed=computed,
        pct_reported=reported,
        target=target,
        deviation=deviation,
        shortfall=None if deviation is None else rupiah_of_pct(max(-deviation, Decimal(0)), figure.ceiling),
        next_milestone=coming,
        next_needed=_needed(pct, coming, figure.ceiling),
        physical_gap=gap,
        margin=margin,
        verdict=_verdict(pct, target, margin),
        flags=_flags(
            figure,
            agrees=agrees,
            gap=gap,
            depends=_verdict(pct, target, margin) is not _verdict(computed, target, margin),
        ),
    )


def _pct_basis(pct: Decimal | None, reported: Decimal | None, agrees: bool) -> PctBasis | None:
    if pct is None:
        return None
    return PctBasis.REPORTED if reported is not None and agrees else PctBasis.COMPUTED


def _needed(pct: Decimal | None, coming: DueMilestone | None, ceiling: int) -> int | None:
    if pct is None or coming is None:
        return None
    return rupiah_of_pct(max(coming.pct - pct, Decimal(0)), ceiling)


def _verdict(pct: Decimal | None, target: Target | None, margin: Decimal) -> Verdict:
    if pct is None:
        return Verdict.NO_DENOMINATOR
    if target is None:
        return Verdict.NOT_DUE
    if pct >= target.pct:
        return Verdict.ON_TARGET
    return Verdict.SLIGHTLY_BELOW if pct > target.pct - margin else Verdict.BELOW


def _flags(figure: BudgetFigure, *, agrees: bool, gap: Decimal | None, depends: bool) -> tuple[Flag, ...]:
    raised = {
        Flag.REPORTED_PCT_DISAGREES: not agrees,
        # Within the tolerance the source's percentage is used, yet its rupiah would decide otherwise.
        Flag.VERDICT_DEPENDS_ON_PCT: depends,
        Flag.OVER_CEILING: figure.realised > figure.ceiling,
        # An empty target cell often arrives as 0, and against 0 everybody is on target.
        Flag.OWN_TARGET_ZERO: figure.own_target_pct == 0,
        Flag.PHYSICAL_OVER_100: figure.physical_pct is not None and figure.physical_pct > 100,
        # Work done but not paid hides a bill; paid but not done is what an auditor asks about.
        Flag.PHYSICAL_AHEAD: gap is not None and gap > PHYSICAL_GAP_LIMIT,
        Flag.PAYMENT_AHEAD: gap is not None and gap < -PHYSICAL_GAP_LIMIT,
    }
    return tuple(flag for flag, holds in raised.items() if holds)


def needs_decision(paces: Iterable[BudgetPace]) -> tuple[BudgetPace, ...]:
    """Give the BELOW paces, worst first: by deviation in points, then by shortfall, then by unit."""
    below = [
        (one.deviation, -one.shortfall, one.figure.unit, one)
        for one in paces
        if one.verdict is Verdict.BELOW and one.deviation is not None and one.shortfall is not None
    ]
    return tuple(entry[3] for entry in sorted(below, key=lambda entry: entry[:3]))
