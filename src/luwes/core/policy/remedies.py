"""What would change the answer, found by asking the same function about neighbouring options."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Asked, Facts
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Place, Verdict

# A remedy further away than this is no help to somebody asking about a day.
NEAR = 14


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that gives ALLOWED: another day, or another place."""

    kind: str
    value: date | Place


def remedies(facts: Facts, rules: Rules, ask: Callable[[date], Facts | None]) -> tuple[Remedy, ...]:
    """Days near `facts.day` and places that would be allowed, nearest first.

    `ask` gives the facts of the same person and wish on another day, or None where they are not known. Besides the
    days around, the day after each mark of the person ends is tried, and the day a waiting time is over.
    """
    found = [Remedy("day", day) for day in _days(facts, rules) if _allowed(ask(day), rules)]
    if facts.place is not None:
        for kind in Place:
            if kind is not facts.place.kind and _allowed(replace(facts, place=_at(facts.place, kind)), rules):
                found.append(Remedy("place", kind))
    return tuple(found)


def _at(place: Asked, kind: Place) -> Asked:
    """Another kind of place, of which nothing more is known than that it would be declared."""
    return Asked(kind, registered=kind is Place.HOME or None, declared=place.declared)


def _days(facts: Facts, rules: Rules) -> Iterable[date]:
    around = {facts.day + timedelta(days=step) for step in range(-NEAR, NEAR + 1)}
    ends = {tag.last + timedelta(days=1) for tag in facts.person.tags if tag.last and tag.last >= facts.day}
    over = {
        value
        for reason in decide(facts, rules).reasons
        for name, value in reason.facts
        if name == "until" and isinstance(value, date)
    }
    return sorted((around | ends | over) - {facts.day}, key=lambda day: (abs((day - facts.day).days), day))


def _allowed(facts: Facts | None, rules: Rules) -> bool:
    return facts is not None and decide(facts, rules).verdict is Verdict.ALLOWED
