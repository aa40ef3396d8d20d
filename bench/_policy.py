"""Measures the policy engine and prints its figures as one JSON object. Run as a program of its own."""

import json
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

import numpy as np

from luwes.core.policy.compare import compare
from luwes.core.policy.crew import Crew, facts_at, tally
from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Person, Tag
from luwes.core.policy.rulebook import read_rulebook
from luwes.core.policy.scan import scan
from luwes.core.policy.stack import Layer, Recorded, Rules, Stack
from luwes.core.policy.terms import Per

PEOPLE, UNITS, OPDS, RUNS, SAMPLE = 14_000, 400, 38, 5, 3_000
GRID = tuple(date(2026, 2, 2) + timedelta(days=step) for step in range(35))
RECORDED = Recorded(datetime(2026, 1, 1, tzinfo=UTC))

# One clause at least of every kind that decides, and the kinds that come along.
LAW = """
id = "law"
version = 1
title = "invented law"
level = "ministerial_regulation"
issuer = "invented"
state = "in_force"
status = "reported"
source = "invented"
"""
CIRCULAR = LAW.replace('"law"', '"circular"').replace("ministerial_regulation", "local_circular")
LAW_CLAUSES = (
    'kind = "weekly"\nmax_days = 2\nwho = { none = ["reason:special"] }',
    'kind = "exclude"\nwho = { any = ["discipline:active", "discipline:in_process"] }',
    'kind = "tenure"\nsince = "post"\nmonths = 6',
    'kind = "require"\nneeds = { all = ["task:online", "task:no_counter"] }',
    'kind = "days"\nmode = "wfh"\nbinding = "mandated"\nweekdays = ["fri"]',
    'kind = "location"\nallowed = ["home", "other_office", "other"]',
    'kind = "sanction"\ntrigger = "absent"\nladder = [{ first = 3, last = 3, effect = "oral" }]',
    'kind = "response"\nattempts = 2\nwithin_minutes = 5',
)
CLAUSES = (
    'kind = "days"\nmode = "wfa"\nweekdays = ["tue", "wed", "thu", "fri"]',
    'kind = "days"\nmode = "wfa"\nweekdays = ["mon"]\nneeds_grant = true',
    'kind = "forbid"\ndates = [2026-02-18]', 'kind = "exclude"\nwho = { any = ["service:front"] }\nduties = ["shift"]',
    'kind = "exclude"\nwho = { any = ["post:jpt"] }',
    'kind = "quota"\nper = "unit"\nflex_max = 40\nrounding = "down"\nwithout = ["leave", "trip", "study"]',
    'kind = "quota"\nper = "opd"\nonsite_min = 25\nrounding = "up"',
    'kind = "quota"\nper = "unit"\nflex_max = 75\nrounding = "half_up"\nwithout = []\n'
    'tiers = [{ who = { any = ["service:health"] }, flex_max = 0 }]',
    'kind = "weekly"\nonsite_min_days = 3', 'kind = "weekly"\nmax_days = 2\ncount_mandated = false',
    'kind = "tenure"\nsince = "entry"\nmonths = 1\nwho = { any = ["type:part_time"] }',
    'kind = "deadline"\ndays_before = 1', 'kind = "roster"\nblocks = true',
    'kind = "delegate"\nto = "opd_head"\nwho = { any = ["unit:u7"] }', 'kind = "need"',
    'kind = "data"\nfacts = ["punches"]',
    'kind = "guard"\nmetric = "pace"\nbelow = -10.0\neffect = "quota"\nflex_max = 20',
    'kind = "guard"\nmetric = "pace"\nbelow = -5.0\neffect = "warn"', 'kind = "approval"\nsteps = ["head"]',
    'kind = "approval"\nsteps = ["sekda"]\nwho = { any = ["post:jpt"] }', 'kind = "presensi"\nper_day = 2',
    'kind = "hours"\nweekly_net = 2250', 'kind = "report"\nwhat = "report"', 'kind = "duty"\nduties = ["phone"]',
)  # fmt: skip


