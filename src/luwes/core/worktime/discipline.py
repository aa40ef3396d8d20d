"""What a year of days adds up to: absent days by equivalence, and which measure the law would name.

Proposals only: a measure needs an examination and an authorised official, and the software imposes none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from luwes.core.workdays.status import Status as Evidence
from luwes.core.worktime.day import DayResult, Status

# Minutes late and early add up, and this many are a day's absence; an end without a punch is half of it. Known from
# training material alone, see `EQUIVALENCE`.
DAY_MINUTES = 7 * 60 + 30
END_MINUTES = DAY_MINUTES // 2
EQUIVALENCE = Evidence.REPORTED
# PP 94/2021: dismissal also follows so many working days in a row.
IN_A_ROW = 10
LADDER_STATUS = Evidence.REPORTED


# Somebody may have been there.
UNKNOWN = frozenset({Status.NO_DATA, Status.IMPOSSIBLE, Status.EXCUSED, Status.RUNNING})


@dataclass(frozen=True, slots=True)
class Accumulated:
    """Sums over some days: whole days absent, minutes late and early, ends without a punch, the longest absence.

    `longest` is in working days in a row; days not owed neither break nor lengthen it, days of which nothing is known
    break it: doubt favours the person.
    """

    absent: int = 0
    minutes: int = 0
    missing: int = 0
    longest: int = 0

    @property
    def equivalent(self) -> int:
        """Absent days with those that minutes and missing ends come to, rounded down: doubt favours the person."""
        return self.absent + (self.minutes + self.missing * END_MINUTES) // DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: from so many unexcused days in a year, and the code of the measure."""

    since: int
    code: str


LADDER = (
    Step(3, "oral_reprimand"),
    Step(4, "written_reprimand"),
    Step(7, "written_dissatisfaction"),
    Step(11, "allowance_cut_6_months"),
    Step(14, "allowance_cut_9_months"),
    Step(17, "allowance_cut_12_months"),
    Step(21, "lower_post_12_months"),
    Step(25, "released_from_post_12_months"),
    Step(28, "dismissal"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The measure the days would point to, and how sure the text behind it is."""

    code: str
    days: int
    status: Evidence


def accumulate(days: Iterable[DayResult]) -> Accumulated:
    """Add up days given in their order. What an outage excused is already out of them."""
    absent = minutes = missing = longest = row = 0
    for day in days:
        if day.status in UNKNOWN:
            row = 0
        if not day.required:
            continue
        row = row + 1 if day.status is Status.ABSENT else 0
        longest = max(longest, row)
        absent += day.status is Status.ABSENT
        minutes += day.late + day.early
        missing += day.status in (Status.MISSING_IN, Status.MISSING_OUT)
    return Accumulated(absent, minutes, missing, longest)


def proposal(year: Accumulated, *, civil_servant: bool) -> Proposal | None:
    """The step of PP 94/2021 that a year's absent days reach; None below it.

    Only whole days absent count here: the equivalence was read in no text of the law. The ladder is that of PNS and
    CPNS (`civil_servant`); a PPPK's contract has its own rules, so none is proposed.
    """
    if not civil_servant:
        return None
    if year.longest >= IN_A_ROW:
        return Proposal("dismissal_after_ten_in_a_row", year.longest, LADDER_STATUS)
    reached = [step for step in LADDER if step.since <= year.absent]
    return Proposal(reached[-1].code, year.absent, LADDER_STATUS) if reached else None
