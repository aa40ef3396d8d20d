"""Where a unit works, and what became of units that were merged, split or succeeded."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models.staff import one_a_day
from luwes.apps.people.models.units import Unit


class Zone(models.TextChoices):
    """The three times of the country, by the name of the time zone database."""

    WEST = "Asia/Jakarta", "WIB"
    CENTRAL = "Asia/Makassar", "WITA"
    EAST = "Asia/Jayapura", "WIT"


class Signal(models.TextChoices):
    """How far a phone or a laptop is of use at a place."""

    GOOD = "baik", "baik"
    WEAK = "lemah", "lemah"
    NONE = "tidak_ada", "tidak ada"


class SuccessionKind(models.TextChoices):
    """What happened to a unit."""

    MERGE = "gabung", "digabung"
    SPLIT = "pecah", "dipecah"
    SUCCESSOR = "pengganti", "diganti"


class Workplace(models.Model):
    """The lasting identity of a place a unit works at."""

    retention = permanent("identitas tempat kerja")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)

    def __str__(self) -> str:
        return self.key


class WorkplaceVersion(models.Model):
    """What a place was called, whose it was and how well connected; corrections insert, never update."""

    retention = permanent("tempat kerja menurut tanggal")

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="versions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="workplaces")
    name = models.TextField()
    name_key = models.TextField()
    zone = models.CharField(max_length=20, choices=Zone.choices)
    # "" while nobody has graded it: unknown is not good.
    signal = models.CharField(max_length=10, choices=Signal.choices, blank=True, default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_a_day("workplace_one_version_a_day", "workplace"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="workplace_period_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """From `on` the work of `before` is done by `after`; a merge or a split is several such rows.

    Each unit keeps its own history; long series follow these rows.
    """

    retention = permanent("asal-usul unit organisasi")

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    basis = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"], condition=Q(superseded_at__isnull=True), name="unit_succession_once"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="unit_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.kind} {self.after_id}"
