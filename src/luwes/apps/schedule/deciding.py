"""Decide, scan and compare over what is stored: the facts are read here, the answers come from `core.policy`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from luwes.apps.people.models import Blackout, Employee, Posting
from luwes.apps.schedule.facts.brought import NOTHING, Brought
from luwes.apps.schedule.facts.gather import Gathered, Wish, gather, whole_weeks
from luwes.apps.schedule.facts.known import Span, known
from luwes.apps.schedule.facts.staff import in_units
from luwes.apps.schedule.facts.tree import Tree
from luwes.core.policy.clauses import EVERYBODY, Forbid, Who
from luwes.core.policy.compare import Change, compare
from luwes.core.policy.crew import facts_at, tally
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.facts import Asked, Facts
from luwes.core.policy.remedies import NEAR, Remedy, remedies
from luwes.core.policy.scan import VERDICTS, Scan, scan
from luwes.core.policy.stack import Recorded, Restriction, Rules
from luwes.core.policy.terms import Per, Place, Verdict
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY


class NoSuchEmployee(LookupError):
    """Nobody has this id or number."""

    code = "no_such_employee"


class NotServing(LookupError):
    """The person holds no post on the day, or does not serve."""

    code = "not_serving"


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with what would change it, nearest first."""

    decision: Decision
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Person-days told by one rule first: how many were refused, left to a person, or allowed."""

    rule: str
    verdict: Verdict
    person_days: int


@dataclass(frozen=True, slots=True)
class MonthScan:
    """A month of everybody. `people` serve on some day of it; `told` has the biggest group first."""

    people: int
    person_days: int
    verdicts: dict[Verdict, int]
    told: tuple[Told, ...]
    unknown_tags: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Person-days that go from one verdict to another, with the two rules told first and some people of them."""

    before: Verdict
    after: Verdict
    rule_before: str
    rule_after: str
    person_days: int
    people: int
    examples: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two stacks over one month."""

    clauses: tuple[Change, ...]
    moves: tuple[Moved, ...]
    person_days: int


def with_blackouts(rules: Rules, first: date, last: date) -> Rules:
    """The same rules, the closed periods of the span among them as clauses nobody has to write twice."""
    rows = Blackout.objects.filter(known(rules.known_at), Span(first, last).touching).select_related("unit")
    closed = tuple(
        Restriction(
            Forbid(
                id=f"masa-larangan-{row.public_id}",
                basis=f"{row.name}: {row.basis}",
                who=Who(any=(f"unit:{row.unit.key}",)) if row.unit else EVERYBODY,
                first=row.period.lower,
                last=None if row.period.upper is None else row.period.upper - DAY,
            ),
            Recorded(row.recorded_at),
        )
        for row in rows.order_by("period", "pk")
    )
    stack = replace(rules.stack, restrictions=(*rules.stack.restrictions, *closed))
    return Rules(stack, rules.known_at)


def employee_of(text: str) -> str:
    """The public id of somebody by public id or NIP. Raises NoSuchEmployee, without repeating the number."""
    wanted = text.strip().replace(" ", "")
    found = Employee.objects.filter(public_id=wanted).first() or Employee.objects.filter(nip=wanted).first()
    if found is None:
        raise NoSuchEmployee
    return found.public_id


def decide_one(
    *, employee: str, day: date, rules: Rules, wish: Wish | None = None, place: Place | None = None,
    brought: Brought = NOTHING,
) -> Answer:  # fmt: skip
    """One person on one day, with the days around that would do, none before the day of asking.

    Only the people of the same perangkat daerah are read: theirs are the shares that count. Raises NoSuchEmployee,
    NotServing.
    """
    person = Employee.objects.filter(public_id=employee).first()
    if person is None:
        raise NoSuchEmployee
    first, last = day - NEAR * DAY, day + NEAR * DAY
    rules = with_blackouts(rules, *_ends(first, last))
    span = whole_weeks(first, last)
    found = gather(
        span.days, rules, only=_mates(person.pk, span, rules.known_at) | {person.pk}, wish=wish, brought=brought
    )
    tallies = {per: tally(found.crew, per) for per in found.crew.groups}

    def facts(on: date) -> Facts | None:
        row = found.row(employee, on) if on in found.crew.grid else None
        if row is None:
            return None
        there = None if place is None else Asked(place, registered=found.domicile[row])
        return replace(facts_at(found.crew, tallies, row, found.crew.grid.index(on)), place=there)

    own = facts(day)
    if own is None:
        raise NotServing
    decision = decide(own, rules)
    if decision.verdict is Verdict.ALLOWED:
        return Answer(decision, ())
    since = wish.asked_on if wish and wish.asked_on else first
    return Answer(decision, remedies(own, rules, lambda on: facts(on) if on >= since else None))


def _ends(first: date, last: date) -> tuple[date, date]:
    span = whole_weeks(first, last)
    return span.first, span.last


def _mates(employee: int, span: Span, at: datetime) -> frozenset[int]:
    """Everybody whose numbers count for this person: the perangkat daerah they are posted in, whole."""
    tree = Tree.read(span, at)
    stays = Posting.objects.filter(known(at), span.touching, employee=employee).values_list("unit_id", flat=True)
    tops: set[int] = set()
    for unit in stays:
        for day in span.days:
            top = tree.group(Per.OPD, unit, day)
            tops.add(unit if top is None else top)
    below = {pk for day in span.days for pk in tree.carriers(frozenset(tops), day)}
    return in_units(below, span, at)


def month_days(month: date) -> tuple[date, ...]:
    """Every day of the month."""
    first = month.replace(day=1)
    return Span(first, month_end(first)).days


def read_month(
    month: date, rules: Rules, *, also: Sequence[Rules] = (), wish: Wish | None = None, brought: Brought = NOTHING
) -> Gathered:
    """Everybody's month, judged on the days on which anybody works; `also` names rules it will be judged by too."""
    found = gather(month_days(month), rules, also=also, wish=wish, brought=brought)
    columns = tuple(column for column in found.crew.judged if (found.crew.working[:, column] != 0).any())
    return replace(found, crew=replace(found.crew, judged=columns))


