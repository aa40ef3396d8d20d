"""When a case is due where its file does not say: by the standard's promised time, in the calendar of the owner."""

from dataclasses import dataclass, field
from datetime import date, datetime

from luwes.apps.results.services import moments
from luwes.apps.results.services.catalogue import Catalogue, Days, Standing
from luwes.apps.results.services.moments import Moment
from luwes.core.services.opentime import LONGEST_SEARCH, after_days, after_minutes
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY
from luwes.core.workdays.worktime import NoSchedule


@dataclass(slots=True)
class Reckoner:
    """Reckons due times for cases opened in a span of days."""

    catalogue: Catalogue
    days: Days
    _by_day: dict[tuple[int, date], "tuple[datetime | None, str]"] = field(default_factory=dict)

    @classmethod
    def read(cls, catalogue: Catalogue, first: date, last: date) -> "Reckoner":
        """For cases opened in `[first, last]`; the calendar is read as far ahead as a promise may reach."""
        return cls(catalogue, Days.read(first, last + LONGEST_SEARCH * DAY))

    def due(self, service: int, opened: Moment, closed: Moment | None) -> tuple[datetime | None, str]:
        """The due time, or None and why: `no_due`, `due_needs_time`, `calendar_missing` or `hours_missing`.

        A promise in minutes needs the hours of opening and closing; dates alone would flatter whoever is late.
        """
        day = opened.day
        if day is None:
            return None, "no_due"
        standing = self.catalogue.on(service, day)
        if standing is None or (standing.minutes is None and standing.days is None):
            return None, "no_due"
        try:
            if standing.minutes is not None:
                timed = opened.seconds is not None and (closed is None or closed.seconds is not None)
                return self._by_minutes(standing, opened, standing.minutes) if timed else (None, "due_needs_time")
            if (service, day) not in self._by_day:
                self._by_day[service, day] = self._by_days(standing, day, standing.days or 0)
            return self._by_day[service, day]
        except MissingYear:
            return None, "calendar_missing"
        except NoSchedule:
            return None, "hours_missing"

    def _by_minutes(self, standing: Standing, opened: Moment, minutes: int) -> tuple[datetime | None, str]:
        start = moments.at(opened.day or date.min, opened.seconds or 0)
        found = after_minutes(start, minutes, lambda day: self.days.open(standing, day))
        return found, "" if found else "no_due"

    def _by_days(self, standing: Standing, day: date, count: int) -> tuple[datetime | None, str]:
        found = after_days(day, count, lambda each: self.days.works(standing.owner, each))
        return (moments.end_of(found), "") if found else (None, "no_due")
