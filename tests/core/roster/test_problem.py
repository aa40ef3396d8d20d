from dataclasses import replace

import numpy as np
import pytest

from bench._rosters import hard_unit
from luwes.core.roster.problem import (
    ChosenAnchor,
    PersonCap,
    Place,
    RosterProblem,
    UnusableProblem,
    at_most_in_window,
    check,
    percent_floor,
)

GOOD = hard_unit(6, 1)
NONE = np.zeros(22, dtype=np.int64)
ALL = np.ones(22, dtype=np.bool_)


def test_a_good_problem_passes() -> None:
    check(replace(GOOD, pins=np.full((6, 22), -1, dtype=np.int8), promises=np.zeros(6, dtype=np.int64)))


def _changed(array: np.ndarray, at: object, value: object) -> np.ndarray:
    copy = array.copy()
    copy[at] = value
    return copy


BAD: list[tuple[str, str, RosterProblem]] = [
    ("days", "", replace(GOOD, days=GOOD.days[:0])),
    ("days", "", replace(GOOD, days=np.datetime64("2026-01-01") + np.arange(66))),
    ("duplicate_people", "", replace(GOOD, employee_id=_changed(GOOD.employee_id, 3, GOOD.employee_id[1]))),
    ("days_out_of_order", "", replace(GOOD, days=GOOD.days[::-1])),
    ("shape", "allowed", replace(GOOD, allowed=GOOD.allowed[:5])),
    ("shape", "promises", replace(GOOD, promises=NONE)),
    ("shape", "pins", replace(GOOD, pins=np.zeros((6, 1), dtype=np.int8))),
    ("points", "", replace(GOOD, points=_changed(GOOD.points, (2, 3), 1001))),
    ("carry", "", replace(GOOD, carry=_changed(GOOD.carry, 2, -100_001))),
    ("entitlement", "", replace(GOOD, allowed=ALL & (NONE == 0) & np.ones((6, 1), dtype=np.bool_),
                                entitlement=_changed(GOOD.entitlement, 2, 0))),
    ("cap", "x", replace(GOOD, caps=(PersonCap("x", ALL[:3], np.zeros(6, dtype=np.int64)),))),
    ("cap", "x", replace(GOOD, caps=(PersonCap("x", ALL, np.zeros(5, dtype=np.int64)),))),
    ("cap", "x", replace(GOOD, caps=(PersonCap("x", ALL, np.full(6, -1)),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], open=GOOD.allowed[:5]),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], extra=GOOD.points[:5]),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], seats=NONE[:4]),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], seats=NONE - 1),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], extra=-GOOD.modes[0].extra - 1),))),
    ("mode", "hub", replace(GOOD, modes=(replace(GOOD.modes[0], each=-1),))),
    ("pin_not_allowed", "", replace(GOOD, pins=np.ones((6, 22), dtype=np.int8))),
    ("members", "x", replace(GOOD, places=(Place("x", np.array([6]), NONE),))),
    ("members", "x", replace(GOOD, places=(Place("x", np.array([-1]), NONE),))),
    ("members", "x", replace(GOOD, places=(Place("x", np.array([1, 1]), NONE),))),
    ("floor", "x", replace(GOOD, places=(Place("x", np.array([1]), NONE[:2]),))),
    ("floor", "x", replace(GOOD, places=(Place("x", np.array([1]), NONE - 1),))),
    ("floor", "x", replace(GOOD, places=(Place("x", np.array([1]), NONE, NONE - 1),))),
    ("floor", "x", replace(GOOD, places=(Place("x", np.array([1]), NONE, NONE[:2]),))),
    ("anchor", "x", replace(GOOD, anchors=(ChosenAnchor("x", np.array([1]), ~ALL),))),
    ("anchor", "x", replace(GOOD, anchors=(ChosenAnchor("x", np.array([1]), ALL[:2]),))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "rule", "problem"), BAD)
def test_arrays_that_do_not_fit_are_refused(code: str, rule: str, problem: RosterProblem) -> None:
    with pytest.raises(UnusableProblem) as refused:
        check(problem)
    assert (refused.value.code, refused.value.rule) == (code, rule)


def test_the_refusal_names_the_rows() -> None:
    with pytest.raises(UnusableProblem) as refused:
        check(BAD[2][2])
    assert refused.value.rows == (1, 3)
    with pytest.raises(UnusableProblem) as refused:
        check(BAD[7][2])
    assert refused.value.rows == (2,)


def test_the_widest_values_pass() -> None:
    check(replace(GOOD, points=np.full((6, 22), 1000), carry=np.full(6, -100_000), entitlement=np.full(6, 1000)))
    check(replace(GOOD, entitlement=np.zeros(6, dtype=np.int64), allowed=np.zeros((6, 22), dtype=np.bool_)))


@pytest.mark.parametrize(("percent", "people", "floor"), [(50, 7, 4), (50, 8, 4), (0, 7, 0), (100, 7, 7), (1, 1, 1)])
def test_a_percentage_is_rounded_up(percent: int, people: int, floor: int) -> None:
    assert percent_floor(percent, people) == floor


def test_spacing_is_one_cap_per_window() -> None:
    caps = at_most_in_window("jarak", 3, 2, 4, 5)
    assert [cap.days.nonzero()[0].tolist() for cap in caps] == [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    assert all((cap.limit == 2).all() and len(cap.limit) == 4 for cap in caps)
