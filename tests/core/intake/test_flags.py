"""Flags of bursts and hours: honest traffic stays clean, stuffing is seen, nothing is dropped."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.intake import Flag, Heard, bursts, outside_hours

START = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def heard(key: int, seconds: float, *, network: str = "n", device: str = "android", poster: int = 1) -> Heard:
    return Heard(key, poster, network, device, START + timedelta(seconds=seconds))


def test_five_from_one_network_and_device_in_ten_minutes_are_flagged_all_of_them() -> None:
    found = bursts(heard(key, key * 149) for key in range(5))
    assert found == {key: frozenset({Flag.SAME_SOURCE}) for key in range(5)}


@pytest.mark.parametrize("gap", [150, 600])
def test_five_spread_over_ten_minutes_or_more_are_not(gap: int) -> None:
    assert bursts(heard(key, key * gap) for key in range(5)) == {}


@pytest.mark.parametrize("other", [{"network": "m"}, {"device": "ios"}, {"poster": 2}, {"network": ""}])
def test_another_network_device_or_poster_is_another_source(other: dict[str, object]) -> None:
    answers = [heard(key, key) for key in range(4)] + [heard(4, 4, **other)]  # type: ignore[arg-type] # by name
    assert bursts(answers) == {}


def test_where_the_network_is_forgotten_nothing_is_said_about_the_source() -> None:
    assert bursts(heard(key, key, network="") for key in range(5)) == {}


def test_a_crowd_within_a_minute_is_flagged_wherever_it_comes_from() -> None:
    crowd = [heard(key, key * 6, network=f"n{key}") for key in range(10)]
    late = heard(99, 3_600, network="n1")
    assert bursts([*crowd, late]) == {key: frozenset({Flag.CROWD}) for key in range(10)}
    assert bursts(heard(key, key * 7, network=f"n{key}") for key in range(10)) == {}


def test_only_the_dense_part_of_a_day_is_flagged() -> None:
    morning = [heard(key, key * 900) for key in range(8)]
    stuffed = [heard(100 + key, 30_000 + key * 20) for key in range(6)]
    assert set(bursts(morning + stuffed)) == {one.key for one in stuffed}


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.sampled_from("ab")), max_size=25), st.randoms())
def test_order_changes_nothing_and_more_answers_never_clear_a_flag(moments, random) -> None:  # type: ignore[no-untyped-def]
    answers = [heard(key, second, network=network) for key, (second, network) in enumerate(moments)]
    found = bursts(answers)
    mixed = list(answers)
    random.shuffle(mixed)
    assert bursts(mixed) == found
    more = bursts([*answers, heard(999, 100)])
    assert all(flags <= more[key] for key, flags in found.items())


@pytest.mark.parametrize(
    ("minute", "outside"), [(479, True), (480, False), (899, False), (900, False), (959, False), (960, True)]
)
def test_hours_have_an_hour_of_grace_after_them_and_none_before(minute: int, outside: bool) -> None:
    assert outside_hours(minute, [(480, 900)]) is outside


def test_a_day_without_hours_is_outside() -> None:
    assert outside_hours(600, [])
