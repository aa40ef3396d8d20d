"""Exposure follows what changes after the days were imported."""

from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.people.changes import announce
from luwes.apps.people.lineage import panel
from luwes.apps.people.models import ChainLink, Service, Unit
from luwes.apps.people.services.actions import create_service
from luwes.apps.people.services.facts import Link, Standard
from luwes.apps.people.succession import merge_units
from luwes.apps.schedule import tasks
from luwes.apps.schedule.following import follow
from luwes.apps.schedule.models import ExposureDay, ExposureMonth, FollowedChange
from luwes.core.workdays.calendar import HolidayKind
from luwes.core.workdays.periods import Period
from tests.apps.schedule.days import HOME, build, store
from tests.apps.staff_files import YOSE, bring, person
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 12, 3)
WEDNESDAY, TODAY = date(2026, 12, 2), date(2026, 11, 25)


@pytest.fixture
def units(now: datetime) -> Units:
    found = build(now)
    store("flexdays", now, HOME)
    return found


def followed(now: datetime) -> int:
    with unit_of_work(SETUP, now):
        return follow(today=TODAY)


def test_a_holiday_decreed_later_takes_the_day_out(now: datetime, units: Units) -> None:
    followed(now)
    assert ExposureDay.objects.filter(day=WEDNESDAY).exists()
    with unit_of_work(SETUP, now):
        add_holiday(
            version=next(row.id for row in versions_of(2026) if row.superseded_at is None),
            day=WEDNESDAY,
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=TODAY,
        )
    assert followed(now) == 1
    assert not ExposureDay.objects.filter(day=WEDNESDAY).exists()
    december = ExposureMonth.objects.filter(unit__key=units.section, month=date(2026, 12, 1))
    assert {month.kind for month in december} == {"other"}


def test_a_chain_recorded_later_gives_the_service_its_days(now: datetime, units: Units) -> None:
    followed(now)
    service, unit = Service.objects.create(), Unit.objects.get(key=units.section)
    always = DateRange(date(2026, 1, 1), None)
    ChainLink.objects.create(service=service, role="depan", unit=unit, period=always, recorded_at=now)
    with unit_of_work(SETUP, now):
        announce(kind="service", subject=service.key, unit=unit.key, period=Period(date(2026, 12, 1)))
    followed(now)
    assert ExposureDay.objects.get(service=service, day=WEDNESDAY).flexible == 2


def test_a_service_keeps_its_exposure_over_a_merge(now: datetime, units: Units) -> None:
    """Each day is counted for the unit that stood on it; the service's own series has no break."""
    with unit_of_work(SETUP, now):
        service = create_service(
            standard=Standard(name="Izin apotek", owner=units.health, source="Standar 2026"),
            since=date(2026, 1, 1),
            links=[Link("depan", units.section)],
        )
    store("flexdays", now, HOME, (YOSE, "03/12/2026", "Rumah", "Undian", "Penuh", "U-1"))
    followed(now)
    days = ExposureDay.objects.filter(service__key=service, day__in=(WEDNESDAY, THURSDAY)).order_by("day")
    before = list(days.values_list("day", "flexible", "on_duty", "exposure"))
    assert [flexible for _, flexible, _, _ in before] == [2, 2]
    with unit_of_work(SETUP, now + timedelta(hours=1)):
        heir = merge_units(
            unit_keys=[units.section, units.works], on=THURSDAY, code="1.09", name="UPT Gabungan", basis="Perda 7/2026"
        )
    followed(now + timedelta(hours=1))
    after = list(days.values_list("day", "flexible", "on_duty", "exposure"))
    assert after[0] == before[0], "a past date still shows the old unit"
    assert after[1][1:3] == (2, 6), "from that day three people do the work, one of them at home"
    where = ExposureDay.objects.filter(flexible=2, unit__key__in=(units.section, heir))
    assert set(where.values_list("unit__key", "day")) == {(units.section, WEDNESDAY), (heir, THURSDAY)}
    assert panel(heir, THURSDAY) == {units.section, units.works, heir}
    assert panel(units.section, WEDNESDAY) == {units.section}


def test_what_moves_no_half_day_is_passed_over(now: datetime, units: Units) -> None:
    followed(now)
    later = now + timedelta(hours=1)
    with unit_of_work(SETUP, later):
        announce(kind="blackout", subject="x", period=Period(WEDNESDAY))
    assert followed(later) == 1
    december = ExposureDay.objects.filter(day=WEDNESDAY)
    assert set(december.values_list("computed_at", flat=True)) == {now}


def test_a_change_starts_no_history_but_this_month_is_kept(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        announce(kind="unit", subject=units.health, unit=units.health, period=Period(date(2025, 1, 1)))
    followed(now)
    months = set(ExposureMonth.objects.values_list("month", flat=True))
    assert months == {date(2026, 11, 1), date(2026, 12, 1)}


def test_doing_it_again_works_off_nothing(now: datetime, units: Units) -> None:
    followed(now)
    before = FollowedChange.objects.get().number
    assert followed(now + timedelta(days=1)) == 0
    assert FollowedChange.objects.get().number == before


def test_the_night_runs_it_without_an_entry_in_the_trail(units: Units) -> None:
    entries = AuditEntry.objects.count()
    tasks.follow_changes(timestamp=0)
    assert FollowedChange.objects.get().reader == "exposure"
    assert AuditEntry.objects.count() == entries


def test_somebody_who_started_earlier_is_counted_in_those_months(now: datetime, units: Units) -> None:
    followed(now)
    before = ExposureDay.objects.get(day=WEDNESDAY, unit__key=units.section).on_duty
    bring(now, person("199201012016011009", "Bela Tundan", tmt_jabatan="01-10-2026"))
    with unit_of_work(SETUP, now):
        assert follow(today=date(2027, 1, 5)) == 1
    assert ExposureDay.objects.get(day=WEDNESDAY, unit__key=units.section).on_duty == before + 2, "two half days more"
