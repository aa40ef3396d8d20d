"""Calendars in the database: loaded once, changed by version, read as known at an instant."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.access import Forbidden
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars import actions, queries
from luwes.apps.people.changes import changes_after
from luwes.apps.people.models import CalendarDay, CalendarVersion, RamadanPeriod
from luwes.core.workdays.calendar import DayKind, DayTwice, Holiday, HolidayKind, MissingYear, Pattern
from luwes.core.workdays.periods import EmptyPeriod, Period
from luwes.core.workdays.status import Status
from tests.world import SETUP

pytestmark = pytest.mark.django_db
FIVE = Pattern.FIVE
EVE = date(2026, 12, 31)


def seed(now: datetime) -> dict[str, int]:
    with unit_of_work(SETUP, now):
        return actions.seed_calendars()


def open_version(year: int) -> str:
    return CalendarVersion.objects.get(year=year, superseded_at=None).public_id


def add(now: datetime, day: date = EVE, *, version: str = "", decree: str = "SKB perubahan") -> str:
    with unit_of_work(SETUP, now):
        return actions.add_holiday(
            version=version or open_version(day.year),
            day=day,
            kind=HolidayKind.JOINT,
            name="Cuti bersama akhir tahun",
            decree=decree,
            number="2",
            issued=date(2026, 12, 20),
        )


def remove(now: datetime, day: date, reason: str = "Salah catat") -> str:
    with unit_of_work(SETUP, now):
        return actions.remove_holiday(version=open_version(day.year), day=day, reason=reason)


def test_shipped_calendars_are_loaded_once(now: datetime) -> None:
    assert seed(now) == {"calendars": 4, "ramadan": 3}
    stored = (CalendarDay.objects.count(), AuditEntry.objects.count(), len(changes_after(0)))
    assert seed(now + timedelta(days=1)) == {"calendars": 0, "ramadan": 0}
    assert (CalendarDay.objects.count(), AuditEntry.objects.count(), len(changes_after(0))) == stored
    assert queries.known_years() == [2025, 2026, 2027]
    found = queries.calendar()
    counts = [found.count(date(y, 1, 1), date(y + 1, 1, 1), FIVE) for y in (2025, 2026, 2027)]
    assert counts == [237, 240, 242]


def test_the_later_decree_of_2025_holds_and_the_earlier_one_is_kept(now: datetime) -> None:
    seed(now)
    newest, oldest = queries.versions_of(2025)
    assert (newest.version, newest.issued, newest.superseded_at) == (2, date(2025, 8, 7), None)
    assert [one.day for one in newest.added] == [date(2025, 8, 18)]
    assert (oldest.superseded_at, len(oldest.days), oldest.added, oldest.removed) == (now, 27, [], [])


def test_a_late_decree_is_a_new_version_and_yesterday_is_still_readable(now: datetime) -> None:
    seed(now)
    later = now + timedelta(hours=1)
    before = len(changes_after(0))
    number = changes_after(0)[-1].number
    add(later)
    assert queries.calendar(2026).kind(EVE, FIVE) is DayKind.JOINT
    assert queries.calendar(2026, known_at=now).kind(EVE, FIVE) is DayKind.WORKING
    assert queries.calendar(2026, known_at=later).kind(EVE, FIVE) is DayKind.JOINT
    newest = queries.versions_of(2026)[0]
    assert (newest.version, newest.decree, newest.number, newest.issued) == (
        2,
        "SKB perubahan",
        "2",
        date(2026, 12, 20),
    )
    assert [one.day for one in newest.added] == [EVE]
    (change,) = changes_after(number)
    assert (change.kind, change.unit, change.period) == ("calendar", "", Period(EVE, date(2027, 1, 1)))
    assert len(changes_after(0)) == before + 1
    entry = AuditEntry.objects.get(action="calendar.day_added")
    assert entry.subject == newest.id


def test_a_day_is_taken_out_with_a_reason(now: datetime) -> None:
    seed(now)
    remove(now, date(2026, 12, 24))
    assert queries.calendar(2026).kind(date(2026, 12, 24), FIVE) is DayKind.WORKING
    newest = queries.versions_of(2026)[0]
    assert (newest.reason, [one.day for one in newest.removed]) == ("Salah catat", [date(2026, 12, 24)])
    assert queries.calendar(2027).count(date(2027, 1, 1), date(2028, 1, 1), FIVE) == 242


def test_refusals_change_nothing(now: datetime) -> None:
    seed(now)
    versions = CalendarVersion.objects.count()
    with pytest.raises(actions.DayAlreadyOff):
        add(now, date(2026, 12, 25))
    with pytest.raises(actions.StaleCalendar):
        add(now, version=open_version(2027))
    with pytest.raises(actions.NoSuchYear):
        add(now, date(2028, 1, 3), version="x")
    with pytest.raises(actions.ReasonMissing):
        add(now, decree=" ")
    with pytest.raises(actions.NoSuchHoliday):
        remove(now, EVE)
    with pytest.raises(actions.ReasonMissing):
        remove(now, date(2026, 12, 24), " ")
    leader = Actor(kind=ActorKind.PERSON, id="p", role="pimpinan")
    with pytest.raises(Forbidden), unit_of_work(leader, now):
        actions.seed_calendars()
    assert CalendarVersion.objects.count() == versions


def test_edits_survive_another_loading(now: datetime) -> None:
    seed(now)
    add(now)
    seed(now)
    assert queries.calendar(2026).kind(EVE, FIVE) is DayKind.JOINT


def test_a_whole_year_is_recorded_from_its_decree(now: datetime) -> None:
    def decree(version: str, *days: date) -> str:
        with unit_of_work(SETUP, now):
            return actions.decree_calendar(
                year=2028,
                version=version,
                decree="SKB 2028",
                number="9",
                issued=None,
                holidays=[Holiday(day, HolidayKind.NATIONAL, "Libur", Status.SEEN) for day in days],
            )

    with pytest.raises(MissingYear):
        queries.calendar().kind(date(2028, 1, 3), FIVE)
    first = decree("", date(2028, 1, 1))
    assert queries.calendar().kind(date(2028, 1, 3), FIVE) is DayKind.WORKING
    with pytest.raises(actions.StaleCalendar):
        decree("", date(2028, 1, 1))
    decree(first, date(2028, 1, 1), date(2028, 1, 3))
    assert queries.calendar(2028).kind(date(2028, 1, 3), FIVE) is DayKind.NATIONAL
    assert [row.version for row in queries.versions_of(2028)] == [2, 1]
    with pytest.raises(DayTwice):
        decree(open_version(2028), date(2027, 1, 1))
    with pytest.raises(actions.ReasonMissing), unit_of_work(SETUP, now):
        actions.decree_calendar(year=2028, version="", decree=" ", number="", issued=None, holidays=[])


def test_ramadan_moves_by_one_row(now: datetime) -> None:
    seed(now)
    later = now + timedelta(days=1)
    with unit_of_work(SETUP, later):
        actions.set_ramadan(hijri=1448, first=date(2027, 2, 9), last=date(2027, 3, 9), basis="Sidang isbat")
    assert RamadanPeriod.objects.filter(hijri=1448).count() == 2
    moved, before = queries.ramadan()[-1], queries.ramadan(known_at=now)[-1]
    assert (moved.period.start, moved.status, moved.basis) == (date(2027, 2, 9), Status.REPORTED, "Sidang isbat")
    assert before.period.start == date(2027, 2, 8)
    with pytest.raises(actions.ReasonMissing), unit_of_work(SETUP, later):
        actions.set_ramadan(hijri=1448, first=date(2027, 2, 9), last=date(2027, 3, 9), basis="")
    with pytest.raises(EmptyPeriod), unit_of_work(SETUP, later):
        actions.set_ramadan(hijri=1448, first=date(2027, 2, 9), last=date(2027, 2, 8), basis="x")


def test_two_open_versions_of_a_year_cannot_exist(now: datetime) -> None:
    seed(now)
    with pytest.raises(IntegrityError, match="calendar_one_open_version"), transaction.atomic():
        CalendarVersion.objects.create(year=2026, version=9, decree="x", source="x", status="seen", recorded_at=now)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(toggles=st.lists(st.integers(1, 28), min_size=1, max_size=8))
def test_corrections_reproduce_what_was_known_at_any_instant(now: datetime, toggles: list[int]) -> None:
    # A year of its own: the examples share one database, in which later ones begin where earlier ones ended.
    CalendarDay.objects.filter(version__year=2040).delete()
    CalendarVersion.objects.filter(year=2040).delete()
    with unit_of_work(SETUP, now):
        actions.decree_calendar(year=2040, version="", decree="SKB", number="", issued=None, holidays=[])
    known: list[tuple[datetime, set[date]]] = [(now, set())]
    for n, number in enumerate(toggles, start=1):
        day, at = date(2040, 2, number), now + timedelta(minutes=n)
        before = known[-1][1]
        if day in before:
            remove(at, day)
        else:
            add(at, day)
        known.append((at, before ^ {day}))
    for at, days in known:
        assert set(queries.calendar(2040, known_at=at).years[2040]) == days
        assert set(queries.calendar(2040, known_at=at + timedelta(seconds=59)).years[2040]) == days
    assert 2040 not in queries.calendar(2040, known_at=now - timedelta(seconds=1)).years
    assert len(queries.versions_of(2040)) == len(toggles) + 1
