"""A crew for the policy engine from what is stored, in a constant number of queries however many people and days."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from luwes.apps.people.calendars.queries import DayBook, day_book
from luwes.apps.people.models import HeadCapacity
from luwes.apps.schedule.facts.brought import NOTHING, Brought
from luwes.apps.schedule.facts.known import Span
from luwes.apps.schedule.facts.posts import LEVELS
from luwes.apps.schedule.facts.staff import Record, Staff, Stay, away_code, is_flexible, own_tags
from luwes.apps.schedule.facts.words import OF_PERSONS, Teller, World
from luwes.core.policy.clauses import Guard
from luwes.core.policy.crew import UNKNOWN_GROUP, Crew
from luwes.core.policy.facts import Person, Tag
from luwes.core.policy.kin import asked_for
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Mode, Per
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY

WEEK = 7
# What no record tells of a person unless somebody settled it.
NOBODY_TELLS = ("grant",)
# What a list of measures tells, once one has come.
LISTED = frozenset({"discipline:active", "discipline:in_process"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: the kind of flexible work, the reasons given for it, and the day of asking. None: any, none."""

    mode: Mode | None = None
    reasons: tuple[str, ...] = ()
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The crew: one row per stay of a person in a post. `inside` marks the days of the stay on which they serve.

    `domicile` is whether the home is on record, per row, on the first day inside.
    """

    crew: Crew
    inside: NDArray[np.bool_]
    stays: Sequence[Stay]
    keys: Sequence[str]
    domicile: Sequence[bool | None]

    def row(self, public_id: str, day: date) -> int | None:
        """The row of a person on a day, None where they do not serve."""
        column = self.crew.grid.index(day)
        rows = (at for at, person in enumerate(self.crew.persons) if person.id == public_id)
        return next((at for at in rows if self.inside[at, column]), None)


def whole_weeks(first: date, last: date) -> Span:
    """The ISO weeks that hold the days."""
    return Span(first - first.weekday() * DAY, last + (WEEK - 1 - last.weekday()) * DAY)


def gather(
    judged: Collection[date], rules: Rules, *, also: Sequence[Rules] = (), only: Collection[int] | None = None,
    wish: Wish | None = None, brought: Brought = NOTHING,
) -> Gathered:  # fmt: skip
    """Everything `rules` (and those `also` to be judged by) ask for about the days, as known when `rules` are.

    `only` these people, or everybody.

    A tag of which nothing is recorded is unknown, never absent.
    """
    wish, at = wish or Wish(), rules.known_at
    span = whole_weeks(min(judged), max(judged))
    book = day_book(span.first, span.last + DAY, at)
    world, staff = World.read(span, at, book, brought), Staff.read(span, at, only)
    stays = [stay for stay in staff.stays if stay.employee in staff.records]
    every = (rules, *also)
    asked = frozenset(tag for one in every for tag in asked_for(one, span.days))
    persons = _Persons(world, staff, span, asked, wish)
    wanted = set(judged)
    columns = [number for number, day in enumerate(span.days) if day in wanted]
    inside = _inside(stays, staff.records, span)
    working, planned, away = _days(stays, inside, staff, world, span)
    crew = Crew(
        persons=tuple(persons.person(stay) for stay in stays),
        grid=span.days,
        judged=tuple(columns),
        working=working,
        away=away,
        planned=planned,
        usual=np.array([len(world.pattern(*_place(world, stay, span)).days) for stay in stays], np.int8),
        groups={per: _groups(per, stays, inside & (working != 0), world, span) for per in Per},
        calendars=_calendars(book, span),
        measures=_measures(every, stays, inside, world, span),
        mode=wish.mode,
        asked_on=wish.asked_on,
    )
    domicile = [staff.records[stay.employee].domicile(_first_day(stay, span)) for stay in stays]
    names = {row.pk: row.key for row in world.tree.rows}
    keys = [names.get(stay.unit, "") for stay in stays]
    return Gathered(crew, inside, stays, keys, domicile)


def _first_day(stay: Stay, span: Span) -> date:
    began: date = stay.period.lower
    return max(began, span.first)


def _place(world: World, stay: Stay, span: Span) -> tuple[tuple, date]:  # type: ignore[type-arg] # a line of units
    day = _first_day(stay, span)
    return world.tree.line(stay.unit, day), day


def _inside(stays: Sequence[Stay], records: Mapping[int, Record], span: Span) -> NDArray[np.bool_]:
    found = np.zeros((len(stays), len(span.days)), np.bool_)
    for row, stay in enumerate(stays):
        columns = span.columns(stay.period)
        found[row, columns] = records[stay.employee].serving(span)[columns]
    return found


def _days(
    stays: Sequence[Stay], inside: NDArray[np.bool_], staff: Staff, world: World, span: Span
) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.int8]]:
    """Working days, planned days and days away. All rows of one person hold the person's whole weeks."""
    working = np.zeros(inside.shape, np.int8)
    planned, away = np.zeros(inside.shape, np.bool_), np.zeros(inside.shape, np.int8)
    units: dict[int, NDArray[np.int8]] = {}
    rows: dict[int, list[int]] = defaultdict(list)
    for row, stay in enumerate(stays):
        if stay.unit not in units:
            units[stay.unit] = np.array([_works(world, stay.unit, day) for day in span.days], np.int8)
        working[row] = np.where(inside[row], units[stay.unit], 0)
        rows[stay.employee].append(row)
        away[row] = staff.records[stay.employee].away(span)
    at = {day: column for column, day in enumerate(span.days)}
    for (employee, day), states in staff.days.items():
        for row in rows.get(employee, ()):
            planned[row, at[day]] = is_flexible(states)
            away[row, at[day]] = away[row, at[day]] or away_code(states)
    for several in rows.values():
        if len(several) > 1:
            # A day of the week is worked where the person is on that very day; unknown days stay unknown.
            working[several] = np.where((working[several] < 0).any(axis=0), -1, working[several].max(axis=0))
    return working, planned, away


