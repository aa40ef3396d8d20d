from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bench._rosters import hard_unit, permuted, unit, weekdays
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.lot import WEIGHTS, Drawing, Lot, LotRefused, calibrate, deal, draw, redraw, seed_of
from luwes.core.roster.problem import PersonCap, Place, RosterProblem
from luwes.core.roster.solve import solve
from luwes.core.roster.verify import verify
from tests.core.roster.tiny import level_vector

NONE = np.zeros(3, dtype=np.int64)


def equals(**changes: object) -> RosterProblem:
    """Three equal people, three days, one of them flexible a day, each once."""
    yes = np.ones((3, 3), dtype=np.bool_)
    plain = RosterProblem(
        np.array([7, 8, 9], dtype=np.uint64), np.datetime64("2026-12-01") + np.arange(3), yes, yes,
        np.ones((3, 3), dtype=np.int64), NONE, NONE + 1,
        caps=(PersonCap("month", yes[0], NONE + 1),), places=(Place("unit", np.arange(3), NONE, NONE + 1),),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_equal_people_have_equal_chances_in_every_order() -> None:
    drawing = Drawing(equals(), Lot("rota", 0))
    chance = np.random.default_rng(1)
    counts: dict[tuple[int, ...], int] = {}
    n = 600
    for _ in range(n):
        order = tuple(int(day) for day in drawing(chance).argmax(1))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    squares = sum((count - n / 6) ** 2 / (n / 6) for count in counts.values())
    assert squares < 20.5  # 99.9 % of chi-squared with five degrees of freedom


def test_the_weekday_lot_matches_every_possible_outcome() -> None:
    groups = (np.array([0]), np.array([1, 2]))
    choices = ((0, 1), (0, 1, 2))
    lot = Lot("weekday", 0, groups=groups, weekday=np.arange(3), choices=choices)
    problem = equals(places=())
    expected = np.zeros((3, 3))
    for one, other in product(*choices):
        expected[0, one] += 1 / 6
        expected[1:, other] += 1 / 6
    n = 900
    found = redraw(problem, lot, np.random.default_rng(2), n, [np.array([1, 2])])
    assert (np.abs(found.probability() - expected) < 4 * np.sqrt(0.25 / n)).all()
    assert set(np.unique(found.exposure)) == {0, 2}
    assert found.certain()[0].tolist() == [False, False, True]
    assert found.times.sum() == 3 * n


def test_the_share_lot_spreads_over_all_quotas() -> None:
    problem = equals(caps=(), places=(Place("unit", np.arange(3), NONE + 1), Place("counter", np.arange(2), NONE)))
    found = redraw(problem, Lot("share", 10_000, places=(0,)), np.random.default_rng(3), 600, [np.arange(3)])
    for day in range(3):
        counts = np.bincount(found.exposure[:, 0, day], minlength=3)
        assert (np.abs(counts - 200) < 4 * np.sqrt(600 * 2 / 9)).all()
    narrow = replace(problem, places=(replace(problem.places[0], quota=NONE + 1),))
    found = redraw(narrow, Lot("share", 10_000, places=(0,)), np.random.default_rng(3), 50, [np.arange(3)])
    assert set(np.unique(found.exposure)) == {0, 1}


@pytest.mark.parametrize("lost", [0, 200, 1000])
def test_every_draw_keeps_every_rule_and_enough_wishes(lost: int) -> None:
    problem = unit(30, 1)
    best = solve(problem, aim="wishes").points
    lot = calibrate(problem, Lot("rota", lost), np.random.default_rng(1), pilots=2)
    drawing = Drawing(problem, lot)
    chance = np.random.default_rng(2)
    plans = [drawing(chance) for _ in range(5)]
    for plan in plans:
        assert verify(problem, plan) == []
        assert problem.points[plan].sum() * 10_000 >= best * (10_000 - lost)
    assert len({plan.tobytes() for plan in plans}) > 1 or lost == 0
    assert 0 < lot.first <= len(WEIGHTS)


def test_where_no_wish_may_be_lost_the_lot_decides_between_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.core.roster.lot.WEIGHTS", (0,))
    problem = unit(30, 1)
    drawing = Drawing(problem, Lot("rota", 0))
    plans = [drawing(np.random.default_rng(seed)) for seed in range(3)]
    assert {int(problem.points[plan].sum()) for plan in plans} == {solve(problem, aim="wishes").points}
    assert drawing.reached == 1
    assert len({plan.tobytes() for plan in plans}) > 1


def test_a_fair_lot_leaves_the_worst_off_as_well_off() -> None:
    problem = unit(20, 2)
    fair = solve(problem)
    plan = draw(problem, Lot("rota", 10_000, fair=True), np.random.default_rng(4))
    assert level_vector(problem, plan) == level_vector(problem, fair.flexible)


def test_the_same_seed_draws_the_same_plan_whatever_the_order_of_rows() -> None:
    problem = unit(30, 1)
    lot = Lot("rota", 500)
    order = np.random.default_rng(0).permutation(30)
    words = seed_of(b"head", "desember")
    plan = draw(problem, lot, np.random.default_rng(words))
    again = draw(permuted(problem, order), lot, np.random.default_rng(words))
    assert (again == plan[order]).all()


def test_a_seed_follows_from_the_head_the_lot_and_the_numbers() -> None:
    seeds = {
        seed_of(b"a", "x"), seed_of(b"b", "x"), seed_of(b"a", "y"),
        seed_of(b"a", "x", [1, 2]), seed_of(b"a", "x", [12]),
    }  # fmt: skip
    assert len(seeds) == 5
    assert all(len(seed) == 8 and max(seed) < 1 << 32 for seed in seeds)
    assert seed_of(b"a", "x", [1, 2]) == seed_of(b"a", "x", (1, 2))


def test_a_weekday_lot_on_real_weekdays() -> None:
    problem = unit(20, 1)
    teams = tuple(place.members for place in problem.places if place.rule == "team")
    lot = Lot("weekday", 0, groups=teams, weekday=weekdays(22), choices=tuple((0, 4) for _ in teams))
    plan = draw(problem, lot, np.random.default_rng(1))
    for team in teams:
        used = weekdays(22)[plan[team].any(0)]
        assert len(set(used.tolist())) <= 1
        assert set(used.tolist()) <= {0, 4}


@pytest.mark.parametrize(
    ("code", "lot"),
    [
        ("lost", Lot("rota", -1)),
        ("lost", Lot("rota", 10_001)),
        ("lot", Lot("weekday", 0)),
        ("lot", Lot("weekday", 0, weekday=np.arange(2))),
        ("lot", Lot("weekday", 0, weekday=np.arange(3), groups=(np.arange(2),))),
        ("choices", Lot("weekday", 0, weekday=np.arange(3), groups=(np.arange(2),), choices=((),))),
        ("lot", Lot("share", 0, places=(1,))),
        ("lot", Lot("share", 0, places=(-1,))),
    ],
)
def test_a_lot_that_does_not_fit_is_refused(code: str, lot: Lot) -> None:
    with pytest.raises(LotRefused) as refused:
        draw(equals(), lot, np.random.default_rng(1))
    assert refused.value.code == code


def test_crossing_rules_repetitions_and_impossible_rules_are_refused() -> None:
    chance = np.random.default_rng(1)
    with pytest.raises(LotRefused, match="crossing_rules"):
        draw(hard_unit(20, 1), Lot("rota", 0), chance)
    for n in (0, 65_536):
        with pytest.raises(LotRefused, match="repetitions"):
            redraw(equals(), Lot("rota", 0), chance, n, [])
    with pytest.raises(NoRoster, match="infeasible"):
        draw(equals(promises=NONE + 2), Lot("rota", 0), chance)


def test_a_draw_that_breaks_a_rule_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.core.roster.lot.verify", lambda problem, plan: ["broken"])
    with pytest.raises(LotRefused, match="not_kept"):
        draw(equals(), Lot("rota", 0), np.random.default_rng(1))


def test_start_dates_are_dealt_evenly_within_strata() -> None:
    ids = np.arange(20, dtype=np.uint64)
    stratum = np.repeat([0, 1], [13, 7])
    found = deal(ids, stratum, 3, np.random.default_rng(5))
    for one in (0, 1):
        counts = np.bincount(found[stratum == one], minlength=3)
        assert counts.max() - counts.min() <= 1
    order = np.random.default_rng(6).permutation(20)
    again = deal(ids[order], stratum[order], 3, np.random.default_rng(5))
    assert (again == found[order]).all()
    chance = np.random.default_rng(7)
    shares = np.mean([deal(ids, stratum, 3, chance) == 0 for _ in range(900)], axis=0)
    assert (np.abs(shares - 1 / 3) < 4 * np.sqrt(2 / 9 / 900)).all()
