"""The arithmetic of shares, weeks and months. What a rule leaves open is reckoned every way; only agreement decides."""

from calendar import monthrange
from datetime import date

from luwes.core.policy.clauses import Quota, Weekly
from luwes.core.policy.facts import Counts
from luwes.core.policy.terms import Away, Rounding, ShortWeek

EVERY_AWAY = tuple(Away)


def people(percent: int, base: int, rounding: Rounding) -> int:
    """A share of `base` people as a number of people.

    >>> people(25, 3, Rounding.UP)
    1
    """
    whole, rest = divmod(percent * base, 100)
    if rounding is Rounding.UP:
        return whole + (rest > 0)
    return whole + (rest >= 50) if rounding is Rounding.HALF_UP else whole


def readings(clause: Quota, counts: Counts) -> tuple[tuple[Rounding, int], ...]:
    """Each way the clause can be read: rounding and denominator. The extremes are enough: both only ever rise."""
    roundings = (Rounding.DOWN, Rounding.UP) if clause.rounding is Rounding.UNDECIDED else (clause.rounding,)
    withouts = ((), EVERY_AWAY) if clause.without is None else (clause.without,)
    return tuple((rounding, counts.base(without)) for rounding in roundings for without in withouts)


def fits(clause: Quota, top: int | None, counts: Counts) -> bool | None:
    """Whether one more flexible person fits; None where the readings disagree.

    A minimum of people in the office is never rounded to nobody. A minimum of flexible people refuses nobody.
    """
    present = counts.base(EVERY_AWAY)
    found = set()
    for rounding, base in readings(clause, counts):
        fit = all(
            counts.flexible + 1 <= people(share, base, rounding) for share in (top, clause.exact) if share is not None
        )
        if clause.onsite_min and base > 0:
            fit = fit and present - counts.flexible - 1 >= max(1, people(clause.onsite_min, base, rounding))
        found.add(fit)
    return found.pop() if len(found) == 1 else None


def fits_week(clause: Weekly, counted: int, working: int, flexible: int, usual: int) -> bool | None:
    """Whether the week holds the day. `counted` and `flexible` include it; `working` leaves out days away."""
    if clause.max_days is not None and counted > clause.max_days:
        return False
    if clause.onsite_min_days is None:
        return True
    strict = working - flexible >= clause.onsite_min_days
    usually = flexible <= usual - clause.onsite_min_days
    if clause.short_week is ShortWeek.UNDECIDED:
        return strict if strict == usually else None
    return strict if clause.short_week is ShortWeek.STRICT else usually


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
