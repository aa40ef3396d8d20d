"""Strategic programmes: whose they are, until when, and how far they have come."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models.units import Unit


class StrategicProgram(models.Model):
    """The lasting identity of a programme; everything that can change is in its versions."""

    retention = permanent("identitas program strategis")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)

    def __str__(self) -> str:
        return self.key


class ProgramVersion(models.Model):
    """A programme as known from `recorded_at` until `superseded_at`.

    `period` is its run. Physical figures are percent of the whole, money is whole rupiah; `as_of` is the date
    the progress was measured. `team` holds the keys of the units that work on it besides its owner.
    """

    retention = permanent("riwayat program strategis")

    program = models.ForeignKey(StrategicProgram, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    name = models.TextField()
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    team = ArrayField(models.CharField(max_length=16), default=list)
    period = DateRangeField()
    as_of = models.DateField(null=True)
    physical_target = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    physical_progress = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    money_target = models.BigIntegerField(null=True)
    money_progress = models.BigIntegerField(null=True)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="program_version_once"),
            models.UniqueConstraint(
                fields=["program"], condition=Q(superseded_at__isnull=True), name="program_one_open_version"
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="program_period_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramMilestone(models.Model):
    """A step of a programme version: what is due when, and when it was reached."""

    retention = permanent("ikut versi programnya")

    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="milestones")
    due = models.DateField()
    name = models.TextField()
    reached = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "due", "name"], name="program_milestone_once")]

    def __str__(self) -> str:
        return f"{self.due} {self.name}"
