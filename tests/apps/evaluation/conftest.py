from collections.abc import Iterator

import numpy as np
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.apps.evaluation import world as w


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[w.World]:
    """The agencies with twelve weeks before the start, planted once per module; each test takes back its own."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        # As Django's own class-wide blocks are marked, so that a unit of work may open inside.
        block._from_testcase = True
        with block:
            one = w.plant()
            before = w.past()
            w.timely(one, before, np.zeros((w.AGENCIES, len(before))), 0.0)
            yield one
            transaction.set_rollback(True)


@pytest.fixture
def world(planted: w.World, db: None) -> w.World:
    return planted
