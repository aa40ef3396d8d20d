from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._rosters import hard_unit, permuted, sick, unit
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import FREE, PersonCap, RosterProblem
from luwes.core.roster.replan import freeze, replan, swapped
from luwes.core.roster.solve import solve
from luwes.core.roster.verify import verify
from luwes.core.roster.whynot import why_not
from tests.core.roster.test_side import ring
from tests.core.roster.tiny import plans, tiny

UNIT = unit(40, 1)
OLD = solve(UNIT)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_no_plan_changes_less(seed: int, promised: bool) -> None:
    problem = tiny(seed)
    old = solve(problem).flexible
    chance = np.random.default_rng(seed)
    later = replace(
        problem,
        present=problem.present & (chance.random((3, 3)) < 0.7),
        promises=np.minimum(old.sum(1), 1) if promised else None,
    )
    found = replan(later, old, 1)
    assert (found.flexible[:, 0] == old[:, 0]).all()
    frozen = freeze(later, old, 1)
    every = plans(replace(frozen, promises=None))
    wanted = np.zeros(3, dtype=np.int64) if later.promises is None else later.promises
    least = min((int(np.maximum(wanted - plan.sum(1), 0).sum()), int((plan != old).sum())) for plan in every)
    assert (int(found.short.sum()), len(found.changes)) == least
    assert verify(replace(frozen, promises=None), found.flexible) == []


def test_sick_people_go_and_only_what_must_follow_follows() -> None:
    later = sick(UNIT, 5, np.random.default_rng(3))
    found = replan(later, OLD.flexible, 5)
    assert verify(later, found.flexible) == []
    assert (found.flexible[:, :5] == OLD.flexible[:, :5]).all()
    assert found.changes
    for change in found.changes:
        assert change.day >= 5
        assert (change.why == "absent") == (not later.present[change.person, change.day])
    assert found.forced == sum(change.why == "absent" for change in found.changes)
    assert (found.base, found.fingerprint) == (OLD.fingerprint, replan(later, OLD.flexible, 5).fingerprint)
    fresh = solve(later)
    assert len(found.changes) < (fresh.flexible != OLD.flexible).sum()


def test_a_soft_replan_moves_more_where_it_pays() -> None:
    moved = 0
    for seed in range(4):
        later = sick(UNIT, 3, np.random.default_rng(seed))
        strict, soft = (replan(later, OLD.flexible, 3, mode=mode) for mode in ("strict", "soft"))
        assert verify(later, soft.flexible) == []
        assert len(strict.changes) <= len(soft.changes)
        moved += len(soft.changes) - len(strict.changes)
    assert moved > 0


def test_all_on_site_from_today_and_a_suspension() -> None:
    allowed = UNIT.allowed.copy()
    allowed[:, 10] = False
    allowed[3, 8:] = False
    found = replan(replace(UNIT, allowed=allowed), OLD.flexible, 8)
    assert not found.flexible[:, 10].any()
    assert not found.flexible[3, 8:].any()
    assert {change.why for change in found.changes} == {"not_allowed"}
    assert found.forced == len(found.changes)


def test_what_is_past_stays_even_against_new_rules() -> None:
    none = np.zeros(40, dtype=np.int64)
    capped = replace(UNIT, caps=(PersonCap("month", np.ones(22, dtype=np.bool_), none),), places=UNIT.places)
    found = replan(capped, OLD.flexible, 10)
    assert (found.flexible[:, :10] == OLD.flexible[:, :10]).all()
    assert not found.flexible[:, 10:].any()
    quota = replace(UNIT, places=(replace(UNIT.places[0], quota=np.zeros(22, dtype=np.int64)),))
    assert not replan(quota, OLD.flexible, 10).flexible[:, 10:].any()


def test_promises_out_of_reach_are_told_not_refused() -> None:
    promised = replace(UNIT, promises=np.where(UNIT.allowed.any(1), 9, 0))
    found = replan(promised, OLD.flexible, 0)
    assert (found.short == np.maximum(promised.promises - found.flexible.sum(1), 0)).all()
    assert found.short.any()


def test_pins_ahead_are_kept_and_named() -> None:
    row, day = np.argwhere(OLD.flexible)[-1]
    pins = np.full(UNIT.size, FREE, dtype=np.int8)
    pins[row, day] = 0
    found = replan(replace(UNIT, pins=pins), OLD.flexible, 0)
    assert [(change.person, change.day, change.why) for change in found.changes] == [(row, day, "pinned")]
    pins = np.where(UNIT.allowed & UNIT.present, 1, FREE).astype(np.int8)
    with pytest.raises(NoRoster, match="infeasible"):
        replan(replace(UNIT, pins=pins), OLD.flexible, 0)


