"""Days added up: by unit, over a year, and to what a year's absence would point; proposals only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.status import Status as Evidence
from luwes.core.worktime.day import CAME, DayResult, Status
from luwes.core.worktime.discipline import Accumulated, accumulate, proposal
from luwes.core.worktime.punches import Place
from luwes.core.worktime.tally import NUMBERS, Tally

statuses = st.sampled_from(Status)


@st.composite
def days(draw: st.DrawFn) -> DayResult:
    status = draw(statuses)
    required = status in CAME or status is Status.ABSENT
    came = status in CAME
    flexible = draw(st.booleans()) if required else False
    late, early = (draw(st.integers(0, 90)), draw(st.integers(0, 90))) if came else (0, 0)
    return DayResult(
        status,
        required,
        flexible,
        450,
        late=late,
        early=early,
        late_band="TL1" if late else "",
        early_band="PSW1" if early else "",
        where=draw(st.sampled_from(Place)),
        excused=draw(st.sampled_from(["", "in"])),
        kept=draw(st.sampled_from([True, False, None])) if flexible else None,
    )


def tally(some: list[DayResult]) -> Tally:
    found = Tally()
    for day in some:
        found.add(day)
    return found


@given(st.lists(days(), max_size=15), st.integers(0, 15))
def test_any_split_adds_up_to_the_whole(some: list[DayResult], at: int) -> None:
    parts = tally(some[:at])
    parts.merge(tally(some[at:]))
    assert parts == tally(some)
    assert tally(some[::-1]).counts() == parts.counts()
    assert parts.present + parts.absent == parts.required <= parts.staff
    assert parts.late <= parts.present
    assert parts.flexible_kept + parts.flexible_unknown <= parts.flexible
    assert set(parts.counts()) == set(NUMBERS)


def test_days_outside_service_are_in_no_total() -> None:
    outside = tally([DayResult(Status.NOT_IN_SERVICE), DayResult(Status.OFF)])
    assert outside == Tally()
    away = tally([DayResult(Status.LEAVE), DayResult(Status.AWAY)])
    assert (away.staff, away.required, dict(away.sums)) == (2, 0, {"leave": 1, "away": 1})


def test_minutes_and_missing_ends_come_to_days_rounded_down() -> None:
    year = accumulate(
        [
            DayResult(Status.ABSENT, True),
            DayResult(Status.PRESENT, True, late=449),
            DayResult(Status.MISSING_OUT, True),
            DayResult(Status.MISSING_IN, True),
            DayResult(Status.LEAVE),
        ]
    )
    assert (year.absent, year.minutes, year.missing, year.equivalent) == (1, 449, 2, 2)
    assert accumulate([DayResult(Status.PRESENT, True, late=450)]).equivalent == 1


def test_the_longest_absence_is_in_working_days() -> None:
    gone = [DayResult(Status.ABSENT, True)] * 4
    year = accumulate([*gone, DayResult(Status.OFF), *gone, DayResult(Status.PRESENT, True), *gone])
    assert (year.longest, year.absent) == (8, 12)


@pytest.mark.parametrize("unknown", [Status.NO_DATA, Status.IMPOSSIBLE, Status.EXCUSED, Status.RUNNING])
def test_a_day_of_which_nothing_is_known_ends_a_row_of_absences(unknown: Status) -> None:
    gone = [DayResult(Status.ABSENT, True)] * 6
    year = accumulate([*gone, DayResult(unknown), *gone])
    assert (year.longest, year.absent) == (6, 12)
    assert proposal(year, civil_servant=True) == proposal(Accumulated(absent=12), civil_servant=True)


@pytest.mark.parametrize(
    ("absent", "code"),
    [(2, None), (3, "oral_reprimand"), (6, "written_reprimand"), (7, "written_dissatisfaction"),
     (11, "allowance_cut_6_months"),
     (16, "allowance_cut_9_months"), (20, "allowance_cut_12_months"), (24, "lower_post_12_months"),
     (27, "released_from_post_12_months"), (28, "dismissal")],
)  # fmt: skip
def test_the_ladder_proposes(absent: int, code: str | None) -> None:
    found = proposal(Accumulated(absent=absent, minutes=9_000), civil_servant=True)
    assert (found.code if found else None) == code
    assert found is None or found.status is Evidence.REPORTED


def test_ten_days_in_a_row_and_other_regimes() -> None:
    found = proposal(Accumulated(absent=10, longest=10), civil_servant=True)
    assert found is not None
    assert found.code == "dismissal_after_ten_in_a_row"
    assert proposal(Accumulated(absent=30, longest=30), civil_servant=False) is None
