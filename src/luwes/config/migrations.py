"""Pending migrations: counted and applied."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luwes.config.refusals import Refusal


class MigrationsPending(Refusal):
    """The database has another state than this version needs."""

    code = "migrations_pending"


def pending_migrations() -> list[str]:
    """The migrations of this version that the database does not have yet, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_migrated() -> None:
    """Raise MigrationsPending unless the database is as this version needs it."""
    if pending := pending_migrations():
        raise MigrationsPending(count=len(pending))


def apply_migrations() -> int:
    """Apply them and return how many there were."""
    pending = pending_migrations()
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    return len(pending)
