"""Exposure from real imports: sums, chains, thresholds, and months that agree with their days."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.people.models import ChainLink, LinkRole, Posting, Service, Unit
from luwes.apps.schedule.exposure import recompute
from luwes.apps.schedule.models import ExposureDay, ExposureMonth
from luwes.core.workdays.calendar import HolidayKind
from tests.apps.schedule.days import DAY, HOME, build, store, unit_day
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 12, 2)


@pytest.fixture
def units(now: datetime) -> Units:
    return build(now)


def again(now: datetime, day: date = WEDNESDAY) -> None:
    with unit_of_work(SETUP, now):
        recompute(days=[day])


def chain(now: datetime, *links: tuple[str, int, int | None]) -> Service:
    service = Service.objects.create()
    for (key, weight, post), role in zip(links, LinkRole, strict=False):
        ChainLink.objects.create(
            service=service,
            role=role,
            unit=Unit.objects.get(key=key),
            post_id=post,
            weight=weight,
            period=DateRange(date(2026, 1, 1), None),
            recorded_at=now,
        )
    return service


def test_one_of_two_at_home_is_a_half_and_goes_up_the_tree(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME)
    for key in (units.section, units.health):
        row = unit_day(key, WEDNESDAY)
        assert (row.flexible, row.on_duty, row.exposure, row.kind) == (2, 4, Decimal("0.5"), "flexible")
    top = unit_day(units.government, WEDNESDAY)
    assert (top.flexible, top.on_duty) == (2, 6)
    assert unit_day(units.works, WEDNESDAY).kind == "other"
    assert unit_day(units.section, WEDNESDAY + timedelta(days=1)).exposure == 0


@pytest.mark.parametrize(
    ("kind", "rest"), [("leave", ("",)), ("trips", ("Dinas luar", "")), ("trips", ("Pelatihan", ""))]
)
def test_who_is_away_stands_in_neither_part(now: datetime, units: Units, kind: str, rest: tuple[str, ...]) -> None:
    store("flexdays", now, HOME)
    store(kind, now, (RINA, DAY, DAY, *rest))
    row = unit_day(units.section, WEDNESDAY)
    assert (row.flexible, row.on_duty, row.exposure) == (2, 2, 1)


def test_half_a_day_of_leave_takes_half_a_day(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME)
    store("leave", now, (YOSE, DAY, DAY, "Siang"))
    row = unit_day(units.section, WEDNESDAY)
    assert (row.flexible, row.on_duty) == (1, 3)


def test_nobody_on_duty_is_undefined(now: datetime, units: Units) -> None:
    store("leave", now, (YOSE, DAY, DAY, ""), (RINA, DAY, DAY, ""))
    row = unit_day(units.section, WEDNESDAY)
    assert (row.on_duty, row.exposure, row.largest, row.kind) == (0, None, None, "undefined")
    month = ExposureMonth.objects.get(unit__key=units.section, kind="undefined")
    assert (month.days, month.exposure_sum) == (1, 0)


def test_a_day_that_is_not_worked_has_no_exposure(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME)
    days = set(ExposureDay.objects.filter(unit__key=units.section).values_list("day", flat=True))
    assert date(2026, 12, 25) not in days
    assert not [day for day in days if day.weekday() > 4]
    assert min(days).month == max(days).month == 12


def test_a_holiday_declared_later_takes_the_day_out(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME)
    with unit_of_work(SETUP, now):
        version = next(row.id for row in versions_of(2026) if row.superseded_at is None)
        add_holiday(
            version=version,
            day=WEDNESDAY,
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=date(2026, 11, 25),
        )
    again(now)
    assert not ExposureDay.objects.filter(day=WEDNESDAY).exists()


def test_a_service_is_the_mean_of_its_links_beside_the_largest(now: datetime, units: Units) -> None:
    service = chain(now, (units.section, 1, None), (units.works, 3, None))
    store("flexdays", now, HOME)
    row = ExposureDay.objects.get(service=service, day=WEDNESDAY)
    assert (row.exposure, row.largest, row.silent_links) == (Decimal("0.125"), Decimal("0.5"), 0)
    assert (row.flexible, row.on_duty, row.threshold, row.kind) == (2, 6, Decimal("0.1"), "flexible")


def test_a_link_of_one_post_counts_its_holders_alone(now: datetime, units: Units) -> None:
    post = Posting.objects.get(employee__nip=MARUF).post_id
    service = chain(now, (units.works, 1, post))
    store("flexdays", now, (MARUF, DAY, "Rumah", "Wajib", "Pagi", ""))
    row = ExposureDay.objects.get(service=service, day=WEDNESDAY)
    assert (row.flexible, row.on_duty) == (1, 2)


def test_a_link_whose_unit_has_nobody_is_counted_as_silent(now: datetime, units: Units) -> None:
    service = chain(now, (units.section, 1, None), (units.works, 1, None))
    store("leave", now, (MARUF, DAY, DAY, ""))
    store("flexdays", now, HOME)
    row = ExposureDay.objects.get(service=service, day=WEDNESDAY)
    assert (row.exposure, row.silent_links) == (Decimal("0.5"), 1)


def test_months_are_the_sums_of_their_days(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME, (RINA, "04/12/2026", "Rumah", "Peringkat", "Pagi", ""))
    days = list(ExposureDay.objects.filter(unit__key=units.section))
    months = list(ExposureMonth.objects.filter(unit__key=units.section))
    assert {month.kind: month.days for month in months} == {"flexible": 2, "other": len(days) - 2}
    assert sum(month.on_duty for month in months) == sum(day.on_duty for day in days)
    assert sum(month.exposure_sum for month in months) == sum(day.exposure or 0 for day in days) == Decimal("0.75")


def test_doing_it_again_changes_nothing(now: datetime, units: Units) -> None:
    store("flexdays", now, HOME)
    values = ("unit", "service", "day", "flexible", "on_duty", "exposure", "kind")
    before = set(ExposureDay.objects.values_list(*values))
    again(now)
    assert set(ExposureDay.objects.values_list(*values)) == before


def test_days_before_the_threshold_have_no_exposure(now: datetime, units: Units) -> None:
    again(now, date(2024, 5, 2))
    again(now, date(2034, 5, 2))
    assert not ExposureDay.objects.exists()
