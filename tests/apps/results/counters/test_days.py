"""What the taps of a day come to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.apps.results.counters.days import Opened, State, Tap, opened_on

PROMISED = [(480, 720), (780, 900)]
OPEN, PAUSED, CLOSED = State.OPEN, State.PAUSED, State.CLOSED


def day(*taps: tuple[int, State]) -> Opened | None:
    return opened_on([Tap(minute, state, "rapat" if state is PAUSED else "") for minute, state in taps], PROMISED)


@pytest.mark.parametrize(
    ("taps", "found"),
    [
        ([(475, OPEN), (905, CLOSED)], Opened(475, 905, 0, "")),
        ([(480, OPEN), (600, PAUSED), (630, OPEN), (900, CLOSED)], Opened(480, 900, 30, "rapat")),
        # Noon is nobody's promise: of 700 to 800 only 700-720 and 780-800 count.
        ([(480, OPEN), (700, PAUSED), (800, OPEN), (900, CLOSED)], Opened(480, 900, 40, "rapat")),
        ([(480, OPEN), (600, CLOSED), (660, OPEN), (900, CLOSED)], Opened(480, 900, 60, "")),
        ([(480, OPEN)], Opened(480, None, 0, "")),
        ([(480, OPEN), (700, PAUSED)], Opened(480, 700, 0, "rapat")),
        ([(480, OPEN), (700, PAUSED), (900, CLOSED)], Opened(480, 700, 0, "rapat")),
        ([(480, PAUSED), (600, OPEN), (900, CLOSED)], Opened(600, 900, 0, "rapat")),
        ([(480, PAUSED), (900, CLOSED)], Opened(None, None, 0, "rapat")),
        ([(480, CLOSED)], Opened(None, None, 0, "")),
        ([], None),
    ],
)
def test_a_day_of_taps(taps: list[tuple[int, State]], found: Opened | None) -> None:
    assert day(*taps) == found


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1440), st.sampled_from(State)), max_size=8))
def test_no_taps_make_an_impossible_day(taps: list[tuple[int, State]]) -> None:
    found = day(*sorted(taps))
    if found is not None and found.opened is not None and found.closed is not None:
        assert found.opened <= found.closed
        assert 0 <= found.shut <= found.closed - found.opened
