"""Two stacks side by side: which clauses differ, and for whom on which days the answer changes, and why."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luwes.core.policy.crew import Crew
from luwes.core.policy.scan import VERDICTS, Scan, scan
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A clause one side has and the other not, or has otherwise: "added", "removed", "changed"."""

    rule: str
    how: str


@dataclass(frozen=True, slots=True)
class Move:
    """Person-days that go from one verdict to another for the same two reasons."""

    before: Verdict
    after: Verdict
    rule_before: str
    rule_after: str
    person_days: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`moved` marks the cells of people by judged days whose verdict changes."""

    clauses: tuple[Change, ...]
    moves: tuple[Move, ...]
    moved: NDArray[np.bool_]
    before: Scan
    after: Scan


def compare(crew: Crew, before: Rules, after: Rules) -> Comparison:
    """Scan both and tell them apart; the biggest move comes first."""
    old, new = scan(crew, before), scan(crew, after)
    verdicts = np.array([VERDICTS.index(one) for one in VERDICTS], np.int8)
    moved = verdicts[old.gravity] != verdicts[new.gravity]
    return Comparison(_clauses(crew, before, after), _moves(old, new, moved), moved, old, new)


def _moves(old: Scan, new: Scan, moved: NDArray[np.bool_]) -> tuple[Move, ...]:
    columns = [part[moved].astype(np.int64) for part in (old.gravity, new.gravity, old.headline, new.headline)]
    kinds, counts = np.unique(np.stack(columns), axis=1, return_counts=True)
    found = [
        Move(VERDICTS[a], VERDICTS[b], old.rules[c], new.rules[d], int(count))
        for (a, b, c, d), count in zip(kinds.T.tolist(), counts.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.person_days, one.rule_before, one.rule_after)))


def _clauses(crew: Crew, before: Rules, after: Rules) -> tuple[Change, ...]:
    old, new = _held(crew, before), _held(crew, after)
    found = [Change(rule, "removed") for rule in old.keys() - new.keys()]
    found += [Change(rule, "added") for rule in new.keys() - old.keys()]
    found += [Change(rule, "changed") for rule in old.keys() & new.keys() if old[rule] != new[rule]]
    return tuple(sorted(found, key=lambda one: (one.how, one.rule)))


def _held(crew: Crew, rules: Rules) -> dict[str, list[Any]]:
    """What each clause is on the judged days, and whether it enforces."""
    found: dict[str, list[Any]] = {}
    for column in crew.judged:
        for one in rules.on(crew.grid[column]).held:
            said = found.setdefault(one.rule, [])
            if (one.clause, one.enforced) not in said:
                said.append((one.clause, one.enforced))
    return found
