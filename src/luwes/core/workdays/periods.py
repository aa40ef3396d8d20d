"""Half-open periods of plain dates."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


class EmptyPeriod(ValueError):
    """The end does not lie after the start."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to but not including `end`; an `end` of None never comes."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise EmptyPeriod(f"{self.start}..{self.end}")

    @property
    def last(self) -> date | None:
        """The last day inside, for people, who say "up to and including"."""
        return None if self.end is None else self.end - DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


def without(whole: Period, hole: Period) -> list[Period]:
    """What is left of `whole` when `hole` is taken out: none, one or two periods, earliest first.

    >>> without(Period(date(2026, 1, 1)), Period(date(2026, 3, 1), date(2026, 4, 1)))[1].start
    datetime.date(2026, 4, 1)
    """
    if not whole.overlaps(hole):
        return [whole]
    left = []
    if whole.start < hole.start:
        left.append(Period(whole.start, hole.start))
    if hole.end is not None and (whole.end is None or hole.end < whole.end):
        left.append(Period(hole.end, whole.end))
    return left
