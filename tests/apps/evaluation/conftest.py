from collections.abc import Iterator

import numpy as np
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.apps.evaluation import world as w


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[w.World]:
    """The agencies with twelve weeks before the start, planted once per module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        one = w.plant()
        before = w.past()
        w.timely(one, before, np.zeros((w.AGENCIES, len(before))), 0.0)
        yield one
        transaction.set_rollback(True)
