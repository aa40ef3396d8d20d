"""Whether the rules form a network (two families of nested sets), and which rule breaks it if they do not."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luwes.core.roster.problem import RosterProblem, Whole

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """The nested part of the rules as two trees, and the rest.

    `order` are the rows in the order of their salted hash: the network is built in it, so that the order in which
    people were listed never decides a tie. `caps` and `places` are positions in the problem, parents before
    children; `cap_parent` and `place_parent` are positions within those tuples (-1: none). `cap_of` is the
    smallest cap of each day, `place_of` the smallest place of each person, in the same numbering.
    """

    order: Whole
    caps: tuple[int, ...]
    cap_parent: tuple[int, ...]
    cap_of: Whole
    places: tuple[int, ...]
    place_parent: tuple[int, ...]
    place_of: Whole
    side_caps: tuple[int, ...]
    side_places: tuple[int, ...]
    broken_by: tuple[str, ...]

    @property
    def network(self) -> bool:
        """Whether the whole problem is one min-cost flow."""
        return not self.broken_by


def classify(problem: RosterProblem) -> Structure:
    """Sort the rules into a network and a rest: larger sets first, each kept if it nests in those before it.

    Returns:
        A Structure; `broken_by` names the rules outside the network, in the order of the problem.
    """
    order = hashed_order(problem.employee_id, problem.salt)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    cap_sets = [np.flatnonzero(cap.days) for cap in problem.caps]
    cap_keys = [
        (-len(found), tuple(found.tolist()), cap.rule) for found, cap in zip(cap_sets, problem.caps, strict=True)
    ]
    caps, cap_parent, cap_of, side_caps = _nest(cap_sets, cap_keys, len(problem.days))
    place_sets = [place.members for place in problem.places]
    place_keys = [
        (-len(place.members), int(rank[place.members].min(initial=len(order))), place.rule) for place in problem.places
    ]
    places, place_parent, place_of, side_places = _nest(place_sets, place_keys, len(order))
    broken = [problem.caps[at].rule for at in side_caps] + [problem.places[at].rule for at in side_places]
    broken += [anchor.rule for anchor in problem.anchors] + [mode.rule for mode in problem.modes]
    return Structure(
        order, caps, cap_parent, cap_of, places, place_parent, place_of, side_caps, side_places,
        tuple(dict.fromkeys(broken)),
    )  # fmt: skip


def hashed_order(employee_id: NDArray[np.uint64], salt: int) -> Whole:
    """Rows in the order of a salted hash of the stable id."""
    mixed = employee_id + np.uint64(salt % (1 << 64))
    for factor in (_ODD, _MIX):
        mixed = (mixed ^ (mixed >> _SHIFT)) * factor
    mixed ^= mixed >> _SHIFT
    found: Whole = np.lexsort((employee_id, mixed)).astype(np.int64)
    return found


def _nest(
    sets: list[Whole], keys: list[tuple[Any, ...]], universe: int
) -> tuple[tuple[int, ...], tuple[int, ...], Whole, tuple[int, ...]]:
    """Kept sets, their parents, the smallest kept set of each element, and the sets that cross others."""
    smallest = np.full(universe, -1, dtype=np.int64)
    kept: list[int] = []
    parents: list[int] = []
    crossing: list[int] = []
    for at in sorted(range(len(sets)), key=keys.__getitem__):
        inside = sets[at]
        if not len(inside):
            continue
        owners = smallest[inside]
        if (owners != owners[0]).any():
            crossing.append(at)
            continue
        parents.append(int(owners[0]))
        smallest[inside] = len(kept)
        kept.append(at)
    return tuple(kept), tuple(parents), smallest, tuple(sorted(crossing))
