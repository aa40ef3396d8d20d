"""A date of figures as it stands in addresses: "2025-10-31", or "2026-01-15~2025" for a closing recap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luwes.apps.reporting import wording
from luwes.apps.results.queries import BudgetDate

PARAMETER = "per"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a reader asked for; nothing asked means the newest."""

    as_of: date | None = None
    year: int | None = None


def encode(shown: BudgetDate) -> str:
    """The date as a parameter; the year only where the date does not tell it."""
    text = shown.as_of.isoformat()
    return text if shown.as_of.year == shown.year else f"{text}~{shown.year}"


def decode(text: str) -> Moment:
    """The parameter read back. Raises ValueError for anything `encode` does not write."""
    if not text:
        return Moment()
    day, _tilde, year = text.partition("~")
    as_of = date.fromisoformat(day)
    return Moment(as_of, int(year) if year else as_of.year)


def choices(dates: Sequence[BudgetDate]) -> list[tuple[str, str]]:
    """The dates to choose from, newest first."""
    return [(encode(one), label(one)) for one in dates]


def label(shown: BudgetDate) -> str:
    """A date as it is offered; a closing recap says which year it closes."""
    if shown.as_of.year == shown.year:
        return wording.day(shown.as_of)
    return _("%(date)s (tahun anggaran %(year)s)") % {"date": wording.day(shown.as_of), "year": shown.year}
