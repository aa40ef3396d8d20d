"""What really happens at every counter, hour by hour. Logs, taps, citizens and spot checks each see their part of it.

A counter may close early, which its log and its taps tell. It may also be locked for an hour of its promised time,
which neither tells: only who stands before it knows.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from luwes.core.services.opentime import Spans
from luwes.examples.invented.facts.plan import dose
from luwes.examples.invented.facts.truths import HOURS_POINTS, LOCKED_SHARES
from luwes.examples.invented.facts.world import InventedService, Province, spans_of

HOUR = 60
# Of the promised minutes, what a usual day keeps before breaks.
KEPT = 0.97
PAUSE = 10
_UNLOGGED, _SHUT = 0.04, 0.05
# As a log says it, and as an officer taps it.
REASONS = {"istirahat bergantian": "istirahat", "jaringan terputus": "gangguan", "rapat singkat": "rapat"}
_PAUSED_AFTER = 75


@dataclass(frozen=True, slots=True)
class Door:
    """One counter on one working day, in minutes of the day.

    `start` and `end` are promised. `opened`, `closed` and `pause` are what an honest log says, where `logged`; `locked`
    are the beginnings of the hours in which nobody was there all the same.
    """

    point: str
    day: date
    start: int
    end: int
    opened: int
    closed: int
    pause: int
    why: str
    logged: bool
    locked: tuple[int, ...]

    def serves(self, minute: int) -> bool:
        """Whether somebody who comes at this minute of the promised time is served."""
        return minute < self.closed and not any(start <= minute < start + HOUR for start in self.locked)


def taps_of(door: Door) -> Iterator[tuple[int, str, str]]:
    """What an officer taps: minute, state and reason, as `results.counters` names them; nothing where forgotten."""
    if not door.logged:
        return
    yield door.opened, "buka", ""
    if door.pause:
        yield door.start + _PAUSED_AFTER, "jeda", REASONS[door.why]
        yield door.start + _PAUSED_AFTER + door.pause, "buka", ""
    yield door.closed, "tutup", ""


def locked_share(service: InventedService) -> float:
    """The planted share of the service's promised hours in which its counters are locked, on any kind of day."""
    return LOCKED_SHARES[service.place // len(LOCKED_SHARES) % len(LOCKED_SHARES)]


def hours_of(spans: Spans) -> Sequence[int]:
    """The beginnings of the whole hours within the spans, counted from the beginning of each."""
    return [minute for start, end in spans for minute in range(start, end - HOUR + 1, HOUR)]


@lru_cache(maxsize=512)
def doors_of(province: Province, service: InventedService, month: date) -> Sequence[Door]:
    """The counters of a service on the working days of the month that begins with this day."""
    return tuple(_doors(province, service, month))


def _doors(province: Province, service: InventedService, month: date) -> Iterator[Door]:
    seed = f"{province.scenario.seed}/{{}}/{service.place}/{month}"
    # Apart from each other, so that what the log says does not change with what it does not know.
    log, locks = random.Random(seed.format("openings")), random.Random(seed.format("locks"))
    share = locked_share(service)
    for day in province.working_days(month):
        spans = spans_of(service.windows, day)
        if not spans:
            continue
        start, end = spans[0][0], spans[-1][1]
        promised = sum(until - since for since, until in spans)
        for point in service.points:
            unlogged, shut, luck, why = log.random(), log.random(), log.random(), log.choice(tuple(REASONS))
            lost = promised * (1 - KEPT - dose(province, service, day) * HOURS_POINTS / 100)
            # A break comes on top, on any kind of day.
            pause = PAUSE if shut < _SHUT else 0
            yield Door(
                point=point,
                day=day,
                start=start,
                end=end,
                opened=start - int(luck * 5),
                # Lost at the end of the day, from nothing to twice the mean.
                closed=end - round(lost * 2 * luck),
                pause=pause,
                why=why if pause else "",
                logged=unlogged >= _UNLOGGED,
                locked=tuple(hour for hour in hours_of(spans) if locks.random() < share),
            )
