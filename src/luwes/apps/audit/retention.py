"""The purge that keeps what the models declare (see `kept`)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from luwes.apps.audit import actions
from luwes.apps.audit.kept import Retention, for_days, permanent

JOB_DAYS = 30

# Tables of packages cannot carry the declaration themselves.
THIRD_PARTY: dict[str, Retention] = {
    "django_session": for_days(0, "expire_date", _("sesi masuk yang sudah lewat")),
    "django_content_type": permanent("daftar model"),
    "django_migrations": permanent("riwayat skema"),
    "auth_permission": permanent("bawaan kerangka; tidak dipakai"),
    "auth_group": permanent("bawaan kerangka; tidak dipakai"),
    "auth_group_permissions": permanent("bawaan kerangka; tidak dipakai"),
    # Without a field: removed by the job queue's own task, see `tasks.remove_old_jobs`.
    "procrastinate_jobs": for_days(JOB_DAYS, "", "pekerjaan latar yang selesai"),
    "procrastinate_events": for_days(JOB_DAYS, "", "ikut pekerjaannya"),
    "procrastinate_periodic_defers": for_days(JOB_DAYS, "", "ikut pekerjaannya"),
    "procrastinate_workers": for_days(1, "", "pekerja yang mati dibuang antrean itu sendiri"),
}


def of(model: type[models.Model]) -> Retention | None:
    """The retention of a model's table, or None where nobody declared one."""
    declared = getattr(model, "retention", None)
    return declared if isinstance(declared, Retention) else THIRD_PARTY.get(model._meta.db_table)


def expiring() -> Iterator[tuple[type[models.Model], int, str]]:
    """Models whose rows this purge deletes, with the days they live and the field that counts, in a stable order."""
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        retention = of(model)
        if retention is not None and retention.days is not None and retention.field:
            yield model, retention.days, retention.field


def purge(*, now: datetime) -> dict[str, int]:
    """Delete every row past its retention. Returns the rows deleted per table (only tables with any).

    Leaves one audit entry with the counts: the sums survive what they counted.
    """
    deleted: dict[str, int] = {}
    for model, days, field in expiring():
        cutoff = now - timedelta(days=days)
        _, by_model = model._base_manager.filter(**{f"{field}__lt": cutoff}).delete()
        if count := sum(by_model.values()):
            deleted[model._meta.db_table] = count
    if deleted:
        actions.record(action="retention.purged", subject="", facts=dict(sorted(deleted.items())))
    return deleted
