"""The one function that takes row locks, always in the same order, so that no two units deadlock."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db import connection, models

from luwes.apps.audit.unit_of_work import current

Row = TypeVar("Row", bound=models.Model)


class LocksAlreadyTaken(RuntimeError):
    """A second call in one unit of work would break the order: a programming error."""


def lock_rows(
    rows: Mapping[type[models.Model], Iterable[int]], *, names: Iterable[str] = ()
) -> dict[type[models.Model], dict[int, models.Model]]:
    """Lock the named rows for update and return them fresh, keyed by model and primary key.

    `names` are advisory locks on things that have no row yet (a kind of import, a month to close).
    One call per unit of work takes them all: names first, then tables by name, rows by key.
    A row that no longer exists is missing from the answer.
    """
    work = current()
    if work.locked:
        raise LocksAlreadyTaken("take every lock of a unit of work in one call")
    work.locked = True
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])
    found: dict[type[models.Model], dict[int, models.Model]] = {}
    for model in sorted(rows, key=lambda m: m._meta.db_table):
        keys = sorted(set(rows[model]))
        query = model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        found[model] = {row.pk: row for row in query}
    return found


def lock_row(model: type[Row], key: int) -> Row | None:
    """Lock one row and return it fresh, or None where it no longer exists."""
    row = lock_rows({model: [key]})[model].get(key)
    return row if isinstance(row, model) else None
