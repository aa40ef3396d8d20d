"""Fixtures every test may use."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

NOW = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Wednesday 25 November 2026, 09.30 in Jakarta."""
    return NOW


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A new database from the migrated template, for tests that really commit, in threads or processes.

    The usual flush cannot empty the audit table, whose triggers refuse it. Yields the database's name.
    """
    with django_db_blocker.unblock():
        settings = connections.settings["default"]
        template, name = settings["NAME"], f"fresh_{secrets.token_hex(6)}"
        connections.close_all()
        with connections.create_connection("default")._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        settings["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            settings["NAME"] = template
            with connections.create_connection("default")._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
