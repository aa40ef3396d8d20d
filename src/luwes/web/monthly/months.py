"""Months in addresses, and the way from one to the next."""

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luwes.apps.reporting import form_wording
from luwes.core.workdays.months import month_before, next_month

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class MonthConverter:
    """`2026-10` in an address; the first day of the month in a view."""

    regex = _MONTH.pattern.replace("(", "(?:")

    def to_python(self, value: str) -> date:
        """The first day of the month."""
        return read(value)

    def to_url(self, value: date | str) -> str:
        """From the first day, or as it stands in an address."""
        return value if isinstance(value, str) else text(value)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The months on both sides as (name, address); None where there is nothing to see yet."""

    before: tuple[str, str]
    after: tuple[str, str] | None


def read(value: str) -> date:
    """The first day of `2026-10`. Raises ValueError."""
    match = _MONTH.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return date(int(match[1]), int(match[2]), 1)


def text(month: date) -> str:
    """A month as it stands in an address."""
    return f"{month:%Y-%m}"


def neighbours(name: str, month: date, today: date, *args: str) -> Neighbours:
    """The way to the month before and, where it has begun, the one after; `name` is the page."""

    def way(to: date) -> tuple[str, str]:
        return form_wording.month(to), reverse(name, args=[*args, to])

    after = next_month(month)
    return Neighbours(way(month_before(month)), way(after) if after <= today else None)
