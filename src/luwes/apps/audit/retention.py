"""The purge that keeps what the models declare (see `kept`)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models

from luwes.apps.audit import actions
from luwes.apps.audit.kept import Retention


def of(model: type[models.Model]) -> Retention | None:
    """The retention a model declares, or None where it declares none."""
    declared = getattr(model, "retention", None)
    return declared if isinstance(declared, Retention) else None


def expiring() -> Iterator[tuple[type[models.Model], Retention]]:
    """Models with a finite retention, in a stable order."""
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        retention = of(model)
        if retention is not None and retention.days is not None:
            yield model, retention


def purge(*, now: datetime) -> dict[str, int]:
    """Delete every row past its retention. Returns the rows deleted per table (only tables with any).

    Leaves one audit entry with the counts, so that sums survive what they counted.
    """
    deleted: dict[str, int] = {}
    for model, retention in expiring():
        assert retention.days is not None
        cutoff = now - timedelta(days=retention.days)
        count, _ = model._base_manager.filter(**{f"{retention.field}__lt": cutoff}).delete()
        if count:
            deleted[model._meta.db_table] = count
    if deleted:
        actions.record(action="retention.purged", subject="", facts=dict(sorted(deleted.items())))
    return deleted
