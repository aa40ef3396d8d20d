"""Import batches: what arrived, how it was read, what was refused, and what waits to be confirmed."""

from django.db import models
from django.db.models import Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent


class Source(models.Model):
    """One place figures come from: a kind of file from one sender. `owner` is who answers for it, by name or post."""

    retention = permanent("asal data")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=30)
    name = models.TextField()
    owner = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="source_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Mapping(models.Model):
    """How a source's headers and codes are read, chosen by the admin; corrections insert.

    `columns` maps our column name → their normalised header. `values` maps column → {theirs: ours}.
    """

    retention = permanent("cara membaca sumber; dasar angka yang sudah terbit")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="mappings")
    columns = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(superseded_at__isnull=True), name="mapping_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"mapping of {self.source_id}"


class BatchState(models.TextChoices):
    """A batch is staged by a dry run, then confirmed, discarded, or lapses after 24 hours."""

    STAGED = "staged"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"
    LAPSED = "lapsed"


class ImportBatch(models.Model):
    """One file that arrived: its hash, how it was read, and the counts that survive its rows.

    `summary` is what the reader found (format, encoding, header row, mapping used, dropped headers), and
    what comparing told: findings, unmapped values, drift. It holds no row of the file once the batch is settled.
    `counts` has rows, new, changed, unchanged, gone, rejected, unmapped, skipped, withdrawn.
    """

    retention = permanent("bukti asal angka: hash berkas dan hitungan, tanpa isi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, null=True)
    file_name = models.TextField()
    file_sha256 = models.CharField(max_length=64)
    file_size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.STAGED)
    version = models.IntegerField(default=1)
    summary = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    staged_by = models.CharField(max_length=40)
    staged_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["source", "-staged_at"], name="batch_by_source"),
            models.Index(fields=["file_sha256"], name="batch_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class StagedRow(models.Model):
    """A minimised row waiting for confirmation: a JSON array of canonical values in layout order."""

    retention = for_days(1, "batch__staged_at", "baris sementara; habis saat dikonfirmasi")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row_number = models.IntegerField()
    key = models.TextField()
    data = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["batch", "row_number"], name="staged_by_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row_number}"


class RejectedCell(models.Model):
    """Why a row was refused: row, column, a code, the shortened value and the nearest valid one.

    `by_rule`: refused by the kind's own rules, so written anew whenever the stage is compared again.
    """

    retention = for_days(90, "batch__staged_at", "nilai yang ditolak, untuk diperbaiki pengirim")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejects")
    row_number = models.IntegerField()
    column = models.TextField()
    code = models.CharField(max_length=40)
    value = models.TextField()
    nearest = models.TextField(blank=True, default="")
    by_rule = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["batch", "row_number"], name="reject_by_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row_number} {self.code}"


class Changed(models.TextChoices):
    """What changed about how something is recorded, though perhaps not about the thing itself."""

    SYSTEM = "sistem", "aplikasi atau mesin pencatat"
    DUTY = "kewajiban", "kewajiban mencatat atau melapor"
    DEFINITION = "definisi", "pengertian atau cara menghitung"


class ReportingBreak(models.Model):
    """From `on` figures of this kind are recorded in another way: before and after do not compare.

    An empty `kind` means every kind, an empty `unit_key` every unit; a unit's break holds for what lies below it too.
    Declared by a person, never by the software; a revoked one stays to be read.
    """

    retention = permanent("dasar membaca deret angka; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=30, blank=True, default="")
    unit_key = models.CharField(max_length=16, blank=True, default="")
    on = models.DateField()
    what = models.CharField(max_length=12, choices=Changed.choices)
    description = models.TextField()
    declared_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=40, blank=True, default="")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit_key", "on", "what"],
                condition=Q(revoked_at__isnull=True),
                name="reporting_break_once",
            )
        ]
        indexes = [models.Index(fields=["on"], name="reporting_break_on")]

    def __str__(self) -> str:
        return f"{self.kind or 'all'} {self.on}"
