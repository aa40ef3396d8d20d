"""What citizens receive, where, by which chain of units, and how many must be there."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models.places import Workplace
from luwes.apps.people.models.staff import Post, one_a_day
from luwes.apps.people.models.units import Unit

# Percent of cases that must keep a promise, where the standard says nothing else.
USUAL_SHARE = 90


class Counting(models.TextChoices):
    """Whether the head has confirmed it; what is only proposed counts nowhere."""

    PROPOSED = "usulan", "usulan"
    CONFIRMED = "dikonfirmasi", "dikonfirmasi"


class LinkRole(models.TextChoices):
    """What a unit does for a service."""

    FRONT = "depan", "menerima dan melayani"
    VERIFY = "verifikasi", "memeriksa"
    SIGN = "tanda_tangan", "menandatangani"
    IT = "ti", "menjaga sistemnya"


def _single(column: str, template: str = "int8range(%(expressions)s, %(expressions)s, '[]')") -> Func:
    """A column as a range of one number, so that gist can compare it without any extension."""
    return Func(F(column), template=template, output_field=BigIntegerRangeField())


class Service(models.Model):
    """The lasting identity of a service; everything that can change is in its versions."""

    retention = permanent("identitas layanan publik")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)

    def __str__(self) -> str:
        return self.key


class ServiceVersion(models.Model):
    """Name, owner and published standard of a service during a period; corrections insert, never update.

    The time the standard promises is either `days_promised` (working days) or `minutes_promised` (while it is open),
    `cost` whole rupiah (0: free), `implementers` the number of people the standard names; each is None where the
    standard does not say. `required_share_pct` is the share of cases that must keep the promise. `windows` are the
    opening hours as [ISO weekday, from minute, to minute]; `hours` is how the standard words them.
    """

    retention = permanent("standar pelayanan menurut tanggal")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    name = models.TextField()
    name_key = models.TextField()
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services")
    minutes_promised = models.IntegerField(null=True)
    days_promised = models.IntegerField(null=True)
    required_share_pct = models.SmallIntegerField(default=USUAL_SHARE)
    cost = models.BigIntegerField(null=True)
    implementers = models.IntegerField(null=True)
    hours = models.TextField(default="")
    windows = models.JSONField(default=list)
    source = models.TextField(default="")
    status = models.CharField(max_length=12, choices=Counting.choices)
    # Who confirmed: the actor's id and how the act is signed.
    confirmed_by = models.TextField(default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["name_key", "service"], name="service_name_key")]
        constraints = [
            one_a_day("service_one_version_a_day", "service"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="service_period_not_empty"),
            models.CheckConstraint(
                condition=(Q(minutes_promised__isnull=True) | Q(minutes_promised__gt=0))
                & (Q(days_promised__isnull=True) | Q(days_promised__gt=0))
                & (Q(cost__isnull=True) | Q(cost__gte=0))
                & (Q(implementers__isnull=True) | Q(implementers__gt=0)),
                name="service_standard_possible",
            ),
            models.CheckConstraint(
                condition=Q(minutes_promised__isnull=True) | Q(days_promised__isnull=True),
                name="service_one_promise",
            ),
            models.CheckConstraint(
                condition=Q(required_share_pct__gte=1, required_share_pct__lte=100), name="service_share_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServicePoint(models.Model):
    """The lasting identity of a counter, window or room where a service is given."""

    retention = permanent("identitas titik layanan")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="points")

    def __str__(self) -> str:
        return self.key


class ServicePointVersion(models.Model):
    """What a point was called, which unit stands at it, where and when open, during a period; corrections insert.

    Without `windows` of its own the point is open when the service is.
    """

    retention = permanent("titik layanan menurut tanggal")

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="versions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_points")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, related_name="service_points")
    name = models.TextField()
    hours = models.TextField(default="")
    windows = models.JSONField(default=list)
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_a_day("service_point_one_version_a_day", "point"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="service_point_period_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class ChainLink(models.Model):
    """A unit (or one post in it) a service needs during a period, and how heavily it weighs; corrections insert."""

    retention = permanent("rantai unit di balik layanan menurut tanggal")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=12, choices=LinkRole.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="chain_links")
    # None: everybody in the unit.
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="chain_links")
    weight = models.IntegerField(default=1)
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="chain_link_once_a_day",
                expressions=[
                    (_single("service"), RangeOperators.OVERLAPS),
                    (_single("unit"), RangeOperators.OVERLAPS),
                    (
                        _single("post", "int8range(coalesce(%(expressions)s, 0), coalesce(%(expressions)s, 0), '[]')"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        _single(
                            "role",
                            "int8range(hashtextextended(%(expressions)s, 0), "
                            "hashtextextended(%(expressions)s, 0), '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="chain_link_period_not_empty"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="chain_link_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.role} {self.unit_id}"


class CoverageFloor(models.Model):
    """How many must be at a point on a weekday between two minutes of the day; corrections insert.

    `minimum` is what counts. Where it was reckoned from a share, `share` (percent) and `base` (people) say from
    what: minimum = share of base, rounded up. Leave, ceremonies and training all take from what lies above it.
    """

    retention = permanent("lantai layanan dan dasarnya menurut tanggal")

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="floors")
    weekday = models.SmallIntegerField()
    from_minute = models.SmallIntegerField()
    to_minute = models.SmallIntegerField()
    minimum = models.SmallIntegerField()
    share = models.SmallIntegerField(null=True)
    base = models.SmallIntegerField(null=True)
    source = models.TextField()
    status = models.CharField(max_length=12, choices=Counting.choices)
    confirmed_by = models.TextField(default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="floor_once_a_band",
                expressions=[
                    (_single("point"), RangeOperators.OVERLAPS),
                    (_single("weekday"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("from_minute"),
                            F("to_minute"),
                            template="int8range(%(expressions)s, '[)')",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="floor_period_not_empty"),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7)
                & Q(from_minute__gte=0, to_minute__lte=1440, from_minute__lt=F("to_minute"))
                & Q(minimum__gt=0),
                name="floor_possible",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True, base__isnull=True)
                | Q(share__gt=0, share__lte=100, base__gt=0, share__isnull=False, base__isnull=False),
                name="floor_share_and_base",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.weekday} {self.minimum}"
