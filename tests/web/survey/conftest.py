"""The province with a poster, standing in the real present: pages read the real clock."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.apps.results.intake.world import World, plant


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def world(db: None, now: datetime) -> World:
    # Since yesterday: shortly after midnight an answer that waited on the phone belongs to the day before.
    return plant(now - timedelta(days=1))
