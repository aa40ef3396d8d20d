"""Whatever figures arrive in whatever order: the stored state is the last word, earlier words stay readable."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import verify
from luwes.apps.results import queries
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources import actions
from luwes.apps.sources.models import ImportBatch
from tests.apps.budget_files import csv_bytes, make_units, row

pytestmark = pytest.mark.django_db

ME = system("test")
NAMES = {"1.01": "Dinas Pendidikan", "1.02": "Dinas Kesehatan"}
DATES = (date(2026, 6, 30), date(2026, 10, 31))
Figures = Mapping[tuple[str, date], tuple[int, int]]

FIGURES: st.SearchStrategy[Figures] = st.dictionaries(
    st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from(DATES)),
    st.tuples(st.integers(0, 10**14), st.integers(0, 10**14)),
    min_size=1,
)


@pytest.fixture(autouse=True)
def units(now: datetime) -> None:
    with unit_of_work(ME, now):
        make_units()


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """One example leaves nothing to the next; marked as a test's own, or no unit of work could open inside."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def store(figures: Figures, now: datetime) -> ImportBatch:
    rows = [
        row(code, NAMES[code], ceiling, realised, as_of=day.isoformat())
        for (code, day), (ceiling, realised) in figures.items()
    ]
    with unit_of_work(ME, now):
        batch = actions.stage(kind="budget", source_name="Biro", file_name="r.csv", payload=csv_bytes(rows))
    with unit_of_work(ME, now):
        return actions.confirm(batch_id=batch.public_id, version=1)


def stored(known_at: datetime | None = None) -> dict[tuple[str, date], tuple[int, int]]:
    return {
        (fact.unit_code, day): (fact.figure.ceiling, fact.figure.realised)
        for day in DATES
        for fact in queries.budget_on(day, 2026, known_at=known_at)
    }


@given(files=st.lists(FIGURES, min_size=1, max_size=3))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_word_stands_and_every_earlier_state_can_be_asked_for(files: list[Figures], now: datetime) -> None:
    with undone():
        expected: dict[tuple[str, date], tuple[int, int]] = {}
        states = []
        for place, figures in enumerate(files):
            at = now + timedelta(days=place)
            batch = store(figures, at)
            counts = batch.counts
            assert counts["new"] == len(figures.keys() - expected.keys())
            assert counts["changed"] == sum(expected.get(key, value) != value for key, value in figures.items())
            assert counts["unchanged"] == sum(expected.get(key) == value for key, value in figures.items())
            expected |= figures
            states.append((at, dict(expected)))
        assert stored() == expected
        for at, state in states:
            assert stored(at) == state
        assert BudgetRow.objects.filter(superseded_at=None).count() == len(expected)
        assert verify().holds


@given(figures=FIGURES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_file_twice_is_once(figures: Figures, now: datetime) -> None:
    with undone():
        first = store(figures, now)
        second = store(figures, now + timedelta(days=1))
        assert (second.counts["new"], second.counts["changed"]) == (0, 0)
        assert second.counts["unchanged"] == len(figures) == BudgetRow.objects.count()
        assert {row_.batch_id for row_ in BudgetRow.objects.all()} == {first.pk}
