"""One small province with a poster at the laboratory's counter and a short round."""

from datetime import datetime

import pytest

from tests.apps.results.intake.world import World, plant


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)