def month_span(month: date) -> tuple[date, date]:
    """The first and the last day of the weeks a month reaches into."""
    days = month_days(month)
    return _ends(days[0], days[-1])


def month_rules(rules: Rules, month: date) -> Rules:
    """The rules of a month, blackouts among them."""
    return with_blackouts(rules, *month_span(month))


def scan_month(found: Gathered, rules: Rules) -> MonthScan:
    """The verdicts of everybody on every working day of their own."""
    told = scan(found.crew, rules)
    cells = judged_cells(found)
    kinds = Counter[tuple[str, Verdict]]()
    counts = np.stack([told.headline[cells], told.gravity[cells].astype(np.int32)])
    for (rule, gravity), number in zip(*_grouped(counts), strict=True):
        kinds[told.rules[rule], VERDICTS[gravity]] += number
    groups = [Told(rule, verdict, number) for (rule, verdict), number in kinds.items()]
    verdicts = {verdict: sum(one.person_days for one in groups if one.verdict is verdict) for verdict in Verdict}
    return MonthScan(
        people=len({found.crew.persons[row].id for row in np.flatnonzero(cells.any(axis=1))}),
        person_days=int(cells.sum()),
        verdicts=verdicts,
        told=tuple(sorted(groups, key=lambda one: (-one.person_days, one.rule))),
        unknown_tags=_unknown(found),
    )


def judged_cells(found: Gathered) -> NDArray[np.bool_]:
    """The person-days that are asked about: the person serves there, and the unit works or nobody knows."""
    columns = list(found.crew.judged)
    cells: NDArray[np.bool_] = found.inside[:, columns] & (found.crew.working[:, columns] != 0)
    return cells


def _grouped(columns: NDArray[np.int32]) -> tuple[list[list[int]], list[int]]:
    kinds, counts = np.unique(columns, axis=1, return_counts=True)
    return kinds.T.tolist(), counts.tolist()


def _unknown(found: Gathered) -> tuple[tuple[str, int], ...]:
    """The tags that are not known of people, with how many people: what to record first."""
    told = Counter[str]()
    for person in found.crew.persons:
        told.update(person.unknown | {gap.name for gap in person.gaps})
    return tuple(sorted(told.items(), key=lambda one: (-one[1], one[0])))


def compare_month(found: Gathered, before: Rules, after: Rules, *, examples: int = 3) -> Compared:
    """Which person-days change verdict from one stack to the other, and for which two reasons.

    `found` must have been read for both.
    """
    result = compare(found.crew, before, after)
    cells = judged_cells(found) & result.moved
    rows, places = np.nonzero(cells)
    kinds: dict[tuple[int, int, int, int], list[int]] = {}
    for at, (row, place) in enumerate(zip(rows.tolist(), places.tolist(), strict=True)):
        kinds.setdefault(_cell(result.before, result.after, row, place), []).append(at)
    moves = []
    for (a, b, c, d), ats in kinds.items():
        people = {found.crew.persons[rows[at]].id for at in ats}
        shown = tuple(
            (found.crew.persons[rows[at]].id, found.crew.grid[found.crew.judged[places[at]]]) for at in ats[:examples]
        )
        old, new = result.before.rules[c], result.after.rules[d]
        moves.append(Moved(VERDICTS[a], VERDICTS[b], old, new, len(ats), len(people), shown))
    ordered = sorted(moves, key=lambda one: (-one.person_days, one.rule_before, one.rule_after))
    return Compared(result.clauses, tuple(ordered), int(judged_cells(found).sum()))


def _cell(before: Scan, after: Scan, row: int, place: int) -> tuple[int, int, int, int]:
    return (
        int(before.gravity[row, place]), int(after.gravity[row, place]),
        int(before.headline[row, place]), int(after.headline[row, place]),
    )  # fmt: skip
