"""The working hours of every unit on every day of a span, each read from the calendar once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.people.calendars import queries as calendars
from luwes.apps.schedule.tree import Tree
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY, Period
from luwes.core.workdays.worktime import NoSchedule, OnDay, Season


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A unit on a day: its hours (None where it does not work), and the keys from it up to the top.

    `unscheduled` tells a working day whose hours nobody set, which is judged nowhere.
    """

    on: OnDay | None
    line: tuple[str, ...]
    unscheduled: bool = False

    @property
    def agency(self) -> str:
        """The perangkat daerah the unit belongs to: the second from the top, or the top itself."""
        return self.line[-2] if len(self.line) > 1 else self.line[-1] if self.line else ""


def without_hours(month: date) -> Sequence[str]:
    """Units by key ("": everybody) for whom an emergency of the month sets no hours: their days are judged nowhere."""
    span = Period(month, month_end(month) + DAY)
    emergencies = [one for one in calendars.assigned_hours() if one.season is Season.EMERGENCY]
    told = [key for one in emergencies if one.period.overlaps(span) for key in calendars.left_open(one)]
    return list(dict.fromkeys(told))


@dataclass(slots=True)
class Hours:
    """Units by primary key. Hours hang on the few units that have some assigned, so most units share an answer."""

    tree: Tree
    _keys: dict[int, str] = field(default_factory=dict)
    _assigned: frozenset[str] = frozenset()
    _days: dict[tuple[int, date], UnitDay] = field(default_factory=dict)
    _shared: dict[tuple[date, tuple[str, ...]], tuple[OnDay | None, bool]] = field(default_factory=dict)

    @classmethod
    def read(cls, first: date, last: date) -> "Hours":
        """Read what decides about the days of `[first, last]`; a constant number of queries."""
        tree = Tree.read(first, last)
        return cls(tree, dict(tree.keys), frozenset(one.unit for one in tree.book.assigned))

    def on(self, unit: int, day: date) -> UnitDay:
        """The unit's day. Raises MissingYear where no calendar of the year is known."""
        found = self._days.get((unit, day))
        if found is None:
            found = self._days[unit, day] = self._read(unit, day)
        return found

    def near(self, unit: int, day: date) -> OnDay | None:
        """The hours of a neighbouring day, for shifts past midnight; None also where its year has no calendar."""
        try:
            return self.on(unit, day).on
        except MissingYear:
            return None

    def _read(self, unit: int, day: date) -> UnitDay:
        parents = self.tree.parents(day)
        line: list[str] = []
        at = self._keys.get(unit, "")
        while at in parents and at not in line:
            line.append(at)
            at = parents[at]
        if not line:
            return UnitDay(None, ())
        asked = (day, tuple(key for key in line if key in self._assigned))
        if asked not in self._shared:
            self._shared[asked] = self._facts(day, line)
        on, unscheduled = self._shared[asked]
        return UnitDay(on, tuple(line), unscheduled)

    def _facts(self, day: date, line: list[str]) -> tuple[OnDay | None, bool]:
        try:
            return self.tree.book.facts(day, line).hours, False
        except NoSchedule:
            return None, True
