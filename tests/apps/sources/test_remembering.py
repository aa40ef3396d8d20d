"""How a source is read: remembered by version, forgotten on request, asked again."""

from datetime import datetime

import pytest

from luwes.apps.accounts.access import Forbidden
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.sources import actions, queries
from luwes.apps.sources.kinds import SKIP
from luwes.apps.sources.models import ImportBatch, Mapping
from tests.apps.budget_files import HEADERS, TWO, csv_bytes, make_units, row

pytestmark = pytest.mark.django_db

ME = system("test")
ODD = ("thn", "tgl laporan", "kd", "nm", "dana", "keluar")


@pytest.fixture
def batch(now: datetime) -> ImportBatch:
    """A staged file whose columns and one code were explained by a person."""
    columns = dict(zip(HEADERS[:6], ODD, strict=True))
    payload = csv_bytes([tuple(TWO[0])[:6], tuple(row("9.99", "Lain", 5, 1))[:6]], ODD)
    with unit_of_work(ME, now):
        make_units()
    with unit_of_work(ME, now):
        staged = actions.stage(kind="budget", source_name="Biro", file_name="r.csv", payload=payload, columns=columns)
    with unit_of_work(ME, now):
        return actions.choose_values(batch_id=staged.public_id, version=1, choices={"9.99": SKIP})


def forget(batch: ImportBatch, value: str | None, now: datetime) -> Mapping | None:
    with unit_of_work(ME, now):
        return actions.forget(source_id=batch.source.public_id, value=value)


def test_one_value_is_forgotten_and_the_columns_stay(batch: ImportBatch, now: datetime) -> None:
    left = forget(batch, "9.99", now)
    assert left is not None
    assert (left.values, left.columns["pagu"]) == ({"unit": {}}, "dana")
    assert Mapping.objects.filter(superseded_at=None).count() == 1
    assert Mapping.objects.count() == 3


def test_columns_are_forgotten_and_the_values_stay(batch: ImportBatch, now: datetime) -> None:
    left = forget(batch, None, now)
    assert left is not None
    assert (left.columns, left.values) == ({}, {"unit": {"9.99": SKIP}})
    assert forget(batch, None, now) is None


def test_what_is_not_known_cannot_be_forgotten(batch: ImportBatch, now: datetime) -> None:
    assert forget(batch, "1.01", now) is None
    with pytest.raises(actions.NoSuchSource), unit_of_work(ME, now):
        actions.forget(source_id="none", value=None)
    assert Mapping.objects.count() == 2


def test_forgetting_needs_the_right(batch: ImportBatch, now: datetime) -> None:
    reader = Actor(kind=ActorKind.PERSON, id="x", role="inspektorat")
    with pytest.raises(Forbidden), unit_of_work(reader, now):
        actions.forget(source_id=batch.source.public_id, value=None)


def test_what_is_remembered_can_be_read(batch: ImportBatch, now: datetime) -> None:
    found = queries.mapping(ME, batch.source.public_id)
    assert found is not None
    assert (found.columns["tahun"], found.values["unit"]) == ("thn", {"9.99": SKIP})
    assert queries.mapping(ME, "none") is None
