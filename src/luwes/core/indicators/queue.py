"""Waiting, as counts per minute: medians of days do not add up to the median of the month, counts do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from luwes.core.indicators.sums import merged, ratio

MEDIAN = Fraction(1, 2)
P90 = Fraction(9, 10)
_MINUTE = timedelta(minutes=1)


class QueueError(ValueError):
    """Times or counts that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def whole_minutes(start: datetime, end: datetime) -> int:
    """Minutes from start to end, begun ones counted: 15 minutes and a second is not within 15 minutes.

    Raises QueueError ends_before_start.
    """
    if end < start:
        raise QueueError("ends_before_start", f"{start.isoformat()} {end.isoformat()}")
    return ceil((end - start) / _MINUTE)


@dataclass(frozen=True, slots=True)
class MinuteCounts:
    """How many took how many whole minutes; `endless` are those whose end is not known or has not come.

    Raises QueueError count_negative.
    """

    counts: Mapping[int, int] = field(default_factory=dict)
    endless: int = 0

    def __post_init__(self) -> None:
        if self.endless < 0 or any(minute < 0 or n < 0 for minute, n in self.counts.items()):
            raise QueueError("count_negative", str(dict(self.counts)))

    @staticmethod
    def of(minutes: Iterable[int | None]) -> "MinuteCounts":
        """Count single waits; None is endless."""
        counts: dict[int, int] = {}
        endless = 0
        for minute in minutes:
            if minute is None:
                endless += 1
            else:
                counts[minute] = counts.get(minute, 0) + 1
        return MinuteCounts(counts, endless)

    def __add__(self, other: "MinuteCounts") -> "MinuteCounts":
        return MinuteCounts(merged(self.counts, other.counts), self.endless + other.endless)

    @property
    def known(self) -> int:
        """How many are known to have ended."""
        return sum(self.counts.values())

    def quantile(self, share: Fraction, *, endless_counts: bool = False) -> int | None:
        """The smallest minute within which at least `share` (over 0, up to 1) of them ended: nearest rank.

        `endless_counts` ranks the endless behind all others. None without anybody, or where the rank falls on an
        endless one. Nothing is interpolated: somebody really waited this long. Raises QueueError share_invalid.

        >>> MinuteCounts({2: 5, 7: 4, 60: 1}).quantile(P90)
        7
        """
        if not 0 < share <= 1:
            raise QueueError("share_invalid", str(share))
        rank = ceil(share * (self.known + (self.endless if endless_counts else 0)))
        reached = 0
        for minute in sorted(self.counts):
            reached += self.counts[minute]
            if reached >= rank > 0:
                return minute
        return None

    def within(self, minutes: int) -> int:
        """How many ended within `minutes`."""
        return sum(n for minute, n in self.counts.items() if minute <= minutes)


@dataclass(frozen=True, slots=True)
class QueueSums:
    """A queue over some days: who arrived, was called, was served; `waits` of those called.

    Raises QueueError counts_disagree.
    """

    arrived: int = 0
    called: int = 0
    served: int = 0
    waits: MinuteCounts = field(default_factory=MinuteCounts)

    def __post_init__(self) -> None:
        if not 0 <= self.served <= self.called <= self.arrived or self.waits.known != self.called:
            raise QueueError("counts_disagree", f"{self.arrived} {self.called} {self.served} {self.waits.known}")

    def __add__(self, other: "QueueSums") -> "QueueSums":
        return QueueSums(
            self.arrived + other.arrived,
            self.called + other.called,
            self.served + other.served,
            self.waits + other.waits,
        )

    @property
    def abandoned(self) -> int:
        """Arrived and never called."""
        return self.arrived - self.called

    @property
    def unserved(self) -> int:
        """Called and never served."""
        return self.called - self.served

    @property
    def median(self) -> int | None:
        """The median wait in minutes of those called."""
        return self.waits.quantile(MEDIAN)

    @property
    def p90(self) -> int | None:
        """The wait in minutes that nine of ten of those called did not exceed."""
        return self.waits.quantile(P90)

    def within_share(self, minutes: int) -> Fraction | None:
        """The share of those called who waited no longer than was promised; None when nobody was called."""
        return ratio(self.waits.within(minutes), self.called)
