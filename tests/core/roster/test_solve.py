from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._rosters import hard_unit, permuted, unit
from luwes.core.roster.flow import NoRoster, lower_bound, solve_network
from luwes.core.roster.highs import lp_roster
from luwes.core.roster.network import build
from luwes.core.roster.problem import Mode, PersonCap, Place, RosterProblem
from luwes.core.roster.roster import fingerprint, points_of
from luwes.core.roster.solve import levels, solve, solve_many
from luwes.core.roster.structure import classify
from luwes.core.roster.verify import verify
from tests.core.roster.tiny import level_vector, plans, tiny


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_no_plan_is_better_than_the_one_found(seed: int, promised: bool) -> None:
    problem = tiny(seed, promised=promised)
    every = plans(problem)
    if not every:
        for aim in ("wishes", "fair"):
            with pytest.raises(NoRoster, match="infeasible"):
                solve(problem, aim=aim)
        return
    found = solve(problem, aim="wishes")
    assert verify(problem, found.flexible) == []
    assert found.points == max(int(problem.points[plan].sum()) for plan in every)
    fair = solve(problem, aim="fair")
    assert verify(problem, fair.flexible) == []
    best = max((level_vector(problem, plan), int(problem.points[plan].sum())) for plan in every)
    assert (level_vector(problem, fair.flexible), fair.points) == best


@pytest.mark.parametrize(("people", "seed"), [(1, 0), (5, 0), (20, 0), (60, 1)])
@pytest.mark.parametrize("promised", [False, True])
def test_another_engine_agrees(people: int, seed: int, promised: bool) -> None:
    problem = unit(people, seed, floor=40, promised=promised)
    for aim in ("wishes", "fair"):
        flow, linear = solve(problem, aim=aim), lp_roster(problem, aim=aim)
        assert (flow.status, flow.engine, linear.engine) == ("optimal", "flow", "lp")
        assert flow.bound == flow.value
        assert flow.points == linear.points
        assert verify(problem, flow.flexible) == verify(problem, linear.flexible) == []
        if aim == "wishes":
            assert flow.value == linear.value
        else:
            assert (levels(problem, flow.flexible) == levels(problem, linear.flexible)).all()


@pytest.mark.parametrize("fair", [False, True])
def test_the_optimum_is_proved_by_prices(fair: bool) -> None:
    problem = unit(40, 3, floor=40, promised=True)
    network = build(problem, classify(problem), problem.points, fair=fair)
    found = solve_network(network, all_arcs=True)
    assert lower_bound(network, found.flow) == found.cost
    worse = solve_network(build(problem, classify(problem), 10 - problem.points, fair=fair), all_arcs=True)
    assert lower_bound(network, worse.flow) < int((network.cost * worse.flow).sum())


def test_the_order_of_rows_changes_nothing() -> None:
    problem = unit(40, 5)
    found = solve(problem)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(40)
        again = solve(permuted(problem, order))
        assert again.fingerprint == found.fingerprint
        assert (again.flexible == found.flexible[order]).all()


def test_another_salt_breaks_ties_another_way() -> None:
    problem = replace(unit(40, 5), points=np.ones((40, 22), dtype=np.int64))
    found = {solve(replace(problem, salt=salt)).fingerprint for salt in range(5)}
    assert len(found) > 1


def test_pinned_days_are_kept_and_count() -> None:
    problem = unit(30, 2)
    free = solve(problem, aim="wishes")
    pins = np.full(problem.size, -1, dtype=np.int8)
    cells = np.argwhere(free.flexible)
    pins[tuple(cells[0])], pins[tuple(cells[1])] = 1, 0
    pinned = replace(problem, pins=pins)
    found = solve(pinned)
    assert found.flexible[tuple(cells[0])]
    assert not found.flexible[tuple(cells[1])]
    assert verify(pinned, found.flexible) == []
    assert lp_roster(pinned, aim="fair").points == found.points


def test_pins_beyond_a_cap_or_a_floor_leave_no_roster() -> None:
    problem = unit(10, 2)
    everyone = replace(problem, pins=np.where(problem.allowed & problem.present, 1, -1).astype(np.int8))
    for part in (replace(everyone, places=()), replace(everyone, caps=())):
        with pytest.raises(NoRoster, match="infeasible"):
            solve(part)


