"""Months as the first day of each: the next one, the one before, and where one ends."""

from datetime import date

from luwes.core.workdays.periods import DAY


def next_month(day: date) -> date:
    """Give the first day of the month after the one `day` lies in.

    >>> next_month(date(2026, 1, 31))
    datetime.date(2026, 2, 1)
    """
    return (day.replace(day=1) + 31 * DAY).replace(day=1)


def month_end(day: date) -> date:
    """Give the last day of the month `day` lies in.

    >>> month_end(date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return next_month(day) - DAY


def month_before(day: date) -> date:
    """Give the first day of the last full month before `day`: the one a report is about.

    >>> month_before(date(2026, 1, 15))
    datetime.date(2025, 12, 1)
    """
    return (day.replace(day=1) - DAY).replace(day=1)
