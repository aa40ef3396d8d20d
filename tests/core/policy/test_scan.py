"""The scan and deciding one by one give the same verdict and the same rule told first, cell by cell."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.policy.clauses import Who
from luwes.core.policy.crew import Crew, facts_at, tally
from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Person, Tag
from luwes.core.policy.rulebook import Rulebook
from luwes.core.policy.scan import scan
from luwes.core.policy.stack import Judgement, Restriction, Rules
from luwes.core.policy.terms import Mode, Per
from tests.core.policy.books import LONG_AGO, OPEN, book, rules

GRID = tuple(date(2026, 3, 2) + timedelta(days=step) for step in range(14))
TAGS = ("unit:a", "unit:b", "post:x", "service:s", "need:yes", "need:no", "need:conditional", "arrived:punches",
        "grant:low/d2", "roster:low/r1", "person:1")  # fmt: skip
WHO = st.builds(
    lambda any_, none: f"who = {{ any = {list(any_)}, none = {list(none)} }}".replace("'", '"'),
    st.lists(st.sampled_from(TAGS[:4] + TAGS[10:]), max_size=2, unique=True),
    st.lists(st.sampled_from(TAGS[:4]), max_size=1),
)
KINDS = (
    'kind = "forbid"\nweekdays = ["wed"]', 'kind = "forbid"\ndates = [2026-03-05]', 'kind = "exclude"',
    'kind = "require"\nneeds = { any = ["post:x", "service:s"] }', 'kind = "tenure"\nsince = "post"\nmonths = 3',
    'kind = "tenure"\nsince = "entry"', 'kind = "tenure"\nsince = "entry"\nmonths = 1',
    'kind = "quota"\nper = "unit"\nflex_max = 50', 'kind = "quota"\nper = "unit"\nflex_max = 50\nrounding = "down"',
    'kind = "quota"\nper = "unit"\nonsite_min = 25\nrounding = "up"\nwithout = ["leave"]',
    'kind = "quota"\nper = "opd"\nexact = 60\nrounding = "half_up"\nwithout = []',
    'kind = "quota"\nper = "unit"\ndelegated_to = "opd_head"\nid = "q9"',
    'kind = "quota"\nper = "unit"\ntiers = [{ who = { any = ["unit:a"] }, flex_max = 0 }]\nflex_max = 75\n'
    'rounding = "up"',
    'kind = "quota"\nper = "unit"\ntiers = [{ who = { any = ["service:s"] }, flex_max = 30 }]\nrounding = "down"',
    'kind = "weekly"\nmax_days = 2', 'kind = "weekly"\nmax_days = 1\ncount_mandated = false',
    'kind = "weekly"\nonsite_min_days = 3', 'kind = "weekly"\nonsite_min_days = 3\nshort_week = "usual"',
    'kind = "weekly"\nonsite_min_days = 4\nshort_week = "strict"\nmax_days = 2',
    'kind = "deadline"\ndays_before = 3', 'kind = "deadline"\non = 2026-03-03', 'kind = "roster"\nblocks = true',
    'kind = "roster"\nblocks = true\nid = "r1"', 'kind = "roster"', 'kind = "delegate"\nto = "opd_head"\nid = "g9"',
    'kind = "need"', 'kind = "data"\nfacts = ["punches"]',
    'kind = "guard"\nmetric = "pace"\nbelow = 5\neffect = "warn"',
    'kind = "guard"\nmetric = "pace"\nbelow = 5\neffect = "refuse"',
    'kind = "guard"\nmetric = "pace"\nbelow = 5\neffect = "quota"\nflex_max = 30',
    'kind = "guard"\nmetric = "other"\nbelow = 5\neffect = "refuse"', 'kind = "approval"\nsteps = ["sekda"]',
    'kind = "location"\nallowed = ["home"]', 'kind = "duty"\nduties = ["phone"]', 'kind = "presensi"\ncalendar = "r"',
    'kind = "presensi"', 'kind = "exclude"\ncalendar = "r"', 'kind = "exclude"\nstatus = "assumed"',
    'kind = "approval"\nsteps = ["bkd"]\nundecided = ["letter"]',
    'kind = "weekly"\nmax_days = 3\nundecided = ["whether trips count"]',
)  # fmt: skip
DAYS = (
    'kind = "days"\nmode = "wfa"', 'kind = "days"\nmode = "wfh"\nweekdays = ["wed", "fri"]',
    'kind = "days"\nmode = "wfa"\nper_week = 1',
    'kind = "days"\nmode = "fwa"\nbinding = "mandated"\nweekdays = ["thu"]',
    'kind = "days"\nmode = "wfa"\nneeds_grant = true\nid = "d2"', 'kind = "days"\nmode = "wfa"\nstatus = "assumed"',
    'kind = "days"\nmode = "wfa"\nbinding = "mandated"\nstricter_local = true\nweekdays = ["wed"]',
    'kind = "days"\nmode = "wfh"\nundecided = ["weekday"]\nweekdays = ["tue"]', 'kind = "days"\nmode = "time"',
)  # fmt: skip


@st.composite
def books(draw: st.DrawFn, name: str, level: str) -> Rulebook:
    """One rulebook of drawn clauses."""
    found = draw(st.lists(st.sampled_from(DAYS), max_size=3, unique=True))
    found += draw(st.lists(st.sampled_from(KINDS), max_size=6, unique=True))
    clauses = [one if draw(st.booleans()) else f"{one}\n{draw(WHO)}" for one in found]
    return book(*clauses, name=name, level=level, status=draw(st.sampled_from(("seen", "reported"))))


@st.composite
def stacks(draw: st.DrawFn) -> Rules:
    """Two rulebooks, a restriction or none, and judgements."""
    low, high = draw(books("low", "local_circular")), draw(books("high", "national_circular"))
    about = Who(any=("unit:a",))
    judged = draw(st.lists(st.sampled_from(("low/q9", "low/g9", "high/c1", "low/c1", "low/c2")), max_size=3))
    judgements = tuple(
        Judgement(rule, draw(st.sampled_from((about, Who()))), GRID[0], draw(st.booleans()), LONG_AGO, by="kepala",
                  value=draw(st.integers(0, 100)) if rule == "low/q9" else None)
        for rule in judged
    )  # fmt: skip
    lowered = book('kind = "quota"\nper = "unit"\nflex_max = 20\nrounding = "down"\nwithout = []').clauses[0]
    closed = book('kind = "forbid"\nweekdays = ["thu"]').clauses[0]
    restrictions = tuple(
        Restriction(one, LONG_AGO, warning=draw(st.booleans()))  # type: ignore[arg-type]
        for one in draw(st.lists(st.sampled_from((lowered, closed)), max_size=1))
    )
    return rules(
        low,
        high,
        judgements=judgements,
        restrictions=restrictions,
        not_adopted=draw(st.sampled_from((frozenset(), frozenset({"c2"})))),
    )


@st.composite
def crews(draw: st.DrawFn) -> Crew:
    """Eight people over two weeks, everything about them drawn."""
    size = 8
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    shape = (size, len(GRID))

    def one(number: int) -> Person:
        named = rng.choice(TAGS[:-1], size=rng.integers(0, 6), replace=False)
        tags = tuple(Tag(str(name), None, GRID[6] if rng.random() < 0.2 else None) for name in named)
        unknown = frozenset(str(one) for one in rng.choice(("unit", "post:x", "need", "service"), rng.integers(0, 2)))
        since = [None if rng.random() < 0.2 else GRID[0] - timedelta(days=int(rng.integers(0, 150))) for _ in "ab"]
        gaps = (Tag("unit:a", GRID[4], GRID[8]), Tag("need"))[: int(rng.integers(0, 3))]
        return Person(str(number), tags, unknown, *since, gaps=gaps)

    return Crew(
        tuple(one(number) for number in range(size)), GRID, tuple(range(2, 11)),
        working=rng.choice(np.array([1] * 20 + [0, -1], np.int8), shape),
        away=rng.choice(np.array([0] * 20 + [1, 2, 3], np.int8), shape),
        planned=rng.random(shape) < 0.25, usual=rng.choice(np.array([5, 6], np.int8), size),
        groups={Per.UNIT: rng.choice(np.array([0, 0, 0, 1, 1, -1], np.int32), shape),
                **({Per.OPD: np.zeros(shape, np.int32)} if draw(st.booleans()) else {})},
        calendars={day: frozenset({"r"}) for day in GRID[4:8]},
        measures={"pace": rng.choice(np.array([1.0, 9.0, np.nan]), shape)},
        mode=draw(st.sampled_from((None, Mode.WFA, Mode.WFH))),
        asked_on=draw(st.sampled_from((None, GRID[1]))),
    )  # fmt: skip


def agree(crew: Crew, held: Rules) -> None:
    """Fail at the first cell in which the two differ."""
    found, tallies = scan(crew, held), {per: tally(crew, per) for per in crew.groups}
    for row in range(len(crew.persons)):
        for place, column in enumerate(crew.judged):
            one = decide(facts_at(crew, tallies, row, column), held)
            told = (found.verdict(row, place), found.told(row, place))
            assert told == (one.verdict, one.headline.rule), (row, crew.grid[column], one.reasons)


@settings(max_examples=50, deadline=None)
@given(stacks(), crews())
def test_the_scan_is_deciding_one_by_one(held: Rules, crew: Crew) -> None:
    agree(crew, held)


def _fixed() -> Crew:
    """Ten people over two weeks, drawn once: every clause meets somebody it is about, not about, and perhaps about."""
    rng = np.random.default_rng(11)
    shape = (10, len(GRID))
    tags = [frozenset(TAGS[:10]), frozenset(TAGS[:4]), frozenset({"need:conditional"}), frozenset({"need:no"})]
    people = tuple(
        Person(
            str(row), tuple(Tag(name, None, GRID[5] if row == 1 else None) for name in tags[row % 4]),
            frozenset({"service", "need"}) if row > 5 else frozenset(),
            GRID[0] - timedelta(days=20 * row) if row % 3 else None, GRID[0] - timedelta(days=14 * (row // 2)),
        )
        for row in range(10)
    )  # fmt: skip
    return Crew(
        people, GRID, tuple(range(10)), working=np.ones(shape, np.int8), away=np.zeros(shape, np.int8),
        planned=rng.random(shape) < 0.3, usual=np.full(10, 5, np.int8),
        groups={Per.UNIT: rng.choice(np.array([0, 0, 0, 1, -1], np.int32), shape)},
        calendars={day: frozenset({"r"}) for day in GRID[4:8]}, asked_on=GRID[1],
        measures={"pace": np.tile(np.array([[1.0], [9.0], [np.nan], [1.0], [9.0]]), (2, len(GRID)))},
    )  # fmt: skip


@pytest.mark.parametrize("allow", [True, False])
def test_judgements_about_somebody_or_everybody_are_the_same_both_ways(allow: bool) -> None:
    held = book(
        OPEN, next(one for one in KINDS if "q9" in one), next(one for one in KINDS if "g9" in one),
        next(one for one in DAYS if "d2" in one), 'kind = "weekly"\nonsite_min_days = 2\nmax_days = 4', name="low",
    )  # fmt: skip
    some, one = Who(any=("unit:a",)), Who(any=("person:1",))
    judgements = (
        Judgement("low/q9", Who(), GRID[0], True, LONG_AGO, value=60, last=GRID[4]),
        Judgement("low/q9", one, GRID[5], True, LONG_AGO, value=60),
        Judgement("low/g9", some, GRID[0], allow, LONG_AGO), Judgement("low/g9", one, GRID[2], not allow, LONG_AGO),
    )  # fmt: skip
    agree(_fixed(), rules(held, judgements=judgements))


@pytest.mark.parametrize("clause", [*DAYS, *KINDS])
def test_every_clause_alone_and_with_a_mark_gives_the_same_both_ways(clause: str) -> None:
    crew = _fixed()
    marked = f'{clause}\nwho = {{ any = ["unit:a", "service:s"] }}'
    for held in (
        rules(book(OPEN + '\nid = "d"', clause, name="low")),
        rules(book(OPEN, name="low"), book(marked, name="b")),
    ):
        agree(crew, held)