def stack(*, without: int | None = None) -> Rules:
    """Law and circular; `without` leaves one clause of the circular out."""
    left = [one for number, one in enumerate(CLAUSES, 1) if number != without]
    texts = [
        head + "".join(f'\n[[clause]]\nid = "c{number}"\nbasis = "b"\n{one}\n' for number, one in enumerate(clauses, 1))
        for head, clauses in ((LAW, LAW_CLAUSES), (CIRCULAR, left))
    ]
    return Rules(Stack(tuple(Layer(read_rulebook(text), RECORDED) for text in texts)), RECORDED.at)


def province() -> Crew:
    """The same invented people every time."""
    rng = np.random.default_rng(6)
    unit = np.sort(rng.integers(0, UNITS, PEOPLE))
    opd = unit * OPDS // UNITS
    persons = tuple(_person(rng, row, int(unit[row])) for row in range(PEOPLE))
    shape = (PEOPLE, len(GRID))
    week = np.array([day.weekday() < 5 for day in GRID], np.int8)
    columns = [np.repeat(one[:, None], len(GRID), axis=1).astype(np.int32) for one in (unit, opd)]
    return Crew(
        persons, GRID, tuple(column for column, day in enumerate(GRID) if day.weekday() < 5)[:22],
        working=np.broadcast_to(week, shape).copy(),
        away=np.where(rng.random(shape) < 0.08, rng.integers(1, 4, shape), 0).astype(np.int8),
        planned=(rng.random(shape) < 0.15) & (week == 1), usual=np.full(PEOPLE, 5, np.int8),
        groups={Per.UNIT: columns[0], Per.OPD: columns[1]},
        measures={"pace": np.repeat(rng.normal(0, 6, UNITS)[unit][:, None], len(GRID), axis=1)},
        asked_on=GRID[0] - timedelta(days=7),
    )  # fmt: skip


def _person(rng: np.random.Generator, row: int, unit: int) -> Person:
    draw = rng.random(12)
    names = [f"unit:u{unit}", "need:yes", "arrived:punches", "roster:circular/c13", f"opd:o{unit % OPDS}"]
    marks = (("task:online", 0.8), ("task:no_counter", 0.8), ("service:front", 0.2), ("service:health", 0.1),
             ("post:jpt", 0.02), ("type:part_time", 0.1), ("reason:special", 0.03))  # fmt: skip
    names += [name for (name, share), one in zip(marks, draw, strict=False) if one < share]
    tags = [Tag(name) for name in names]
    if draw[8] < 0.02:
        tags.append(Tag("discipline:active", GRID[0], GRID[int(draw[9] * 30)]))
    since = GRID[0] - timedelta(days=int(draw[10] * 3000))
    return Person(str(row), tuple(tags), frozenset({"task"}) if draw[11] < 0.02 else frozenset(), since, since)


def seconds(work: Callable[[], object]) -> float:
    """The median of the CPU seconds of a few runs."""
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return median(found)


def main() -> None:
    """Measure and print."""
    crew, rules = province(), stack()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scan_s = seconds(lambda: scan(crew, stack()))
    found = compare(crew, stack(), stack(without=6))
    compare_s = seconds(lambda: compare(crew, stack(), stack(without=6)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tallies = {per: tally(crew, per) for per in crew.groups}
    rng = np.random.default_rng(1)
    cells = list(zip(rng.integers(0, PEOPLE, SAMPLE), rng.integers(0, len(crew.judged), SAMPLE), strict=True))
    facts = [facts_at(crew, tallies, int(row), crew.judged[place]) for row, place in cells]
    start = time.process_time()
    decided = [decide(one, rules) for one in facts]
    each = (time.process_time() - start) / SAMPLE
    told = scan(crew, rules)
    differ = sum(
        (one.verdict, one.headline.rule) != (told.verdict(row, place), told.told(row, place))
        for one, (row, place) in zip(decided, cells, strict=True)
    )
    size = PEOPLE * len(crew.judged)
    print(
        json.dumps(
            {
                "scan_s": scan_s, "compare_s": compare_s, "ratio": each * size / scan_s, "memory_mb": memory,
                "memory_before_mb": before / 1024, "differ": differ, "sampled": SAMPLE, "persons": PEOPLE,
                "days": len(crew.judged), "clauses": len(CLAUSES) + len(LAW_CLAUSES), "moved": int(found.moved.sum()),
                "allowed": int((told.gravity == 3).sum()), "refused": int((told.gravity == 0).sum()),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
