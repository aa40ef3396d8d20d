"""One day of the whole government, reckoned from who was due and what was punched; reads only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db import connection

from luwes.apps.attendance.hours import Hours, UnitDay
from luwes.apps.attendance.models import Outage, PunchPlace
from luwes.apps.attendance.roster import Fit, Stint, stints
from luwes.apps.people.models import ChainLink, LinkRole, ServiceVersion
from luwes.apps.schedule.models import PersonDay
from luwes.core.exposure.states import State
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.periods import DAY, Period
from luwes.core.workdays.worktime import OnDay, Span
from luwes.core.worktime.day import DayResult, Due, Status, due_on, judge, not_owed
from luwes.core.worktime.punches import Direction, Place
from luwes.core.worktime.punches import Punch as Seen
from luwes.core.worktime.tally import Tally
from luwes.core.worktime.windows import MIDNIGHT, by_working_day, closes

WAYS = (Direction.UNSAID, Direction.IN, Direction.OUT)
PLACES = (Place.UNKNOWN, Place.OFFICE, Place.ELSEWHERE)
PUNCHES = f"""
SELECT employee_id, array_agg(minute * 9
    + CASE direction WHEN '{Direction.IN.value}' THEN 3 WHEN '{Direction.OUT.value}' THEN 6 ELSE 0 END
    + CASE place WHEN '{PunchPlace.OFFICE.value}' THEN 1 WHEN '{PunchPlace.ELSEWHERE.value}' THEN 2 ELSE 0 END)
FROM attendance_punch WHERE day = %(day)s GROUP BY 1
"""  # noqa: S608 # constants of ours alone
OFFICE_BOTH = (State.OFFICE, State.OFFICE)
# Who needs no punch to be known away.
_ELSEWHERE_BY_ORDER = (Status.LEAVE, Status.TRIP, Status.TRAINING, Status.AWAY)
# A link of a service's front: the unit's primary key and a post, None for everybody in the unit.
Front = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody's day with the unit they were posted to on that very day."""

    employee: int
    unit: int
    post: int | None
    result: DayResult


@dataclass(slots=True)
class ReckonedDay:
    """Everybody's day, its sums over all and by unit with all below it, and who fronts each service at the office."""

    day: date
    people: list[Judged] = field(default_factory=list)
    whole: Tally = field(default_factory=Tally)
    units: dict[int, Tally] = field(default_factory=dict)
    services: dict[int, tuple[int, int | None]] = field(default_factory=dict)


@dataclass(slots=True)
class Reckoner:
    """What decides about the days of a span, read once in a constant number of queries; then asked day by day."""

    hours: Hours
    roster: Sequence[Stint]
    states: Mapping[tuple[int, date], tuple[State, State]]
    outages: Mapping[date, Sequence[tuple[str, Span]]]
    _dues: dict[tuple[int, tuple[State, State], int | None], Due | None] = field(default_factory=dict)

    @classmethod
    def read(cls, first: date, last: date) -> "Reckoner":
        """Read the days of `[first, last]`, the day before and the day after for shifts past midnight."""
        hours = Hours.read(first - DAY, last + DAY)
        return cls(hours, stints(Period(first, last + DAY)), _states(first, last), _outages(first, last))

    def day(self, day: date, *, closed: bool) -> ReckonedDay:
        """Reckon one day; two queries and those of the services. `closed`: leaving can be recorded no more.

        Raises MissingYear where no calendar of the year is known.
        """
        found = ReckonedDay(day)
        due = [stint for stint in self.roster if stint.since <= day < stint.until]
        units = {stint.unit: self.hours.on(stint.unit, day) for stint in due}
        punches = self._punches(day, due, units)
        agencies = {units[stint.unit].agency for stint in due if stint.employee in punches}
        own: dict[int, Tally] = defaultdict(Tally)
        for stint in due:
            here = units[stint.unit]
            if here.on is None and not here.unscheduled:
                continue
            result = self._judge(stint, here, punches.get(stint.employee, ()), day, closed, here.agency in agencies)
            found.people.append(Judged(stint.employee, stint.unit, stint.post, result))
            own[stint.unit].add(result)
        found.units = self._rolled_up(own, units)
        for tally in own.values():
            found.whole.merge(tally)
        found.services = _fronts(found, day)
        return found

    def _judge(
        self, stint: Stint, here: UnitDay, punches: Sequence[Seen], day: date, closed: bool, told: bool
    ) -> DayResult:
        if stint.fit is not Fit.SERVING:
            return DayResult(Status.AWAY if stint.fit is Fit.AWAY else Status.NOT_IN_SERVICE)
        if here.on is None:
            return DayResult(Status.NO_DATA)
        states = self.states.get((stint.employee, day), OFFICE_BOTH)
        due = self._due(here.on, states, stint.weekly)
        if due is None:
            return not_owed(states)
        spans = [span for unit, span in self.outages.get(day, ()) if not unit or unit in here.line]
        found = judge(due, punches, outages=spans, closed=closed)
        return (
            found
            if told or found.status is not Status.ABSENT
            else found._replace(status=Status.NO_DATA, required=False)
        )

    def _due(self, on: OnDay, states: tuple[State, State], weekly: int | None) -> Due | None:
        # The hours of a day are shared by most people, so what they owe is worked out a handful of times.
        key = (id(on), states, weekly)
        if key not in self._dues:
            full = on.schedule.weekly_minutes(_pattern(on)) if weekly is not None else 0
            self._dues[key] = due_on(on, states, weekly=weekly, full_week=full)
        return self._dues[key]

    def _punches(self, day: date, due: Sequence[Stint], units: Mapping[int, UnitDay]) -> dict[int, Sequence[Seen]]:
        """The punches of the working day by person; shifts past midnight take from the next calendar day."""
        today = _read_punches(day)
        nights = {
            unit
            for unit, here in units.items()
            for on in (here.on, self.hours.near(unit, day - DAY))
            if on is not None and closes(on.hours) > MIDNIGHT
        }
        if not nights:
            return dict(today)
        found: dict[int, Sequence[Seen]] = dict(today)
        tomorrow = _read_punches(day + DAY)
        for stint in due:
            if stint.unit in nights:
                seen = {day: today.get(stint.employee, []), day + DAY: tomorrow.get(stint.employee, [])}
                hours = {
                    at: on.hours
                    for at in (day - DAY, day, day + DAY)
                    if (on := self.hours.near(stint.unit, at)) is not None
                }
                found[stint.employee] = by_working_day(seen, hours).get(day, ())
        return {employee: seen for employee, seen in found.items() if seen}

    def _rolled_up(self, own: Mapping[int, Tally], units: Mapping[int, UnitDay]) -> dict[int, Tally]:
        pks = {key: pk for pk, key in self.hours.tree.keys.items()}
        found: dict[int, Tally] = defaultdict(Tally)
        for unit, tally in own.items():
            for key in units[unit].line:
                found[pks[key]].merge(tally)
        return dict(found)


