"""The working days a plan speaks of: those of the government, which works five days."""

from collections.abc import Sequence
from datetime import date

from luwes.apps.people.calendars.queries import calendar, known_years
from luwes.apps.results.models import ServiceFigure, UnitFigure
from luwes.core.workdays.calendar import Pattern

# Of what was before the start so much is read: a year holds every season once.
MOST_BEFORE = 52


def working_days(start: date, until: date) -> Sequence[date]:
    """The working days of `[start, until)`. Raises MissingYear where no decree of the year is known."""
    return list(calendar().working_days(start, until, Pattern.FIVE))


def before(start: date) -> Sequence[date]:
    """The working days before a start, from the first week of which any figure is known, at most a year."""
    first = min(
        (
            found
            for model in (ServiceFigure, UnitFigure)
            if (found := model.objects.order_by("day").values_list("day", flat=True).first()) is not None
        ),
        default=start,
    )
    years = known_years()
    earliest = max(first, date.fromordinal(start.toordinal() - 7 * MOST_BEFORE))
    if years:
        earliest = max(earliest, date(min(years), 1, 1))
    # Whole weeks, counted back from the start.
    weeks = (start - earliest).days // 7
    return working_days(date.fromordinal(start.toordinal() - 7 * weeks), start) if weeks > 0 and years else []
