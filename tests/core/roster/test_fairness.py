import numpy as np

from luwes.core.roster.fairness import carried, dominating, steps


def test_who_has_less_comes_first_and_then_who_rises_more() -> None:
    found = steps(np.array([0, 0, -1]), np.array([1, 2, 2]), np.array([1, 2, 1]))
    assert found.person.tolist() == [0, 1, 1, 2]
    # Levels before: 0, 0, 1/2, -1/2; levels after: 1, 1/2, 1, 0.
    assert found.rank.tolist() == [3, 2, 1, 4]


def test_equals_share_a_rank() -> None:
    found = steps(np.array([1, 2, 3]), np.array([1, 2, 3]), np.array([1, 0, 1]))
    assert found.rank.tolist() == [2, 1]
    assert steps(np.array([1, 1]), np.array([3, 3]), np.array([2, 2])).rank.tolist() == [2, 1, 2, 1]


def test_nobody_has_no_steps() -> None:
    assert steps(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).rank.size == 0


def test_a_rank_outweighs_every_exchange_of_wishes() -> None:
    assert dominating(np.array([3, -7]), 4) == 48
    assert dominating(np.array([3, 7]), 4) == 24
    assert dominating(np.zeros(0, dtype=np.int64), 4) == 1


def test_what_is_carried_is_bounded_by_what_a_month_can_make_good() -> None:
    had, expected = np.array([0, 9, 5, 30, 6]), np.array([10, 10, 5, 10, 4])
    assert carried(had, expected, np.array([16, 8, 8, 8, 3])).tolist() == [-2, -1, 0, 1, 1]
