"""The dated unit tree: the government, its perangkat daerah, their units and teams."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent


class UnitKind(models.TextChoices):
    """The levels of the tree."""

    GOVERNMENT = "instansi", "instansi"
    AGENCY = "perangkat_daerah", "perangkat daerah"
    UNIT = "unit", "unit"
    TEAM = "tim", "tim"


class Unit(models.Model):
    """The lasting identity of a unit; everything that can change is in its versions.

    `key` is the opaque scope key used by accounts and letterheads, and stands in URLs.
    """

    retention = permanent("identitas unit organisasi")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)

    def __str__(self) -> str:
        return self.key


class UnitVersion(models.Model):
    """What a unit was called and where it stood during a period; corrections insert, never update."""

    retention = permanent("susunan organisasi menurut tanggal")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    code = models.TextField()
    name = models.TextField()
    name_key = models.TextField()
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="child_versions")
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_key"], name="unit_name_key"),
            models.Index(fields=["code"], name="unit_code"),
        ]
        constraints = [
            ExclusionConstraint(
                name="unit_one_version_a_day",
                expressions=[
                    (
                        Func(
                            F("unit"),
                            template="int8range(%(expressions)s, %(expressions)s, '[]')",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="unit_period_not_empty"),
            models.CheckConstraint(condition=~Q(parent=F("unit")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
