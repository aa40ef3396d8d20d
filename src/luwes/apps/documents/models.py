"""Letterheads, and the documents that were issued."""

from django.db import models

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent


class Letterhead(models.Model):
    """Kop of a unit, by its opaque key; "" is the government's own. Corrections insert."""

    retention = permanent("kop surat")

    unit_key = models.CharField(max_length=16, blank=True, default="")
    lines = models.JSONField(default=list)
    address = models.TextField(blank=True, default="")
    place = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_key"],
                condition=models.Q(superseded_at__isnull=True),
                name="letterhead_current_once",
            )
        ]

    def __str__(self) -> str:
        return self.unit_key or "pemerintah"


class IssuedDocument(models.Model):
    """A report that left the house: its SHA-256, what it was about and the audit head printed on it."""

    retention = permanent("bukti dokumen yang terbit: hash, bukan isi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=16, blank=True, default="")
    as_of = models.DateField(null=True)
    format = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    audit_head = models.CharField(max_length=64)
    issued_by = models.CharField(max_length=40)
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="document_hash")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
