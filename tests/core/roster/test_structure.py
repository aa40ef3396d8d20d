from dataclasses import replace

import numpy as np
import pytest

from bench._rosters import hard_unit, unit
from luwes.core.roster.problem import PersonCap, Place
from luwes.core.roster.structure import classify, hashed_order


def test_nested_rules_are_a_network() -> None:
    found = classify(unit(20, 1))
    assert found.network
    assert found.broken_by == ()
    assert not found.side_caps


def test_rules_that_cross_are_named() -> None:
    found = classify(hard_unit(20, 1))
    assert not found.network
    assert {"spacing", "anchor", "hub"} <= set(found.broken_by)


def test_the_larger_of_two_crossing_sets_stays_in_the_network() -> None:
    problem = unit(20, 1)
    small, large = np.array([0, 1]), np.array([1, 2, 3])
    none = np.zeros(22, dtype=np.int64)
    crossing = replace(problem, places=(Place("small", small, none), Place("large", large, none)))
    assert classify(crossing).broken_by == ("small",)


def test_a_set_without_members_or_days_asks_nothing() -> None:
    problem = unit(5, 1)
    empty = Place("empty", np.zeros(0, dtype=np.int64), np.zeros(22, dtype=np.int64))
    nothing = PersonCap("nothing", np.zeros(22, dtype=np.bool_), np.zeros(5, dtype=np.int64))
    found = classify(replace(problem, places=(*problem.places, empty), caps=(*problem.caps, nothing)))
    assert found.network
    assert len(problem.places) not in found.places


@pytest.mark.parametrize("salt", [0, 7])
def test_the_order_follows_the_ids_and_the_salt_not_the_rows(salt: int) -> None:
    ids = np.arange(50, dtype=np.uint64)
    mixed = np.random.default_rng(0).permutation(50)
    assert (ids[hashed_order(ids, salt)] == ids[mixed][hashed_order(ids[mixed], salt)]).all()


def test_another_salt_is_another_order() -> None:
    ids = np.arange(50, dtype=np.uint64)
    assert (hashed_order(ids, 0) != hashed_order(ids, 1)).any()
