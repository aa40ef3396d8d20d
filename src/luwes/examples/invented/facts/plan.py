"""Who is planned where on each day of a month, and what that makes of the day for every service."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from luwes.core.exposure.shares import DayKind, Link, NoThreshold, Tally, day_kind, service_exposure, threshold_on
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.days import Away, InventedMonth, Row, away, soil
from luwes.examples.invented.facts.truths import MEAN_SHARE, Rollout, Scenario
from luwes.examples.invented.facts.world import FRONT_DESK, InventedService, Province
from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.people import InventedPerson

HOME, OTHER = "Rumah", "Tempat lain"
_WAYS = {Rollout.SAME_DAY: "Penunjukan"}
# Both halves, or one of them, in half days from the morning.
_HALVES = {"": (0, 1), "Pagi": (0,), "Siang": (1,)}


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """One month: its working days, who serves, and what is planned.

    People are meant by their place in `Province.people`. `flexible` and `away` hold the days of each; `away` days
    count how many halves (1 or 2) are taken by leave or a trip, `whole` names the kind of a day that is taken whole.
    `exposures` are those of services by their place and day, None where nobody of the chain was on duty.
    """

    month: date
    days: Sequence[date]
    serving: Mapping[int, date]
    flexible: Mapping[int, frozenset[date]]
    away: Mapping[tuple[int, date], frozenset[int]]
    leave: Mapping[tuple[int, date], str]
    exposures: Mapping[tuple[int, date], Fraction | None]
    files: InventedMonth

    def kind(self, service: InventedService, day: date) -> DayKind:
        """What kind of day it was planned to be for the service."""
        try:
            return day_kind(self.exposures.get((service.place, day)), threshold_on(day))
        except NoThreshold:
            return DayKind.OTHER

    def at_home(self, person: int, day: date) -> bool:
        """Whether somebody really was due elsewhere: planned so, and not on leave or a trip."""
        return day in self.flexible.get(person, ()) and (person, day) not in self.away


@lru_cache(maxsize=64)
def plan_of(province: Province, month: date) -> MonthPlan:
    """The plan of the month that begins with this day, made once."""
    scenario, days = province.scenario, province.working_days(month)
    last = days[-1]
    serving = {
        place: person.since
        for place, person in enumerate(province.people)
        if person.standing[0] == "01" and person.since <= last
    }
    gone = _gone(province, month, serving, days)
    flexible = _flexible(province, serving, days)
    halves, leave = _halves(province, gone, days)
    return MonthPlan(
        month=month,
        days=days,
        serving=serving,
        flexible=flexible,
        away=halves,
        leave=leave,
        exposures=_exposures(province, serving, flexible, halves, days),
        files=InventedMonth(_rows(province, month, days, flexible, gone, scenario)),
    )


def dose(province: Province, service: InventedService, day: date) -> float:
    """How much of the planted harm a day carries for a service; 0 on days that are not flexible."""
    scenario = province.scenario
    if not scenario.harmed(service.office):
        return 0.0
    return flexibility(province, service, day)


def flexibility(province: Province, service: InventedService, day: date) -> float:
    """0 on days that are not flexible for the service, else 1, or what the exposure makes of it under `share_lot`."""
    plan = plan_of(province, day.replace(day=1))
    if plan.kind(service, day) is not DayKind.FLEXIBLE:
        return 0.0
    if province.scenario.rollout is Rollout.SHARE_LOT:
        return float(plan.exposures[service.place, day] or 0) / MEAN_SHARE
    return 1.0


def _gone(province: Province, month: date, serving: Mapping[int, date], days: Sequence[date]) -> Sequence[Away]:
    """Leave and trips of who serves all month."""
    chance = random.Random(f"{province.scenario.seed}/away/{month}")
    members = [province.people[place] for place, since in serving.items() if since <= days[0]]
    return list(away(chance, members, days))


def _flexible(province: Province, serving: Mapping[int, date], days: Sequence[date]) -> dict[int, frozenset[date]]:
    scenario = province.scenario
    offices: dict[str, list[int]] = defaultdict(list)
    for place, since in serving.items():
        if since <= days[0] and _eligible(province.people[place], scenario):
            offices[province.people[place].unit.office].append(place)
    there = Counter(province.people[place].unit.id for place in serving)
    found: dict[int, frozenset[date]] = {}
    for office, members in offices.items():
        chosen = frozenset(day for day in days if scenario.flexible_on(office, day))
        if chosen:
            lucky = _staffed(province, there, sorted(members, key=lambda place: province.luck[place]))
            found.update(dict.fromkeys(sorted(lucky[: round(len(members) * scenario.share(office))]), chosen))
    return found


def _staffed(province: Province, there: Mapping[str, int], lucky: Sequence[int]) -> list[int]:
    """Who may be elsewhere at once, in the order of their luck: the head keeps the promised number at every desk."""
    units = {province.people[place].unit.id for place in lucky}
    spare = {
        desk: sum(there[unit] for unit in desk) - promised
        for desk, promised in province.desks.items()
        if promised and not desk.isdisjoint(units)
    }
    allowed = []
    for place in lucky:
        desks = [desk for desk in spare if province.people[place].unit.id in desk]
        if all(spare[desk] > 0 for desk in desks):
            allowed.append(place)
            for desk in desks:
                spare[desk] -= 1
    return allowed


def _eligible(person: InventedPerson, scenario: Scenario) -> bool:
    head = person.structural and person.unit.name == person.unit.office
    return not head and not (scenario.rollout is Rollout.SAME_DAY and person.unit.name == FRONT_DESK)


def _halves(
    province: Province, gone: Sequence[Away], days: Sequence[date]
) -> tuple[dict[tuple[int, date], frozenset[int]], dict[tuple[int, date], str]]:
    places = {person.nip: place for place, person in enumerate(province.people)}
    halves: dict[tuple[int, date], frozenset[int]] = {}
    names: dict[tuple[int, date], str] = {}
    working = set(days)
    for one in gone:
        for n in range((one.last - one.first).days + 1):
            day = one.first + n * DAY
            if day in working:
                halves[places[one.nip], day] = frozenset(_HALVES[one.half])
                names[places[one.nip], day] = one.duty or "Cuti"
    return halves, names


def _exposures(
    province: Province,
    serving: Mapping[int, date],
    flexible: Mapping[int, frozenset[date]],
    halves: Mapping[tuple[int, date], frozenset[int]],
    days: Sequence[date],
) -> dict[tuple[int, date], Fraction | None]:
    """The exposure of every service on every day, by the product's own arithmetic."""
    people = province.people
    sums: dict[str, dict[date, list[int]]] = defaultdict(lambda: {day: [0, 0] for day in days})
    for place, since in serving.items():
        own = sums[people[place].unit.id]
        for day in days:
            if since <= day:
                own[day][1] += 2
    for (place, day), taken in halves.items():
        sums[people[place].unit.id][day][1] -= len(taken)
    for place, chosen in flexible.items():
        own = sums[people[place].unit.id]
        for day in chosen:
            own[day][0] += 2 - len(halves.get((place, day), ()))
    empty = {day: [0, 0] for day in days}
    found: dict[tuple[int, date], Fraction | None] = {}
    for service in province.services:
        links = [([sums.get(unit, empty) for unit in sorted(units)], weight) for units, weight in service.chain]
        for day in days:
            tallies = [
                Link(Tally(sum(own[day][0] for own in below), sum(own[day][1] for own in below)), weight)
                for below, weight in links
            ]
            found[service.place, day] = service_exposure(tallies).mean
    return found


