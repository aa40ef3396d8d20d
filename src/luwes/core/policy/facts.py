"""What is known of a person and a day. A fact that is not known is said to be unknown, never left to look like a no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from luwes.core.policy.clauses import Who
from luwes.core.policy.terms import Away, Mode, Per, Place


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark such as "post:eselon_2" from `first` to `last`, both inside; no end is open."""

    name: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Person:
    """`unknown` names tags ("discipline:in_process") or whole spaces ("service") nobody has data for.

    `gaps` says the same of some days only, such as those in a post nobody has assessed.
    """

    id: str
    tags: tuple[Tag, ...] = ()
    unknown: frozenset[str] = frozenset()
    post_since: date | None = None
    entered: date | None = None
    gaps: tuple[Tag, ...] = ()

    def on(self, day: date) -> frozenset[str]:
        """The tags of the day, the person's own among them."""
        return frozenset(tag.name for tag in self.tags if tag.holds(day)) | {f"person:{self.id}"}

    def unknown_on(self, day: date) -> frozenset[str]:
        """What nobody knows of the person on the day."""
        return self.unknown | {gap.name for gap in self.gaps if gap.holds(day)} if self.gaps else self.unknown


@dataclass(frozen=True, slots=True)
class Counts:
    """A group on a day: all its people, those away by reason, and the *others* who work flexibly."""

    members: int
    leave: int = 0
    trip: int = 0
    study: int = 0
    flexible: int = 0

    def base(self, without: tuple[Away, ...]) -> int:
        """The denominator when those away for these reasons do not count."""
        away = {Away.LEAVE: self.leave, Away.TRIP: self.trip, Away.STUDY: self.study}
        return self.members - sum(away[one] for one in without)


@dataclass(frozen=True, slots=True)
class Week:
    """The person's ISO week: its working days, the *other* days planned as flexible, days away, its usual length."""

    working: frozenset[date]
    flexible: frozenset[date] = frozenset()
    away: frozenset[date] = frozenset()
    usual: int = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """The place asked for. None where it is not known."""

    kind: Place
    areas: frozenset[str] | None = None
    registered: bool | None = None
    declared: bool | None = None
    traits: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one decision is taken from. `working` is None in a year without a decree of holidays."""

    person: Person
    day: date
    working: bool | None = True
    calendars: frozenset[str] = frozenset()
    away: Away | None = None
    mode: Mode | None = None
    week: Week | None = None
    counts: Mapping[Per, Counts] = field(default_factory=dict)
    place: Asked | None = None
    asked_on: date | None = None
    measures: Mapping[str, float] = field(default_factory=dict)


def has(tag: str, tags: frozenset[str], unknown: frozenset[str]) -> bool | None:
    """Whether somebody carries the tag; None where nobody knows."""
    if tag in tags:
        return True
    return None if tag in unknown or tag.partition(":")[0] in unknown else False


def matches(who: Who, tags: frozenset[str], unknown: frozenset[str]) -> bool | None:
    """Whether somebody with these tags is meant; None where what is missing could turn the answer.

    >>> matches(Who(any=("unit:a",)), frozenset(), frozenset({"unit"})) is None
    True
    """
    anyone = either(has(tag, tags, unknown) for tag in who.any) if who.any else True
    return both(
        (anyone, *(has(tag, tags, unknown) for tag in who.all), *(turn(has(tag, tags, unknown)) for tag in who.none))
    )


def missing(who: Who, tags: frozenset[str], unknown: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The tags of the selection nobody knows, as facts of a reason."""
    asked = dict.fromkeys((*who.any, *who.all, *who.none))
    return tuple(("missing", tag) for tag in asked if has(tag, tags, unknown) is None)


def either(answers: Iterable[bool | None]) -> bool | None:
    """Yes with one yes; no with nothing but no; else not known."""
    seen = set(answers)
    return True if True in seen else None if None in seen else False


def both(answers: Iterable[bool | None]) -> bool | None:
    """No with one no; yes with nothing but yes; else not known."""
    seen = set(answers)
    return False if False in seen else None if None in seen else True


def turn(answer: bool | None) -> bool | None:
    """The other answer; what is not known stays so."""
    return None if answer is None else not answer
