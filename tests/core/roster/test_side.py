from dataclasses import replace

import numpy as np
import pytest

from bench._rosters import hard_unit, unit
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import ChosenAnchor, Mode, PersonCap, Place, RosterProblem
from luwes.core.roster.rows import rows
from luwes.core.roster.side import columns_of, first_plan
from luwes.core.roster.solve import solve
from luwes.core.roster.structure import classify
from luwes.core.roster.verify import verify
from tests.core.roster.tiny import plans, tiny


@pytest.mark.parametrize("seed", range(12))
def test_the_search_finds_the_best_of_all_plans(seed: int) -> None:
    problem = tiny(seed, promised=seed % 3 == 0)
    window = PersonCap("weekend", np.array([False, True, True]), np.ones(3, dtype=np.int64))
    across = Place("signer", np.array([0, 2]), np.array([1, 0, 1]), np.array([2, 2, 1]))
    also = Place("other", np.array([0, 1]), np.array([1, 0, 1]), np.array([2, 2, 1]))
    anchor = ChosenAnchor("anchor", np.array([0, 1]), np.array([True, True, False]))
    crossed = replace(
        problem, caps=(*problem.caps, window), places=(*problem.places, across, also), anchors=(anchor,)
    )  # fmt: skip
    assert not classify(crossed).network
    every = plans(crossed)
    if not every:
        with pytest.raises(NoRoster, match="infeasible"):
            solve(crossed, aim="wishes")
        return
    found = solve(crossed, aim="wishes")
    assert found.status == "optimal"
    assert found.points == found.bound == max(int(problem.points[plan].sum()) for plan in every)
    assert verify(crossed, found.flexible) == []


def test_a_first_plan_keeps_every_rule_and_fits_the_model() -> None:
    problem = hard_unit(60, 1)
    plan = first_plan(problem, classify(problem), fair=True)
    assert plan is not None
    assert verify(problem, plan.flexible, plan.seats) == []
    model = rows(problem, problem.points, fair=True, factor=20)
    sums = model.matrix @ columns_of(problem, model, plan, fair=True)
    assert (sums <= model.upper).all()
    assert (sums >= model.lower).all()


def test_more_work_never_gives_less_and_the_bound_holds() -> None:
    problem = hard_unit(30, 2)
    quick, full = solve(problem, work=0), solve(problem)
    assert (quick.status, full.status) == ("feasible", "optimal")
    assert verify(problem, quick.flexible, quick.seats) == verify(problem, full.flexible, full.seats) == []
    assert quick.value <= full.value == full.bound <= quick.bound
    assert full.seats[0].any()
    again = solve(problem)
    assert (again.flexible == full.flexible).all()


def ring(**changes: object) -> RosterProblem:
    """Three people, two days; of every two people one stays on site."""
    yes = np.ones((3, 2), dtype=np.bool_)
    one = np.ones(2, dtype=np.int64)
    plain = RosterProblem(
        np.arange(3, dtype=np.uint64), np.datetime64("2026-12-01") + np.arange(2), yes, yes,
        np.ones((3, 2), dtype=np.int64), np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64),
        places=tuple(Place("pair", np.array(pair), one) for pair in ([0, 1], [1, 2], [0, 2])),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_promises_that_crossing_rules_forbid_are_infeasible() -> None:
    with pytest.raises(NoRoster, match="infeasible"):
        solve(ring(promises=np.ones(3, dtype=np.int64)))
    kept = ring(promises=np.array([1, 1, 0]))
    assert verify(kept, solve(kept).flexible) == []


def test_promises_beyond_the_network_are_infeasible_too() -> None:
    for promises, soon in (([3, 0, 0], "infeasible"), ([2, 2, 0], "unknown")):
        crowded = ring(promises=np.array(promises))
        assert first_plan(crowded, classify(crowded), fair=True) is None
        with pytest.raises(NoRoster, match="infeasible"):
            solve(crowded)
        with pytest.raises(NoRoster, match=soon):
            solve(crowded, work=0)


def test_a_budget_too_small_to_know_says_so() -> None:
    problem = replace(hard_unit(60, 1), promises=np.full(60, 1))
    allowed = problem.allowed.any(1)
    with pytest.raises(NoRoster, match="unknown"):
        solve(replace(problem, promises=np.where(allowed, 2, 0)), work=1e-9)


def test_pins_against_crossing_rules() -> None:
    pins = np.full((3, 2), -1, dtype=np.int8)
    pins[0, 0] = 1
    pinned = ring(pins=pins)
    found = solve(pinned)
    assert found.flexible[0, 0]
    assert verify(pinned, found.flexible) == []
    pins = pins.copy()
    pins[1, 0] = 1
    with pytest.raises(NoRoster, match="infeasible"):
        solve(ring(pins=pins))
    anchor = ChosenAnchor("anchor", np.array([0, 1]), np.array([True, True]))
    anchored = ring(pins=pinned.pins, anchors=(anchor,))
    assert not solve(anchored).flexible[[0, 1], 1].any()
    shut = np.zeros((3, 2), dtype=np.bool_)
    nobody = ring(allowed=shut, anchors=(anchor,))
    assert not solve(nobody).flexible.any()


def test_seats_of_two_modes_and_a_pinned_day() -> None:
    yes = np.ones((3, 2), dtype=np.bool_)
    seats = np.ones(2, dtype=np.int64)
    extra = np.arange(6).reshape(3, 2)
    pins = np.full((3, 2), -1, dtype=np.int8)
    pins[2, 1] = 1
    modes = (Mode("hub", yes, seats, extra, 1), Mode("home", yes, seats, 5 - extra, 2))
    problem = ring(pins=pins, modes=modes)
    found = solve(problem, aim="wishes")
    assert found.status == "optimal"
    assert verify(problem, found.flexible, found.seats) == []
    assert found.points == 2 + 5 + 5
    quick = solve(problem, aim="wishes", work=0)
    assert verify(problem, quick.flexible, quick.seats) == []
    assert quick.points <= found.points <= quick.bound


def test_a_cap_that_crosses_keeps_the_best_days() -> None:
    problem = replace(unit(8, 2), places=())
    length = problem.size[1]
    windows = tuple(
        PersonCap("window", (np.arange(length) >= first) & (np.arange(length) < first + 4), np.full(8, 1))
        for first in range(length - 3)
    )
    found = solve(replace(problem, caps=(*problem.caps, *windows)), aim="wishes")
    assert found.status == "optimal"
    assert max((found.flexible[:, first : first + 4].sum(1)).max() for first in range(length - 3)) == 1


def test_a_promise_without_any_open_day_is_not_overlooked() -> None:
    shut = np.ones((3, 2), dtype=np.bool_)
    shut[2] = False
    problem = ring(allowed=shut, promises=np.array([0, 0, 1]))
    assert rows(problem, problem.points, fair=False).impossible
    with pytest.raises(NoRoster, match="infeasible"):
        solve(problem)


def test_an_answer_that_breaks_a_rule_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.core.roster.side.verify", lambda problem, plan, seats=(): ["broken"])
    with pytest.raises(NoRoster, match="broken"):
        solve(ring())
