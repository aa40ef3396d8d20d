"""Whether somebody answered in time: attempts and minutes of working time, with what is excused taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from luwes.core.policy.clauses import Response


@dataclass(frozen=True, slots=True)
class Excused:
    """A stretch in which silence is excused, from `start` up to `end`: a break, prayer, leave, weak signal."""

    why: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """`late` is a proposal to look at, never a sanction. `excused` names what the clause took out."""

    late: bool
    minutes: float
    attempts: int
    excused: tuple[str, ...]


def replied(clause: Response, calls: Sequence[datetime], answered: datetime | None, until: datetime,
            excuses: Sequence[Excused]) -> Reply:  # fmt: skip
    """Judge one series of calls, in order; `until` is when the log was read, `answered` None where nobody answered.

    Late when at least the clause's attempts fell into time that is not excused and, counted in such minutes from the
    first call, more than its minutes went by.
    """
    counting = [one for one in excuses if one.why in clause.excused]
    end = answered if answered is not None else until
    valid = [call for call in calls if call <= end and not any(one.start <= call < one.end for one in counting)]
    if not valid:
        return Reply(False, 0.0, 0, tuple(sorted({one.why for one in counting})))
    touched = [one for one in counting if one.end > valid[0] and one.start < end]
    seconds = (end - valid[0]).total_seconds() - _covered(touched, valid[0], end)
    late = seconds > clause.within_minutes * 60 and len(valid) >= clause.attempts
    return Reply(late, seconds / 60, len(valid), tuple(sorted({one.why for one in touched})))


def _covered(excuses: Sequence[Excused], start: datetime, end: datetime) -> float:
    """Seconds of `[start, end)` under at least one excuse."""
    total, reached = 0.0, start
    for one in sorted(excuses, key=lambda excuse: excuse.start):
        since, till = max(one.start, reached), min(one.end, end)
        if till > since:
            total += (till - since).total_seconds()
            reached = till
    return total
