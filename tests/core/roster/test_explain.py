from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._rosters import unit
from luwes.core.roster.explain import Repair, Rule, Shortage, explain, feasible, keeping, shortage
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.highs import lp_roster
from luwes.core.roster.problem import ChosenAnchor, PersonCap, Place, RosterProblem
from luwes.core.roster.solve import solve
from luwes.core.roster.verify import shortfalls
from tests.core.roster.test_side import ring
from tests.core.roster.tiny import plans, tiny


def possible(problem: RosterProblem) -> bool:
    """What the other engine says."""
    try:
        lp_roster(problem)
    except NoRoster:
        return False
    return True


def crowded(people: int, seed: int) -> RosterProblem:
    """A team that must nearly all stay, and whose members are promised three days each."""
    problem = unit(people, seed)
    teams = [at for at, place in enumerate(problem.places) if place.rule == "team"]
    at = teams[seed % len(teams)]
    members = problem.places[at].members
    places = list(problem.places)
    room = (np.arange(22) % 4 == 0).astype(np.int64)
    places[at] = replace(places[at], floor=np.maximum(problem.present[members].sum(0) - room, 0))
    promises = np.where((problem.allowed.sum(1) >= 8) & (problem.caps[0].limit >= 4), 1, 0)
    promises[members] = 3
    return replace(problem, places=tuple(places), promises=promises)


@pytest.mark.parametrize(("people", "seed"), [(20, 0), (20, 1), (60, 2)])
def test_the_clash_is_irreducible_by_the_other_engine(people: int, seed: int) -> None:
    problem = crowded(people, seed)
    conflict = explain(problem)
    assert conflict is not None
    assert not possible(keeping(problem, conflict.rules))
    for rule in conflict.rules:
        assert possible(keeping(problem, [other for other in conflict.rules if other != rule]))
    assert conflict.needed > conflict.possible
    assert conflict.people
    for way in conflict.repairs:
        assert way.amount > 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_every_impossible_tiny_unit_is_explained_and_no_other(seed: int) -> None:
    problem = tiny(seed, promised=True)
    pins = np.where(np.random.default_rng(seed).random((3, 3)) < 0.2, 1, -1).astype(np.int8)
    problem = replace(problem, pins=np.where(problem.allowed & problem.present, pins, -1).astype(np.int8))
    conflict = explain(problem)
    assert (conflict is None) == bool(plans(problem))
    if conflict is not None:
        assert not possible(keeping(problem, conflict.rules))
        assert not plans(keeping(problem, conflict.rules))
        for rule in conflict.rules:
            assert plans(keeping(problem, [other for other in conflict.rules if other != rule]))


