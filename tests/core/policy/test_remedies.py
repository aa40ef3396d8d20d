"""Remedies are answers of the same function; and calls are judged by working minutes alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.policy.clauses import Response
from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Asked, Facts, Person, Tag, Week, both, either, turn
from luwes.core.policy.remedies import Remedy, remedies
from luwes.core.policy.response import Excused, replied
from luwes.core.policy.shares import months_later, people
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Place, Rounding, Verdict
from tests.core.policy.books import MONDAY, OPEN, WEEK, book, facts, rules


def found(known: Facts, held: Rules) -> list[Remedy]:
    """Remedies when every weekday is a working day and nothing before Monday can still be asked for."""

    def ask(day: date) -> Facts | None:
        return None if day < MONDAY else replace(known, day=day, working=day.weekday() < 5)

    return list(remedies(known, held, ask))


def test_thursday_would_still_do() -> None:
    held = rules(book(OPEN + '\nweekdays = ["thu"]'))
    assert found(facts(), held) == [
        Remedy("day", date(2026, 2, 5)), Remedy("day", date(2026, 2, 12)),
    ]  # fmt: skip


def test_the_day_a_mark_ends_and_the_day_a_wait_is_over_are_tried_however_far() -> None:
    ends = date(2026, 6, 1)
    served = Facts(Person("p1", (Tag("discipline:active", None, ends),)), MONDAY, week=Week(WEEK))
    held = rules(book(OPEN, 'kind = "exclude"\nwho = { any = ["discipline:active"] }'))
    assert found(served, held) == [Remedy("day", date(2026, 6, 2))]
    waits = rules(book(OPEN, 'kind = "tenure"\nsince = "post"\nmonths = 6'))
    newcomer = Facts(Person("p1", post_since=date(2025, 12, 1)), MONDAY, week=Week(WEEK))
    assert found(newcomer, waits) == [Remedy("day", date(2026, 6, 1))]


def test_another_place_is_a_remedy_when_it_would_be_allowed() -> None:
    held = rules(book(OPEN, 'kind = "location"\nallowed = ["home", "other_office"]'))
    asked = facts(place=Asked(Place.OTHER))
    assert found(asked, held) == [Remedy("place", Place.HOME), Remedy("place", Place.OTHER_OFFICE)]


def test_nothing_helps_somebody_excluded_for_good() -> None:
    held = rules(book(OPEN, 'kind = "exclude"\nwho = { any = ["post:x"] }'))
    assert found(facts("post:x"), held) == []


def test_every_remedy_is_allowed_by_the_function_that_refused() -> None:
    held = rules(book(OPEN + '\nweekdays = ["tue", "fri"]', 'kind = "forbid"\ndates = [2026-02-03]'))
    told = found(facts(), held)
    assert Remedy("day", date(2026, 2, 3)) not in told
    assert told
    for one in told:
        assert isinstance(one.value, date)
        assert decide(facts(day=one.value), held).verdict is Verdict.ALLOWED


# Answering calls.

NOON = datetime(2026, 2, 6, 4, 0, tzinfo=UTC)  # Friday 11:00 WIB
FIVE = Response(id="r", basis="b", attempts=2, within_minutes=5, excused=("break", "weak_signal"))
BREAK = Excused("break", NOON + timedelta(minutes=30), NOON + timedelta(minutes=120))


def calls(*minutes: float) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("rung", "answered", "late"),
    [
        ((0, 2), 4 + 59 / 60, False),
        ((0, 2), 5 + 1 / 60, True),
        ((0,), 9, False),  # one call is not two
        ((0, 6), None, True),
        ((28, 31), 121, False),  # two minutes before the break and one after it
        ((28, 29), 124, True),  # two before, four after
        ((40, 50), 119, False),  # both inside the break: nobody was called
        ((28, 40), 126, False),  # of these only one counts
    ],
)
def test_the_five_minutes_stop_in_the_friday_break(rung: tuple[float, ...], answered: float | None, late: bool) -> None:
    at = None if answered is None else NOON + timedelta(minutes=answered)
    assert replied(FIVE, calls(*rung), at, NOON + timedelta(hours=4), [BREAK]).late is late


def test_weak_signal_is_an_excuse_where_the_rule_says_so_and_only_there() -> None:
    weak = Excused("weak_signal", NOON, NOON + timedelta(minutes=10))
    strict = replace(FIVE, excused=("break",))
    until = NOON + timedelta(hours=1)
    assert not replied(FIVE, calls(0, 2, 4), None, NOON + timedelta(minutes=10), [weak]).late
    assert replied(strict, calls(0, 2, 4), NOON + timedelta(minutes=10), until, [weak]).late
    assert replied(FIVE, calls(0, 2, 11, 12), None, until, [weak]).excused == ()


def test_the_same_log_under_another_circular_has_another_outcome() -> None:
    until = NOON + timedelta(minutes=29)
    kaltim = Response(id="r", basis="b", attempts=3, within_minutes=30)
    assert replied(FIVE, calls(0, 1, 2), None, until, []).late
    assert not replied(kaltim, calls(0, 1, 2), None, until, []).late
    assert replied(kaltim, calls(0, 1, 2), None, until + timedelta(minutes=2), []).late


def test_overlapping_excuses_are_taken_out_once() -> None:
    twice = [BREAK, Excused("weak_signal", NOON + timedelta(minutes=30), NOON + timedelta(minutes=60))]
    told = replied(FIVE, calls(28, 29), NOON + timedelta(minutes=122), NOON + timedelta(hours=4), twice)
    assert (told.minutes, told.late, told.excused) == (4.0, False, ("break", "weak_signal"))


@settings(max_examples=50)
@given(st.lists(st.floats(0, 200), min_size=1, max_size=4), st.floats(0, 300), st.floats(0, 200), st.floats(1, 90))
def test_an_excuse_never_makes_anybody_later(rung: list[float], end: float, start: float, length: float) -> None:
    at = NOON + timedelta(minutes=end)
    excuse = Excused("break", NOON + timedelta(minutes=start), NOON + timedelta(minutes=start + length))
    without, with_ = (replied(FIVE, calls(*sorted(rung)), at, at, one) for one in ([], [excuse]))
    assert with_.minutes <= without.minutes
    assert without.late or not with_.late


# The arithmetic.


@settings(max_examples=50)
@given(st.integers(0, 100), st.integers(0, 500))
def test_the_roundings_lie_in_order_and_no_further_than_one_apart(percent: int, base: int) -> None:
    down, half, up = (people(percent, base, one) for one in (Rounding.DOWN, Rounding.HALF_UP, Rounding.UP))
    assert down <= half <= up <= down + 1
    assert down * 100 <= percent * base <= up * 100


def test_months_end_on_the_last_day_there_is() -> None:
    assert months_later(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert months_later(date(2026, 1, 15), 12) == date(2027, 1, 15)


@pytest.mark.parametrize("one", [True, False, None])
@pytest.mark.parametrize("two", [True, False, None])
def test_what_is_not_known_only_matters_where_it_could_turn_the_answer(one: bool | None, two: bool | None) -> None:
    spread = [[known] if known is not None else [True, False] for known in (one, two)]
    ways = list(product(*spread))
    for rule, plain in ((both, all), (either, any)):
        answers = {plain(way) for way in ways}
        assert rule((one, two)) is (answers.pop() if len(answers) == 1 else None)
    assert turn(turn(one)) is one
