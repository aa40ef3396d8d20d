"""Coverage floors: confirmed ones alone count, days before keep theirs, unclear ones are refused."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.people.models import Counting, CoverageFloor
from luwes.apps.people.services import floors, queries
from luwes.apps.people.services.actions import SourceMissing
from luwes.apps.people.services.facts import Floor
from luwes.core.services.floors import Need
from luwes.core.services.hours import Window
from tests.apps.people.services.world import TODAY, plant, run
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 26)
MORNING, ALL = Window(4, 480, 720), Window(4, 480, 900)


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def point(now: datetime, units: Units) -> str:
    return queries.points(TODAY, service_keys=[plant(now, units.section)])[0].key


def put(
    now: datetime,
    point: str,
    *some: Floor,
    since: date = TODAY,
    status: Counting = Counting.CONFIRMED,
    source: str = "SK 1/2026",
    actor: Actor | None = None,
) -> None:
    run(
        now,
        lambda: floors.set_floors(point_key=point, floors=some, source=source, since=since, status=status),
        actor,
    )


def test_without_a_confirmed_floor_nothing_is_known(now: datetime, point: str) -> None:
    assert floors.required(point, THURSDAY) is None
    put(now, point, Floor(MORNING, 2), status=Counting.PROPOSED)
    assert floors.required(point, THURSDAY) is None
    put(now, point, Floor(MORNING, 2))
    assert floors.required(point, THURSDAY) == (Need(480, 720, 2),)
    assert floors.required(point, THURSDAY + timedelta(days=1)) == (), "set, but none on Fridays"


def test_new_floors_leave_the_days_before_alone(now: datetime, point: str) -> None:
    put(now, point, Floor(MORNING, 2), Floor(Window(5, 480, 660), 1))
    later = now + timedelta(days=1)
    put(later, point, Floor(ALL, 3), since=date(2027, 1, 1))
    assert floors.required(point, THURSDAY) == (Need(480, 720, 2),)
    assert floors.required(point, date(2027, 1, 7)) == (Need(480, 900, 3),)
    assert floors.required(point, date(2027, 1, 8)) == ()
    assert floors.required(point, date(2027, 1, 7), known_at=now) == (Need(480, 720, 2),)


def test_a_share_is_kept_with_its_base(now: datetime, point: str) -> None:
    put(now, point, Floor(MORNING, 2, share=50, base=3))
    row = floors.floors_of([point], THURSDAY)[point][0]
    assert (row.floor.share, row.floor.base, row.source, row.confirmed) == (50, 3, "SK 1/2026", True)
    with pytest.raises(floors.ShareDiffers):
        put(now, point, Floor(MORNING, 1, share=50, base=3))


def test_what_is_unclear_or_baseless_is_refused(now: datetime, point: str) -> None:
    with pytest.raises(floors.BandsOverlap):
        put(now, point, Floor(MORNING, 2), Floor(ALL, 1))
    with pytest.raises(SourceMissing):
        put(now, point, Floor(MORNING, 2), source=" ")
    with pytest.raises(floors.NoSuchPoint):
        put(now, "tidakada", Floor(MORNING, 2))
    assert not CoverageFloor.objects.exists()


def test_a_head_sets_the_own_floors_alone(now: datetime, units: Units, point: str) -> None:
    mine, other = (
        Actor(kind=ActorKind.PERSON, id="h", role=Role.HEAD.value, scope=unit) for unit in (units.health, units.works)
    )
    with pytest.raises(OutsideScope):
        put(now, point, Floor(MORNING, 2), actor=other)
    put(now, point, Floor(MORNING, 2), actor=mine)
    assert CoverageFloor.objects.get().confirmed_by == "h"


def test_no_floors_is_an_answer_too(now: datetime, point: str) -> None:
    put(now, point, Floor(MORNING, 2))
    put(now, point, since=date(2027, 1, 1))
    assert floors.required(point, date(2027, 1, 7)) is None


def test_many_points_are_read_at_once(now: datetime, units: Units, point: str) -> None:
    others = [queries.points(TODAY, service_keys=[plant(now, units.works, name=f"L{n}")])[0].key for n in range(4)]
    put(now, point, Floor(MORNING, 2))
    with CaptureQueriesContext(connection) as used:
        found = floors.required_at([point, *others], THURSDAY)
    assert len(used) == 1
    assert [found[key] for key in others] == [None] * 4


def test_the_database_refuses_overlapping_bands(now: datetime, point: str) -> None:
    put(now, point, Floor(MORNING, 2))
    row = CoverageFloor.objects.get()
    row.pk, row.from_minute, row.to_minute = None, 700, 800
    with pytest.raises(IntegrityError, match="floor_once_a_band"), transaction.atomic():
        row.save(force_insert=True)
    row.from_minute = 720
    row.save(force_insert=True)
