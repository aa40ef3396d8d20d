"""From the database to the arrays of a roster: one unit with all below it, the days of a month still to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Min
from numpy.typing import NDArray

from luwes.apps.accounts.access import Refused
from luwes.apps.people.models import Posting, UnitVersion
from luwes.apps.schedule.models import DraftState, RosterDraft, RosterWish
from luwes.apps.schedule.rosters import people, wording
from luwes.apps.schedule.rosters.allowed import Asked, Cell, closed, line_of
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.people import Row, Standing
from luwes.apps.schedule.rosters.places import Counters, counters, signers
from luwes.apps.schedule.rosters.policy import Policy, policy
from luwes.apps.schedule.service import Roll
from luwes.apps.schedule.tree import Tree
from luwes.core.roster.fairness import carried
from luwes.core.roster.problem import FREE, Flags, PersonCap, Place, RosterProblem, Whole
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY

WISH_POINTS = 100  # shared among the wished days of one person, so that wishing louder gains nothing


class NothingToPlan(Refused):
    """There is no working day left in the month, or nobody serves in the unit."""

    code = "roster_nothing_to_plan"


class CalendarMissing(Refused):
    """No decree of the year is known, so nobody knows which days are worked."""

    code = "roster_calendar_missing"


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """The arrays, and what a reader needs to understand them.

    `policy` is None where no letter is in force. `cells` says why a cell is closed; `lines` the units a row is below
    on all its days; `units` their names.
    """

    problem: RosterProblem
    rows: Sequence[Row]
    days: Sequence[date]
    cells: NDArray[np.int8]
    standing: Standing
    lines: Sequence[frozenset[str]]
    units: Mapping[str, str]
    inputs: Mapping[str, str]
    policy: Policy | None = None

    @property
    def inside(self) -> Flags:
        """Rows of the unit the roster is for; the others only hold its floors."""
        return np.array([row.inside for row in self.rows], dtype=np.bool_)

    def against_policy(self, plan: Flags) -> Flags:
        """Flexible cells of the plan that the letters in force do not allow once all of it is counted together."""
        new = plan & self.inside[:, None] & (self.standing.pins == FREE)
        if self.policy is None:
            return np.zeros(plan.shape, dtype=np.bool_)
        against: Flags = new & ~self.policy.allowed(plan)
        return against


def month(
    unit_key: str, first: date, wanted: Parameters, *, from_day: date, old: frozenset[int] = frozenset(),
    asked_on: date | None = None,
) -> Month:  # fmt: skip
    """Read what a roster of the unit is made from, in a constant number of queries.

    Args:
        unit_key: the unit; all below it belong to it.
        first: the first day of the month.
        wanted: the planner's settings.
        from_day: days before it are past and not planned; what they hold counts in the caps.
        old: the roster in force that a re-plan starts from, with those it replaced.
        asked_on: the day the roster was asked for, for letters that set a date by which to ask.

    Raises NothingToPlan, CalendarMissing.
    """
    last, start = month_end(first), max(first, from_day)
    if start > last:
        raise NothingToPlan(unit_key)
    tree = Tree.read(start, last)
    try:
        days, inside = _days(tree, unit_key, start, last)
        near = {key for day in days for key in line_of(tree, unit_key, day)}.union(*inside.values())
        stands = counters(tree, days, near) if days else Counters({}, {}, {})
        wider = _wider(tree, days, unit_key, stands)
        roll = Roll.of(tree, start, last, wider.union(*inside.values()))
        rows = people.rows(roll, days, inside, wider)
        if not any(row.inside for row in rows):
            raise NothingToPlan(unit_key)
        asked = Asked(rows, days, wanted, tree, stands.unset)
        cells = closed(asked)
        names = _unit_names(start, last)
        lines = _lines(roll, rows)
        places = _places(roll, rows, lines, days, stands, wanted, names)
    except MissingYear as missing:
        raise CalendarMissing(str(missing.year)) from missing
    known = people.standing(rows, days, old)
    judged = policy(tree, rows, days, wanted.place, asked_on or from_day)
    if judged is not None:
        # Alone: shares are counted again once the whole plan is known.
        cells[(cells == Cell.OPEN) & ~judged.allowed(known.pins == 1)] = Cell.POLICY
    permitted = cells == Cell.OPEN
    cells[~known.present] = Cell.NOT_THERE
    cells[(known.pins != FREE) & known.present] = Cell.DECIDED
    problem = _problem(rows, days, cells, known, places, wanted, first, last)
    inputs = _inputs(problem, permitted, rows, first, unit_key, old)
    return Month(problem, rows, days, cells, known, lines, names, inputs, judged)


def _problem(
    rows: Sequence[Row], days: Sequence[date], cells: NDArray[np.int8], known: Standing,
    places: tuple[Place, ...], wanted: Parameters, first: date, last: date,
) -> RosterProblem:  # fmt: skip
    pinned = known.pins == 1
    # What was decided elsewhere was allowed there; it is counted here, not judged again.
    allowed = (cells == Cell.OPEN) | (pinned & known.present)
    carry = _carry(rows, date(first.year, 1, 1), days[0], min(wanted.monthly, wanted.weekly * len(_weeks(days))))
    worked = np.array([len(row.works) for row in rows], dtype=np.int64)
    promises = None
    if wanted.promised:
        able = (cells == Cell.OPEN).sum(1) >= wanted.promised
        # Whoever is transferred within the month has no plan of a whole month that could be promised.
        _, at, count = np.unique([row.employee for row in rows], return_inverse=True, return_counts=True)
        once = count[at] == 1
        promises = np.where(able & once, wanted.promised, 0).astype(np.int64)
    return RosterProblem(
        employee_id=np.array([row.id for row in rows], dtype=np.uint64),
        days=np.array(days, dtype="datetime64[D]"),
        allowed=allowed,
        present=known.present,
        points=_points(rows, days),
        carry=carry,
        entitlement=worked,
        caps=_caps(rows, days, pinned, wanted, first, last),
        places=places,
        promises=promises,
        pins=known.pins,
        salt=first.year * 100 + first.month,
    )


def _days(
    tree: Tree, unit_key: str, start: date, last: date
) -> tuple[list[date], Mapping[date, frozenset[str]]]:  # fmt: skip
    """The days on which any unit in scope works, and the units in scope on each."""
    inside: dict[date, frozenset[str]] = {}
    day = start
    while day <= last:
        keys = frozenset(key for key in tree.parents(day) if unit_key in line_of(tree, key, day))
        if any(tree.works(key, day) for key in keys):
            inside[day] = keys
        day += DAY
    return list(inside), inside


def _wider(tree: Tree, days: Sequence[date], unit_key: str, stands: Counters) -> frozenset[str]:
    """The units beside the scope whose people stand at a counter together with people of the scope."""
    found: set[str] = set()
    for day in days:
        line = line_of(tree, unit_key, day)
        above = [key for key in line[1:] if key in stands.names]
        if above:
            top = above[-1]
            found |= {key for key in tree.parents(day) if top in line_of(tree, key, day)}
    return frozenset(found)


def _lines(roll: Roll, rows: Sequence[Row]) -> list[frozenset[str]]:
    """The units each row is below on all of its days; who is below a unit only for a part of them is no help to it."""
    found = {
        (unit, works): frozenset.intersection(*(frozenset(line_of(roll.tree, unit, day)) for day in works))
        for unit, works in {(row.unit, row.works) for row in rows}
    }
    return [found[row.unit, row.works] for row in rows]


def _places(
    roll: Roll, rows: Sequence[Row], lines: Sequence[frozenset[str]], days: Sequence[date], stands: Counters,
    wanted: Parameters, names: Mapping[str, str],
) -> tuple[Place, ...]:  # fmt: skip
    """Floors of counters, signers, and the quota of every unit."""
    members: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for key in line:
            members.setdefault(key, []).append(number)
    found = []
    for unit, needed in sorted(stands.needed.items()):
        if unit in members:
            rule = wording.counter_rule(stands.names[unit], names.get(unit, ""))
            floor = np.array([needed.get(day, 0) for day in days], dtype=np.int64)
            found.append(Place(rule, np.array(members[unit], dtype=np.int64), floor))
    for signer in signers(roll.tree, days):
        below = members.get(signer.unit, ())
        group = [at for at in below if signer.post is None or _holds(rows[at], signer.unit, signer.post)]
        if group:
            floor = np.array([int(day in signer.days) for day in days], dtype=np.int64)
            found.append(Place(wording.signer_rule(signer.service), np.array(group, dtype=np.int64), floor))
    if wanted.quota is not None:
        everyone = np.array([[day in row.works for day in days] for row in rows], dtype=np.bool_)
        for unit in sorted(key for key, group in members.items() if any(rows[at].inside for at in group)):
            own = np.array(members[unit], dtype=np.int64)
            most = everyone[own].sum(0) * wanted.quota // 100
            found.append(Place(wording.quota_rule(names.get(unit, "")), own, np.zeros(len(days), dtype=np.int64), most))
    return tuple(found)


def _holds(row: Row, unit: str, post: int) -> bool:
    return row.unit == unit and row.post == post


def _caps(
    rows: Sequence[Row], days: Sequence[date], pinned: Flags, wanted: Parameters, first: date, last: date
) -> tuple[PersonCap, ...]:
    """Weeks and the month, less what the days outside the arrays already hold."""
    monday = first - DAY * (first.isoweekday() - 1)
    sunday = last + DAY * (7 - last.isoweekday())
    before = [
        key for key in people.flexible_before([row.employee for row in rows], monday, sunday)
        if key[1] not in set(days)
    ]  # fmt: skip
    found = []
    for week in _weeks(days):
        inside = np.array([week <= day < week + 7 * DAY for day in days], dtype=np.bool_)
        spent = people.counted([key for key in before if week <= key[1] < week + 7 * DAY], rows)
        limit = _shared(rows, days, inside, wanted.weekly - spent)
        limit = np.maximum(limit, pinned[:, inside].sum(1))
        found.append(PersonCap(wording.week_rule(week), inside, limit.astype(np.int64)))
    every = np.ones(len(days), dtype=np.bool_)
    spent = people.counted([key for key in before if first <= key[1] <= last], rows)
    limit = np.maximum(_shared(rows, days, every, wanted.monthly - spent), pinned.sum(1))
    return (*found, PersonCap(wording.month_rule(first), every, limit.astype(np.int64)))


def _weeks(days: Sequence[date]) -> list[date]:
    """The Mondays of the weeks of some days."""
    return sorted({day - DAY * (day.isoweekday() - 1) for day in days})


def _shared(rows: Sequence[Row], days: Sequence[date], inside: Flags, limit: Whole) -> Whole:
    """Limits by row, where the stays of one person within a cap share one limit."""
    limit = np.maximum(limit, 0)
    span = [day for day, flag in zip(days, inside.tolist(), strict=True) if flag]
    left: dict[int, int] = {}
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        if not any(day in row.works for day in span):
            continue
        rest = left.get(row.employee, int(limit[number]))
        # Rows of one person are neighbours; the later stay takes the larger half, the earlier one what is left.
        again = number > 0 and rows[number - 1].employee == row.employee
        again = again and any(day in rows[number - 1].works for day in span)
        limit[number] = (rest + 1) // 2 if again else rest
        left[row.employee] = rest - int(limit[number])
    return limit


def _carry(rows: Sequence[Row], since: date, start: date, attainable: int) -> Whole:
    """Flexible days of this year so far beyond what somebody serving as long has on average, within bounds."""
    if start <= since or not rows:
        return np.zeros(len(rows), dtype=np.int64)
    pks = [row.employee for row in rows]
    had = people.counted(people.flexible_before(pks, since, start - DAY), rows)
    entered = dict(
        Posting.objects.filter(superseded_at=None, employee__in=pks)
        .values_list("employee_id")
        .annotate(first=Min("period__startswith"))
    )
    served = np.array([(start - max(entered.get(pk, start), since)).days for pk in pks], dtype=np.int64)
    total = int(np.maximum(served, 0).sum())
    if not total:
        return np.zeros(len(rows), dtype=np.int64)
    expected: Whole = np.rint(had.sum() * np.maximum(served, 0) / total).astype(np.int64)
    return carried(had, expected, np.full(len(rows), attainable))


def _points(rows: Sequence[Row], days: Sequence[date]) -> Whole:
    """One point for every day, and each person's hundred shared among the days wished for; -1 is unwanted."""
    found = np.ones((len(rows), len(days)), dtype=np.int64)
    wishes: dict[int, dict[date, int]] = {}
    said = RosterWish.objects.filter(superseded_at=None, day__gte=days[0], day__lte=days[-1])
    for employee, day, points in said.filter(employee__in=[row.employee for row in rows]).values_list(
        "employee_id", "day", "points"
    ):
        wishes.setdefault(employee, {})[day] = points
    at = {day: number for number, day in enumerate(days)}
    for number, row in enumerate(rows):
        mine = {day: points for day, points in wishes.get(row.employee, {}).items() if day in at}
        whole = sum(points for points in mine.values() if points > 0)
        for day, points in mine.items():
            found[number, at[day]] = -1 if points < 0 else 1 + points * WISH_POINTS // whole
    return found


