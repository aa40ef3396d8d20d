"""Which month a page is about, and its addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from luwes.core import formats
from luwes.core.workdays.periods import DAY
from luwes.web.frame import params

MONTH = "bulan"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A month, what it is called, and those before and after it ("" where none is)."""

    first: date
    label: str
    previous_url: str
    next_url: str

    @property
    def query(self) -> str:
        """The month as an address carries it."""
        return urlencode({MONTH: f"{self.first:%Y-%m}"})


def language() -> str:
    """The language of figures and dates."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def month_of(text: str) -> date | None:
    """ "2026-10" → its first day; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def chosen(request: HttpRequest, months: Sequence[date], today: date, base: str) -> Chosen:
    """The month asked for, else the last complete one that has data, else the last complete one."""
    usual = (today.replace(day=1) - DAY).replace(day=1)
    asked = month_of(params.text(request, MONTH))
    past = [month for month in months if month <= usual]
    known = past[-1] if past else months[0] if months else usual
    first = asked if asked is not None and asked in months else known
    at = months.index(first) if first in months else None
    return Chosen(
        first,
        name_of(first),
        address(base, months[at - 1]) if at else "",
        address(base, months[at + 1]) if at is not None and at + 1 < len(months) else "",
    )


def name_of(month: date) -> str:
    """ "Oktober 2026"."""
    return f"{formats.month_name(month, language())} {month.year}"


def address(base: str, month: date, **more: str) -> str:
    """The page about the month."""
    return f"{base}?{urlencode({MONTH: f'{month:%Y-%m}', **more})}"


def overview(month: date) -> str:
    """The overview of the month."""
    return address(reverse("attendance:month"), month)
