"""Rosters as they were asked for, reckoned, drawn and published; wishes; and private calendar addresses."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Employee, Post, Unit

YEARS = 5 * 365


class DraftState(models.TextChoices):
    """How far a roster is. What is published ends only by a later one that replaces it."""

    WAITING = "menunggu", "menunggu dihitung"
    READY = "siap", "siap"
    REFUSED = "gagal", "tidak dapat dibuat"
    PUBLISHED = "terbit", "terbit"
    REPLACED = "diganti", "diganti"


class SeedFrom(models.TextChoices):
    """Where the seed of a lot comes from; nobody can choose it."""

    AUDIT = "jejak", "kepala jejak audit saat dibekukan"
    NUMBERS = "angka", "angka yang diundi di depan umum"


class RosterDraft(models.Model):
    """The roster of a unit and all below it in one month.

    `inputs` holds a hash of each part of what it was reckoned from; `problem` the arrays themselves, `plan` the
    flexible cells and `times` in how many redraws each cell was flexible (both in the order of the problem).
    `replaces` and `from_day` are set on a re-plan: days before `from_day` stay as they were.
    """

    # A month longer than the days it made, which must go first.
    retention = for_days(YEARS + 62, "month", "rencana per orang; jumlahnya tinggal pada undian dan paparan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rosters")
    month = models.DateField()
    parameters = models.JSONField()
    state = models.CharField(max_length=10, choices=DraftState.choices)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replacements")
    from_day = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")
    requested_by = models.CharField(max_length=40)
    requested_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=40, blank=True, default="")
    inputs = models.JSONField(default=dict)
    problem = models.BinaryField(null=True)
    plan = models.BinaryField(null=True)
    times = models.BinaryField(null=True)
    fingerprint = models.CharField(max_length=32, blank=True, default="")
    status = models.CharField(max_length=10, blank=True, default="")
    engine = models.CharField(max_length=10, blank=True, default="")
    points = models.BigIntegerField(default=0)
    published_by = models.CharField(max_length=40, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(state=DraftState.PUBLISHED), name="roster_published_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(DraftState.READY, DraftState.PUBLISHED, DraftState.REPLACED))
                | Q(plan__isnull=False, problem__isnull=False),
                name="roster_ready_has_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class RosterWish(models.Model):
    """How much somebody wants to be flexible on a day (1 to 10), or that they do not (-1); a new word supersedes."""

    retention = for_days(2 * 365, "day", "keinginan pegawai, hanya untuk menyusun dan menjelaskan jadwal")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="roster_wishes")
    day = models.DateField()
    points = models.SmallIntegerField()
    said_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "employee"], condition=Q(superseded_at__isnull=True), name="roster_wish_once"
            ),
            models.CheckConstraint(
                condition=Q(points=-1) | Q(points__gte=1, points__lte=10), name="roster_wish_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.day} {self.points}"


class RosterLot(models.Model):
    """One lot over a roster: its procedure, frozen with its hash before the seed could be known, and what came out.

    Lots of a unit and month are numbered; a second one needs a reason, and every one is kept, drawn or not.
    `head` is the hash of the audit entry of the freezing; `days` are the days of the redraws.
    """

    retention = permanent("bukti undian yang menjadi dasar evaluasi; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    code = models.CharField(max_length=60, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roster_lots")
    month = models.DateField()
    number = models.SmallIntegerField()
    draft = models.ForeignKey(RosterDraft, on_delete=models.SET_NULL, null=True, related_name="lots")
    procedure = models.TextField()
    procedure_hash = models.CharField(max_length=64)
    seed_from = models.CharField(max_length=6, choices=SeedFrom.choices)
    reason = models.TextField(blank=True, default="")
    frozen_by = models.CharField(max_length=40)
    frozen_at = models.DateTimeField()
    head = models.CharField(max_length=64, blank=True, default="")
    numbers = ArrayField(models.IntegerField(), default=list)
    seed = models.CharField(max_length=120, blank=True, default="")
    drawn_by = models.CharField(max_length=40, blank=True, default="")
    drawn_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=32, blank=True, default="")
    repetitions = models.IntegerField()
    days = ArrayField(models.DateField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "number"], name="roster_lot_numbered"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="roster_lot_again_has_a_reason"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, seed="") | Q(drawn_at__isnull=False) & ~Q(seed=""),
                name="roster_lot_drawn_with_a_seed",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RedrawnLink(models.Model):
    """What every redraw of a lot counts, in its order: a unit with all below it, or one post of it.

    `members` are rows of the roster's problem, without meaning once that is gone; `present` how many of them were
    there on each day.
    """

    retention = permanent("susunan hitungan ulang undian; tanpa data pribadi")

    lot = models.ForeignKey(RosterLot, on_delete=models.PROTECT, related_name="links")
    position = models.IntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="redrawn")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="redrawn")
    members = ArrayField(models.IntegerField())
    present = ArrayField(models.IntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "position"], name="redrawn_link_once")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.position}"


class RedrawnBlock(models.Model):
    """Redraws `first` to `first + count`: how many were flexible per draw, link and day, packed.

    Blocks are written one by one, each in a unit of work of its own, so that a restart goes on where it was.
    """

    retention = permanent("hitungan ulang undian untuk evaluasi; tanpa data pribadi")

    lot = models.ForeignKey(RosterLot, on_delete=models.PROTECT, related_name="blocks")
    first = models.IntegerField()
    count = models.IntegerField()
    exposure = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "first"], name="redrawn_block_once")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.first}"


class CalendarLink(models.Model):
    """A private address of somebody's own flexible days as a calendar; only the digest of its secret is kept."""

    retention = permanent("alamat kalender pribadi sampai dicabut; tanpa isi kalender")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="calendar_links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(revoked_at__isnull=True), name="calendar_link_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"
