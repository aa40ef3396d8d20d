"""Making room for a new period among those of one thing: what is recorded is superseded, never changed."""

from typing import TypeVar

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.audit.unit_of_work import current
from luwes.core.workdays.periods import Period, without

Row = TypeVar("Row", bound=models.Model)


def make_room(rows: "models.QuerySet[Row]", period: Period) -> list[Row]:
    """Supersede those current rows that share a day with `period`; their days outside it are recorded anew.

    `rows` must be of one thing (a service, a unit), with the fields period, recorded_at and superseded_at. Gives the
    rows superseded, as they were.
    """
    now = current().now
    span = as_range(period)
    overlapping = list(rows.filter(superseded_at=None, period__overlap=span))
    rows.filter(pk__in=[row.pk for row in overlapping]).update(superseded_at=now)
    kept = []
    for row in overlapping:
        was = row.period  # type: ignore[attr-defined] # every such table has it
        for part in without(Period(was.lower, was.upper), period):
            kept.append(copy(row, part))
    rows.model._default_manager.bulk_create(kept)
    return overlapping


def copy(row: Row, period: Period) -> Row:
    """An unsaved row that says the same about other days, recorded now."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in names}
    values |= {"period": as_range(period), "recorded_at": current().now, "superseded_at": None}
    return type(row)(**values)


def as_range(period: Period) -> DateRange:
    """A period as PostgreSQL keeps it."""
    return DateRange(period.start, period.end, "[)")
