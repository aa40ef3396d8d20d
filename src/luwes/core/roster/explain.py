"""Why no roster exists: the smallest set of clashing rules, in people, days and numbers, and the cheapest ways out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from luwes.core.roster.flow import NoRoster, narrowest
from luwes.core.roster.network import SOURCE, build
from luwes.core.roster.problem import FREE, RosterProblem, check, fixed_cells, open_cells
from luwes.core.roster.rows import rows
from luwes.core.roster.search import search
from luwes.core.roster.structure import Structure, classify

Kind = Literal["promise", "cap", "place", "pin", "anchor"]
WORK = 20.0


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One rule of a problem: `at` is its position (caps, places, anchors), `person` and `day` where it names them."""

    kind: Kind
    name: str
    at: int = -1
    person: int = -1
    day: int = -1


@dataclass(frozen=True, slots=True)
class Repair:
    """Relaxing one rule by `amount` (promise lowered, floor lowered, cap or quota raised) makes a roster possible."""

    rule: Rule
    amount: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together, though any of them may be left out.

    `people` are promised or pinned `needed` days; the rules leave `possible`. `days` are those on which the people
    could be flexible. `repairs` come cheapest first; none at all means that one relaxed rule does not suffice.
    """

    rules: tuple[Rule, ...]
    people: tuple[int, ...]
    days: tuple[int, ...]
    needed: int
    possible: int
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """The people between whom and their days the network is narrowest: promised days, and those it lets through."""

    people: tuple[int, ...]
    needed: int
    possible: int


def explain(problem: RosterProblem) -> Conflict | None:
    """The clash that leaves no roster, or None when one exists.

    Raises:
        UnusableProblem: the arrays do not fit together.
        NoRoster: `unknown` when the search behind crossing rules runs out of its budget.
    """
    check(problem)
    if feasible(problem):
        return None
    narrow = _only(problem, shortage(problem).people) if classify(problem).network else problem
    found = clash(all_rules(narrow), lambda kept: feasible(keeping(narrow, kept)))
    alone = keeping(narrow, found)
    people = tuple(sorted({rule.person for rule in found if rule.person >= 0}))
    cells = (open_cells(alone) | fixed_cells(alone))[list(people)]
    needed, possible = _numbers(alone, found)
    return Conflict(
        tuple(found),
        people,
        tuple(int(day) for day in np.flatnonzero(cells.any(0))),
        needed,
        possible,
        tuple(sorted(_repairs(problem, found), key=lambda way: (way.amount, way.rule))),
    )


def shortage(problem: RosterProblem, structure: Structure | None = None) -> Shortage:
    """The people of the narrowest cut; nobody when every promise can be kept (crossing rules left aside).

    A person promised more than any plan could give alone is told with that most: floors may leave less.
    """
    structure = structure or classify(problem)
    # Who is promised nothing may stay on site: their cells change no answer.
    idle = None if problem.promises is None else np.repeat((problem.promises <= 0)[:, None], len(problem.days), axis=1)
    network = build(problem, structure, np.zeros(problem.size, dtype=np.int64), fair=False, reward=1, ban=idle)
    promises = np.zeros(len(problem.employee_id), dtype=np.int64)
    if problem.promises is not None:
        promises = np.maximum(problem.promises - fixed_cells(problem).sum(1), 0)
    alone = np.flatnonzero(promises > network.room)
    if len(alone):
        # More promised than days open to the person: no need to look at others.
        return Shortage(_rows(alone), int(promises[alone].sum()), int(network.room[alone].sum()))
    some = np.flatnonzero(promises)
    inner = network.tail != SOURCE
    cut = narrowest(
        np.concatenate([network.tail[inner], np.full(len(some), SOURCE)]),
        np.concatenate([network.head[inner], network.entry[some]]),
        np.concatenate([network.capacity[inner], promises[some]]),
    )
    needed = int(promises.sum())
    if cut.flow == needed:
        return Shortage((), needed, needed)
    people = some[np.isin(network.entry[some], cut.near)]
    inside = int(promises[people].sum())
    return Shortage(_rows(people), inside, inside - (needed - cut.flow))


def feasible(problem: RosterProblem) -> bool:
    """Whether any roster keeps every rule.

    Raises:
        NoRoster: `unknown` when the search behind crossing rules runs out of its budget.
    """
    structure = classify(problem)
    nothing = np.zeros(problem.size, dtype=np.int64)
    if structure.network:
        network = build(problem, structure, nothing, fair=False, reward=1)
        return not network.overfull and not shortage(problem, structure).people
    # Who is promised nothing may stay on site, and seats force nobody: leaving both out changes no answer.
    asked = np.zeros(len(problem.employee_id), dtype=np.bool_) if problem.promises is None else problem.promises > 0
    lean = replace(problem, modes=(), allowed=problem.allowed & (asked[:, None] | fixed_cells(problem)))
    model = rows(lean, nothing, fair=False)
    if model.impossible:
        return False
    try:
        search(model, None, work=WORK)
    except NoRoster as refused:
        if refused.code == "infeasible":
            return False
        raise
    return True


def all_rules(problem: RosterProblem) -> list[Rule]:
    """Every rule that can clash, promises and pins person by person."""
    found = [Rule("place", place.rule, at) for at, place in enumerate(problem.places)]
    found += [Rule("cap", cap.rule, at) for at, cap in enumerate(problem.caps)]
    found += [Rule("anchor", anchor.rule, at) for at, anchor in enumerate(problem.anchors)]
    order = classify(problem).order
    if problem.promises is not None:
        found += [Rule("promise", "", -1, int(row)) for row in order if problem.promises[row] > 0]
    if problem.pins is not None:
        pinned = problem.pins[order] != FREE
        found += [Rule("pin", "", -1, int(order[at]), int(day)) for at, day in zip(*np.nonzero(pinned), strict=True)]
    return found


def keeping(problem: RosterProblem, rules: Sequence[Rule]) -> RosterProblem:
    """The problem with only these rules."""
    kept: dict[str, list[Rule]] = {kind: [] for kind in ("promise", "cap", "place", "pin", "anchor")}
    for rule in rules:
        kept[rule.kind].append(rule)
    promises = np.zeros(len(problem.employee_id), dtype=np.int64)
    pins = np.full(problem.size, FREE, dtype=np.int8)
    if problem.promises is not None:
        people = [rule.person for rule in kept["promise"]]
        promises[people] = problem.promises[people]
    if problem.pins is not None:
        at = [rule.person for rule in kept["pin"]], [rule.day for rule in kept["pin"]]
        pins[at] = problem.pins[at]
    return replace(
        problem,
        caps=tuple(problem.caps[rule.at] for rule in kept["cap"]),
        places=tuple(problem.places[rule.at] for rule in kept["place"]),
        anchors=tuple(problem.anchors[rule.at] for rule in kept["anchor"]),
        promises=promises if kept["promise"] else None,
        pins=pins if kept["pin"] else None,
    )


def clash(rules: list[Rule], holds: Callable[[list[Rule]], bool]) -> list[Rule]:
    """The smallest clash inside `rules`, by halving: leaving out any one rule of it resolves it."""

    def inner(kept: list[Rule], added: bool, open_: list[Rule]) -> list[Rule]:
        if added and not holds(kept):
            return []
        if len(open_) == 1:
            return open_
        first, second = open_[: len(open_) // 2], open_[len(open_) // 2 :]
        from_second = inner([*kept, *first], True, second)
        from_first = inner([*kept, *from_second], bool(from_second), first)
        return [*from_first, *from_second]

    return sorted(inner([], False, rules))


def _only(problem: RosterProblem, people: Sequence[int]) -> RosterProblem:
    """The problem with the promises of some people alone."""
    promises = np.zeros(len(problem.employee_id), dtype=np.int64)
    if problem.promises is not None:
        promises[list(people)] = problem.promises[list(people)]
    asked = (promises > 0)[:, None] | fixed_cells(problem)
    return replace(problem, promises=promises, allowed=problem.allowed & asked)


def _numbers(problem: RosterProblem, rules: Sequence[Rule]) -> tuple[int, int]:
    """Days promised or pinned by the clash, and how many of them the other rules leave."""
    pinned = int(fixed_cells(problem).sum())
    if any(rule.kind == "promise" for rule in rules):
        short = shortage(problem)
        if short.people:
            return pinned + short.needed, pinned + short.possible
        return pinned + short.needed, pinned + short.needed - 1
    return pinned, pinned - 1


def _repairs(problem: RosterProblem, rules: Sequence[Rule]) -> list[Repair]:
    """For each rule of the clash, the least relaxation that alone makes the whole problem possible."""
    found = []
    for rule in rules:
        most = _most(problem, rule)
        if not most or not feasible(_relaxed(problem, rule, most)):
            continue
        least, enough = 0, most
        while enough - least > 1:
            middle = (least + enough) // 2
            if feasible(_relaxed(problem, rule, middle)):
                enough = middle
            else:
                least = middle
        found.append(Repair(rule, enough))
    return found


def _most(problem: RosterProblem, rule: Rule) -> int:
    """The amount that switches a rule off; an anchor has none."""
    if rule.kind == "promise" and problem.promises is not None:
        return int(problem.promises[rule.person])
    if rule.kind == "cap":
        return len(problem.days)
    if rule.kind == "place":
        return len(problem.employee_id)
    return 1 if rule.kind == "pin" else 0


def _relaxed(problem: RosterProblem, rule: Rule, amount: int) -> RosterProblem:
    if rule.kind == "promise" and problem.promises is not None:
        promises = problem.promises.copy()
        promises[rule.person] -= amount
        return replace(problem, promises=promises)
    if rule.kind == "cap":
        caps = list(problem.caps)
        caps[rule.at] = replace(caps[rule.at], limit=caps[rule.at].limit + amount)
        return replace(problem, caps=tuple(caps))
    if rule.kind == "place":
        places = list(problem.places)
        old = places[rule.at]
        quota = None if old.quota is None else old.quota + amount
        places[rule.at] = replace(old, floor=np.maximum(old.floor - amount, 0), quota=quota)
        return replace(problem, places=tuple(places))
    pins = np.full(problem.size, FREE, dtype=np.int8) if problem.pins is None else problem.pins.copy()
    pins[rule.person, rule.day] = FREE
    return replace(problem, pins=pins)


def _rows(people: np.ndarray) -> tuple[int, ...]:
    return tuple(int(row) for row in people)
