"""Attendance and lateness over the days on which presence was required, under one rule of evidence.

The trap: a flexible day has no gate, so nobody is late at it, and discipline seems to improve by decree. Sums are
kept per rule of evidence, and flexible days are compared with other days only under a rule that held on both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.sums import merged, ratio, sum_by

Counts = Mapping[str, int]


class Shown(StrEnum):
    """What the evidence says about a person on a day."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNKNOWN = "unknown"


class PresenceError(ValueError):
    """A day that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person on one day. `person` is any key, and leaves this module only in lists for the personnel office.

    `rule` is the code of the rule of evidence that held (gate punch, phone punch, daily report ...). `required`:
    presence was owed; `in_service`: neither before joining nor after leaving. `absent_code` says why (leave, trip,
    "" for no reason known). Bands are TL1-TL4 and PSW1-PSW4. Raises PresenceError minutes_negative, absent_and_late.
    """

    person: str
    day: date
    rule: str
    shown: Shown
    required: bool = True
    in_service: bool = True
    late_minutes: int = 0
    late_band: str = ""
    early_minutes: int = 0
    early_band: str = ""
    absent_code: str = ""

    def __post_init__(self) -> None:
        if self.late_minutes < 0 or self.early_minutes < 0:
            raise PresenceError("minutes_negative", f"{self.day}")
        if self.shown is not Shown.PRESENT and (self.late_minutes or self.early_minutes):
            raise PresenceError("absent_and_late", f"{self.day} {self.shown}")


@dataclass(frozen=True, slots=True)
class PresenceSums:
    """Person-days on which presence was required, under one rule of evidence.

    `required` = present + absent + unknown is the denominator. `excused` days (leave, trip, declared outage) are
    owed no presence and stand outside it. `late_bands`, `early_bands` and `absent_codes` count days by code;
    an absent day without a code counts under "".
    """

    present: int = 0
    absent: int = 0
    unknown: int = 0
    excused: int = 0
    late: int = 0
    late_minutes: int = 0
    early: int = 0
    early_minutes: int = 0
    late_bands: Counts = field(default_factory=dict)
    early_bands: Counts = field(default_factory=dict)
    absent_codes: Counts = field(default_factory=dict)

    def __add__(self, other: "PresenceSums") -> "PresenceSums":
        return PresenceSums(
            self.present + other.present,
            self.absent + other.absent,
            self.unknown + other.unknown,
            self.excused + other.excused,
            self.late + other.late,
            self.late_minutes + other.late_minutes,
            self.early + other.early,
            self.early_minutes + other.early_minutes,
            merged(self.late_bands, other.late_bands),
            merged(self.early_bands, other.early_bands),
            merged(self.absent_codes, other.absent_codes),
        )

    @property
    def required(self) -> int:
        """The denominator of every rate here."""
        return self.present + self.absent + self.unknown

    @property
    def attendance(self) -> Fraction | None:
        """The share shown to be present: what is unknown is no proof of presence. None without required days."""
        return ratio(self.present, self.required)

    @property
    def attendance_at_most(self) -> Fraction | None:
        """The share if everything unknown had been presence."""
        return ratio(self.present + self.unknown, self.required)

    @property
    def lateness(self) -> Fraction | None:
        """Days with lateness per required day."""
        return ratio(self.late, self.required)

    @property
    def absence(self) -> Fraction | None:
        """Days shown to be absent per required day."""
        return ratio(self.absent, self.required)


@dataclass(frozen=True, slots=True)
class Presence:
    """Sums by rule of evidence, and what is in none of them: days outside service, kept as `anomalies`."""

    by_rule: Mapping[str, PresenceSums]
    anomalies: tuple[PersonDay, ...]

    @property
    def pooled(self) -> PresenceSums:
        """All rules together: for counts of people, not for comparing kinds of days."""
        return sum(self.by_rule.values(), PresenceSums())


def sum_presence(days: Iterable[PersonDay]) -> Presence:
    """Sum days by rule of evidence. Not required days are in no sum; days outside service are anomalies.

    A stray row before joining or after leaving enters no total, yet is kept for the personnel office to see.
    """
    seen = list(days)
    counted = [(one.rule, _one(one)) for one in seen if one.in_service and one.required]
    anomalies = sorted((one for one in seen if not one.in_service), key=lambda one: (one.day, one.person))
    return Presence(sum_by(counted), tuple(anomalies))


def _one(day: PersonDay) -> PresenceSums:
    return PresenceSums(
        present=int(day.shown is Shown.PRESENT),
        absent=int(day.shown is Shown.ABSENT),
        unknown=int(day.shown is Shown.UNKNOWN),
        excused=int(day.shown is Shown.EXCUSED),
        late=int(day.late_minutes > 0),
        late_minutes=day.late_minutes,
        early=int(day.early_minutes > 0),
        early_minutes=day.early_minutes,
        late_bands={day.late_band: 1} if day.late_band else {},
        early_bands={day.early_band: 1} if day.early_band else {},
        absent_codes={day.absent_code: 1} if day.shown in (Shown.ABSENT, Shown.EXCUSED) else {},
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Flexible and other days under one rule of evidence."""

    rule: str
    flexible: PresenceSums
    other: PresenceSums


@dataclass(frozen=True, slots=True)
class Compared:
    """Where the two kinds of days can be compared, and the rules of evidence that held on one kind only."""

    comparable: tuple[Comparison, ...]
    flexible_only: tuple[str, ...]
    other_only: tuple[str, ...]


def compare(flexible: Mapping[str, PresenceSums], other: Mapping[str, PresenceSums]) -> Compared:
    """Set flexible days beside other days, rule by rule; a rule without required days on a kind did not hold there."""
    here = {rule for rule, sums in flexible.items() if sums.required}
    there = {rule for rule, sums in other.items() if sums.required}
    return Compared(
        tuple(Comparison(rule, flexible[rule], other[rule]) for rule in sorted(here & there)),
        tuple(sorted(here - there)),
        tuple(sorted(there - here)),
    )


def without_rows(expected: Iterable[str], days: Iterable[PersonDay]) -> tuple[str, ...]:
    """People in service (`expected`) of whom there is no row at all: they are listed, never left out."""
    seen = {one.person for one in days if one.in_service}
    return tuple(sorted(set(expected) - seen))
