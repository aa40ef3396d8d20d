"""People the rules cannot tell apart: those with the same marks, as far as any rule asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from luwes.core.policy.clauses import Data, Days, Need, Quota, Require, Roster, Who
from luwes.core.policy.crew import Crew
from luwes.core.policy.facts import Facts, Person, Tag
from luwes.core.policy.judge import View
from luwes.core.policy.stack import Held, Rules

Marks = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Kin:
    """`of` gives the number of each person's kin on each day of the grid; `views` a stand-in for each."""

    of: NDArray[np.int32]
    people: tuple[Person, ...]

    def view(self, number: int, day: date, ordered: frozenset[date] = frozenset()) -> View:
        """The stand-in's facts on a day: marks and nothing else."""
        person = self.people[number]
        return View(Facts(person, day), person.on(day), ordered)


def asked_for(rules: Rules, days: Iterable[date]) -> frozenset[str]:
    """Every tag some rule of these days asks for."""
    found: set[str] = set()
    for day in days:
        on = rules.on(day)
        for one in on.judgements:
            found.update(_tags(one.who))
        for held in on.held:
            found |= _of_clause(held)
    return frozenset(found)


def _tags(who: Who) -> tuple[str, ...]:
    return (*who.any, *who.all, *who.none)


def _of_clause(held: Held) -> set[str]:
    clause = held.clause
    found = set(_tags(clause.who))
    if isinstance(clause, Require):
        found.update(_tags(clause.needs))
    elif isinstance(clause, Quota):
        found.update(tag for tier in clause.tiers for tag in _tags(tier.who))
    elif isinstance(clause, Need):
        found |= {"need:yes", "need:conditional", "need:no"}
    elif isinstance(clause, Data):
        found.update(f"arrived:{fact}" for fact in clause.facts)
    elif isinstance(clause, Days) and clause.needs_grant:
        found.add(f"grant:{held.rule}")
    elif isinstance(clause, Roster) and clause.blocks:
        found.add(f"roster:{held.rule}")
    return found


def kin(crew: Crew, rules: Rules) -> Kin:
    """Sort the crew into kin. A person changes kin on the day a mark begins or ends."""
    tags = asked_for(rules, crew.grid)
    spaces = frozenset(tag.partition(":")[0] for tag in tags)
    numbers: dict[Marks, int] = {}
    of = np.empty(crew.planned.shape, np.int32)
    for row, person in enumerate(crew.persons):
        told = [tag for tag in person.tags if tag.name in tags]
        own = f"person:{person.id}"
        if own in tags:
            told.append(Tag(own))
        unknown = frozenset(one for one in person.unknown if one in tags or one in spaces)
        gaps = [gap for gap in person.gaps if gap.name in tags or gap.name in spaces]
        if all(tag.first is None and tag.last is None for tag in (*told, *gaps)):
            marks = (frozenset(tag.name for tag in told), unknown | {gap.name for gap in gaps})
            of[row] = numbers.setdefault(marks, len(numbers))
        else:
            for column, day in enumerate(crew.grid):
                missing = unknown | {gap.name for gap in gaps if gap.holds(day)}
                marks = (frozenset(tag.name for tag in told if tag.holds(day)), missing)
                of[row, column] = numbers.setdefault(marks, len(numbers))
    people = tuple(Person("", tuple(Tag(name) for name in sorted(names)), unknown) for names, unknown in numbers)
    return Kin(of, people)
