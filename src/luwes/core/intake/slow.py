"""Slow stuffing: one person answering for many, spread over hours so that nothing comes in a burst.

Three signs, none of which one honest office behind one address gives: its answers differ as much as everybody's.

* One source (a network of a day and a class of device) whose answers are nearly all the same, while those of others
  at the same poster and days are not. Compared within each day (Mantel and Haenszel 1959, JNCI 22), so that a good
  day or a good service is no sign.
* A run of the same answer from one class of device, longer than chance allows.
* More answers than people served.

Flags are given, nothing is dropped. How often honest posters are flagged is measured by `make bench BENCH=counter`.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from math import log, sqrt

# Of one source: so many answers over the window, so large a share the same, so far from the others (in deviations).
LEAST, SAME, FAR = 10, 0.8, 3.5
# How often a run may be expected by chance, and how many answers tell how usual an answer is.
BY_CHANCE, KNOWN = 1e-5, 20
# Somebody answers who came yesterday or only asked; so many more than were served is no such day.
MORE = 5
# Answers per visit, against the middle of other services; among so many others, and from so many answers on.
RATIO, OTHERS, ENOUGH = 4.0, 5, 20
# However alike people answer, one in so many differs.
MOST_USUAL = 0.95


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its key and poster, the day's network ("": forgotten), class of device, moment, and what it says."""

    key: int
    poster: int
    day: date
    network: str
    device: str
    at: datetime
    said: Hashable


def alike(answers: Iterable[Given]) -> frozenset[int]:
    """The keys of answers that one source or one long run gave, over the window of all answers handed in."""
    of_poster: dict[int, list[Given]] = defaultdict(list)
    for one in answers:
        of_poster[one.poster].append(one)
    usual = {poster: _usual(line) for poster, line in of_poster.items() if len(line) >= KNOWN}
    found: set[int] = set()
    for poster, line in of_poster.items():
        found |= _one_source(line)
        others = sorted(share for other, share in usual.items() if other != poster)
        found |= _long_run(line, others[len(others) * 9 // 10] if len(others) >= OTHERS else MOST_USUAL)
    return frozenset(found)


def more_than_served(days: Mapping[date, tuple[int, int]]) -> frozenset[date]:
    """Days with more answers than visits, of a service with (answers, visits) by day, where that is so altogether.

    Give only days of which visits are recorded; cases opened and closed both count as a visit.

    >>> day = date(2026, 11, 2)
    >>> more_than_served({day: (30, 12)}) == {day}, more_than_served({day: (12, 12)})
    (True, frozenset())
    """
    answers, visits = (sum(one[place] for one in days.values()) for place in (0, 1))
    if answers < visits + MORE:
        return frozenset()
    return frozenset(day for day, (said, came) in days.items() if said > came)


def far_above_others(services: Mapping[int, tuple[int, int]]) -> Mapping[int, float]:
    """How many times the middle of the others a service's answers per visit are, for those far above it.

    `services` are (answers, visits) of services with any visits recorded.

    >>> far_above_others({**{n: (10, 100) for n in range(6)}, 9: (80, 100)})
    {9: 8.0}
    """
    ratios = {pk: answers / visits for pk, (answers, visits) in services.items() if visits and answers}
    found = {}
    for pk, ratio in ratios.items():
        others = sorted(other for at, other in ratios.items() if at != pk)
        if len(others) >= OTHERS and services[pk][0] >= ENOUGH:
            times = ratio / others[len(others) // 2]
            if times >= RATIO:
                found[pk] = times
    return found


def _usual(line: Sequence[Given]) -> float:
    """The share of the most frequent answer."""
    return Counter(one.said for one in line).most_common(1)[0][1] / len(line)


def _one_source(line: Sequence[Given]) -> set[int]:
    """The same answers of each day's largest source, where they differ from the others' answers of the same days."""
    days: dict[date, list[Given]] = defaultdict(list)
    for one in line:
        days[one.day].append(one)
    largest = {day: _largest(told) for day, told in days.items()}
    group = [one for told in largest.values() for one in told]
    if len(group) < LEAST:
        return set()
    said, same = Counter(one.said for one in group).most_common(1)[0]
    if same < SAME * len(group):
        return set()
    excess = variance = 0.0
    for day, told in days.items():
        n, whole = len(largest[day]), len(told)
        equal = sum(one.said == said for one in told)
        if n and whole > n:
            excess += sum(one.said == said for one in largest[day]) - n * equal / whole
            variance += n * equal * (whole - equal) * (whole - n) / (whole * whole * (whole - 1))
    if variance <= 0 or excess < FAR * sqrt(variance):
        return set()
    return {one.key for one in group if one.said == said}


def _largest(told: Sequence[Given]) -> Sequence[Given]:
    """The answers of the day's largest source; none where no source gave two."""
    sources: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for one in told:
        if one.network:
            sources[one.network, one.device].append(one)
    found = max(sources.values(), key=len, default=[])
    return found if len(found) > 1 else []


def _long_run(line: Sequence[Given], usual: float) -> set[int]:
    """Answers of runs that are longer than chance allows, at the poster's own share or that of alike posters."""
    found: set[int] = set()
    devices: dict[str, list[Given]] = defaultdict(list)
    for one in sorted(line, key=lambda given: (given.at, given.key)):
        devices[one.device].append(one)
    for told in devices.values():
        for said, items in groupby(told, key=lambda given: given.said):
            run = list(items)
            rest = [one for one in told if one.said != said] + [one for one in told if one.said == said][len(run) :]
            own = sum(one.said == said for one in rest) / len(rest) if len(rest) >= KNOWN else 0.0
            share = min(max(own, usual), MOST_USUAL)
            if log(len(told)) + len(run) * log(share) < log(BY_CHANCE):
                found.update(one.key for one in run)
    return found
