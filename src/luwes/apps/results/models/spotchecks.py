"""Spot checks: the procedure before the first draw, each day's draw with its frame, and what was found."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Service, ServicePoint


class SpotProcedure(models.Model):
    """How is drawn from `since` on; frozen: a change is a new procedure that starts later.

    `flexible_rate` is how many times likelier a counter is on its flexible days. `base_share` is the share not
    served that was expected on other days, `reach` what harm can be shown after how many days, both said beforehand.
    """

    retention = permanent("tata cara uji petik yang dibekukan sebelum undian; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    since = models.DateField(unique=True)
    per_day = models.SmallIntegerField()
    flexible_rate = models.SmallIntegerField()
    base_share = models.DecimalField(max_digits=5, decimal_places=4)
    reach = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    frozen_by = models.CharField(max_length=40)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_day__gte=1, per_day__lte=200, flexible_rate__gte=1, flexible_rate__lte=10),
                name="spot_procedure_possible",
            ),
            models.CheckConstraint(
                condition=Q(base_share__gte=0, base_share__lt=1), name="spot_procedure_base_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.per_day}"


class SpotDraw(models.Model):
    """One day's draw: the whole frame, the seed and the entry of the audit chain it comes from."""

    retention = permanent("bukti undian uji petik; tanpa data pribadi")

    day = models.DateField(unique=True)
    procedure = models.ForeignKey(SpotProcedure, on_delete=models.PROTECT, related_name="draws")
    frame = models.JSONField()
    frame_digest = models.CharField(max_length=64)
    audit_seq = models.BigIntegerField()
    audit_head = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)


class SpotCheck(models.Model):
    """A counter and hour that was drawn, with its probability as a fraction, and once filed what was found.

    `reached`: somebody answered or the counter was open; `served`: the request was taken. Who filed it is an
    opaque id. `said_minute` is when the checker was there, by their own word.
    """

    retention = for_days(5 * 365, "draw__drawn_at", "hasil uji petik; jumlahnya tinggal pada angka harian")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    draw = models.ForeignKey(SpotDraw, on_delete=models.PROTECT, related_name="checks")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="spot_checks")
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="spot_checks")
    kind = models.CharField(max_length=10)
    minute = models.SmallIntegerField()
    chance_of = models.BigIntegerField()
    chance_in = models.BigIntegerField()
    reached = models.BooleanField(null=True)
    served = models.BooleanField(null=True)
    waited = models.SmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    said_minute = models.SmallIntegerField(null=True)
    form = models.CharField(max_length=64, blank=True, default="")
    filed_by = models.CharField(max_length=40, blank=True, default="")
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "point", "minute"], name="spot_check_once"),
            models.CheckConstraint(condition=Q(chance_of__gt=0, chance_of__lte=F("chance_in")), name="spot_chance"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, reached__isnull=True, served__isnull=True)
                | Q(filed_at__isnull=False, reached__isnull=False, served__isnull=False),
                name="spot_check_filed_whole",
            ),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(reached=True) | Q(served=False), name="spot_served_was_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.point_id} {self.minute}"


class SpotPhoto(models.Model):
    """At most one picture of a closed door; what the camera wrote beside it is taken out before it is stored."""

    retention = for_days(30, "at", "foto pintu loket; dihapus setelah 30 hari")

    check_row = models.OneToOneField(SpotCheck, on_delete=models.CASCADE, primary_key=True, related_name="photo")
    image = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.check_row_id}"
