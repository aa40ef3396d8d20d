"""Running cost in physical units: electricity, water, data, fuel; corrections insert."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.kept import permanent
from luwes.apps.people.models import Unit
from luwes.apps.sources.models import ImportBatch


class Utility(models.TextChoices):
    """What a meter counts; the unit of measure follows from it."""

    ELECTRICITY = "listrik", "listrik (kWh)"
    WATER = "air", "air (m³)"
    DATA = "data", "data (GB)"
    FUEL = "bbm", "bahan bakar (liter)"


class Bill(models.Model):
    """What one meter counted in [`since`, `until`), and what was charged.

    `quantity_milli` is in thousandths of kWh, m³, GB or litre; `rupiah` and `tariff` (rupiah per unit) as billed.
    """

    retention = permanent("tagihan utilitas per meter; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bills")
    utility = models.CharField(max_length=10, choices=Utility.choices)
    meter = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    quantity_milli = models.BigIntegerField()
    tariff = models.CharField(max_length=40, blank=True, default="")
    rupiah = models.BigIntegerField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="bills")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["utility", "meter", "since"],
                condition=Q(superseded_at__isnull=True),
                name="bill_current_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), quantity_milli__gte=0) & (Q(rupiah__isnull=True) | Q(rupiah__gte=0)),
                name="bill_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.since}"
