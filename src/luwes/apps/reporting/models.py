"""The monthly report's form per unit and month, and its signatures; corrections insert."""

from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models import Unit
from luwes.apps.sources.models import ImportBatch


class MonthlyForm(models.Model):
    """One version of what a unit answered for a month; `values` by the codes of `form_fields`.

    `filled_by` is the opaque id of who saved it. `batch` where a workbook brought it.
    """

    retention = permanent("isian laporan bulanan; dasar laporan yang ditandatangani")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="monthly_forms")
    month = models.DateField()
    values = models.JSONField(default=dict)
    comment = models.TextField(blank=True, default="")
    filled_by = models.TextField()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="monthly_forms")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["month", "unit"], name="monthly_form_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(superseded_at__isnull=True), name="monthly_form_current_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_form_on_the_first"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class MonthlySignature(models.Model):
    """A head's signature under one version of the form; taken back it ends, with a reason, and stays to be read.

    `gaps` maps the codes of rows without an answer to the reason stated for each. `values_sha256` is of the signed
    answers, `content` of each column of the tables the report had (`monthly_content`), `audit_head` the trail at that
    moment, `report_sha256` of the report file once one was issued. `signed_by` is name and post as the report prints
    them.
    """

    retention = permanent("tanda tangan laporan bulanan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="monthly_signatures")
    month = models.DateField()
    form = models.ForeignKey(MonthlyForm, on_delete=models.PROTECT, related_name="signatures")
    gaps = models.JSONField(default=dict)
    values_sha256 = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    audit_head = models.CharField(max_length=64)
    report_sha256 = models.CharField(max_length=64, blank=True, default="")
    signed_by = models.TextField()
    signer = models.TextField()
    capacity = models.CharField(max_length=10)
    signed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True, default="")
    ended_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(ended_at__isnull=True), name="monthly_signature_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
