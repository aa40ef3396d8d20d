"""The shared rule on small numbers: a figure about fewer than five people is not shown."""

from collections.abc import Callable, Mapping, Sequence
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


def tellable(
    parents: Mapping[str, str], amounts: Mapping[str, int], small: Callable[[str, int], bool]
) -> frozenset[str]:
    """Which units of a tree may show a sum of all below them, so that no sum about few people is found from others.

    `parents` names the unit above each ("" or one that is not named: none), `amounts` the sum of each with all below
    it, `small` whether such a sum at a unit is about too few people. Whoever holds the sums shown can make of them the
    sum of a unit less those of what is shown directly below it, and nothing finer: each of these must be no small one
    or nothing. Where it would be, the smallest of what is shown below goes with it; its own parts may stay.

    >>> def few(unit, people): return hides(people)
    >>> sorted(tellable({"a": "", "b": "a", "c": "a", "d": "a"}, {"a": 20, "b": 3, "c": 10, "d": 7}, few))
    ['a', 'c']
    """
    below: dict[str, list[str]] = {}
    tops: list[str] = []
    for unit in amounts:
        above = parents.get(unit, "")
        (below.setdefault(above, []) if above in amounts else tops).append(unit)
    # From the tops down, and then back: what lies below is settled first. A circle has no top and shows nothing.
    order = list(tops)
    for unit in order:
        order.extend(below.get(unit, ()))
    inside: dict[str, list[str]] = {}
    hidden: set[str] = set()
    for unit in reversed(order):
        parts = [part for child in below.get(unit, ()) for part in ([child] if child not in hidden else inside[child])]
        if small(unit, amounts[unit]):
            hidden.add(unit)
        elif small(unit, amounts[unit] - sum(amounts[part] for part in parts)):
            parts = _merged(unit, parts, amounts, inside, hidden, small)
        inside[unit] = parts
    return frozenset(unit for unit in order if unit not in hidden)


def _merged(
    unit: str,
    parts: Sequence[str],
    amounts: Mapping[str, int],
    inside: Mapping[str, Sequence[str]],
    hidden: set[str],
    small: Callable[[str, int], bool],
) -> list[str]:
    """Hide parts of a unit, the smallest first, until what none of them shows is no longer small."""
    left = list(parts)
    while small(unit, amounts[unit] - sum(amounts[part] for part in left)):
        part = min((part for part in left if amounts[part] > 0), key=lambda one: (amounts[one], one))
        hidden.add(part)
        left = [one for one in left if one != part] + list(inside[part])
    return left
