"""Health of the calendar: without a year's decree no day of it can be counted."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.people.calendars.queries import known_years
from luwes.config.health.line import Health, State
from luwes.config.migrations import pending_migrations

# The decree for the next year comes in September or October; rosters for January are made soon after.
NEXT_YEAR_FROM_MONTH = 10


def years(now: datetime) -> list[Health]:
    """Whether the calendar of this year is known, and from October on that of the next."""
    # Before the tables exist the line on migrations says why.
    if pending_migrations():
        return []
    today = timezone.localdate(now)
    needed = [today.year] + ([today.year + 1] if today.month >= NEXT_YEAR_FROM_MONTH else [])
    known = known_years()
    missing = [str(year) for year in needed if year not in known]
    if not missing:
        return [Health(_("Kalender: %(years)s tersedia.") % {"years": ", ".join(str(year) for year in needed)})]
    line = _("Kalender: %(years)s belum ada.") % {"years": ", ".join(missing)}
    remedy = _("Buka halaman Kalender, lalu muat kalender bawaan atau catat keputusan tahun itu.")
    return [Health(line, State.FAIL, remedy)]
