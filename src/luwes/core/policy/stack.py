"""Which rulebooks hold: by level, by date, and by what was known at a moment."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from luwes.core.policy.clauses import (
    Clause,
    Days,
    Deadline,
    Exclude,
    Forbid,
    Location,
    Quota,
    Require,
    Roster,
    Who,
)
from luwes.core.policy.rulebook import Head, Rulebook
from luwes.core.policy.terms import Level, State
from luwes.core.workdays.periods import Period
from luwes.core.workdays.status import Status

BINDING = (State.TRIAL, State.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """When something was written down, and when it was withdrawn again."""

    at: datetime
    withdrawn: datetime | None = None

    def known(self, at: datetime) -> bool:
        """Whether it was known at the moment."""
        return self.at <= at and (self.withdrawn is None or at < self.withdrawn)


@dataclass(frozen=True, slots=True)
class Layer:
    """An enacted rulebook. Clauses named in `not_adopted` do not enforce; `draft` lets one be tried unenacted."""

    rulebook: Rulebook
    recorded: Recorded
    not_adopted: frozenset[str] = frozenset()
    suspended: tuple[Period, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided where a rule leaves it open. `value` is a percentage where a quota was delegated."""

    rule: str
    who: Who
    first: date
    allow: bool
    recorded: Recorded
    last: date | None = None
    value: int | None = None
    by: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is for the day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A figure from elsewhere that closes days (Forbid) or lowers a share (Quota). A warning does not enforce."""

    clause: Forbid | Quota
    recorded: Recorded
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A clause that holds on a day, and whether it enforces."""

    rule: str
    clause: Clause
    level: Level
    enforced: bool

    @property
    def book(self) -> str:
        """The id of its rulebook."""
        return self.rule.partition("/")[0]


@dataclass(frozen=True, slots=True)
class OnDay:
    """Everything that holds on a day."""

    held: tuple[Held, ...]
    judgements: tuple[Judgement, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Stack:
    """All that was ever written down, in any order."""

    layers: tuple[Layer, ...]
    judgements: tuple[Judgement, ...] = ()
    restrictions: tuple[Restriction, ...] = ()


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(slots=True)
class Rules:
    """The stack as it was known at a moment; each day is read once."""

    stack: Stack
    known_at: datetime
    _days: dict[date, OnDay] = field(default_factory=dict)

    def on(self, day: date) -> OnDay:
        """What holds on the day."""
        if day not in self._days:
            self._days[day] = self._read(day)
        return self._days[day]

    def in_force(self, day: date) -> tuple[Layer, ...]:
        """The layers of the day, highest level first.

        What another one supersedes is gone from that one's first day on, and does not come back when that one ends:
        in a gap the levels above answer.
        """
        known = [
            one
            for one in self.stack.layers
            if one.recorded.known(self.known_at) and (one.draft or one.rulebook.head.state in BINDING)
        ]
        begun = [
            one.rulebook.head for one in known if one.rulebook.head.first is None or one.rulebook.head.first <= day
        ]
        gone = {name for head in begun for name in head.supersedes}
        found = [one for one in known if self._stands(one, day, begun, gone)]
        return tuple(sorted(found, key=lambda one: (one.rulebook.head.level, one.rulebook.head.id)))

    @staticmethod
    def _stands(layer: Layer, day: date, begun: list[Head], gone: set[str]) -> bool:
        head = layer.rulebook.head
        newest = max((one.version for one in begun if one.id == head.id), default=head.version)
        return (
            _within(day, head.first, head.last)
            and head.id not in gone
            and head.version == newest
            and not any(day in period for period in layer.suspended)
        )

    def _read(self, day: date) -> OnDay:
        layers = self.in_force(day)
        held = [one for layer in layers for one in _held(layer, day)]
        restrictions = [one for one in self.stack.restrictions if one.recorded.known(self.known_at)]
        held += [
            Held(f"restriction/{one.clause.id}", one.clause, Level.LOCAL_CIRCULAR, not one.warning)
            for one in restrictions
            if _within(day, one.clause.first, one.clause.last)
        ]
        judgements = tuple(one for one in self.stack.judgements if one.recorded.known(self.known_at) and one.holds(day))
        return OnDay(tuple(held), judgements, _digest(layers, held, judgements))


def _held(layer: Layer, day: date) -> list[Held]:
    head = layer.rulebook.head
    found = []
    for clause in layer.rulebook.clauses:
        if _within(day, clause.first, clause.last):
            status = clause.status or head.status
            enforced = status is Status.SEEN or (status is Status.REPORTED and clause.id not in layer.not_adopted)
            found.append(Held(layer.rulebook.key(clause), clause, head.level, enforced))
    return found


def _digest(layers: tuple[Layer, ...], held: list[Held], judgements: tuple[Judgement, ...]) -> str:
    """What the decision stood on: bytes of the rulebooks, what enforces, restrictions and judgements."""
    parts = [f"{one.rulebook.head.id} {one.rulebook.head.version} {one.rulebook.digest}" for one in layers]
    parts += [f"{one.rule} {one.enforced}" for one in held]
    parts += sorted(repr(one.clause) for one in held if one.rule.startswith("restriction/"))
    parts += sorted(repr(one) for one in judgements)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# Conditions of a scheme, made for the days it opens. Caps of a week, waiting times and refusals reach beyond them.
OF_SCHEME = (Exclude, Require, Quota, Deadline, Roster, Location)


def elsewhere(held: Sequence[Held], day: date) -> frozenset[str]:
    """Rulebooks that open days, but not this one: their conditions were made for the days they open."""
    days = [(one.book, opens(one.clause, day)) for one in held if isinstance(one.clause, Days)]
    return frozenset(book for book, _ in days) - {book for book, speaks in days if speaks}


def opens(clause: Days | Forbid, day: date) -> bool:
    """Whether the clause speaks of the day: its weekday or date, or, naming neither, any day."""
    if not clause.weekdays and not clause.dates:
        return True
    return day in clause.dates or day.weekday() in [one.number for one in clause.weekdays]
