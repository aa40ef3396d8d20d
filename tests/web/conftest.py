"""Pages read the real clock, so their world stands in the real present."""

from datetime import datetime

import pytest
from django.utils import timezone


@pytest.fixture
def present() -> datetime:
    return timezone.now()
