"""Was the promised time kept? Counted over the cases that fell due, never over those that were closed.

Counting closed cases flatters whoever leaves the late ones open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.interval import Interval, share_interval
from luwes.core.indicators.queue import MinuteCounts, whole_minutes
from luwes.core.indicators.sums import ratio
from luwes.core.workdays.periods import Period

# Moves a day on by a number of working days, in the calendar of the service.
AddWorkingDays = Callable[[date, int], date]


class CaseState(StrEnum):
    """Where a case stands against its due date."""

    ON_TIME = "on_time"
    LATE = "late"
    STILL_OPEN = "still_open"
    NOT_YET_DUE = "not_yet_due"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a service, in the local time of the service; `closed` is the last closing.

    `whole_days`: the source knew dates only, so a case closed on its due day is on time at any hour.
    """

    opened: datetime
    due: datetime | None
    closed: datetime | None
    whole_days: bool = False
    reopened: bool = False
    due_reckoned: bool = False


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Cases of some days by state. `no_due`: opened in these days, with no due date given or promised.

    `reopened` and `due_reckoned` (the due date follows from the standard) are counted among the cases due.
    """

    on_time: int = 0
    late: int = 0
    still_open: int = 0
    not_yet_due: int = 0
    no_due: int = 0
    reopened: int = 0
    due_reckoned: int = 0

    def __add__(self, other: "CaseCounts") -> "CaseCounts":
        return CaseCounts(
            self.on_time + other.on_time,
            self.late + other.late,
            self.still_open + other.still_open,
            self.not_yet_due + other.not_yet_due,
            self.no_due + other.no_due,
            self.reopened + other.reopened,
            self.due_reckoned + other.due_reckoned,
        )

    @property
    def due(self) -> int:
        """The denominator: every case that fell due, closed or not."""
        return self.on_time + self.late + self.still_open

    @property
    def attainment(self) -> Fraction | None:
        """The share of due cases closed on time; None when none fell due."""
        return ratio(self.on_time, self.due)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the attainment; None when none fell due."""
        return share_interval(self.on_time, self.due)


def with_due(case: Case, promised_days: int | None, add: AddWorkingDays) -> Case:
    """Give the case a due date by the standard's promised working days, where its file gave none.

    The due moment is the end of the promised day: a promise in days names no hour.
    """
    if case.due is not None or promised_days is None:
        return case
    day = add(case.opened.date(), promised_days)
    return replace(case, due=datetime.combine(day, time.max, case.opened.tzinfo), due_reckoned=True)


def state_of(case: Case, through: date) -> CaseState | None:
    """Where a case stood at the end of the day `through`; None without a due date.

    What was closed after `through` was still open then, so an old report can be recomputed.
    """
    if case.due is None:
        return None
    if case.due.date() > through:
        return CaseState.NOT_YET_DUE
    if case.closed is None or case.closed.date() > through:
        return CaseState.STILL_OPEN
    late = case.closed.date() > case.due.date() if case.whole_days else case.closed > case.due
    return CaseState.LATE if late else CaseState.ON_TIME


def count_cases(cases: Iterable[Case], period: Period, through: date) -> CaseCounts:
    """Count the cases due in a period as known at the end of `through`; those without due date by their opening.

    Every case belongs to one day, so the counts of the days of a period add up to the counts of the period.
    """
    total = CaseCounts()
    for case in cases:
        if (case.due or case.opened).date() in period:
            total += _counted(case, state_of(case, through))
    return total


def _counted(case: Case, state: CaseState | None) -> CaseCounts:
    fell_due = state not in (None, CaseState.NOT_YET_DUE)
    return CaseCounts(
        on_time=int(state is CaseState.ON_TIME),
        late=int(state is CaseState.LATE),
        still_open=int(state is CaseState.STILL_OPEN),
        not_yet_due=int(state is CaseState.NOT_YET_DUE),
        no_due=int(state is None),
        reopened=int(fell_due and case.reopened),
        due_reckoned=int(fell_due and case.due_reckoned),
    )


def completion(cases: Iterable[Case], period: Period, through: date) -> MinuteCounts:
    """Minutes from opening to closing of the cases that fell due in a period; open ones are endless.

    Its median with `endless_counts` does not get better by leaving difficult cases open.
    """
    minutes: list[int | None] = []
    for case in cases:
        state = state_of(case, through)
        if case.due is not None and case.due.date() in period and state is not CaseState.NOT_YET_DUE:
            closed = None if state is CaseState.STILL_OPEN else case.closed
            minutes.append(None if closed is None else whole_minutes(case.opened, closed))
    return MinuteCounts.of(minutes)
