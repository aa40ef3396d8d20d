"""The roster engine: exact, fast, fair, drawn by lot, changed little, explained, safe, and always the same."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import process_time

import numpy as np

from bench._roster_checks import changes, determinism, fairness, lots, reasons, safety
from bench._rosters import hard_unit, unit
from bench.bar import Bar
from bench.database import fresh_database
from luwes.core.roster.flow import lower_bound, solve_network
from luwes.core.roster.highs import lp_roster, maximise
from luwes.core.roster.network import build
from luwes.core.roster.rows import rows
from luwes.core.roster.search import search
from luwes.core.roster.side import first_plan
from luwes.core.roster.solve import levels, solve
from luwes.core.roster.structure import classify
from luwes.core.roster.verify import verify

FULL = os.environ.get("FULL") == "1"


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject: samples, or everything with FULL=1."""
    yield from exact()
    yield from speed()
    yield from scale()
    yield from stored()
    yield from side()
    yield from fairness(FULL)
    yield from lots(FULL)
    yield from changes(FULL)
    yield from reasons(FULL)
    yield from safety(FULL)
    yield from determinism()


def exact() -> Iterator[Bar]:
    """Every optimum proved by prices, and equal to the other engine's."""
    count, gaps, unequal = 10_000 if FULL else 500, 0, 0
    for seed in range(count):
        problem = unit(1 + seed * 7 % 60, seed, floor=seed * 3 % 90)
        network = build(problem, classify(problem), problem.points, fair=seed % 2 == 0)
        found = solve_network(network, all_arcs=True)
        gaps += lower_bound(network, found.flow) != found.cost
        aim = "fair" if seed % 2 == 0 else "wishes"
        ours, theirs = solve(problem, aim=aim), lp_roster(problem, aim=aim)  # type: ignore[arg-type]
        same = aim == "wishes" or bool((levels(problem, ours.flexible) == levels(problem, theirs.flexible)).all())
        unequal += ours.points != theirs.points or not same
    yield Bar("roster.exact.unproved", gaps, 0, "<=", "units", {"units": count})
    yield Bar("roster.exact.unequal_to_lp", unequal, 0, "<=", "units", {"units": count})


def speed() -> Iterator[Bar]:
    """CPU against a linear programme and a tuned search with the same aim; building the peers' rows is not counted."""
    for name, fair, to_lp, to_search in (("core", False, 0.4, 1 / 20), ("fair", True, 0.6, 1 / 12)):
        ours, lp, searched = [], [], []
        for seed in range(7):
            problem = unit(100, 200 + seed)
            aim = "fair" if fair else "wishes"
            model = rows(problem, problem.points, fair=fair)
            ours.append(min(_cpu(lambda p=problem, a=aim: solve(p, aim=a)) for _ in range(3)))  # type: ignore[misc]
            lp.append(min(_cpu(lambda m=model: maximise(m)) for _ in range(3)))  # type: ignore[misc]
            if seed < 5:
                searched.append(_cpu(lambda m=model: search(m, None, work=60)))  # type: ignore[misc]
        mine, one, other = (float(np.median(each)) for each in (ours, lp, searched))
        detail = {"ours_ms": round(1000 * mine, 3), "lp_ms": round(1000 * one, 3), "search_ms": round(1000 * other, 3)}
        yield Bar(f"roster.{name}_cpu_vs_hlp.n100", mine / one, to_lp, "<=", "times", detail)
        yield Bar(f"roster.{name}_cpu_vs_cpsat.n100", mine / other, to_search, "<=", "times", detail)


def _cpu(task: Callable[[], object]) -> float:
    start = process_time()
    task()
    return process_time() - start


def scale() -> Iterator[Bar]:
    """14,000 people from arrays to verified rosters; 500,000 with FULL=1."""
    found = _measured(350)
    yield Bar("roster.province_cpu_s", found["cpu_s"], 0.6, "<=", "s", found)
    yield Bar("roster.province_grown_mb", found["grown_mb"], 80, "<=", "MB", found)
    yield Bar("roster.province_violations", found["violations"], 0, "<=", "violations", found)
    if FULL:
        found = _measured(12_500)
        yield Bar("roster.half_million_cpu_s", found["cpu_s"], 20, "<=", "s", found)


def _measured(units: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench._roster_scale", str(units)], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def stored() -> Iterator[Bar]:
    """14,000 people in a database, forty perangkat daerah: from the first request to rosters that hold."""
    with fresh_database() as database:
        product = os.environ | {"LUWES_DATABASE_URL": database}
        subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product, check=True, stdout=2)
        command = [sys.executable, "-m", "bench._stored_rosters", "14000"]
        done = subprocess.run(command, env=product, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    yield Bar("roster.stored_published_s", found["published_s"], 20, "<=", "s", found)
    yield Bar("roster.stored_broken", found["broken"], 0, "<=", "violations", found)


def side() -> Iterator[Bar]:
    """Rules that cross, all at once: a first plan always and soon, and mostly a proof in time."""
    for people, count, soon, proof in ((100, 100 if FULL else 10, 0.1, 2.0), (400, 100 if FULL else 2, 0.15, 25.0)):
        first, proved, spent, broken = [], 0, [], 0
        solve(hard_unit(20, 0))
        for seed in range(count):
            problem = hard_unit(people, seed)
            start = process_time()
            plan = first_plan(problem, classify(problem), fair=True)
            first.append(process_time() - start)
            broken += plan is None
            start = process_time()
            found = solve(problem, work=proof)
            spent.append(process_time() - start)
            broken += bool(verify(problem, found.flexible, found.seats))
            proved += found.status == "optimal" and spent[-1] <= proof
        detail = {"units": count, "median_cpu_s": round(float(np.median(spent)), 2), "most_cpu_s": round(max(spent), 2)}
        yield Bar(f"roster.side.first_cpu_s.n{people}", max(first), soon, "<=", "s", detail)
        yield Bar(f"roster.side.proved.n{people}", proved / count, 0.9, ">=", "share", detail)
        yield Bar(f"roster.side.broken.n{people}", broken, 0, "<=", "units", detail)


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
