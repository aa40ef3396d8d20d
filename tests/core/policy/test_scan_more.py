"""What a month of everybody has to be, and two stacks side by side."""

from dataclasses import replace

import numpy as np
import pytest

from luwes.core.policy.compare import Change, compare
from luwes.core.policy.crew import Crew, NotWholeWeeks
from luwes.core.policy.facts import Person, Tag
from luwes.core.policy.scan import scan
from luwes.core.policy.terms import Per, Verdict
from tests.core.policy.books import OPEN, book, rules
from tests.core.policy.test_scan import GRID


@pytest.fixture
def crew() -> Crew:
    """Three people in one unit over two weeks; the second stands at the counter until the first Sunday."""
    shape = (3, len(GRID))
    week = np.array([day.weekday() < 5 for day in GRID], np.int8)
    people = (
        Person("a"),
        Person("b", (Tag("service:loket", None, GRID[6]),)),
        Person("c", unknown=frozenset({"service"})),
    )
    return Crew(
        people, GRID, tuple(range(len(GRID))), working=np.broadcast_to(week, shape).copy(),
        away=np.zeros(shape, np.int8), planned=np.zeros(shape, np.bool_), usual=np.full(3, 5, np.int8),
        groups={Per.UNIT: np.zeros(shape, np.int32)},
    )  # fmt: skip


def test_a_grid_of_broken_weeks_is_refused(crew: Crew) -> None:
    for grid in (GRID[1:8], GRID[:13], (*GRID[:13], GRID[0])):
        with pytest.raises(NotWholeWeeks):
            replace(crew, grid=grid)


def test_what_changes_is_counted_with_both_reasons(crew: Crew) -> None:
    before = rules(book(OPEN + '\nweekdays = ["wed"]', 'kind = "duty"\nduties = ["phone"]'))
    after = rules(
        book(OPEN + '\nweekdays = ["wed"]', 'kind = "exclude"\nwho = { any = ["service:loket"] }\nid = "loket"')
    )
    found = compare(crew, before, after)
    assert found.clauses == (Change("b/loket", "added"), Change("b/c2", "removed"))
    told = [(one.before, one.after, one.rule_before, one.rule_after, one.person_days) for one in found.moves]
    # The first Wednesday of the one at the counter is refused; of the one nobody knows about, both are open, and so
    # is every other day, but those were refused anyway.
    assert told == [
        (Verdict.ALLOWED, Verdict.NEEDS_JUDGEMENT, "b/c1", "b/loket", 2),
        (Verdict.ALLOWED, Verdict.REFUSED, "b/c1", "b/loket", 1),
    ]
    assert found.moved.sum() == 3
    assert np.argwhere(found.moved).tolist() == [[1, 2], [2, 2], [2, 9]]


def test_a_changed_clause_is_named(crew: Crew) -> None:
    found = compare(crew, rules(book(OPEN)), rules(book(OPEN + '\nweekdays = ["wed"]')))
    assert found.clauses == (Change("b/c1", "changed"),)
    assert sum(one.person_days for one in found.moves) == 3 * 8


def test_the_same_rules_move_nobody(crew: Crew) -> None:
    found = compare(crew, rules(book(OPEN)), rules(book(OPEN)))
    assert not found.moved.any()
    assert (found.clauses, found.moves) == ((), ())


def test_nothing_enacted_refuses_everybody_every_working_day(crew: Crew) -> None:
    found = scan(crew, rules())
    assert {found.told(0, day) for day in range(5)} == {"luwes/instrument"}
    assert found.told(0, 5) == "luwes/workday"
    assert not found.gravity.any()
