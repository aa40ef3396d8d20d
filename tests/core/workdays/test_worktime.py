"""Hours of the shipped schedules, which one holds on a day, and files that do not fit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.workdays.blackouts import Blackout, blackouts_on
from luwes.core.workdays.calendar import MissingYear, Pattern
from luwes.core.workdays.files import BadRulebook, RamadanWindow
from luwes.core.workdays.periods import Period
from luwes.core.workdays.status import Status
from luwes.core.workdays.worktime import (
    Dated,
    NoSchedule,
    Notice,
    OnDay,
    Season,
    Span,
    band_of,
    schedule_on,
)
from luwes.core.workdays.worktime_file import read_worktime
from tests.core.workdays.rulebooks import LATEST, RULEBOOKS, worktime

FIVE, SIX = Pattern.FIVE, Pattern.SIX
ALWAYS = Period(date(2020, 1, 1))
NORMAL, RAMADAN, HAZE = (worktime(f"kalteng-{name}") for name in ("normal", "ramadan-1447", "haze-2023"))
NATIONAL = worktime("perpres-21-2023")
# Ramadan 1448 as a first rule had it; the government later moves its first day by one.
WINDOW = RamadanWindow(1448, Period(date(2027, 2, 8), date(2027, 3, 10)), Status.ASSUMED, "uji")
BOTH = (Dated(ALWAYS, NORMAL), Dated(ALWAYS, RAMADAN))


def on(day: date, pattern: Pattern = FIVE, windows: tuple[RamadanWindow, ...] = (WINDOW,), *more: Dated) -> OnDay:
    found = schedule_on(day, pattern, calendar=LATEST, ramadan=windows, schedules=(*BOTH, *more))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "pattern", "minutes", "notices"),
    [
        ("perpres-21-2023", FIVE, 2250, ()),
        ("perpres-21-2023-ramadan", FIVE, 1950, ()),
        ("kalteng-normal", FIVE, 2250, (Notice.EARLY_START,)),
        ("kalteng-ramadan-1447", FIVE, 1950, ()),
        ("kalteng-ramadan-1447", SIX, 1980, (Notice.OVER_WEEKLY,)),
        ("six-day-unit", SIX, 2250, (Notice.NOT_CONFIRMED,)),
        ("six-day-unit-ramadan", SIX, 1950, (Notice.NOT_CONFIRMED,)),
        ("kalteng-haze-2023", FIVE, 1920, (Notice.UNDER_WEEKLY,)),
    ],
)
def test_weekly_totals_and_what_they_give_to_say(
    code: str, pattern: Pattern, minutes: int, notices: tuple[Notice, ...]
) -> None:
    schedule = worktime(code)
    assert (schedule.weekly_minutes(pattern), schedule.notices(pattern)) == (minutes, notices)


def test_every_shipped_schedule_reads_under_its_own_name() -> None:
    files = sorted((RULEBOOKS / "worktime").glob("*.toml"))
    assert len(files) == 7
    assert [read_worktime(file.read_text("utf-8")).code for file in files] == [file.stem for file in files]


def test_friday_has_its_own_hours_break_and_presensi() -> None:
    friday, monday = NORMAL.hours_on(4, FIVE), NORMAL.hours_on(0, FIVE)
    assert (friday.hours, friday.breaks) == (Span(420, 960), (Span(690, 780),))
    assert (friday.clock_in, friday.clock_out) == (Span(330, 420), Span(960, 1080))
    assert (monday.clock_in, monday.minutes, friday.minutes) == (Span(360, 450), 450, 450)
    # Leaving at 16.00 on a Friday that ends at 16.30.
    left_early = NATIONAL.hours_on(4, FIVE).hours.end - 16 * 60
    band = band_of(left_early, NATIONAL.early)
    assert band is not None
    assert (left_early, band.code) == (30, "PSW1")


def test_ramadan_is_a_dated_rule_and_moving_it_touches_no_schedule() -> None:
    first, last = date(2027, 2, 8), date(2027, 3, 8)
    assert on(first).schedule.season is Season.RAMADAN
    assert on(first - timedelta(days=4)).schedule.season is Season.NORMAL
    assert on(date(2027, 3, 16)).schedule.season is Season.NORMAL
    moved = RamadanWindow(1448, Period(date(2027, 2, 9), date(2027, 3, 10)), Status.REPORTED, "uji")
    assert on(first, FIVE, (moved,)).schedule is NORMAL
    assert on(date(2027, 2, 9), FIVE, (moved,)).schedule is RAMADAN
    assert schedule_on(last, FIVE, calendar=LATEST, ramadan=(WINDOW,), schedules=BOTH) is None, "a holiday"


def test_an_emergency_goes_before_ramadan_while_it_lasts() -> None:
    haze = Dated(Period(date(2027, 2, 10), date(2027, 2, 12)), HAZE)
    seasons = [on(date(2027, 2, day), FIVE, (WINDOW,), haze).schedule.season for day in (9, 10, 11, 12)]
    assert seasons == [Season.RAMADAN, Season.EMERGENCY, Season.EMERGENCY, Season.RAMADAN]


def test_the_newer_instrument_wins_whatever_the_order() -> None:
    newer = Dated(Period(date(2027, 1, 1)), NATIONAL)
    for schedules in ((*BOTH, newer), (newer, *BOTH)):
        found = schedule_on(date(2027, 1, 4), FIVE, calendar=LATEST, ramadan=(), schedules=schedules)
        assert found is not None
        assert found.schedule is NATIONAL


def test_hours_are_never_guessed() -> None:
    fasting = date(2027, 2, 9)
    with pytest.raises(NoSchedule, match="ramadan"):
        schedule_on(fasting, FIVE, calendar=LATEST, ramadan=(WINDOW,), schedules=BOTH[:1])
    with pytest.raises(NoSchedule, match="six"):
        on(date(2026, 11, 28), SIX)
    with pytest.raises(NoSchedule):
        NORMAL.hours_on(5, FIVE)
    with pytest.raises(MissingYear):
        on(date(2028, 1, 3))


@given(day=st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_hours_are_given_exactly_on_working_days(day: date) -> None:
    found = schedule_on(day, FIVE, calendar=LATEST, ramadan=(WINDOW,), schedules=BOTH)
    assert (found is not None) == LATEST.is_working(day, FIVE)
    assert found is None or found.hours.minutes in (390, 450)


@given(minutes=st.integers(-10, 600))
def test_bands_take_every_minute_once(minutes: int) -> None:
    for bands in (NORMAL.late, NORMAL.early):
        inside = [b for b in bands if minutes >= b.minimum and (b.maximum is None or minutes <= b.maximum)]
        assert len(inside) == (minutes > 0)
        assert band_of(minutes, bands) == (inside[0] if inside else None)


GOOD = (RULEBOOKS / "worktime" / "kalteng-normal.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('code = "kalteng-normal"', "", "missing: 'code'"),
        ('season = "normal"', 'season = "summer"', "summer"),
        ("[[pattern.five]]", "[[pattern.four]]", "four"),
        ('["friday"]', '["monday"]', "monday twice"),
        ('["friday"]', '["saturday"]', "days"),
        ('["friday"]', '["jumat"]', "jumat"),
        ('"07:00-16:00"', '"07:00"', "no span of time: 07:00"),
        ('"07:00-16:00"', '"16:00-07:00"', "no span"),
        ('"07:00-16:00"', '"07:60-16:00"', "no span"),
        ('"07:00-16:00"', '"07:00-24:30"', "no span"),
        ('"07:00-16:00"', "7", "expected string"),
        ('["11:30-13:00"]', '["15:30-17:00"]', "breaks outside"),
        ('["11:30-13:00"]', '["11:30-13:00", "12:00-13:00"]', "over each other"),
        ('"TL2", from = 31', '"TL2", from = 32', "TL2"),
        ('"TL2", from = 31, to = 60', '"TL2", from = 31', "TL2"),
        ('"TL3", from = 61', '"TL3", from = 61, to = 90', "TL3"),
        ("season =", "season", "Expected"),
    ],
)
def test_a_schedule_that_does_not_fit_is_refused(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(BadRulebook, match=reason):
        read_worktime(GOOD.replace(old, new))


def test_an_assumed_schedule_without_windows_or_bands_says_so() -> None:
    bare = GOOD.replace('status = "reported"', 'status = "assumed"').replace("note =", "# note =")
    bare = "\n".join(line for line in bare.splitlines() if not line.startswith("clock_"))
    bare = bare.replace("late = [", "other_late = [").replace("early = [", "other_early = [")
    schedule = read_worktime(bare)
    assert Notice.NOT_CONFIRMED in schedule.notices(FIVE)
    assert (schedule.late, schedule.early, schedule.note) == ((), (), "")
    assert schedule.hours_on(0, FIVE).clock_in is None
    assert band_of(5, schedule.late) is None


def test_blackouts_hold_for_their_unit_and_all_below_and_overlaps_are_all_told() -> None:
    whole = Blackout("a", "", Period(date(2026, 12, 1), date(2026, 12, 21)), "Tutup tahun", "SE")
    health = Blackout("b", "dinkes", Period(date(2026, 11, 20), date(2026, 12, 5)), "Imunisasi", "SK")
    both = [whole, health]
    below = ("puskesmas", "dinkes", "prov")
    assert blackouts_on(date(2026, 12, 4), below, both) == (health, whole)
    assert blackouts_on(date(2026, 12, 4), ("pu", "prov"), both) == (whole,)
    assert blackouts_on(date(2026, 12, 5), below, both) == (whole,)
    assert blackouts_on(date(2026, 12, 21), below, both) == ()
