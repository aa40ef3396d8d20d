from datetime import UTC, datetime, timedelta
from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.queue import MEDIAN, P90, MinuteCounts, QueueError, QueueSums, whole_minutes

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
waits = st.lists(st.integers(0, 40), max_size=40)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (900, 15), (901, 16)])
def test_a_begun_minute_counts(seconds: int, minutes: int) -> None:
    assert whole_minutes(NINE, NINE + timedelta(seconds=seconds)) == minutes


def test_nobody_is_called_before_arriving() -> None:
    with pytest.raises(QueueError) as refusal:
        whole_minutes(NINE, NINE - timedelta(seconds=1))
    assert refusal.value.code == "ends_before_start"
    assert "ends_before_start" in str(refusal.value)


def test_medians_do_not_add_but_counts_do() -> None:
    quiet, busy = MinuteCounts({5: 10}), MinuteCounts({40: 90})
    assert (quiet.quantile(MEDIAN), busy.quantile(MEDIAN)) == (5, 40)
    # The mean of the medians would be 22.5 minutes, which nobody waited.
    assert (quiet + busy).quantile(MEDIAN) == 40


@pytest.mark.parametrize(
    ("minutes", "median", "p90"),
    [([7], 7, 7), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9), (list(range(1, 12)), 6, 10)],
)
def test_the_nearest_rank_is_a_wait_that_happened(minutes: list[int], median: int, p90: int) -> None:
    counts = MinuteCounts.of(minutes)
    assert (counts.quantile(MEDIAN), counts.quantile(P90)) == (median, p90)


def test_the_endless_rank_behind_all_others_where_they_count() -> None:
    counts = MinuteCounts.of([3, None, 9, None])
    assert (counts.known, counts.endless) == (2, 2)
    assert counts.quantile(MEDIAN) == 3
    assert counts.quantile(MEDIAN, endless_counts=True) == 9
    assert counts.quantile(P90, endless_counts=True) is None
    assert MinuteCounts().quantile(MEDIAN) is None


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 2), Fraction(11, 10)])
def test_only_shares_have_a_quantile(share: Fraction) -> None:
    with pytest.raises(QueueError, match="share_invalid"):
        MinuteCounts({1: 1}).quantile(share)


@pytest.mark.parametrize(("counts", "endless"), [({-1: 1}, 0), ({1: -1}, 0), ({}, -1)])
def test_negative_counts_are_refused(counts: dict[int, int], endless: int) -> None:
    with pytest.raises(QueueError, match="count_negative"):
        MinuteCounts(counts, endless)


def test_a_day_at_the_counter() -> None:
    day = QueueSums(arrived=12, called=10, served=9, waits=MinuteCounts({5: 6, 20: 3, 45: 1}))
    assert (day.abandoned, day.unserved) == (2, 1)
    assert (day.median, day.p90) == (5, 20)
    assert day.within_share(15) == Fraction(6, 10)
    assert day.within_share(20) == Fraction(9, 10)
    assert QueueSums(arrived=3).within_share(15) is None


@pytest.mark.parametrize(
    "counts",
    [
        {"arrived": 1, "called": 2, "waits": MinuteCounts({1: 2})},
        {"arrived": 2, "called": 1, "served": 2, "waits": MinuteCounts({1: 1})},
        {"arrived": 2, "called": 2, "waits": MinuteCounts({1: 1})},
        {"served": -1},
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: dict[str, object]) -> None:
    with pytest.raises(QueueError, match="counts_disagree"):
        QueueSums(**counts)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(waits, waits)
def test_parts_of_a_day_add_up(morning: list[int], afternoon: list[int]) -> None:
    parts = [QueueSums(len(part) + 1, len(part), len(part), MinuteCounts.of(part)) for part in (morning, afternoon)]
    day = parts[0] + parts[1]
    assert day == parts[1] + parts[0]
    assert day.waits == MinuteCounts.of(afternoon + morning)
    assert day.abandoned == 2
    assert day.median == (median_low(morning + afternoon) if morning + afternoon else None)


@settings(max_examples=150, deadline=None)
@given(waits.filter(bool), st.fractions(Fraction(1, 100), 1))
def test_a_quantile_is_the_smallest_minute_that_holds_its_share(minutes: list[int], share: Fraction) -> None:
    counts = MinuteCounts.of(minutes)
    found = counts.quantile(share)
    assert found is not None
    assert counts.within(found) >= share * len(minutes) > counts.within(found - 1)
