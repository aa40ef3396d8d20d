"""The two tables of the audit trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luwes.apps.audit.kept import for_days, permanent


class AuditEntry(models.Model):
    """One link of the chain. A trigger refuses UPDATE, DELETE and TRUNCATE."""

    retention = permanent(_("jejak keputusan; hanya nomor pengganti nama dan hitungan"))

    seq = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    action = models.TextField()
    subject = models.TextField()
    actor = models.TextField()
    body = models.TextField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "seq"], name="audit_subject"),
            models.Index(fields=["actor", "seq"], name="audit_actor"),
            models.Index(fields=["action", "seq"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class AuditDetail(models.Model):
    """Personal text belonging to an entry; erasable, its keyed digest stays in the chain."""

    retention = for_days(
        5 * 365, "recorded_at", _("teks pribadi pada jejak; setelah dihapus, rantainya tetap dapat diperiksa")
    )

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True)
    key = models.CharField(max_length=64)
    text = models.TextField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"detail {self.entry_id}"
