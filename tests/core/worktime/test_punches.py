"""Which punches are the arrival and the departure, and to which working day one after midnight belongs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.worktime import DayHours, Span
from luwes.core.worktime.punches import NOTHING, Direction, Punch, ends
from luwes.core.worktime.windows import by_working_day, closes
from tests.core.worktime.world import MONDAY, NIGHT, at, punch

DAY = date(2026, 12, 7)
NEXT = DAY + timedelta(days=1)


def said(text: str) -> Punch:
    time, _, direction = text.partition(" ")
    return punch(time, direction)


@pytest.mark.parametrize(
    ("seen", "came", "left"),
    [
        (["7:28 in", "16:02 out"], "7:28", "16:02"),
        (["7:28 in", "7:29 in", "16:02 out", "16:40 out"], "7:28", "16:40"),
        (["7:28", "16:02"], "7:28", "16:02"),
        (["7:28", "7:31"], "7:28", None),
        (["7:28"], "7:28", None),
        (["15:40"], None, "15:40"),
        (["15:40", "15:42"], None, "15:42"),
        (["7:20 in", "16:10 in"], "7:20", "16:10"),
        (["16:10 in"], "16:10", None),
        (["7:20 out", "16:10 out"], "7:20", "16:10"),
        (["12:00 out", "16:10 out"], None, "16:10"),
        (["16:10 in", "7:20 out"], "7:20", "16:10"),
        (["13:00 in", "12:00 out"], "13:00", None),
        (["7:20 in", "12:00 in"], "7:20", None),
    ],
)
def test_the_two_ends(seen: list[str], came: str | None, left: str | None) -> None:
    made = [said(one) for one in seen]
    found = ends(made, start=450, end=960)
    assert (found.arrival and found.arrival.minute) == (at(came) if came else None)
    assert (found.departure and found.departure.minute) == (at(left) if left else None)


def test_without_punches_nothing_is_known() -> None:
    assert ends([], start=450, end=960) == NOTHING


@given(
    st.lists(st.builds(Punch, st.integers(0, 1439), st.sampled_from(Direction)), min_size=1, max_size=6), st.randoms()
)
def test_order_and_repetition_change_nothing(seen: list[Punch], chance: object) -> None:
    shuffled = seen[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a Random
    found = ends(seen, start=450, end=960)
    assert found == ends(shuffled + seen, start=450, end=960)
    if found.arrival and found.departure:
        assert found.arrival.minute < found.departure.minute


def test_leaving_is_recorded_until_midnight_or_as_long_as_the_window_says() -> None:
    assert closes(MONDAY) == 1440
    assert closes(NIGHT) == 1920
    assert closes(DayHours(Span(1080, 1500))) == 1740
    assert closes(DayHours(Span(450, 960), clock_out=Span(930, 1200))) == 1440
    assert closes(DayHours(Span(1080, 1440))) == 1680, "who works until 24.00 leaves after it"


def test_a_night_s_departure_belongs_to_the_day_it_began() -> None:
    seen = {DAY: [punch("21:55", "in")], NEXT: [punch("6:02", "out"), punch("21:50", "in")]}
    found = by_working_day(seen, {DAY: NIGHT, NEXT: NIGHT})
    assert [one.minute for one in found[DAY]] == [at("21:55"), at("6:02") + 1440]
    assert [one.minute for one in found[NEXT]] == [at("21:50")]


@pytest.mark.parametrize(
    ("before", "today", "seen", "carried"),
    [
        (None, MONDAY, "6:02", False),
        (NIGHT, None, "6:02", True),
        (NIGHT, None, "9:00", False),
        (NIGHT, MONDAY, "6:02", True),
        (NIGHT, MONDAY, "7:20", False),
        (NIGHT, MONDAY, "7:20 out", True),
        (NIGHT, MONDAY, "6:02 in", False),
        (MONDAY, MONDAY, "0:10", False),
    ],
)
def test_whose_punch_it_is_after_midnight(
    before: DayHours | None, today: DayHours | None, seen: str, carried: bool
) -> None:
    hours = {day: one for day, one in ((DAY, before), (NEXT, today)) if one is not None}
    one = said(seen)
    found = by_working_day({NEXT: [one]}, hours)
    assert (DAY in found) is carried
    assert sum(len(all_of) for all_of in found.values()) == 1, "no punch is lost or doubled"
