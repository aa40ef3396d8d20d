"""Due times follow standards and calendars that are changed after the cases were imported."""

from datetime import date, datetime, time, timedelta

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.people.calendars.working_time import assign_working_time
from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services.actions import change_service
from luwes.apps.people.services.facts import Standard
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import ServiceCase, ServiceFigure
from luwes.apps.results.services import moments
from luwes.apps.results.services.following import follow
from luwes.apps.results.tasks import follow_changes
from luwes.core.workdays.calendar import HolidayKind, Pattern
from luwes.core.workdays.periods import Period
from tests.apps.results.services import world as w
from tests.apps.results.services.test_tickets import case, store, sums
from tests.apps.results.services.world import COPY, PERMIT, WEEK, World, findings
from tests.apps.staff_files import ME

TIMELY = Measure.WITHIN_TIME
LATER = timedelta(hours=1)


def followed(now: datetime) -> int:
    with unit_of_work(ME, now):
        return follow()


def standard(now: datetime, service: int, value: Standard, since: date) -> None:
    old = ServiceVersion.objects.get(service=service, superseded_at=None)
    with unit_of_work(ME, now):
        change_service(key=old.service.key, version=old.pk, standard=value, since=since)


def due(service: int) -> datetime | None:
    found = ServiceCase.objects.get(service=service, superseded_at=None).due_at
    return None if found is None else moments.local(found)


def holiday(now: datetime, day: date) -> None:
    with unit_of_work(ME, now):
        add_holiday(
            version=next(row.id for row in versions_of(2026) if row.superseded_at is None),
            day=day,
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=date(2026, 11, 25),
        )


def hours(now: datetime, unit: str, schedule: str, pattern: Pattern, period: Period) -> None:
    with unit_of_work(ME, now):
        assign_working_time(unit_key=unit, schedule=schedule, pattern=pattern, period=period)


def test_a_standard_recorded_after_its_cases_gives_them_their_due_times(now: datetime, world: World) -> None:
    here, there = world.copies
    store(now, case("L-1", "02/02/2026 09.00", "05/02/2026 10.00", service=COPY, unit="Dinas Kesehatan"))
    followed(now)
    assert due(here) is None
    standard(now, here, Standard(COPY, world.units.health, days=2, windows=WEEK, source="SK 9"), date(2026, 1, 5))
    assert followed(now + LATER) > 0
    assert due(here) == datetime.combine(date(2026, 2, 4), time.max, due(here).tzinfo)  # type: ignore[union-attr]
    assert w.kept(here, date(2026, 2, 4), TIMELY) == (0, 1)
    # Nothing is known of the cases of the other agency: they have none.
    assert not ServiceFigure.objects.filter(service=there).exists()
    # The reading of the day stays as history, and once more changes nothing.
    assert ServiceCase.objects.get(superseded_at=now + LATER).due_at is None
    before = list(ServiceCase.objects.order_by("pk").values())
    assert followed(now + 2 * LATER) == 0
    assert list(ServiceCase.objects.order_by("pk").values()) == before


def test_days_before_the_change_keep_their_due_times(now: datetime, world: World) -> None:
    store(now, case("P-1", "02/02/2026 09.00", "06/02/2026 10.00", service=PERMIT))
    followed(now)
    old = due(world.permit)
    assert old is not None
    assert w.kept(world.permit, old.date(), TIMELY) == (0, 1)
    standard(
        now, world.permit, Standard(PERMIT, world.units.health, days=9, windows=WEEK, source="SK"), date(2026, 3, 2)
    )
    followed(now + LATER)
    assert due(world.permit) == old
    assert w.kept(world.permit, old.date(), TIMELY) == (0, 1)


def test_a_holiday_declared_late_moves_the_due_time_and_its_count(now: datetime, world: World) -> None:
    store(now, case("P-1", "18/11/2026 09.00", "24/11/2026 10.00", service=PERMIT))
    followed(now)
    # Three working days after Wednesday: Monday.
    assert w.kept(world.permit, date(2026, 11, 23), TIMELY) == (0, 1)
    holiday(now, date(2026, 11, 20))
    followed(now + LATER)
    assert w.kept(world.permit, date(2026, 11, 24), TIMELY) == (1, 1)
    assert not ServiceFigure.objects.filter(service=world.permit, day=date(2026, 11, 23)).exists()


def test_a_due_time_that_the_file_gave_stays(now: datetime, world: World) -> None:
    given = case("P-1", "18/11/2026 09.00", "24/11/2026 10.00", "23/11/2026", service=PERMIT)
    store(now, given)
    followed(now)
    holiday(now, date(2026, 11, 20))
    followed(now + LATER)
    assert w.kept(world.permit, date(2026, 11, 23), TIMELY) == (0, 1)
    assert ServiceCase.objects.count() == 1


def test_times_that_a_file_did_not_give_are_not_made_up(now: datetime, world: World) -> None:
    """A promise in minutes needs both hours: a case with dates alone stays without a due time."""
    store(now, case("A-1", "23/11/2026", "24/11/2026"), case("A-2", "23/11/2026 08.15", "23/11/2026 09.00"))
    followed(now)
    new = Standard("Pengujian sampel", world.units.section, minutes=30, windows=WEEK, source="SK 7/2026")
    standard(now, world.test, new, date(2026, 11, 2))
    followed(now + LATER)
    found = dict(ServiceCase.objects.filter(superseded_at=None).values_list("opened_at__hour", "due_at"))
    assert sorted(one is None for one in found.values()) == [False, True]
    counts = sums(world.test, date(2026, 11, 23)).counts
    assert (counts.late, counts.on_time) == (1, 0)


def test_hours_nobody_set_for_an_emergency_are_told_and_reckoned_once_they_are(now: datetime, world: World) -> None:
    """A service without hours of its own keeps those of its unit, which an emergency may leave unset."""
    unit = world.units.health
    w.add_service(now, Standard("Rujukan", unit, minutes=60, source="SK 8/2026"))
    hours(now, unit, "six-day-unit", Pattern.SIX, Period(date(2026, 1, 1)))
    haze = Period(date(2026, 11, 20), date(2026, 11, 21))
    hours(now, "", "kalteng-haze-2023", Pattern.FIVE, haze)
    batch = store(now, case("R-1", "20/11/2026 09.00", "20/11/2026 12.00", service="Rujukan"))
    assert findings(batch) == {"hours_missing": 1}
    followed(now)
    service = ServiceCase.objects.get().service_id
    assert due(service) is None
    hours(now, unit, "kalteng-normal", Pattern.FIVE, Period(date(2026, 11, 1)))
    followed(now + LATER)
    assert due(service) == datetime(2026, 11, 20, 10, tzinfo=due(service).tzinfo)  # type: ignore[union-attr]


def test_the_task_works_the_feed_off(now: datetime, world: World) -> None:
    follow_changes(timestamp=0)
    assert followed(now) == 0