def _unit_names(first: date, last: date) -> dict[str, str]:
    rows = UnitVersion.objects.filter(superseded_at=None, period__overlap=DateRange(first, last + DAY))
    return dict(rows.order_by("period").values_list("unit__key", "name"))


def _inputs(
    problem: RosterProblem, permitted: Flags, rows: Sequence[Row], first: date, unit_key: str, old: frozenset[int]
) -> dict[str, str]:
    """A hash of each part that safety stands on, so that a change can be named. Wishes are no matter of safety."""
    published = RosterDraft.objects.filter(state=DraftState.PUBLISHED, month=first).exclude(pk__in=old).order_by("pk")
    others = published.filter(person_days__employee__in=[row.employee for row in rows if row.inside]).distinct()
    caps = [part for cap in problem.caps for part in (cap.days, cap.limit)]
    floors = [part for place in problem.places for part in (place.members, place.floor, _quota(place))]
    pins = problem.pins if problem.pins is not None else np.zeros(0)
    return {
        "people": _hash([problem.employee_id, problem.days.astype(np.int64)], [row.unit for row in rows]),
        "presence": _hash([problem.present, pins]),
        "allowed": _hash([permitted]),
        "floors": _hash(floors),
        "caps": _hash(caps),
        "rosters": _hash([np.array(list(others.values_list("pk", flat=True)), dtype=np.int64)], [unit_key]),
    }


def _quota(place: Place) -> Whole:
    return np.zeros(0, dtype=np.int64) if place.quota is None else place.quota


def _hash(arrays: Iterable[NDArray[np.generic]], texts: Iterable[str] = ()) -> str:
    digest = blake2b(digest_size=16)
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()
