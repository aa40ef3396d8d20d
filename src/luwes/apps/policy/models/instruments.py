"""Instruments, the bytes of their rulebooks, how they came into force and out of it again."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent


class Origin(models.TextChoices):
    """Where the bytes of a rulebook came from."""

    SHIPPED = "shipped", "bawaan"
    WRITTEN = "written", "ditulis sendiri"


class SuspensionKind(models.TextChoices):
    """Whether an instrument rests for a while, or was taken back from a day on."""

    SUSPENDED = "suspended", "ditangguhkan"
    WITHDRAWN = "withdrawn", "dicabut"


class Instrument(models.Model):
    """The lasting identity of a circular or regulation; `key` is the id inside its rulebook files."""

    retention = permanent("aturan yang pernah dicatat")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    key = models.TextField(unique=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class RulebookVersion(models.Model):
    """One version of an instrument as the bytes of its rulebook. A trigger refuses to change them.

    The other columns repeat the head of the file, so that lists need not read it. `first` and `last` are both inside.
    """

    retention = permanent("naskah aturan yang menjadi dasar keputusan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    version = models.IntegerField()
    title = models.TextField()
    number = models.TextField()
    issuer = models.TextField()
    level = models.SmallIntegerField()
    issued = models.DateField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)
    discarded_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "version"],
                condition=Q(discarded_at__isnull=True),
                name="rulebook_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.version}"


class Enactment(models.Model):
    """A version put into force by a second person; annulled (`superseded_at`) it never held, as known from then on.

    `findings` are the contradictions and open points that stood at that moment, each answered.
    """

    retention = permanent("siapa menetapkan aturan, dan atas dasar apa")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    version = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="enactments")
    sha256 = models.CharField(max_length=64)
    basis = models.TextField()
    findings = models.JSONField()
    enacted_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    annulled_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(superseded_at__isnull=True), name="rulebook_enacted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.recorded_at}"


class ClauseAdoption(models.Model):
    """A clause known only from reports that an authoriser made binding here."""

    retention = permanent("siapa memberlakukan butir yang baru diketahui dari berita")

    enactment = models.ForeignKey(Enactment, on_delete=models.PROTECT, related_name="adoptions")
    clause = models.TextField()
    adopted_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enactment", "clause"], name="clause_adopted_once")]

    def __str__(self) -> str:
        return f"{self.enactment_id} {self.clause}"


class FindingAnswer(models.Model):
    """Why a contradiction or an open point may stand when a version is enacted."""

    retention = permanent("alasan atas pertentangan aturan")

    version = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="answers")
    code = models.TextField()
    rules = models.JSONField()
    reason = models.TextField()
    answered_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code", "rules"],
                condition=Q(superseded_at__isnull=True),
                name="finding_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.code}"


class Suspension(models.Model):
    """Days on which an instrument does not hold, everywhere (`area` "") or for those of one tag.

    Withdrawing is the same without an end. Lifting supersedes the row; the days that had passed are kept in a new one.
    """

    retention = permanent("kapan aturan tidak berlaku, dan mengapa")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="suspensions")
    kind = models.CharField(max_length=9, choices=SuspensionKind.choices)
    area = models.TextField(default="")
    period = DateRangeField()
    reason = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(period__isempty=False), name="suspension_not_empty")]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.period}"


class PolicyChange(models.Model):
    """Something changed that upper apps may have planned on: append-only, like the feed of `people`.

    `scope` is a tag ("unit:…", "person:…"), "" for everybody; `period` are the days it touches.
    """

    retention = permanent("perubahan yang harus diikuti jadwal; tanpa nama")

    kind = models.TextField()
    subject = models.TextField()
    scope = models.TextField(default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