def _works(world: World, unit: int, day: date) -> int:
    line = [row.key for row in world.tree.line(unit, day)]
    try:
        return int(bool(line) and world.book.is_working(day, line))
    except MissingYear:
        return -1


def _groups(per: Per, stays: Sequence[Stay], counts: NDArray[np.bool_], world: World, span: Span) -> NDArray[np.int32]:
    """Numbers of the units whose people a quota counts: each where they are posted on that very day, if it is worked.

    Who has the day off because the own unit rests is no presence in the office.
    """
    numbers: dict[int, int] = {}
    known: dict[int, NDArray[np.int32]] = {}
    found = np.full(counts.shape, UNKNOWN_GROUP, np.int32)
    for row, stay in enumerate(stays):
        if stay.unit not in known:
            groups = [world.tree.group(per, stay.unit, day) for day in span.days]
            known[stay.unit] = np.array(
                [UNKNOWN_GROUP if one is None else numbers.setdefault(one, len(numbers)) for one in groups], np.int32
            )
        found[row] = np.where(counts[row], known[stay.unit], UNKNOWN_GROUP)
    return found


def _calendars(book: DayBook, span: Span) -> dict[date, frozenset[str]]:
    return {
        day: frozenset(
            name for one in book.ramadan if day in one.period for name in ("ramadan", f"ramadan_{one.hijri}")
        )
        for day in span.days
    }