def counter(**changes: object) -> RosterProblem:
    """Five people; the counter needs four every day; one is on leave, one on a course on Thursday."""
    present = np.ones((5, 5), dtype=np.bool_)
    present[0], present[1, 3] = False, False
    plain = RosterProblem(
        np.arange(5, dtype=np.uint64), np.datetime64("2026-12-07") + np.arange(5), np.ones((5, 5), dtype=np.bool_),
        present, np.ones((5, 5), dtype=np.int64), np.zeros(5, dtype=np.int64), np.ones(5, dtype=np.int64),
        places=(Place("loket", np.arange(5), np.full(5, 4)),), promises=np.array([0, 0, 1, 0, 0]),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_counter_that_needs_everybody_is_named_with_its_ways_out() -> None:
    problem = counter()
    place, promise = Rule("place", "loket", 0), Rule("promise", "", -1, 2)
    conflict = explain(problem)
    assert conflict is not None
    assert conflict.rules == (place, promise)
    assert (conflict.people, conflict.days) == ((2,), (0, 1, 2, 3, 4))
    assert (conflict.needed, conflict.possible) == (1, 0)
    assert conflict.repairs == (Repair(place, 1), Repair(promise, 1))
    assert [(short.day, short.needed, short.present) for short in shortfalls(problem, problem.present & False)] == [
        (3, 4, 3)
    ]


def test_a_quota_and_a_cap_can_be_raised() -> None:
    everyone = np.arange(5)
    none = np.zeros(5, dtype=np.int64)
    problem = counter(
        places=(Place("kuota", everyone, none, none),), caps=(PersonCap("pekan", none == 0, none),),
        promises=np.array([0, 2, 0, 0, 0]),
    )  # fmt: skip
    conflict = explain(problem)
    assert conflict is not None
    assert len(conflict.rules) == 2
    assert [way.rule.kind for way in conflict.repairs] == ["promise"]
    capped = explain(replace(problem, places=()))
    assert capped is not None
    assert capped.repairs == (Repair(Rule("cap", "pekan", 0), 2), Repair(Rule("promise", "", -1, 1), 2))
    full = explain(replace(problem, caps=()))
    assert full is not None
    assert full.repairs == (Repair(Rule("place", "kuota", 0), 1), Repair(Rule("promise", "", -1, 1), 2))


def test_a_pin_against_a_floor_is_named() -> None:
    pins = np.full((5, 5), -1, dtype=np.int8)
    pins[2, 0] = 1
    conflict = explain(counter(pins=pins, promises=None))
    assert conflict is not None
    assert conflict.rules == (Rule("pin", "", -1, 2, 0), Rule("place", "loket", 0))
    assert (conflict.needed, conflict.possible, conflict.days) == (1, 0, (0,))
    assert {way.rule.kind for way in conflict.repairs} == {"pin", "place"}


def test_a_promise_and_a_pin_on_site_clash() -> None:
    pins = np.full((5, 5), -1, dtype=np.int8)
    pins[2] = 0
    conflict = explain(counter(pins=pins, places=()))
    assert conflict is not None
    assert sorted({rule.kind for rule in conflict.rules}) == ["pin", "promise"]


def test_crossing_rules_are_explained_too() -> None:
    problem = ring(promises=np.ones(3, dtype=np.int64))
    assert not feasible(problem)
    conflict = explain(problem)
    assert conflict is not None
    assert {rule.kind for rule in conflict.rules} == {"place", "promise"}
    assert not plans(keeping(problem, conflict.rules))
    for rule in conflict.rules:
        assert plans(keeping(problem, [other for other in conflict.rules if other != rule]))
    assert conflict.needed == conflict.possible + 1
    assert explain(replace(problem, promises=np.array([1, 1, 0]))) is None


def test_an_anchor_against_promises_has_no_amount_of_its_own() -> None:
    anchor = ChosenAnchor("jangkar", np.arange(3), np.array([True, True]))
    problem = ring(places=(), anchors=(anchor,), promises=np.array([2, 0, 0]))
    conflict = explain(problem)
    assert conflict is not None
    assert conflict.rules == (Rule("anchor", "jangkar", 0), Rule("promise", "", -1, 0))
    assert conflict.repairs == (Repair(Rule("promise", "", -1, 0), 1),)
    pins = np.full((3, 2), -1, dtype=np.int8)
    pins[0] = 1
    pinned = explain(ring(places=(), anchors=(anchor,), pins=pins))
    assert pinned is not None
    assert {rule.kind for rule in pinned.rules} == {"anchor", "pin"}


def test_pins_that_overfill_a_crossing_rule_are_seen_without_a_search() -> None:
    pins = np.full((3, 2), -1, dtype=np.int8)
    pins[:2, 0] = 1
    assert not feasible(ring(pins=pins))


def test_a_search_without_an_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.core.roster.explain.WORK", 0.0)
    problem = ring(promises=np.ones(3, dtype=np.int64), salt=1)
    with pytest.raises(NoRoster, match="unknown"):
        feasible(problem)


def test_a_shortage_names_people_and_both_totals() -> None:
    found = shortage(crowded(60, 2))
    assert found.people
    assert found.needed > found.possible
    assert shortage(unit(20, 1)) == Shortage((), 0, 0)
    assert shortage(counter(promises=np.array([0, 0, 6, 0, 0]))) == Shortage((2,), 6, 5)
    assert solve(unit(20, 1, promised=True)).status == "optimal"
