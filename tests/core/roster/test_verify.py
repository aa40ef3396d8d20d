from dataclasses import replace

import numpy as np

from luwes.core.roster.problem import ChosenAnchor, Mode, PersonCap, Place, RosterProblem
from luwes.core.roster.verify import Shortfall, Violation, shortfalls, verify

YES = np.ones((3, 4), dtype=np.bool_)
NO = np.zeros((3, 4), dtype=np.bool_)
PLAIN = RosterProblem(
    np.array([11, 12, 13], dtype=np.uint64), np.datetime64("2026-12-01") + np.arange(4), YES, YES,
    np.ones((3, 4), dtype=np.int64), np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64),
)  # fmt: skip


def cells(*chosen: tuple[int, int]) -> np.ndarray:
    found = NO.copy()
    for cell in chosen:
        found[cell] = True
    return found


def test_a_plan_without_rules_breaks_none() -> None:
    assert verify(PLAIN, YES) == []


def test_another_shape_or_kind_of_array_is_no_plan() -> None:
    for wrong in (YES[:2], YES.astype(np.int64)):
        assert verify(PLAIN, wrong) == [Violation("shape", "", -1, -1, 0, 0)]


def test_absent_not_allowed_unwanted_and_pinned_cells() -> None:
    plan = cells((1, 2))
    assert verify(replace(PLAIN, present=~plan), plan) == [Violation("absent", "", 1, 2, 0, 1)]
    assert verify(replace(PLAIN, allowed=~plan), plan) == [Violation("not_allowed", "", 1, 2, 0, 1)]
    assert verify(replace(PLAIN, points=np.where(plan, -1, 0)), plan) == [Violation("unwanted", "", 1, 2, 0, 1)]
    assert verify(replace(PLAIN, points=np.where(plan, 0, -1)), plan) == []
    pinned = replace(PLAIN, pins=np.where(plan, 0, -1).astype(np.int8))
    assert verify(pinned, plan) == [Violation("pinned", "", 1, 2, 0, 1)]
    assert verify(pinned, NO) == []
    wanted = replace(PLAIN, pins=np.where(plan, 1, -1).astype(np.int8), points=np.where(plan, -1, 1))
    assert verify(wanted, plan) == []
    assert verify(wanted, NO) == [Violation("pinned", "", 1, 2, 0, 1)]


def test_caps_count_the_days_they_hold() -> None:
    cap = PersonCap("pekan", np.array([True, True, False, False]), np.array([1, 2, 0]))
    capped = replace(PLAIN, caps=(cap,))
    assert verify(capped, cells((0, 0), (0, 2), (1, 0), (1, 1), (2, 2), (2, 3))) == []
    assert verify(capped, cells((0, 0), (0, 1), (2, 1))) == [
        Violation("cap", "pekan", 0, -1, 1, 2),
        Violation("cap", "pekan", 2, -1, 0, 1),
    ]


def test_floors_count_those_present_and_not_flexible() -> None:
    place = Place("loket", np.array([0, 2]), np.array([1, 1, 2, 0]))
    held = replace(PLAIN, places=(place,), present=~cells((0, 1)))
    assert verify(held, cells((0, 0), (1, 0), (1, 1), (1, 2), (0, 3), (2, 3))) == []
    assert verify(held, cells((0, 0), (2, 0), (2, 1), (2, 2))) == [
        Violation("floor", "loket", -1, 0, 1, 0),
        Violation("floor", "loket", -1, 1, 1, 0),
        Violation("floor", "loket", -1, 2, 2, 1),
    ]


def test_an_absent_person_called_flexible_is_not_counted_twice() -> None:
    place = Place("loket", np.array([0, 1, 2]), np.array([2, 0, 0, 0]))
    held = replace(PLAIN, places=(place,), present=~cells((0, 0)))
    assert [found.kind for found in verify(held, cells((0, 0)))] == ["absent"]


def test_a_floor_above_the_people_present_is_told_apart() -> None:
    place = Place("loket", np.array([0, 1]), np.array([3, 2, 0, 1]))
    held = replace(PLAIN, places=(place,), present=~cells((0, 3), (1, 3)))
    assert verify(held, NO) == []
    assert shortfalls(held, NO) == [Shortfall("loket", 0, 3, 2), Shortfall("loket", 3, 1, 0)]
    assert verify(held, cells((0, 0))) == [Violation("floor", "loket", -1, 0, 3, 1)]
    assert shortfalls(held, cells((0, 0))) == [Shortfall("loket", 3, 1, 0)]


def test_quotas_and_promises() -> None:
    place = Place("unit", np.array([0, 1, 2]), np.zeros(4, dtype=np.int64), np.array([1, 2, 3, 0]))
    held = replace(PLAIN, places=(place,), promises=np.array([0, 1, 2]))
    assert verify(held, cells((1, 0), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2))) == []
    assert verify(held, cells((0, 0), (2, 0), (2, 3))) == [
        Violation("quota", "unit", -1, 0, 1, 2),
        Violation("quota", "unit", -1, 3, 0, 1),
        Violation("promise", "", 1, -1, 1, 0),
    ]


def test_an_anchor_needs_one_day_with_all_on_site() -> None:
    anchor = ChosenAnchor("jangkar", np.array([0, 1]), np.array([True, True, True, False]))
    held = replace(PLAIN, anchors=(anchor,))
    assert verify(held, cells((0, 0), (1, 1), (2, 2))) == []
    assert verify(held, cells((0, 0), (1, 0), (0, 1), (1, 2))) == [Violation("anchor", "jangkar", -1, -1, 0, 1)]
    assert verify(held, cells((0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)))[0].found == 2


def test_seats_need_a_flexible_day_an_open_cell_and_room() -> None:
    mode = Mode("hub", ~cells((0, 3)), np.array([1, 2, 2, 2]), np.ones((3, 4), dtype=np.int64), 2)
    held = replace(PLAIN, modes=(mode,))
    plan = cells((0, 0), (0, 1), (1, 0), (0, 3), (0, 2))
    assert verify(held, plan, (cells((0, 0), (0, 1)),)) == []
    assert verify(held, plan) == []
    assert verify(held, plan, (cells((2, 1), (0, 3)),)) == [
        Violation("seat_not_open", "hub", 0, 3, 0, 1),
        Violation("seat_not_open", "hub", 2, 1, 0, 1),
    ]
    assert verify(held, plan, (cells((0, 0), (1, 0)),)) == [Violation("seats", "hub", -1, 0, 1, 2)]
    assert verify(held, plan, (cells((0, 0), (0, 1), (0, 2)),)) == [Violation("seats_each", "hub", 0, -1, 2, 3)]
    assert verify(held, plan, (NO, NO)) == [Violation("shape", "", -1, -1, 1, 2)]
    assert verify(replace(PLAIN, modes=(mode, mode)), plan, (cells((0, 0)), cells((0, 0)))) == [
        Violation("seat_not_open", "hub", 0, 0, 1, 2)
    ]
    assert verify(replace(PLAIN, modes=(mode, mode)), plan, (cells((0, 0)), cells((0, 1)))) == []
