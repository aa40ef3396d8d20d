"""The province with a poster, standing in the real present: pages read the real clock."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.apps.results.intake.world import World, plant


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)
