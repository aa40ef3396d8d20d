"""A day from its punches: both ends count, nothing is derived from what was worked, outages excuse and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.exposure.states import State
from luwes.core.workdays.worktime import DayHours, OnDay, Span
from luwes.core.worktime.day import CAME, DayResult, Due, Status, due_on, judge, not_owed
from luwes.core.worktime.punches import Direction, Place, Punch
from tests.core.worktime.world import EARLY, FRIDAY, HOME, LATE, MONDAY, OFFICE, WEEK, at, due, punch


def test_coming_early_and_staying_on_add_nothing() -> None:
    day = judge(due(), [punch("6:45", "in"), punch("16:00", "out")])
    assert (day.status, day.gross, day.worked, day.owed) == (Status.PRESENT, 555, 450, 450)
    assert (day.late, day.early, day.rule, day.where) == (0, 0, "uji", Place.OFFICE)


def test_what_is_owed_never_follows_from_what_was_worked() -> None:
    short = judge(due(), [punch("7:30", "in"), punch("9:30", "out")])
    nothing = judge(due(), [])
    assert (short.owed - (short.worked or 0), short.early_band) == (330, "PSW4")
    assert (nothing.status, nothing.required, nothing.owed, nothing.worked) == (Status.ABSENT, True, 450, None)


def test_the_status_comes_from_both_ends() -> None:
    day = judge(due(DayHours(Span(450, 900))), [punch("6:25", "in"), punch("12:00", "out")])
    assert (day.status, day.early, day.early_band) == (Status.PRESENT, 180, "PSW4")


def test_friday_is_judged_by_friday() -> None:
    day = judge(due(FRIDAY), [punch("7:30", "in"), punch("16:00", "out")])
    assert (day.owed, day.early, day.early_band) == (450, 30, "PSW1")


@pytest.mark.parametrize(
    ("came", "minutes", "band"),
    [("7:30", 0, ""), ("7:31", 1, "TL1"), ("8:00", 30, "TL1"), ("8:01", 31, "TL2"), ("9:01", 91, "TL4")],
)
def test_the_band_of_lateness(came: str, minutes: int, band: str) -> None:
    day = judge(due(), [punch(came, "in"), punch("16:00", "out")])
    assert (day.late, day.late_band) == (minutes, band)


def test_an_impossible_day_is_shown_and_not_counted() -> None:
    day = judge(due(), [punch("7:30", "in"), Punch(at("7:30") + 24 * 60 + 1, Direction.OUT)])
    assert (day.status, day.required, day.worked) == (Status.IMPOSSIBLE, False, None)


def test_a_forgotten_end_is_told_and_never_lent_to_the_next_day() -> None:
    assert judge(due(), [punch("7:28", "in")]).status is Status.MISSING_OUT
    assert judge(due(), [punch("16:05", "out")]).status is Status.MISSING_IN
    assert judge(due(), [punch("7:31", "in")], closed=False).status is Status.RUNNING
    assert judge(due(), [punch("7:31", "in"), punch("16:00", "out")], closed=False).status is Status.PRESENT


MORNING_DOWN = [Span(at("7:00"), at("8:30"))]


def test_an_outage_excuses_the_minutes_it_covers_and_no_more() -> None:
    day = judge(due(), [punch("9:00", "in"), punch("16:00", "out")], outages=MORNING_DOWN)
    assert (day.late, day.late_band, day.excused) == (30, "TL1", "in")
    whole = judge(due(), [punch("8:20", "in"), punch("16:00", "out")], outages=MORNING_DOWN)
    assert (whole.late, whole.late_band, whole.excused) == (0, "", "in")
    other = judge(due(), [punch("9:00", "in"), punch("16:00", "out")], outages=[Span(at("12:00"), at("13:00"))])
    assert (other.late, other.excused) == (90, "")


def test_an_end_nobody_could_record_counts_as_kept() -> None:
    day = judge(due(), [punch("16:00", "out")], outages=MORNING_DOWN)
    assert (day.status, day.excused, day.worked) == (Status.PRESENT, "in", 450)
    evening = [Span(at("15:30"), at("17:00"))]
    assert judge(due(), [punch("7:30", "in")], outages=evening).excused == "out"
    both = judge(due(), [], outages=[Span(0, 1440)])
    assert (both.status, both.required, both.excused) == (Status.EXCUSED, False, "both")
    assert judge(due(), [], outages=MORNING_DOWN).status is Status.ABSENT
    late_and_early = judge(
        due(), [punch("8:00"), punch("15:00")], outages=[*MORNING_DOWN, Span(at("15:00"), at("16:00"))]
    )
    assert (late_and_early.excused, late_and_early.late, late_and_early.early) == ("both", 0, 0)


def test_overlapping_outages_are_not_counted_twice() -> None:
    spans = [Span(at("8:00"), at("9:00")), Span(at("7:45"), at("8:30"))]
    day = judge(due(), [punch("10:00", "in"), punch("16:00", "out")], outages=spans)
    assert day.late == 15 + 60


def test_a_morning_of_leave_leaves_the_afternoon_owed() -> None:
    half = due(states=(State.LEAVE, State.OFFICE))
    assert (half.start, half.end, half.owed, half.breaks) == (780, 960, 180, ())
    assert judge(half, [punch("13:00", "in"), punch("16:00", "out")]).late == 0
    other = due(states=(State.OFFICE, State.LEAVE))
    assert (other.start, other.end, other.owed) == (450, 720, 270)
    assert due(DayHours(Span(480, 840)), (State.LEAVE, State.OFFICE)).start == 660, "halved in the middle"


def test_nothing_is_owed_on_leave_and_the_stronger_half_names_the_day() -> None:
    assert due_on(OnDay(WEEK, MONDAY), (State.LEAVE, State.TRIP)) is None
    assert not_owed((State.TRIP, State.LEAVE)).status is Status.LEAVE
    assert not_owed((State.TRAINING, State.TRIP)).status is Status.TRIP


def test_a_shorter_contract_is_owed_less_and_judged_by_no_clock() -> None:
    part = due(weekly=1125, full_week=2250)
    assert (part.owed, part.judged) == (225, False)
    day = judge(part, [punch("9:00", "in"), punch("12:00", "out")])
    assert (day.status, day.late, day.early, day.worked) == (Status.PRESENT, 0, 0, 180)
    assert judge(part, [punch("9:00", "in"), punch("15:00", "out")]).worked == 225
    assert due(weekly=2250, full_week=2250).judged
    assert due(weekly=0, full_week=2250).judged


@pytest.mark.parametrize(
    ("states", "places", "where", "kept"),
    [
        (HOME, (Place.ELSEWHERE, Place.ELSEWHERE), Place.ELSEWHERE, True),
        (HOME, (Place.OFFICE, Place.OFFICE), Place.OFFICE, False),
        (HOME, (Place.OFFICE, Place.ELSEWHERE), Place.OFFICE, True),
        (HOME, (Place.UNKNOWN, Place.UNKNOWN), Place.UNKNOWN, None),
        (HOME, (Place.OFFICE, Place.UNKNOWN), Place.OFFICE, None),
        ((State.OTHER_OFFICE, State.OTHER_OFFICE), (Place.OFFICE, Place.OFFICE), Place.OFFICE, None),
        (OFFICE, (Place.ELSEWHERE, Place.ELSEWHERE), Place.ELSEWHERE, None),
    ],
)
def test_whether_a_flexible_day_was_kept(
    states: tuple[State, State], places: tuple[Place, Place], where: Place, kept: bool | None
) -> None:
    day = judge(due(states=states), [punch("7:30", "in", places[0]), punch("16:00", "out", places[1])])
    assert (day.where, day.kept, day.flexible) == (where, kept, states is not OFFICE)


def test_the_same_rule_of_evidence_holds_on_both_kinds_of_day() -> None:
    seen = [punch("8:10", "in"), punch("15:00", "out")]
    office, home = judge(due(), seen), judge(due(states=HOME), seen)
    assert office._replace(flexible=True, kept=False) == home


minutes = st.integers(0, 1439)
punches = st.lists(st.builds(Punch, minutes, st.sampled_from(Direction), st.sampled_from(Place)), max_size=6)
outages = st.lists(
    st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair)), max_size=3
)


@given(punches, outages, st.sampled_from([MONDAY, FRIDAY]))
def test_whatever_was_punched_the_numbers_are_possible(seen: list[Punch], spans: list[Span], hours: DayHours) -> None:
    asked: Due = due(hours)
    day: DayResult = judge(asked, seen, outages=spans)
    assert day == judge(asked, seen[::-1], outages=spans), "the order never matters"
    assert day.owed == 450
    assert day.late >= 0
    assert day.early >= 0
    assert day.worked is None or 0 <= day.worked <= day.owed
    assert bool(day.late_band) == (day.late > 0 and bool(LATE))
    assert bool(day.early_band) == (day.early > 0 and bool(EARLY))
    without = judge(asked, seen)
    assert day.late <= without.late or without.status not in CAME, "an outage never makes anybody later"
