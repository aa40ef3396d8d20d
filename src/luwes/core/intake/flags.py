"""What makes a batch of answers worth a second look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from luwes.core.services.opentime import Spans

# So many answers from one network and one class of device within the time: people do not queue up like that.
SAME_SOURCE, SAME_SOURCE_TIME = 5, timedelta(minutes=10)
# So many answers at one poster within a minute, wherever they come from.
CROWD, CROWD_TIME = 10, timedelta(minutes=1)
# Who was served at the last minute still walks out and answers.
GRACE_MINUTES = 60


class Flag(StrEnum):
    """Why an answer is shown with and without."""

    SAME_SOURCE = "sumber_sama"
    CROWD = "serentak"
    OUTSIDE = "di_luar_jam"
    CLOCK = "jam_ponsel"
    ALIKE = "serupa"
    MORE = "lebih_banyak"


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer as it came in: its key, poster, network of the day ("": forgotten), class of device and moment."""

    key: int
    poster: int
    network: str
    device: str
    at: datetime


def bursts(answers: Iterable[Heard]) -> Mapping[int, frozenset[Flag]]:
    """Give the flags of every answer that is part of a burst, by key; the others are left out.

    All answers of a burst are flagged, not only those past the limit: nobody can say which of them was the honest one.
    """
    of_poster: dict[int, list[Heard]] = defaultdict(list)
    of_source: dict[tuple[int, str, str], list[Heard]] = defaultdict(list)
    for one in answers:
        of_poster[one.poster].append(one)
        if one.network:
            of_source[one.poster, one.network, one.device].append(one)
    found: dict[int, set[Flag]] = defaultdict(set)
    for flag, groups, size, within in (
        (Flag.CROWD, of_poster.values(), CROWD, CROWD_TIME),
        (Flag.SAME_SOURCE, of_source.values(), SAME_SOURCE, SAME_SOURCE_TIME),
    ):
        for group in groups:
            for key in _dense(group, size, within):
                found[key].add(flag)
    return {key: frozenset(flags) for key, flags in found.items()}


def _dense(group: Sequence[Heard], size: int, within: timedelta) -> set[int]:
    """The keys of all answers that lie with `size` or more in some window of the given length."""
    line = sorted(group, key=lambda one: one.at)
    found: set[int] = set()
    for start in range(len(line) - size + 1):
        window = line[start : start + size]
        if window[-1].at - window[0].at < within:
            found.update(one.key for one in window)
    return found


def outside_hours(minute: int, spans: Spans) -> bool:
    """Whether a minute of the day lies outside the promised hours and the grace after them.

    A day without promised hours is outside as a whole; where the standard names no hours at all, do not ask.

    >>> outside_hours(15 * 60 + 59, [(480, 900)]), outside_hours(420, [(480, 900)])
    (False, True)
    """
    return not any(start <= minute < end + GRACE_MINUTES for start, end in spans)
