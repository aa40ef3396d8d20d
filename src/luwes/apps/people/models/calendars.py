"""Calendars by version, Ramadan, blackouts, and which working hours hold where."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models.units import Unit
from luwes.core.workdays.worktime import Season


class CalendarVersion(models.Model):
    """The holidays of one year as known from `recorded_at` until `superseded_at`; an edit is a new version."""

    retention = permanent("hari libur menurut keputusan dan versinya")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    year = models.IntegerField()
    version = models.IntegerField()
    decree = models.TextField()
    number = models.TextField(default="")
    issued = models.DateField(null=True)
    source = models.TextField()
    status = models.CharField(max_length=10)
    note = models.TextField(default="")
    # Why a person changed it; empty for a version loaded from a rulebook.
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="calendar_version_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(superseded_at__isnull=True), name="calendar_one_open_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} v{self.version}"


class CalendarDay(models.Model):
    """One holiday of a version: a plain date."""

    retention = permanent("ikut versi kalendernya")

    version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=10)
    name = models.TextField()
    status = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class RamadanPeriod(models.Model):
    """The days of one Ramadan, by its hijri year; moving it supersedes one row."""

    retention = permanent("masa Ramadan menurut penetapannya")

    hijri = models.IntegerField()
    period = DateRangeField()
    status = models.CharField(max_length=10)
    basis = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hijri"], condition=Q(superseded_at__isnull=True), name="ramadan_once"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="ramadan_not_empty"),
        ]

    def __str__(self) -> str:
        return f"Ramadan {self.hijri}"


class Blackout(models.Model):
    """No flexible work in the period, for a unit and all below it or (no unit) for everybody."""

    retention = permanent("masa larangan dan dasarnya")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    period = DateRangeField()
    name = models.TextField()
    basis = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(period__isempty=False), name="blackout_not_empty")]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"


class WorkingTimeAssignment(models.Model):
    """Which schedule (its rulebook's code) holds for a unit and all below it, or for everybody.

    Seasons stand side by side: the normal hours, those of Ramadan, those of an emergency.
    """

    retention = permanent("jam kerja yang berlaku menurut tanggal")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    schedule = models.TextField()
    season = models.CharField(max_length=10)
    pattern = models.CharField(max_length=4)
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *(
                ExclusionConstraint(
                    name=f"working_time_{season.value}_one_a_day",
                    expressions=[
                        (
                            Func(
                                F("unit"),
                                template="int8range(coalesce(%(expressions)s, 0), coalesce(%(expressions)s, 0), '[]')",
                                output_field=BigIntegerRangeField(),
                            ),
                            RangeOperators.OVERLAPS,
                        ),
                        (F("period"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(superseded_at__isnull=True, season=season.value),
                )
                for season in Season
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="working_time_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} {self.period}"