def _measures(
    every: Sequence[Rules], stays: Sequence[Stay], inside: NDArray[np.bool_], world: World, span: Span
) -> dict[str, NDArray[np.float64]]:
    """The figures guards ask for, by unit and day."""
    held = (one.clause for rules in every for day in span.days for one in rules.on(day).held)
    metrics = {clause.metric for clause in held if isinstance(clause, Guard)}
    found = {}
    for metric in sorted(metrics):
        units: dict[int, NDArray[np.float64]] = {}
        values = np.full(inside.shape, np.nan)
        for row, stay in enumerate(stays):
            if stay.unit not in units:
                told = [world.measure(metric, stay.unit, day) for day in span.days]
                units[stay.unit] = np.array([np.nan if one is None else one for one in told], np.float64)
            values[row] = units[stay.unit]
        found[metric] = values
    return found


class _Persons:
    """Tags and gaps of people; what depends on unit and post alone is told once for all who share them."""

    def __init__(self, world: World, staff: Staff, span: Span, asked: frozenset[str], wish: Wish) -> None:
        self._world, self._staff, self._span, self._asked, self._wish = world, staff, span, asked, wish
        brought = world.brought
        spaces = {tag: tag.partition(":")[0] for tag in asked}
        of_units = sorted(
            tag for tag, space in spaces.items() if space not in OF_PERSONS and tag not in brought.settled
        )
        self._tellers: list[tuple[str, list[Teller]]] = [
            (tag, [world.teller(tag, one.first) for one in world.stretches]) for tag in of_units
        ]
        listed = LISTED if staff.measures_known else frozenset()
        unknown = {
            tag
            for tag, space in spaces.items()
            if space in NOBODY_TELLS or (space == "discipline" and tag not in listed)
        }
        self._unknown = frozenset(unknown) - brought.settled
        self._places: dict[tuple[int, int | None], tuple[tuple[Tag, ...], tuple[Tag, ...]]] = {}

    def person(self, stay: Stay) -> Person:
        """Somebody in a post, with everything the rules ask for."""
        record = self._staff.records[stay.employee]
        tags, gaps = self._place(stay.unit, stay.post)
        own, missing = own_tags(record, self._span, self._wish.reasons)
        acting, doubtful = self._acting(record)
        brought = self._world.brought
        told = (*own, *acting, *brought.persons.get(record.public_id, ()))
        open_ = (*missing, *doubtful, *brought.missing, *brought.gaps.get(record.public_id, ()))
        return Person(
            record.public_id,
            (*tags, *(one for one in told if one.name in self._asked)),
            self._unknown,
            post_since=stay.since,
            entered=record.entered,
            gaps=(*gaps, *(one for one in open_ if one.name in self._asked)),
        )

    def _place(self, unit: int, post: int | None) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
        if (unit, post) not in self._places:
            tags: list[Tag] = []
            gaps: list[Tag] = []
            for tag, tellers in self._tellers:
                answers = [tell(unit, post) for tell in tellers]
                tags += self._dated(tag, [answer is True for answer in answers])
                gaps += self._dated(tag, [answer is None for answer in answers])
            self._places[unit, post] = (tuple(tags), tuple(gaps))
        return self._places[unit, post]

    def _dated(self, tag: str, holds: Sequence[bool]) -> Iterable[Tag]:
        if all(holds):
            return [Tag(tag)]
        return [Tag(tag, one.first, one.last) for one, yes in zip(self._world.stretches, holds, strict=True) if yes]

    def _acting(self, record: Record) -> tuple[list[Tag], list[Tag]]:
        """Who acts as head (Plt., Plh.) is what the post is, until the last day of it; unknown where no post leads."""
        tags: list[Tag] = []
        gaps: list[Tag] = []
        levels = sorted(tag for tag in self._asked if tag.removeprefix("post:") in LEVELS)
        for unit, capacity, period in record.heads:
            if capacity == HeadCapacity.DEFINITIVE.value:
                continue
            last = None if period.upper is None else period.upper - DAY
            leading = self._world.posts.leading(unit)
            for tag in levels:
                answer = self._world.posts.holds(leading, tag.removeprefix("post:"))
                if answer is not False:
                    (gaps if answer is None else tags).append(Tag(tag, period.lower, last))
        return tags, gaps