def _rows(
    province: Province,
    month: date,
    days: Sequence[date],
    flexible: Mapping[int, frozenset[date]],
    gone: Sequence[Away],
    scenario: Scenario,
) -> dict[str, list[Row]]:
    """The four files of days; whoever was chosen by lot carries the lot of the perangkat daerah."""
    chance = random.Random(f"{scenario.seed}/days/{month}")
    rows: dict[str, list[Row]] = {"leave": [], "trips": [], "flexdays": [], "lots": []}
    for one in gone:
        rows["trips" if one.duty else "leave"].append(one.row)
    way = _WAYS.get(scenario.rollout, "Undian")
    lots = dict(_lots(province, month, flexible, chance)) if way == "Undian" else {}
    rows["lots"].extend(lots.values())
    for place, chosen in flexible.items():
        person = province.people[place]
        where = HOME if chance.random() < 0.85 else OTHER
        lot = _lot(month, person.unit.office) if lots else ""
        rows["flexdays"].extend((person.nip, f"{day:%d/%m/%Y}", where, way, "", lot) for day in sorted(chosen))
    if rows["flexdays"]:
        soil(rows, days)
    return rows


def _lot(month: date, office: str) -> str:
    return f"U-{month:%Y-%m}-{UNIT_NAMES.index(office) + 1:02d}"


def _lots(
    province: Province, month: date, flexible: Mapping[int, frozenset[date]], chance: random.Random
) -> Iterator[tuple[str, Row]]:
    """One lot per perangkat daerah with flexible days, drawn a week before the month."""
    drawn: dict[str, int] = defaultdict(int)
    for place in flexible:
        drawn[province.people[place].unit.office] += 1
    for office, winners in sorted(drawn.items()):
        share = province.scenario.share(office)
        seed = str(chance.randrange(10**8))
        day = f"{month - timedelta(days=7):%d/%m/%Y}"
        candidates = str(max(round(winners / share), winners))
        yield (
            office,
            (_lot(month, office), f"Hari fleksibel {month:%m/%Y}", office, candidates, str(winners), day, seed),
        )
