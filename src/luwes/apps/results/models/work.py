"""What was produced: counts of results against targets, as e-Kinerja-like systems export them."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days
from luwes.apps.people.models import Employee, Unit
from luwes.apps.sources.models import ImportBatch


class OutputRow(models.Model):
    """Results of a person or a unit in a period (one day, or a month) [`since`, `until`); corrections insert.

    `target` is in the same unit as `count`; `quality` is percent. `label` is the kind of result, as the file says it.
    """

    retention = for_days(2 * 365, "since", "hasil kerja per orang; jumlah per unit tinggal pada angka harian")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outputs")
    # None: the file speaks of the unit as a whole.
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="outputs")
    since = models.DateField()
    until = models.DateField()
    label = models.CharField(max_length=120, blank=True, default="")
    count = models.IntegerField()
    target = models.IntegerField(null=True)
    quality = models.SmallIntegerField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="outputs")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "employee", "since", "until", "label"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="output_current_once",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since"), count__gte=0), name="output_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"


class OwnOutput(models.Model):
    """What somebody says of a day of their own, where no system exports it; corrections insert.

    Kept apart from `OutputRow`: it stands in no figure of a unit, and a row of a file about the same day goes first.
    """

    retention = for_days(2 * 365, "day", "catatan sendiri seorang pegawai; hanya untuk yang bersangkutan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="own_outputs")
    day = models.DateField()
    label = models.CharField(max_length=120)
    count = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "day", "label"],
                condition=Q(superseded_at__isnull=True),
                name="own_output_current_once",
            ),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=999), name="own_output_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.day}"
