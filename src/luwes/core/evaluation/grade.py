"""How far the recorded assignment lets a cause be named: the grade that is printed with every *Dampak*."""

from dataclasses import dataclass
from enum import StrEnum

MIN_PRE_MONTHS = 6
MIN_TREATED = 2
MIN_DRAWN = 4
MIN_COMPARED = 2


class Grade(StrEnum):
    """A: by lot. B: staggered, without lot. C: one date, a fixed weekday, and services without. D: neither."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Why(StrEnum):
    """Why the grade is not higher."""

    LOT = "lot"
    LOT_NOT_RECORDED = "lot_not_recorded"
    LOT_NOT_FOLLOWED = "lot_not_followed"
    LOT_WITHOUT_CHOICE = "lot_without_choice"
    TOO_FEW_UNITS = "too_few_units"
    STAGGERED = "staggered"
    FIXED_WEEKDAY = "fixed_weekday"
    NOTHING_BEFORE = "nothing_before"
    NO_COMPARISON = "no_comparison"


@dataclass(frozen=True, slots=True)
class Assignment:
    """How flexible days came to the units, as recorded when it was decided.

    `by_lot` says that a lot is claimed; `recorded` that its procedure and strata (for a rota: its redraws) are on file;
    `followed` is the share of unit-days whose planned exposure is the one drawn. `distinct` is how many different
    exposures the lot could have dealt. `units` were drawn or are exposed, `starts` counts different start dates,
    `compared` the units never (or not yet) exposed, `pre_months` the months of outcome before the first start.
    `fixed_weekday` says that exposed units are flexible on some weekdays and not on the others.
    """

    by_lot: bool
    recorded: bool
    followed: float
    distinct: int
    units: int
    starts: int
    compared: int
    pre_months: int
    fixed_weekday: bool


FOLLOWED = 0.9


def grade(how: Assignment) -> tuple[Grade, tuple[Why, ...]]:
    """The highest grade the assignment earns, and why not a higher one (for A: that it was by lot).

    A lot that is not on file, gave no choice or was not followed is no lot: it is graded by what else there is.
    """
    missing = _lot_missing(how)
    if not missing:
        return Grade.A, (Why.LOT,)
    reasons = missing if how.by_lot else ()
    if how.starts >= 2 and how.units >= MIN_TREATED and how.compared >= MIN_COMPARED:
        if how.pre_months >= MIN_PRE_MONTHS:
            return Grade.B, (*reasons, Why.STAGGERED)
        return Grade.D, (*reasons, Why.NOTHING_BEFORE)
    if how.compared < MIN_COMPARED:
        return Grade.D, (*reasons, Why.NO_COMPARISON)
    if how.units < MIN_TREATED:
        return Grade.D, (*reasons, Why.TOO_FEW_UNITS)
    if how.pre_months < MIN_PRE_MONTHS:
        return Grade.D, (*reasons, Why.NOTHING_BEFORE)
    # Without days of the same unit to compare with, one common date cannot be told from anything else of that date.
    return (Grade.C, (*reasons, Why.FIXED_WEEKDAY)) if how.fixed_weekday else (Grade.D, (*reasons, Why.NO_COMPARISON))


def _lot_missing(how: Assignment) -> tuple[Why, ...]:
    found = []
    if not (how.by_lot and how.recorded):
        found.append(Why.LOT_NOT_RECORDED)
    if how.distinct < 2:
        found.append(Why.LOT_WITHOUT_CHOICE)
    if how.units < MIN_DRAWN:
        found.append(Why.TOO_FEW_UNITS)
    # Written so that an unknown share (not a number) does not pass.
    if not how.followed >= FOLLOWED:
        found.append(Why.LOT_NOT_FOLLOWED)
    return tuple(found)