def test_without_caps_or_places_every_wish_is_granted() -> None:
    problem = replace(unit(6, 4), caps=(), places=())
    found = solve(problem)
    assert (found.flexible == (problem.allowed & problem.present)).all()


@pytest.mark.parametrize("people", [0, 1, 5])
def test_small_units_have_a_roster(people: int) -> None:
    problem = RosterProblem(
        np.arange(people, dtype=np.uint64), np.array(["2026-12-01"], dtype="datetime64[D]"),
        *(np.ones((people, 1), dtype=np.bool_) for _ in range(2)), np.ones((people, 1), dtype=np.int64),
        np.zeros(people, dtype=np.int64), np.ones(people, dtype=np.int64),
    )  # fmt: skip
    assert solve(problem).flexible.sum() == people


def test_a_long_month_and_nobody_eligible() -> None:
    problem = unit(20, 1, length=65)
    assert verify(problem, solve(problem).flexible) == []
    nobody = replace(problem, allowed=np.zeros(problem.size, dtype=np.bool_))
    assert not solve(nobody).flexible.any()


def test_unwanted_days_are_never_given() -> None:
    problem = unit(10, 1)
    points = np.where(np.arange(22) % 2 == 0, -3, problem.points)
    found = solve(replace(problem, points=points))
    assert not found.flexible[:, ::2].any()


def test_extreme_carry_only_orders_people() -> None:
    problem = unit(20, 1)
    carry = np.where(np.arange(20) == 3, 1000, -1000)
    found = solve(replace(problem, carry=carry))
    assert verify(problem, found.flexible) == []


def test_costs_beyond_exact_arithmetic_are_refused() -> None:
    problem = unit(20, 1)
    with pytest.raises(NoRoster, match="too_wide"):
        solve_network(build(problem, classify(problem), problem.points, fair=True, factor=1 << 50))


def test_many_units_keep_their_order_and_may_be_spread() -> None:
    problems = [unit(people, 0) for people in (5, 9, 7)]
    alone = [solve(problem).fingerprint for problem in problems]
    assert [found.fingerprint for found in solve_many(problems)] == alone
    assert [found.fingerprint for found in solve_many(problems, spread=lambda do, given: [*map(do, given)])] == alone


def test_rules_that_do_not_nest_leave_the_linear_programme_fractional() -> None:
    ring = np.array([[0, 1], [1, 2], [0, 2]])
    one = np.array([1])
    problem = RosterProblem(
        np.arange(3, dtype=np.uint64), np.array(["2026-12-01"], dtype="datetime64[D]"),
        *(np.ones((3, 1), dtype=np.bool_) for _ in range(2)), np.ones((3, 1), dtype=np.int64),
        np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64),
        places=tuple(Place("pair", members, one) for members in ring),
    )  # fmt: skip
    with pytest.raises(NoRoster, match="fractional"):
        lp_roster(problem)
    crowded = replace(problem, places=(Place("unit", np.arange(3), one * 3),), promises=np.ones(3, dtype=np.int64))
    with pytest.raises(NoRoster, match="infeasible"):
        lp_roster(crowded)


def test_points_count_the_seats() -> None:
    problem = hard_unit(20, 1)
    (mode,) = problem.modes
    assert isinstance(mode, Mode)
    assert points_of(problem, mode.open, (mode.open,)) == int((problem.points + mode.extra)[mode.open].sum())
    assert fingerprint(problem, mode.open) != fingerprint(problem, ~mode.open)


def test_a_week_within_a_quarter_within_a_year_nests() -> None:
    problem = unit(12, 3)
    half = PersonCap("half", np.arange(22) < 11, np.full(12, 2, dtype=np.int64))
    month, *weekly = problem.caps
    inside = [cap for cap in weekly if not (cap.days & ~half.days).any()]
    nested = replace(problem, caps=(month, half, *inside))
    assert classify(nested).network
    found = solve(nested, aim="wishes")
    assert verify(nested, found.flexible) == []
    assert found.points == lp_roster(nested).points
