"""Facts summed per service or unit and day: sums and counts, never ratios, never persons. Derived, written anew."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.kept import permanent
from luwes.apps.people.models import Service, Unit


class ServiceFigure(models.Model):
    """One measure of one service on one day: `kept` out of `of`, with what else adds up in `sums`.

    The measures and what their sums hold are listed in `apps/results/measures.py`.
    """

    retention = permanent("jumlah per layanan dan hari; tanpa data pribadi")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="figures")
    day = models.DateField()
    measure = models.CharField(max_length=20)
    kept = models.BigIntegerField()
    of = models.BigIntegerField()
    sums = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "service", "measure"], name="service_figure_once"),
            models.CheckConstraint(condition=Q(kept__gte=0, kept__lte=F("of")), name="service_figure_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day} {self.measure}"


class UnitFigure(models.Model):
    """One measure of one unit on one day, or on the first day of a month for measures that only exist per month."""

    retention = permanent("jumlah per unit dan hari; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figures")
    day = models.DateField()
    measure = models.CharField(max_length=20)
    kept = models.BigIntegerField()
    of = models.BigIntegerField()
    sums = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "unit", "measure"], name="unit_figure_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.measure}"
