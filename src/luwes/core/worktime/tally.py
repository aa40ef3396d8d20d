"""Days added up: counts and minutes of any group of people over any span; they add, so they never are ratios."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from luwes.core.worktime.day import CAME, DayResult, Status
from luwes.core.worktime.punches import Place

NOT_COUNTED = frozenset({Status.NOT_IN_SERVICE, Status.OFF})


@dataclass(slots=True)
class Tally:
    """Counts of person-days, added to in place: a province has one for every unit and day.

    `staff` are all in service, `required` those of them whom the rule of evidence was asked of; `present`, `absent`
    and so on are among the required. `excused` is any day an outage excused something of, `sums` the bands, the other
    statuses by code, and what of the flexible days was present and late.
    """

    staff: int = 0
    required: int = 0
    present: int = 0
    late: int = 0
    late_minutes: int = 0
    early: int = 0
    absent: int = 0
    excused: int = 0
    at_office: int = 0
    elsewhere: int = 0
    flexible: int = 0
    flexible_kept: int = 0
    flexible_unknown: int = 0
    sums: Counter[str] = field(default_factory=Counter)

    def add(self, day: DayResult) -> None:
        """Count one person's day; days off and outside service count nowhere."""
        if day.status in NOT_COUNTED:
            return
        self.staff += 1
        if day.excused:
            self.excused += 1
        if not day.required:
            self.sums[day.status.value] += 1
            return
        self.required += 1
        if day.status in CAME:
            self._came(day)
        else:
            self.absent += 1
        if day.flexible:
            self._flexible(day)

    def _came(self, day: DayResult) -> None:
        self.present += 1
        if day.late:
            self.late += 1
            self.late_minutes += day.late
        if day.early:
            self.early += 1
        if day.where is Place.OFFICE:
            self.at_office += 1
        elif day.where is Place.ELSEWHERE:
            self.elsewhere += 1
        if day.status is not Status.PRESENT:
            self.sums[day.status.value] += 1
        for band in (day.late_band, day.early_band):
            if band:
                self.sums[band] += 1

    def _flexible(self, day: DayResult) -> None:
        self.flexible += 1
        if day.kept:
            self.flexible_kept += 1
        elif day.kept is None:
            self.flexible_unknown += 1
        if day.status in CAME:
            self.sums["flexible_present"] += 1
        if day.late:
            self.sums["flexible_late"] += 1

    def merge(self, other: "Tally") -> None:
        """Add another group's counts to these."""
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.sums.update(other.sums)

    def counts(self) -> Mapping[str, int]:
        """The counts by name, without `sums`."""
        return {name: getattr(self, name) for name in NUMBERS}


NUMBERS = (
    "staff",
    "required",
    "present",
    "late",
    "late_minutes",
    "early",
    "absent",
    "excused",
    "at_office",
    "elsewhere",
    "flexible",
    "flexible_kept",
    "flexible_unknown",
)
