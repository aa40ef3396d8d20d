"""How much is taken, and when something was said."""

from datetime import UTC, datetime, timedelta

import pytest

from luwes.core.intake import LONGEST_WAIT, PER_NETWORK, PER_POSTER, over_limit, said_ago

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("poster", "network", "over"),
    [
        (0, 0, False),
        (PER_POSTER - 1, 0, False),
        (PER_POSTER, 0, True),
        (PER_NETWORK, PER_NETWORK - 1, False),
        (PER_NETWORK, PER_NETWORK, True),
    ],
)
def test_the_bounds(poster: int, network: int, over: bool) -> None:
    assert over_limit(poster, network) is over


def test_one_network_cannot_use_up_a_poster_for_all_others() -> None:
    assert 2 * PER_NETWORK < PER_POSTER


@pytest.mark.parametrize("seconds", [0, 90, int(LONGEST_WAIT.total_seconds())])
def test_what_waited_was_said_before(seconds: int) -> None:
    assert said_ago(NOW, seconds) == (NOW - timedelta(seconds=seconds), True)


def test_what_came_at_once_was_said_now() -> None:
    assert said_ago(NOW, None) == (NOW, True)


@pytest.mark.parametrize("seconds", [-1, int(LONGEST_WAIT.total_seconds()) + 1, 10**9])
def test_what_cannot_be_is_taken_as_now_and_told(seconds: int) -> None:
    assert said_ago(NOW, seconds) == (NOW, False)
