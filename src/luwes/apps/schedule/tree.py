"""The unit tree over a span of days, read once, and which units work on which of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.calendars.queries import DayBook, day_book
from luwes.apps.people.models import UnitVersion
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit during a part of the span; `parent` is "" at the top, `until` None while it lasts."""

    key: str
    parent: str
    since: date
    until: date | None


@dataclass(slots=True)
class Tree:
    """Units as they stood on each day of `[first, last]`, and their working days."""

    versions: Sequence[tuple[int, Standing]]
    book: DayBook
    _by_day: dict[date, Mapping[str, str]] = field(default_factory=dict)
    _lines: dict[tuple[str, date], bool] = field(default_factory=dict)
    _keys: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, first: date, last: date) -> "Tree":
        """Read the span in a constant number of queries."""
        rows = UnitVersion.objects.filter(superseded_at=None, period__overlap=DateRange(first, last + DAY))
        values = rows.values_list("unit_id", "unit__key", "parent__key", "period")
        versions = [(pk, Standing(key, parent or "", span.lower, span.upper)) for pk, key, parent, span in values]
        return cls(versions, day_book(first, last + DAY))

    def parents(self, day: date) -> Mapping[str, str]:
        """Each unit standing on the day, and the unit above it."""
        if day not in self._by_day:
            self._by_day[day] = {
                one.key: one.parent
                for _, one in self.versions
                if one.since <= day and (one.until is None or day < one.until)
            }
        return self._by_day[day]

    def works(self, key: str, day: date) -> bool:
        """Whether the unit stands and works on the day. Raises MissingYear."""
        known = self._lines.get((key, day))
        if known is None:
            parents = self.parents(day)
            line: list[str] = []
            at = key
            while at in parents and at not in line:
                line.append(at)
                at = parents[at]
            known = self._lines[key, day] = bool(line) and self.book.is_working(day, line)
        return known

    @property
    def keys(self) -> Mapping[int, str]:
        """The key of each unit by its primary key."""
        if not self._keys:
            self._keys.update((pk, one.key) for pk, one in self.versions)
        return self._keys
