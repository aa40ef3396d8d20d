"""The small province, an inspector, and a frozen procedure of six checks a day."""

from datetime import datetime
from decimal import Decimal

import pytest

from luwes.apps.accounts.models import User
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.spotchecks.actions import draw_day, freeze_procedure
from tests.apps.results.services.world import THURSDAY, World, plant
from tests.world import SETUP, add_person


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


@pytest.fixture
def inspector(world: World, now: datetime) -> User:
    return add_person(now, "irban@contoh.go.id", name="Sekar Wangi")


@pytest.fixture
def procedure(world: World, now: datetime) -> str:
    with unit_of_work(SETUP, now):
        return freeze_procedure(since=THURSDAY, per_day=3, flexible_rate=2, base_share=Decimal("0.03"))


@pytest.fixture
def drawn(procedure: str, now: datetime) -> int:
    with unit_of_work(SETUP, now):
        return draw_day(day=THURSDAY)
