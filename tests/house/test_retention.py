"""Every table says how long it keeps its rows."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection

from luwes.apps.audit import retention


@pytest.mark.django_db
def test_every_table_declares_its_retention() -> None:
    tables = set(connection.introspection.table_names())
    declared = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if retention.of(m)}
    assert tables - declared - set(retention.THIRD_PARTY) == set()


@pytest.mark.django_db
def test_no_declaration_outlives_its_table() -> None:
    assert set(retention.THIRD_PARTY) - set(connection.introspection.table_names()) == set()


def test_finite_retention_names_a_field_that_exists() -> None:
    found = list(retention.expiring())
    assert found
    for model, _, field in found:
        step = model
        *path, last = field.split("__")
        for name in path:
            related = step._meta.get_field(name).related_model
            assert isinstance(related, type)
            step = related
        try:
            step._meta.get_field(last)
        except FieldDoesNotExist:
            pytest.fail(f"{model.__name__}.retention names {field}")


def test_every_declaration_gives_a_reason() -> None:
    for model in apps.get_models():
        kept = retention.of(model)
        assert kept is not None, model
        assert len(str(kept.reason)) > 5, model
