"""What is planted at the invented counters, found again by many draws: how often nobody is served, by kind of day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bench.bar import Bar
from luwes.core.exposure.shares import DayKind
from luwes.core.sampling.draw import Cell, draw
from luwes.core.sampling.estimate import Checked, difference, estimate
from luwes.examples.invented.facts.checks import found_at, never_made
from luwes.examples.invented.facts.citizens import visits_of, with_posters
from luwes.examples.invented.facts.doors import hours_of
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.truths import HOURS_POINTS, TURNED_AWAY_ANSWERING, Scenario, Truth
from luwes.examples.invented.facts.world import Province, spans_of

MONTHS = (date(2026, 5, 1), date(2026, 6, 1))
DRAWS, PER_DAY, RATE = 100, 12, 2
# A hundred draws of an interval of 95 % leave it two standard deviations below by luck alone.
COVERED = 0.90
KINDS = (DayKind.FLEXIBLE, DayKind.OTHER)


@dataclass(frozen=True, slots=True)
class Day:
    """The frame of a day; what each of its hours would show, None where nobody goes."""

    day: date
    cells: Sequence[Cell]
    shut: dict[str, bool]
    silent: frozenset[str]


def bars() -> Iterator[Bar]:
    """Yield the coverage under the planted harm, the harm's size, and how far a survey alone is from it."""
    land = Province(Scenario(truth=Truth.HARM, staff=3_000), lambda day: day.weekday() < 5)
    days = list(_days(land))
    real = {kind: _share(days, kind) for kind in KINDS}
    gap = real[DayKind.FLEXIBLE] - real[DayKind.OTHER]
    covered: dict[str, int] = defaultdict(int)
    for number in range(DRAWS):
        checks = [one for day in days for one in _checks(day, number)]
        found = {kind: estimate(checks, kind=kind) for kind in KINDS}
        one, other = found[DayKind.FLEXIBLE], found[DayKind.OTHER]
        if one is None or other is None:
            raise RuntimeError("two months without checks")
        covered["flexible"] += one.low <= real[DayKind.FLEXIBLE] <= one.high
        covered["other"] += other.low <= real[DayKind.OTHER] <= other.high
        apart = difference(one, other)
        covered["difference"] += apart.low <= gap <= apart.high
    for kind, count in covered.items():
        yield Bar(f"counter.planted.covered.{kind}", count / DRAWS, COVERED, ">=", "share", {"draws": DRAWS})
    yield Bar("counter.planted.harm_off", abs(100 * gap + HOURS_POINTS), 2.0, "<=", "points", {"planted": HOURS_POINTS})
    visits = [one for service in with_posters(land) for month in MONTHS for one in visits_of(land, service, month)]
    away, served = ([one.answers for one in visits if one.served is kind] for kind in (False, True))
    ratio = (sum(away) / len(away)) / (sum(served) / len(served))
    planted = {"planted": TURNED_AWAY_ANSWERING / 100, "turned_away": len(away)}
    yield Bar("counter.planted.turned_away_answer", ratio, 0.5, "<=", "ratio", planted)


def _days(land: Province) -> Iterator[Day]:
    for month in MONTHS:
        plan = plan_of(land, month)
        for day in plan.days:
            cells, shut, silent = [], {}, set()
            for service in land.services:
                kind = plan.kind(service, day)
                for point in service.points:
                    for hour in hours_of(spans_of(service.windows, day)):
                        key = f"{service.place}/{point}@{hour}"
                        found = found_at(land, service, point, day, hour)
                        rate = RATE if kind is DayKind.FLEXIBLE else 1
                        cells.append(Cell(key, (kind, f"{hour:04}", f"{service.place:03}"), rate))
                        shut[key] = found is None or not found.served
                        if never_made(land, point, day, hour):
                            silent.add(key)
            yield Day(day, cells, shut, frozenset(silent))


def _share(days: Sequence[Day], kind: DayKind) -> float:
    found = [day.shut[cell.key] for day in days for cell in day.cells if cell.stratum[0] == kind]
    return sum(found) / len(found)


def _checks(day: Day, number: int) -> Iterator[Checked]:
    for one in draw(day.cells, size=PER_DAY, seed=f"{number}/{day.day}"):
        key = one.cell.key
        yield Checked(day.day, one.cell.stratum[0], one.probability, None if key in day.silent else day.shut[key])
