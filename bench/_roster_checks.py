"""What a roster promises beyond speed: fairness, lots, changes, reasons, safety, the same answer every time."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from time import process_time

import numpy as np

from bench._blocks import measured
from bench._mutants import killed
from bench._rosters import MONTH_CAP, permuted, sick, unit
from bench.bar import Bar
from luwes.core.roster.explain import explain, keeping, shortage
from luwes.core.roster.fairness import carried
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.highs import lp_roster, maximise
from luwes.core.roster.lot import Drawing, Lot, calibrate, redraw
from luwes.core.roster.problem import Place, RosterProblem, fixed_cells
from luwes.core.roster.replan import freeze, replan
from luwes.core.roster.rows import rows
from luwes.core.roster.solve import solve
from luwes.core.roster.structure import classify
from luwes.core.roster.verify import verify
from tests.core.roster.test_lot import equals
from tests.core.roster.tiny import level_vector, plans, tiny

YEARS = (100, 300, 500)  # seeds of the years that are lived through


def fairness(full: bool) -> Iterator[Bar]:
    """Leximin against every plan of tiny units, and a year of carried days."""
    count, wrong, tried = 10_000 if full else 500, 0, 0
    for seed in range(count):
        problem = tiny(seed)
        every = plans(problem)
        tried += len(every)
        best = max((level_vector(problem, plan), int(problem.points[plan].sum())) for plan in every)
        found = solve(problem)
        wrong += (level_vector(problem, found.flexible), found.points) != best
    yield Bar("roster.fair.not_leximin", wrong, 0, "<=", "units", {"units": count, "plans": tried})
    plain = [_year("wishes", seed) for seed in YEARS]
    fair = [_year("fair", seed) for seed in YEARS]
    gain = min(after[0] / before[0] - 1 for before, after in zip(plain, fair, strict=True))
    points, wishes = (1 - sum(year[at] for year in fair) / sum(year[at] for year in plain) for at in (1, 2))
    detail = {"worst_off_days": [[year[0] for year in years] for years in (plain, fair)], "years": len(YEARS)}
    yield Bar("roster.fair.year_worst_off_gain", gain, 0.20, ">=", "share", detail)
    yield Bar("roster.fair.year_points_lost", points, 0.015, "<=", "share", detail)
    # What the louder ones asked beyond what the others asked is left out: it was never worth more to them.
    yield Bar("roster.fair.year_wishes_lost", wishes, 0.005, "<=", "share", detail)


def _year(aim: str, seed: int) -> tuple[int, int, int]:
    """Twelve months: days of the worst-off, points, and points without loudness; some are always louder than others."""
    people = 100
    chance = np.random.default_rng(5)
    louder, able = chance.integers(0, 6, people), chance.random(people) < 0.75
    days, points, wishes, expected = np.zeros(people, dtype=np.int64), 0, 0, 0
    for month in range(12):
        made = unit(people, seed + month, floor=62)
        base = unit(people, seed, floor=62)
        allowed = made.present & able[:, None]
        cap = replace(made.caps[0], limit=np.where(able, MONTH_CAP, 0))
        problem = replace(
            made, allowed=allowed, points=made.points + louder[:, None],
            carry=carried(days, np.full(people, expected), np.full(people, MONTH_CAP)), caps=(cap, *made.caps[1:]),
            employee_id=base.employee_id,
        )  # fmt: skip
        found = solve(problem, aim="fair" if aim == "fair" else "wishes")
        days += found.flexible.sum(1)
        points += found.points
        wishes += int(made.points[found.flexible].sum())
        expected = int(days[able].mean())
    return int(days[able].min()), points, wishes


def lots(full: bool) -> Iterator[Bar]:
    """A draw is as likely as it should be, and repeating it is cheap."""
    draws = 10_000
    drawing, chance = Drawing(equals(), Lot("rota", 0)), np.random.default_rng(11)
    counts: dict[bytes, int] = {}
    for _ in range(draws):
        key = drawing(chance).tobytes()
        counts[key] = counts.get(key, 0) + 1
    squares = sum((count - draws / 6) ** 2 / (draws / 6) for count in counts.values()) + (6 - len(counts)) * draws
    yield Bar("roster.lot.chi_squared", squares, 20.5, "<=", "chi2(5)", {"draws": draws, "plans": len(counts)})
    groups, choices = (np.array([0]), np.array([1, 2])), ((0, 1), (0, 1, 2))
    lot = Lot("weekday", 0, groups=groups, weekday=np.arange(3), choices=choices)
    found = redraw(equals(places=()), lot, np.random.default_rng(12), 3000, [])
    expected = np.array([[1 / 2, 1 / 2, 0], [1 / 3] * 3, [1 / 3] * 3])
    off = np.abs(found.probability() - expected) / np.sqrt(np.maximum(expected * (1 - expected), 1e-9) / 3000)
    yield Bar("roster.lot.off_enumeration", float(off[expected > 0].max()), 4, "<=", "standard errors")
    repeats = 999 if full else 60
    problem = unit(400, 1)
    ready = calibrate(problem, Lot("rota", 500), np.random.default_rng(1))
    start = process_time()
    redraw(problem, ready, np.random.default_rng(2), repeats, [np.arange(400)])
    spent = (process_time() - start) * 999 / repeats
    yield Bar("roster.lot.unit_999_redraws_cpu_s", spent, 20, "<=", "s", {"people": 400, "drawn": repeats})
    repeats, sizes = (999, range(350)) if full else (5, range(0, 350, 10))

    def one(at: int) -> dict[str, float]:
        problem = unit(8 + at * 37 % 65, at)
        ready = calibrate(problem, Lot("rota", 500), np.random.default_rng(1))
        start = process_time()
        redraw(problem, ready, np.random.default_rng(2), repeats, [np.arange(len(problem.employee_id))])
        return {"cpu_s": process_time() - start, "people": len(problem.employee_id)}

    # All draws of the province take hours of a shared machine: unit by unit they go on where they were cut off.
    units = measured("roster-lots", sizes, one) if full else [one(at) for at in sizes]
    spent, people = sum(found["cpu_s"] for found in units), int(sum(found["people"] for found in units))
    scaled = spent * 999 / repeats * 14_000 / people
    yield Bar("roster.lot.province_999_redraws_cpu_s", scaled, 720, "<=", "s", {"people": people, "drawn": repeats})


def changes(full: bool) -> Iterator[Bar]:
    """Sick calls: the fewest changes, and nothing before today."""
    count, more, frozen_touched, fresh_changes, mine = 1000 if full else 100, 0, 0, 0, 0
    for seed in range(count):
        chance = np.random.default_rng(seed)
        people, today = int(chance.integers(5, 120)), int(chance.integers(3, 15))
        problem = unit(people, seed)
        old = solve(problem).flexible
        later = sick(problem, today, chance)
        found = replan(later, old, today)
        more += len(found.changes) != _least_changes(later, old, today) or bool(verify(later, found.flexible))
        frozen_touched += int((found.flexible[:, :today] != old[:, :today]).sum())
        mine += len(found.changes)
        fresh_changes += int((solve(later).flexible != old).sum())
    detail = {"scenarios": count, "changes": mine, "changes_of_a_fresh_plan": fresh_changes}
    yield Bar("roster.replan.not_minimal", more, 0, "<=", "scenarios", detail)
    yield Bar("roster.replan.frozen_touched", frozen_touched, 0, "<=", "cells", detail)


def _least_changes(problem: RosterProblem, old: np.ndarray, today: int) -> int:
    """The least number of changed cells, by the other engine."""
    frozen = freeze(problem, old, today)
    found = maximise(rows(frozen, np.where(old, 1, -1).astype(np.int64), fair=False))
    if found is None:
        raise RuntimeError("the scenario has no plan")
    return int(old.sum()) - int((fixed_cells(frozen) & old).sum()) - round(found.value)


def reasons(full: bool) -> Iterator[Bar]:
    """Impossible units: every one explained, by a clash that the other engine finds irreducible, in time."""
    count, wrong = 500 if full else 40, 0
    for seed in range(count):
        problem = crowded(20 + seed % 5 * 20, seed)
        conflict = explain(problem)
        wrong += conflict is None or not _irreducible(problem, list(conflict.rules))
    yield Bar("roster.explain.not_irreducible", wrong, 0, "<=", "units", {"units": count})
    core, whole = [], []
    for seed in range(9):
        problem = crowded(400, seed)
        structure = classify(problem)
        start = process_time()
        shortage(problem, structure)
        core.append(process_time() - start)
        start = process_time()
        explain(problem)
        whole.append(process_time() - start)
    yield Bar("roster.explain.core_ms.n400", 1000 * float(np.median(core)), 2, "<=", "ms", {"runs": 9})
    yield Bar("roster.explain.full_ms.n400", 1000 * float(np.median(whole)), 150, "<=", "ms", {"runs": 9})


def crowded(people: int, seed: int) -> RosterProblem:
    """A team that must nearly all stay, whose members are promised three days each."""
    problem = unit(people, seed)
    teams = [at for at, place in enumerate(problem.places) if place.rule == "team" and len(place.members) > 1]
    at = teams[seed % len(teams)]
    members = problem.places[at].members
    floor = np.maximum(problem.present[members].sum(0) - (np.arange(22) % 4 == 0), 0)
    places = tuple(Place(place.rule, place.members, floor if where == at else place.floor)
                   for where, place in enumerate(problem.places))  # fmt: skip
    promises = np.where((problem.allowed.sum(1) >= 8) & (problem.caps[0].limit >= 4), 1, 0)
    promises[members] = 3
    return replace(problem, places=places, promises=promises)


def _irreducible(problem: RosterProblem, rules: list[object]) -> bool:
    def possible(kept: list[object]) -> bool:
        try:
            lp_roster(keeping(problem, kept))  # type: ignore[arg-type]
        except NoRoster:
            return False
        return True

    return not possible(rules) and all(possible([one for one in rules if one is not left]) for left in rules)


def safety(full: bool) -> Iterator[Bar]:
    """No rule broken over many unit-days, by a checker that its own tests hold to account."""
    unit_days, wanted, broken, at = 0, 1_000_000 if full else 100_000, 0, 0
    while unit_days < wanted:
        length = 65
        problem = unit(3 + at % 20, at, length=length, floor=at * 7 % 100)
        broken += len(verify(problem, solve(problem, aim="fair" if at % 2 else "wishes").flexible))
        unit_days += length * len(problem.places)
        at += 1
    detail = {"units": at, "place_days": unit_days}
    yield Bar("roster.safety.violations", broken, 0, "<=", "violations", detail)
    total, alive = killed()
    yield Bar("roster.safety.mutants_killed", 1 - len(alive) / total, 0.95, ">=", "share", {"mutants": total})


def determinism() -> Iterator[Bar]:
    """One fingerprint over repetitions, orders of rows, and numbers of processes."""
    problem = unit(100, 3)
    found = {solve(problem).fingerprint for _ in range(20)}
    order = np.random.default_rng(0)
    found |= {solve(permuted(problem, order.permutation(100))).fingerprint for _ in range(20)}
    for workers in (1, 2):
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            found |= {roster.fingerprint for roster in pool.map(solve, [problem] * 4)}
    yield Bar("roster.determinism.rosters", len(found), 1, "<=", "different", {"runs": 48})
