"""What a day is in a unit: pattern and hours of the nearest unit, Ramadan, blackouts; all as known at an instant."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

import luwes
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.calendars import actions, blackouts, queries, working_time
from luwes.apps.people.changes import changes_after
from luwes.apps.people.models import Blackout, WorkingTimeAssignment
from luwes.apps.people.queries import above as units_above
from luwes.core.workdays.calendar import DayKind, MissingYear, Pattern
from luwes.core.workdays.periods import Period
from luwes.core.workdays.worktime import NoSchedule, Season
from tests.world import SETUP, Units, plant_units

pytestmark = pytest.mark.django_db
FIVE, SIX = Pattern.FIVE, Pattern.SIX
SATURDAY = date(2026, 11, 28)
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def units(now: datetime) -> Units:
    with unit_of_work(SETUP, now):
        actions.seed_calendars()
    return plant_units(now)


def assign(now: datetime, unit: str, schedule: str, start: date, end: date | None = None, *, six: bool = False) -> None:
    with unit_of_work(SETUP, now):
        working_time.assign_working_time(
            unit_key=unit, schedule=schedule, pattern=SIX if six else FIVE, period=Period(start, end)
        )


def close(now: datetime, unit: str, start: date, end: date, name: str = "Tutup tahun") -> str:
    with unit_of_work(SETUP, now):
        return blackouts.add_blackout(unit_key=unit, period=Period(start, end), name=name, basis="SE 1")


def code_on(day: date, unit: str) -> str:
    found = queries.day_kind(day, unit).hours
    return found.schedule.code if found else ""


def test_national_hours_hold_where_nothing_was_assigned(units: Units) -> None:
    friday = queries.day_kind(FRIDAY, units.section)
    assert (friday.kind, friday.pattern, friday.holiday, friday.ramadan) == (DayKind.WORKING, FIVE, None, None)
    assert friday.hours is not None
    assert (friday.hours.schedule.code, friday.hours.hours.minutes) == ("perpres-21-2023", 450)
    assert queries.day_kind(SATURDAY, units.section).kind is DayKind.OFF
    fasting = queries.day_kind(date(2026, 3, 2), units.section)
    assert fasting.ramadan is not None
    assert (fasting.ramadan.hijri, code_on(date(2026, 3, 2), units.section)) == (1447, "perpres-21-2023-ramadan")


def test_the_nearest_unit_decides_season_by_season(now: datetime, units: Units) -> None:
    assign(now, "", "kalteng-normal", date(2026, 1, 1))
    assign(now, units.health, "six-day-unit", date(2026, 1, 1), six=True)
    for unit in (units.health, units.section):
        saturday = queries.day_kind(SATURDAY, unit)
        assert (saturday.kind, saturday.pattern, code_on(SATURDAY, unit)) == (DayKind.WORKING, SIX, "six-day-unit")
    assert code_on(FRIDAY, units.works) == "kalteng-normal"
    # Ramadan hours of the government hold for the unit too, if they set its pattern.
    assign(now, "", "kalteng-ramadan-1447", date(2026, 2, 19), date(2026, 3, 21))
    assert code_on(date(2026, 2, 28), units.section) == "kalteng-ramadan-1447"
    assert code_on(date(2026, 2, 28), units.works) == ""


def test_a_six_day_unit_has_its_hours_in_ramadan_without_any_assignment(now: datetime, units: Units) -> None:
    saturday = date(2026, 2, 28)
    assign(now, units.health, "six-day-unit", date(2026, 1, 1), six=True)
    assert code_on(saturday, units.section) == "six-day-unit-ramadan"
    # Hours that leave six days out say nothing to such a unit, though they hold for its neighbour.
    assign(now, "", "perpres-21-2023-ramadan", date(2026, 2, 19), date(2026, 3, 21))
    assert code_on(saturday, units.section) == "six-day-unit-ramadan"
    assert code_on(date(2026, 3, 2), units.works) == "perpres-21-2023-ramadan"
    assert code_on(date(2026, 3, 28), units.section) == "six-day-unit"


def test_an_emergency_that_leaves_six_days_out_is_not_guessed(now: datetime, units: Units) -> None:
    assign(now, units.health, "six-day-unit", date(2026, 1, 1), six=True)
    assign(now, "", "kalteng-haze-2023", FRIDAY, FRIDAY + timedelta(days=1))
    with pytest.raises(NoSchedule):
        queries.day_kind(FRIDAY, units.section)
    assert code_on(FRIDAY, units.works) == "kalteng-haze-2023"


def test_an_assignment_takes_its_days_from_the_one_before(now: datetime, units: Units) -> None:
    later = now + timedelta(hours=1)
    assign(now, "", "kalteng-normal", date(2026, 1, 1))
    assign(later, "", "perpres-21-2023", date(2026, 12, 1), date(2027, 1, 1))
    spans = [(one.schedule, one.period) for one in queries.assigned_hours()]
    assert spans == [
        ("kalteng-normal", Period(date(2026, 1, 1), date(2026, 12, 1))),
        ("perpres-21-2023", Period(date(2026, 12, 1), date(2027, 1, 1))),
        ("kalteng-normal", Period(date(2027, 1, 1))),
    ]
    assert [one.period for one in queries.assigned_hours(known_at=now)] == [Period(date(2026, 1, 1))]
    known = queries.day_kind(FRIDAY, units.works, known_at=now).hours
    assert known is not None
    assert known.schedule.code == "kalteng-normal"
    assert AuditEntry.objects.filter(action="working_time.assigned").count() == 2


def test_an_emergency_stands_beside_the_normal_hours(now: datetime, units: Units) -> None:
    assign(now, "", "kalteng-normal", date(2026, 1, 1))
    assign(now, "", "kalteng-haze-2023", FRIDAY, FRIDAY + timedelta(days=1))
    assert [code_on(day, units.works) for day in (date(2026, 12, 3), FRIDAY, date(2026, 12, 7))] == [
        "kalteng-normal",
        "kalteng-haze-2023",
        "kalteng-normal",
    ]
    assert {one.season for one in queries.assigned_hours()} == {Season.NORMAL, Season.EMERGENCY}


def test_hours_that_do_not_fit_are_refused(now: datetime, units: Units) -> None:
    for schedule, six in (("tidak-ada", False), ("kalteng-normal", True)):
        with pytest.raises(working_time.NoSuchSchedule):
            assign(now, "", schedule, FRIDAY, six=six)
    with pytest.raises(NoSuchUnit):
        assign(now, "tidakada", "kalteng-normal", FRIDAY)
    assert not WorkingTimeAssignment.objects.exists()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 20))), min_size=1, max_size=6),
)
def test_any_assignments_leave_no_overlap_and_the_last_one_stands(
    now: datetime, units: Units, spans: list[tuple[int, int | None]]
) -> None:
    WorkingTimeAssignment.objects.all().delete()
    codes = ("kalteng-normal", "perpres-21-2023")
    made = []
    for n, (start, length) in enumerate(spans):
        first = FRIDAY + timedelta(days=start)
        period = Period(first, first + timedelta(days=length) if length else None)
        made.append((codes[n % 2], period))
        assign(now, "", codes[n % 2], period.start, period.end)
    for offset in range(70):
        day = FRIDAY + timedelta(days=offset)
        expected = [code for code, period in made if day in period][-1:]
        assert [one.schedule for one in queries.assigned_hours() if day in one.period] == expected


def test_blackouts_overlap_and_each_is_told(now: datetime, units: Units) -> None:
    close(now, units.health, date(2026, 11, 30), date(2026, 12, 5), "Imunisasi")
    close(now, "", date(2026, 12, 1), date(2026, 12, 21))
    both = queries.day_kind(FRIDAY, units.section).blackouts
    assert [one.name for one in both] == ["Imunisasi", "Tutup tahun"]
    assert [one.name for one in queries.day_kind(FRIDAY, units.works).blackouts] == ["Tutup tahun"]
    assert queries.day_kind(date(2026, 12, 21), units.section).blackouts == ()


def test_a_withdrawn_blackout_stays_readable_as_known_before(now: datetime, units: Units) -> None:
    later = now + timedelta(hours=1)
    one = close(now, units.health, FRIDAY, FRIDAY + timedelta(days=1))
    with unit_of_work(SETUP, later):
        blackouts.withdraw_blackout(blackout_id=one, reason="Salah tanggal")
    assert queries.day_kind(FRIDAY, units.health).blackouts == ()
    assert len(queries.day_kind(FRIDAY, units.health, known_at=now).blackouts) == 1
    assert Blackout.objects.get().withdrawn_reason == "Salah tanggal"
    assert [change.unit for change in changes_after(0) if change.kind == "blackout"] == [units.health] * 2
    with pytest.raises(blackouts.NoSuchBlackout), unit_of_work(SETUP, later):
        blackouts.withdraw_blackout(blackout_id=one, reason="Lagi")
    with pytest.raises(blackouts.NoSuchBlackout), unit_of_work(SETUP, later):
        blackouts.withdraw_blackout(blackout_id="tidakada", reason="x")
    with pytest.raises(actions.ReasonMissing), unit_of_work(SETUP, later):
        blackouts.withdraw_blackout(blackout_id=one, reason=" ")


def test_a_blackout_needs_its_basis_and_a_known_unit(now: datetime, units: Units) -> None:
    with pytest.raises(NoSuchUnit):
        close(now, "tidakada", FRIDAY, FRIDAY + timedelta(days=1))
    with pytest.raises(actions.ReasonMissing):
        close(now, "", FRIDAY, FRIDAY + timedelta(days=1), " ")
    assert not Blackout.objects.exists()


def test_a_year_without_a_calendar_is_never_ordinary(units: Units) -> None:
    with pytest.raises(MissingYear):
        queries.day_kind(date(2028, 1, 3), units.health)


def test_the_tables_take_half_open_ranges(now: datetime, units: Units) -> None:
    close(now, "", FRIDAY, FRIDAY + timedelta(days=2))
    assert Blackout.objects.get().period == DateRange(FRIDAY, FRIDAY + timedelta(days=2), "[)")


def test_a_book_of_days_says_the_same_with_a_constant_number_of_queries(
    now: datetime, units: Units, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    close(now, units.health, date(2026, 12, 14), date(2026, 12, 19))
    assign(now, "", "kalteng-normal", date(2026, 12, 10))
    start = date(2026, 12, 1)
    with django_assert_num_queries(5):
        book = queries.day_book(start, date(2027, 2, 1))
    lines = {unit: units_above(unit, start) for unit in (units.section, units.works)}
    with django_assert_num_queries(0):
        found = {
            (unit, n): book.facts(start + timedelta(days=n), line) for unit, line in lines.items() for n in range(62)
        }
    for unit, n in ((units.section, 13), (units.section, 0), (units.works, 13), (units.works, 45)):
        assert found[unit, n] == queries.day_kind(start + timedelta(days=n), unit)
    assert [len(found[unit, 13].blackouts) for unit in (units.section, units.works)] == [1, 0]
    with pytest.raises(MissingYear):
        book.facts(date(2028, 1, 3), lines[units.works])


def test_there_is_no_second_path_to_the_calendar() -> None:
    source = Path(luwes.__file__).parent
    tables = re.compile(r"import .*\b(CalendarVersion|CalendarDay|RamadanPeriod|WorkingTimeAssignment)\b|holidays_of")
    readers = {
        str(path.relative_to(source).parent) for path in source.rglob("*.py") if tables.search(path.read_text("utf-8"))
    }
    assert readers == {"apps/people/calendars"}
