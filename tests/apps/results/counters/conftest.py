"""The small province with a head at the laboratory's agency and one at BKD."""

from datetime import datetime

import pytest

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import ServicePoint
from tests.apps.results.services.world import World, plant
from tests.world import add_person, give_role


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


@pytest.fixture
def counter(world: World) -> str:
    """The key of the laboratory's counter: Monday to Friday, 08.00-15.00."""
    return ServicePoint.objects.get(pk=world.counter).key


@pytest.fixture
def head(world: World, now: datetime) -> User:
    user = add_person(now, "kepala@contoh.go.id", name="Laksmi Arum")
    give_role(now, user, Role.HEAD, world.units.health)
    return user


@pytest.fixture
def bkd(world: World, now: datetime) -> User:
    user = add_person(now, "bkd@contoh.go.id", name="Bagas Wira")
    give_role(now, user, Role.ADMIN)
    return user