def _pattern(on: OnDay) -> Pattern:
    """The pattern whose week holds these very hours."""
    return next(pattern for pattern, week in on.schedule.patterns.items() if on.hours in week.values())


def _read_punches(day: date) -> dict[int, list[Seen]]:
    """The punches of a calendar day by person, each as one number: a province makes 50,000 of them a day."""
    table = _seen()
    with connection.cursor() as cursor:
        cursor.execute(PUNCHES, {"day": day})
        return {employee: [table[number] for number in numbers] for employee, numbers in cursor.fetchall()}


@cache
def _seen() -> tuple[Seen, ...]:
    """Every punch there can be, in the order of its number: minute, then direction, then place."""
    return tuple(Seen(minute, way, place) for minute in range(MIDNIGHT + 1) for way in WAYS for place in PLACES)


def _states(first: date, last: date) -> dict[tuple[int, date], tuple[State, State]]:
    """The two halves of every person-day that somebody claimed; every other is spent in the office."""
    rows = PersonDay.objects.filter(superseded_at=None, yields_to="", day__gte=first, day__lte=last)
    found: dict[tuple[int, date], tuple[State, State]] = {}
    for employee, day, part, state in rows.values_list("employee_id", "day", "part", "state"):
        am, pm = found.get((employee, day), OFFICE_BOTH)
        found[employee, day] = (am, State(state)) if part else (State(state), pm)
    return found


def _outages(first: date, last: date) -> dict[date, list[tuple[str, Span]]]:
    found: dict[date, list[tuple[str, Span]]] = defaultdict(list)
    rows = Outage.objects.filter(revoked_at=None, day__gte=first, day__lte=last)
    for unit, day, start, end in rows.values_list("unit__key", "day", "from_minute", "to_minute"):
        found[day].append((unit or "", Span(start, end)))
    return found


def _fronts(found: ReckonedDay, day: date) -> dict[int, tuple[int, int | None]]:
    """At the office among those who front each service, and the implementers its standard names.

    A service whose front sent no punches that day has no row: what nobody recorded is not zero. Nor has one whose front
    is short by what was seen while some of it sent nothing: they may have been there.
    """
    links = ChainLink.objects.filter(superseded_at=None, period__contains=day, role=LinkRole.FRONT)
    chains: dict[int, list[Front]] = defaultdict(list)
    for service, unit, post in links.values_list("service_id", "unit_id", "post_id"):
        chains[service].append((unit, post))
    standards = ServiceVersion.objects.filter(superseded_at=None, period__contains=day)
    promised = dict(standards.values_list("service_id", "implementers"))
    posts = {post for chain in chains.values() for _, post in chain if post is not None}
    by_post = _by_post(found.people, posts)
    told: dict[int, tuple[int, int | None]] = {}
    for service, chain in chains.items():
        tallies = [found.units.get(unit) if post is None else by_post.get(post) for unit, post in chain]
        known = [tally for tally in tallies if tally is not None and _recorded(tally)]
        if not known or service not in promised:
            continue
        there, asked = sum(tally.at_office for tally in known), promised[service]
        silent = any(tally.sums[Status.NO_DATA.value] for tally in tallies if tally is not None)
        if not silent or asked is None or there >= asked:
            told[service] = (there, asked)
    return told


def _recorded(tally: Tally) -> bool:
    """Whether anything tells who was there; leave is known without a punch, and tells nothing of the others."""
    unasked = sum(tally.sums[status.value] for status in _ELSEWHERE_BY_ORDER)
    unknown = tally.sums[Status.NO_DATA.value]
    return tally.staff > unasked + unknown or (tally.staff > 0 and not unknown)


def _by_post(people: Sequence[Judged], posts: set[int]) -> dict[int, Tally]:
    found: dict[int, Tally] = defaultdict(Tally)
    for one in _holders(people, posts):
        if one.post is not None:
            found[one.post].add(one.result)
    return dict(found)


def _holders(people: Sequence[Judged], posts: set[int]) -> Iterator[Judged]:
    return (one for one in people if one.post in posts)
