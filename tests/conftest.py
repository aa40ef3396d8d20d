"""Fixtures every test may use."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

# What reaches a database: pytest-django's fixtures and ours.
STORING = {"db", "transactional_db", "django_db_setup", "fresh_database"}
NOW = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to run what needs a database alone: on another server the rest would say the same again."""
    parser.addoption("--storing", action="store_true", help="only the tests that use a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what uses no database where only that was asked for."""
    if config.getoption("--storing"):
        kept = [item for item in items if _stores(item)]
        config.hook.pytest_deselected(items=[item for item in items if not _stores(item)])
        items[:] = kept


def _stores(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "storing"))
    return marked or not STORING.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Static files straight from the sources: nothing has to be collected before a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=django_settings.STORAGES | {"staticfiles": plain},
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page read in English leaves its language behind in the thread, where the next test must not find it."""
    yield
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    """Wednesday 25 November 2026, 09.30 in Jakarta."""
    return NOW


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Create the test database whichever tests run.

    pytest-django's own fixture leaves it out when no collected test carries its mark; `fresh_database` would then
    copy the database that LUWES_DATABASE_URL names.
    """
    with django_db_blocker.unblock():
        created = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(created, verbosity=0)


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
            # A connection opened before a browser's event loop started is out of reach of close_all().
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        settings["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            settings["NAME"] = template
            with connections.create_connection("default")._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
