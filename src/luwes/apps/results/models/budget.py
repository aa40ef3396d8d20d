"""The budget realisation recap and the notes written on it."""

from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Unit
from luwes.apps.sources.models import ImportBatch


class BudgetRow(models.Model):
    """A unit's budget realisation as reported for one date; corrections insert, never update.

    Traceable to file and row through `batch` and `row_number`.
    """

    retention = permanent("angka anggaran publik")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budget_rows")
    year = models.SmallIntegerField()
    as_of = models.DateField()
    ceiling = models.BigIntegerField()
    realised = models.BigIntegerField()
    reported_pct = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    physical_pct = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    own_target_pct = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="budget_rows")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "as_of"],
                condition=Q(superseded_at__isnull=True),
                name="budget_row_current_once",
            ),
            models.CheckConstraint(condition=Q(ceiling__gte=0), name="budget_ceiling_not_negative"),
        ]
        indexes = [models.Index(fields=["year", "as_of"], name="budget_by_date")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.as_of}"


class BudgetNote(models.Model):
    """What a unit says about its realisation at one date: the cause and what is being done."""

    retention = for_days(5 * 365, "written_at", "catatan bernama pejabat")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budget_notes")
    year = models.SmallIntegerField()
    as_of = models.DateField()
    text = models.TextField()
    signed_by = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