def test_the_order_of_rows_changes_nothing() -> None:
    later = sick(UNIT, 5, np.random.default_rng(3))
    order = np.random.default_rng(0).permutation(40)
    again = replan(permuted(later, order), OLD.flexible[order], 5)
    assert again.fingerprint == replan(later, OLD.flexible, 5).fingerprint


def test_crossing_rules_are_replanned_by_search() -> None:
    problem = replace(hard_unit(20, 1), modes=())
    old = solve(problem, work=0).flexible
    later = sick(problem, 6, np.random.default_rng(2))
    for mode in ("strict", "soft"):
        found = replan(later, old, 6, mode=mode)
        assert verify(later, found.flexible) == []
        assert (found.flexible[:, :6] == old[:, :6]).all()
    pins = np.full((3, 2), -1, dtype=np.int8)
    pins[:2, 0] = 1
    with pytest.raises(NoRoster, match="infeasible"):
        replan(ring(pins=pins), np.zeros((3, 2), dtype=np.bool_), 0)
    assert {
        change.why for change in replan(ring(promises=np.array([1, 0, 0])), np.zeros((3, 2), dtype=bool), 0).changes
    } == {"added"}


def test_a_swap_is_checked_against_every_rule() -> None:
    one = tuple(int(at) for at in np.argwhere(OLD.flexible)[0])
    outside = tuple(int(at) for at in np.argwhere(~UNIT.allowed & UNIT.present)[0])
    plan, broken = swapped(UNIT, OLD, one, outside)
    assert plan[outside]
    assert not plan[one]
    assert [found.kind for found in broken if found.kind == "not_allowed"] == ["not_allowed"]
    assert swapped(UNIT, OLD, one, one)[1] == []


def reasons(problem: RosterProblem, plan: np.ndarray) -> dict[str, tuple[int, int]]:
    return {
        why_not(problem, plan, row, day).code: (row, day) for row in range(len(plan)) for day in range(plan.shape[1])
    }


def test_why_not_names_what_is_full_and_who_would_move() -> None:
    found = reasons(UNIT, OLD.flexible)
    assert {"flexible", "absent", "not_allowed", "full"} <= set(found)
    reason = why_not(UNIT, OLD.flexible, *found["full"])
    assert reason.blocking
    moved = OLD.flexible.copy()
    for change in reason.moves:
        moved[change.person, change.day] = change.flexible
    assert moved[found["full"]]
    assert verify(UNIT, moved) == []
    row, day = found["full"]
    assert why_not(UNIT, OLD.flexible, row, day, day + 1).code == "past"
    later = why_not(UNIT, OLD.flexible, row, day, day)
    assert all(change.day >= day for change in later.moves)
    assert reason.points == UNIT.points[moved].sum() - UNIT.points[OLD.flexible].sum()


def test_why_not_knows_pins_unwanted_days_and_room_nobody_asked_for() -> None:
    problem = tiny(4)
    problem = replace(
        problem, allowed=np.ones((3, 3), dtype=bool), present=np.ones((3, 3), dtype=bool), caps=(), places=()
    )  # fmt: skip
    plan = np.zeros((3, 3), dtype=np.bool_)
    assert why_not(problem, plan, 0, 0).code == "outweighed"
    assert why_not(replace(problem, points=problem.points - 100), plan, 0, 0).code == "unwanted"
    assert why_not(replace(problem, pins=np.zeros((3, 3), dtype=np.int8)), plan, 0, 0).code == "pinned"
    assert why_not(replace(problem, pins=np.full((3, 3), -1, dtype=np.int8)), plan, 0, 0).code == "outweighed"


def test_why_not_shows_the_clash_where_no_roster_grants_the_day() -> None:
    plan = np.zeros((3, 2), dtype=np.bool_)
    nested = replace(ring(), places=ring().places[:1])
    shut = replace(nested, places=(replace(nested.places[0], floor=np.array([2, 1])),))
    reason = why_not(shut, plan, 0, 0)
    assert (reason.code, reason.blocking) == ("impossible", ("pair",))
    assert reason.conflict is not None
    promised = replace(nested, promises=np.array([0, 2, 0]))
    plan[1] = True
    reason = why_not(promised, plan, 0, 0)
    assert reason.code == "impossible"
    assert reason.conflict is not None
    capped = replace(nested, caps=(PersonCap("bulan", np.ones(2, dtype=bool), np.array([1, 1, 1])),), places=())
    single = np.zeros((3, 2), dtype=np.bool_)
    single[0, 0] = True
    assert why_not(capped, single, 0, 1).blocking == ("bulan",)
    quota = replace(
        nested, places=(replace(nested.places[0], floor=np.zeros(2, dtype=np.int64), quota=np.ones(2, dtype=np.int64)),)
    )
    assert why_not(quota, single, 1, 0).blocking == ("pair",)
