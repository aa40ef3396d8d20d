"""Slow stuffing: one source that praises for many is seen, honest offices behind one address are not."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.intake import Given, alike, far_above_others, more_than_served

DAY = date(2026, 11, 2)
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PRAISE, GOOD, BAD = (True, True, 4), (True, True, 3), (False, False, 1)


def said(key: int, what: object, *, day: int = 0, minute: int = 0, network: str = "", device: str = "a") -> Given:
    at = START + timedelta(days=day, minutes=minute or key % 400)
    return Given(key, 1, DAY + timedelta(day), network, device, at, what)


def week(each_day: Sequence[tuple[object, str]]) -> list[Given]:
    """The same answers (what, network) on each of seven days, in turn, half an hour apart."""
    return [
        said(day * 100 + place, what, day=day, minute=1 + place * 13, network=f"{network}{day}" if network else "")
        for day in range(7)
        for place, (what, network) in enumerate(each_day)
    ]


OTHERS = [(PRAISE, "o"), (GOOD, "p"), (PRAISE, "q"), (BAD, "r"), (GOOD, "s"), (PRAISE, "t"), (BAD, "u"), (GOOD, "v")]


def test_one_source_that_praises_for_many_is_flagged_and_others_are_not() -> None:
    answers = week([*OTHERS, *[(PRAISE, "x")] * 5])
    found = alike(answers)
    assert found == {one.key for one in answers if one.network.startswith("x")}


def test_sixty_honest_people_behind_one_address_bear_no_flag() -> None:
    inside = [(what, "kantor") for what, _ in OTHERS] * 7
    assert alike(week([*OTHERS, *inside])) == frozenset()


def test_few_answers_or_a_source_that_differs_say_nothing() -> None:
    assert alike(week([*OTHERS, (PRAISE, "x")])) == frozenset(), "one a day is no source"
    assert alike(week([*OTHERS, (PRAISE, "x"), (GOOD, "x"), (BAD, "x")])) == frozenset()
    assert alike(week([*OTHERS, *[(PRAISE, "x")] * 5])[:13]) == frozenset()
    assert alike([]) == frozenset()


def test_a_poster_of_one_source_alone_is_compared_with_nobody_until_its_run_is_too_long() -> None:
    assert alike(week([(PRAISE, "x")] * 10)) == frozenset()
    answers = [said(n, PRAISE, minute=1 + n) for n in range(400)]
    assert len(alike(answers)) == 400


def test_a_run_is_held_against_the_posters_own_answers() -> None:
    mixed = [said(n, PRAISE if n % 2 else GOOD, minute=1 + n) for n in range(40)]
    run = [said(100 + n, BAD, minute=100 + n) for n in range(45)]
    others = [
        Given(1000 + n, 2 + n % 6, DAY, "", "a", START + timedelta(minutes=n), PRAISE if n // 6 % 3 else GOOD)
        for n in range(6 * 24)
    ]
    assert alike([*mixed, *run, *others]) == {one.key for one in run}
    assert alike([*mixed, *run]) == frozenset(), "without other posters nearly everybody might answer so"


def test_more_answers_than_visits_count_only_where_all_days_together_say_so() -> None:
    days = {DAY + timedelta(n): (10, 10) for n in range(5)}
    assert more_than_served(days) == frozenset()
    assert more_than_served(days | {DAY: (14, 10)}) == frozenset()
    assert more_than_served(days | {DAY: (15, 10)}) == {DAY}
    assert more_than_served({}) == frozenset()


def test_a_ratio_is_held_against_enough_others_and_answers() -> None:
    others = dict.fromkeys(range(5), (10, 100))
    assert far_above_others(others | {9: (50, 100)}) == {9: 5.0}
    assert far_above_others(others | {9: (39, 100)}) == {}
    assert far_above_others(others | {9: (19, 10)}) == {}, "nineteen answers are few"
    assert far_above_others(dict.fromkeys(range(4), (10, 100)) | {9: (90, 100)}) == {}
    assert far_above_others(others | {9: (50, 0), 8: (0, 10)}) == {}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), praise=st.floats(0.2, 0.9))
def test_the_order_of_arrival_in_the_list_changes_nothing(seed: int, praise: float) -> None:
    draw = random.Random(seed)
    answers = [
        said(n, PRAISE if draw.random() < praise else GOOD, day=n % 5, minute=1 + n, network=f"n{draw.randrange(3)}")
        for n in range(80)
    ]
    mixed = draw.sample(answers, len(answers))
    assert alike(mixed) == alike(answers)
