"""One small province for every test of services."""

from datetime import datetime

import pytest

from tests.apps.results.services.world import World, plant


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)
