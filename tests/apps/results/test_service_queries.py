"""Services by month and kind of day, for reports and the standard's answer."""

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, Service
from luwes.apps.people.services.actions import write_version
from luwes.apps.people.services.facts import Standard
from luwes.apps.results.measures import AnswerSums, CaseSums, OpenSums, WaitSums
from luwes.apps.results.service_queries import Facts, ServiceMonth, service_months
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.workdays.periods import Period
from tests.apps.results.services import world as w
from tests.apps.results.services.test_openings import HEADERS as LOG
from tests.apps.results.services.test_openings import log
from tests.apps.results.services.test_queue import HEADERS as QUEUE
from tests.apps.results.services.test_queue import visit
from tests.apps.results.services.test_survey import GOOD, MIXED
from tests.apps.results.services.test_survey import HEADERS as SURVEY
from tests.apps.results.services.test_tickets import HEADERS as CASES
from tests.apps.results.services.test_tickets import case
from tests.apps.results.services.world import FRIDAY, MONDAY, TEST, TUESDAY, World, plant
from tests.apps.staff_files import ME

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
TODAY = date(2026, 11, 25)


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


def exposed(service: int, day: date, kind: DayKind, now: datetime) -> None:
    undefined = kind is DayKind.UNDEFINED
    ExposureDay.objects.create(
        service_id=service,
        day=day,
        flexible=0,
        on_duty=0 if undefined else 2,
        exposure=None if undefined else "0.5",
        largest=None if undefined else "0.5",
        silent_links=0,
        kind=kind.value,
        threshold="0.2",
        computed_at=now,
    )


def month_of(name: str, month: date = NOVEMBER) -> ServiceMonth:
    return next(one for one in service_months([month]) if one.name == name)


def test_every_service_is_there_also_without_a_figure(now: datetime, world: World) -> None:
    found = service_months([NOVEMBER, OCTOBER])
    assert [(one.month.month, one.name) for one in found] == [
        (month, name) for month in (10, 11) for name in ("Izin praktik", "Legalisir", "Legalisir", "Pengujian sampel")
    ]
    assert month_of("Legalisir").kinds == {}
    assert month_of("Legalisir").whole == Facts()
    assert [one.pk for one in service_months([NOVEMBER], [world.permit])] == [world.permit]
    assert service_months([]) == []


def test_facts_are_kept_apart_by_the_kind_of_day_and_add_up(now: datetime, world: World) -> None:
    exposed(world.test, FRIDAY, DayKind.FLEXIBLE, now)
    exposed(world.test, MONDAY, DayKind.OTHER, now)
    w.store(
        *(now, "tickets", CASES),
        case("A-1", "20/11/2026 08.00", "20/11/2026 09.00"),
        case("A-2", "20/11/2026 08.00"),
        case("A-3", "23/11/2026 08.00", "23/11/2026 08.30"),
        case("A-4", "24/11/2026 08.00", "24/11/2026 08.30"),
    )
    w.store(now, "queue", QUEUE, visit("1", "08.00", "08.07", day="20/11/2026"), visit("1", "08.00", "08.30"))
    w.store(now, "survey", SURVEY, GOOD, MIXED)
    w.store(now, "openings", LOG, log("08.00", "14.00", day="20/11/2026"), log("08.00", "15.00"))
    found = month_of(TEST)
    assert list(found.kinds) == [DayKind.FLEXIBLE, DayKind.OTHER, DayKind.UNDEFINED]
    flexible, other, undefined = found.kinds.values()
    assert (flexible.days, flexible.timely, flexible.waits.queue.median) == (1, (1, 2), 7)
    assert (flexible.hours.kept, flexible.hours.promised) == (360, 420)
    assert (other.timely, other.content, other.answers.survey.complete) == ((1, 1), (1, 2), 2)
    assert (undefined.days, undefined.timely) == (0, (1, 1)), "a day without exposure belongs to neither side"
    whole = found.whole
    assert (whole.days, whole.timely, whole.cases.opened, whole.waits.queue.arrived) == (2, (3, 4), 4, 2)


def test_a_service_is_named_as_at_the_month_s_end(now: datetime, world: World) -> None:
    service = Service.objects.get(pk=world.test)
    owner = service.versions.get(superseded_at=None).owner
    stricter = Standard("Uji kilat", world.units.section, minutes=30, required_share=95, source="SK 7/2026")
    with unit_of_work(ME, now):
        write_version(service, owner, stricter, Period(date(2026, 11, 16)), Counting.PROPOSED)
    before, after = month_of(TEST, OCTOBER), month_of("Uji kilat")
    assert (before.pk, before.confirmed) == (world.test, True)
    assert (after.pk, after.confirmed) == (world.test, False)


def test_queries_do_not_grow_with_services_or_months(
    now: datetime, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    w.store(now, "openings", LOG, log("08.00", "15.00"))
    with django_assert_max_num_queries(12):
        service_months([OCTOBER, NOVEMBER])
    for number in range(5):
        w.add_service(now, Standard(f"Layanan {number}", world.units.works, windows=w.WEEK, source="SK"))
    with django_assert_max_num_queries(12):
        assert len(service_months([date(2026, month, 1) for month in range(6, 12)])) == 6 * 9


@pytest.mark.parametrize("sums", [CaseSums(), WaitSums(), AnswerSums(), OpenSums()])
def test_sums_survive_being_stored(sums: CaseSums | WaitSums | AnswerSums | OpenSums) -> None:
    assert type(sums).from_json(sums.to_json()) == sums


def test_tuesday_is_over_and_wednesday_is_not(now: datetime, world: World) -> None:
    w.store(now, "tickets", CASES, case("A-1", "24/11/2026 08.00"), case("A-2", "25/11/2026 08.00"))
    assert month_of(TEST).whole.timely == (0, 1)
    assert TUESDAY < TODAY
