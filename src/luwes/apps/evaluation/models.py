"""Frozen plans, the ledger of looks, and what each look found; nothing here is ever changed."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models import Unit


class AnalysisPlan(models.Model):
    """What was promised before the first look: `content` is that of `plans.Content`, `digest` its SHA-256.

    It is drafted by one person and frozen by another; only a frozen plan may be looked at. A later change is a new
    plan of the same `policy`, with a level of its own.
    """

    retention = permanent("rencana evaluasi; tanpa data pribadi selain nama penanda tangan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    policy = models.CharField(max_length=120)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=40)
    drafted_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=40, blank=True, default="")
    signer = models.TextField(blank=True, default="")
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by="") | Q(frozen_at__isnull=False, frozen_by__gt=""),
                name="analysis_plan_frozen_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(frozen_by=F("drafted_by")), name="analysis_plan_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.public_id}"


class Look(models.Model):
    """One view of a plan's results, written before anything is computed: the ledger of what was spent.

    `number` counts from 0 as the plan's looks do; `cutoff` is the first day that is not in the data.
    """

    retention = permanent("buku pengamatan evaluasi; tanpa data pribadi")

    plan = models.ForeignKey(AnalysisPlan, on_delete=models.PROTECT, related_name="looks")
    number = models.SmallIntegerField()
    cutoff = models.DateField()
    opened_by = models.CharField(max_length=40)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="evaluation_look_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="evaluation_look_number"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Run(models.Model):
    """What a look found. `input_digest` is of the sums and the plan, `code_digest` of the estimating code.

    `result` is canonical JSON; `evidence` the compressed package anyone can compute it again from, empty without a lot.
    """

    retention = permanent("hasil evaluasi; jumlah per unit dan hari, tanpa data pribadi")

    look = models.OneToOneField(Look, on_delete=models.PROTECT, related_name="run")
    input_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    result = models.TextField()
    evidence = models.BinaryField(default=bytes)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.look_id}"


class StageReview(models.Model):
    """The stages of articles 35-36 for one unit and period: what the unit head says, then what the PPK decides.

    `panels` holds the three panels (performance, discipline, infrastructure), each filled or waived with a reason;
    `means` is the log of what was provided. Another version supersedes.
    """

    retention = permanent("evaluasi berjenjang pelaksanaan kerja fleksibel")

    class Stage(models.TextChoices):
        """Who speaks."""

        HEAD = "kepala", "kepala unit"
        PPK = "ppk", "PPK"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="stage_reviews")
    since = models.DateField()
    until = models.DateField()
    stage = models.CharField(max_length=6, choices=Stage.choices)
    panels = models.JSONField()
    means = models.JSONField(default=list)
    conclusion = models.TextField()
    signer = models.TextField()
    signed_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "since", "until", "stage"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="stage_review_current_once",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="stage_review_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since} {self.stage}"
