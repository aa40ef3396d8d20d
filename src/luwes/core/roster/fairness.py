"""What the j-th flexible day of a person is worth so that one flow of least cost is fair to the worst-off first."""

from dataclasses import dataclass

import numpy as np

from luwes.core.roster.problem import Whole

REPAYABLE = 8  # one part in so many of what a month can give is what may be carried into it
STEP = 20  # points that one rank of fairness is worth where it is weighed against wishes


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """One row per possible further day: whose it is, and its rank (1 is worth least)."""

    person: Whole
    rank: Whole


def steps(level: Whole, entitlement: Whole, room: Whole) -> Steps:
    """Rank every further day of every person.

    Args:
        level: carry plus days already fixed, per person.
        entitlement: days a full share amounts to, per person, at least 1.
        room: how many further days are conceivable, per person.

    Returns:
        Steps in the order of people and days. The lower the level before the day, the higher its rank; among equals
        the larger rise comes first. Counts reachable from a common source form a polymatroid, so the greedy order
        alone decides: weights by rank give the leximin plan (Frank and Murota, arXiv 1907.02673).
    """
    person = np.repeat(np.arange(len(room)), room)
    first = np.cumsum(room) - room
    taken = np.arange(len(person)) - first[person]
    share = entitlement[person]
    # Division rounds correctly, so equal fractions of these small numbers give equal floats, and no others do.
    before = (level[person] + taken) / share
    after = (level[person] + taken + 1) / share
    order = np.lexsort((-after, before))
    new = np.ones(len(order), dtype=np.int64)
    new[1:] = (np.diff(before[order]) != 0) | (np.diff(after[order]) != 0)
    rank = np.empty(len(order), dtype=np.int64)
    dense = np.cumsum(new)
    rank[order] = dense[-1:] + 1 - dense
    return Steps(person, rank)


def carried(had: Whole, expected: Whole, attainable: Whole) -> Whole:
    """What somebody carries into a month: days had beyond those expected (below zero: owed), within bounds.

    Args:
        had: flexible days so far, per person.
        expected: days somebody serving as long has had, per person.
        attainable: most days the coming month can give the person.

    Returns:
        The difference, at most an eighth of what the month can give and at least one day either way. A debt that no
        month can make good would otherwise outweigh all wishes around the person month after month, for nothing.
    """
    most = np.maximum(attainable // REPAYABLE, 1)
    found: Whole = np.clip(had - expected, -most, most)
    return found


def dominating(values: Whole, nodes: int) -> int:
    """Factor by which one rank outweighs every change of wishes.

    An exchange between plans is a round trip through the network. It gives and takes cells in turn, each at another
    node, and at most one cell more on either side; `nodes` counts those on the narrower side.
    """
    if not len(values):
        return 1
    high, low = int(values.max()), int(values.min())
    return nodes * (high - low) + max(abs(high), abs(low)) + 1
