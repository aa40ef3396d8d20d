"""The shared rule on small numbers: a figure about fewer than five people is not shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

SMALLEST_SHOWN = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Stands where a figure would be. It does not hold the count: what is not there cannot leak."""

    below: int = SMALLEST_SHOWN


def hides(n: int) -> bool:
    """Whether a figure about `n` people is hidden. Nobody (0) is no person and may be said."""
    return 0 < n < SMALLEST_SHOWN


def people(person_days: int, days: int) -> int:
    """How many people stand behind person-days added up over days, for the rule on small numbers.

    On a usual day, rounded up: where that is five, on some day at least five were counted. Three people over twenty
    days are sixty person-days and still three people. 0 without days.

    >>> people(60, 20)
    3
    """
    return -(-person_days // days) if days else 0


def shown(n: int, value: T) -> T | Suppressed:
    """Give `value`, a figure about `n` people, or Suppressed.

    >>> shown(4, 88)
    Suppressed(below=5)
    """
    return Suppressed() if hides(n) else value


def hidden_parts(counts: Sequence[int]) -> frozenset[int]:
    """Which parts (by place) of a shown total must be hidden, so that none is found by subtraction.

    `counts` are the people in each part. Small parts go first; where they alone would be found by taking the
    others from the total, the smallest other part goes with them. Empty parts are never hidden.

    >>> sorted(hidden_parts([3, 40, 12]))
    [0, 2]
    """
    hidden = [place for place, count in enumerate(counts) if hides(count)]
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= SMALLEST_SHOWN)
    if hidden and rest and (len(hidden) == 1 or sum(counts[place] for place in hidden) < SMALLEST_SHOWN):
        hidden.append(rest[0][1])
    return frozenset(hidden)
