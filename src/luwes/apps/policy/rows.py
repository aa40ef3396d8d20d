"""Ending recorded periods the bitemporal way: what was recorded is superseded, the days that stay are written anew."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range, copy
from luwes.core.workdays.periods import Period, without

Row = TypeVar("Row", bound=models.Model)


def cut(rows: Iterable[Row], period: Period) -> None:
    """Take the days of `period` out of these current rows. Each part that stays has an id of its own."""
    for row in rows:
        was = period_of(row)
        row.superseded_at = current().now  # type: ignore[attr-defined] # every such table has it
        row.save()
        for part in without(was, period):
            kept = copy(row, part)
            kept.public_id = new_public_id()  # type: ignore[attr-defined]
            kept.save(force_insert=True)


def period_of(row: models.Model) -> Period:
    """The row's period as plain days."""
    stored = row.period  # type: ignore[attr-defined]
    return Period(stored.lower, stored.upper)


def touching(rows: "models.QuerySet[Row]", period: Period) -> "models.QuerySet[Row]":
    """Those current rows that share a day with the period."""
    return rows.filter(superseded_at=None, period__overlap=as_range(period))
