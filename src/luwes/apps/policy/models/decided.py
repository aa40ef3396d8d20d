"""What people decided under the rules, and figures from elsewhere that a decision has to heed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Unit


def _one_unit() -> Func:
    return Func(
        F("unit"), output_field=BigIntegerRangeField(), template="int8range(%(expressions)s, %(expressions)s, '[]')"
    )


def _same(field: str) -> Func:
    # Equality without btree_gist: a range of the text's hash that holds this one number.
    return Func(
        F(field),
        output_field=BigIntegerRangeField(),
        template="int8range(hashtextextended(%(expressions)s, 0), hashtextextended(%(expressions)s, 0), '[]')",
    )


class NeedAnswer(models.TextChoices):
    """What a unit says of its own need."""

    YES = "yes", "perlu"
    CONDITIONAL = "conditional", "perlu dengan syarat"
    NO = "no", "tidak perlu"


class Effect(models.TextChoices):
    """What a restriction does to the days it is for."""

    WARN = "warn", "memperingatkan"
    CLOSE = "close", "menutup"
    LOWER = "lower", "menurunkan bagian"


class Judgement(models.Model):
    """What a person decided where a rule leaves it open: for one tag ("person:…", "post:…", "unit:…") or for all.

    `value` is a percentage where a quota was left to somebody. Revoking supersedes; a new decision is a new row.
    """

    retention = for_days(10 * 365, "recorded_at", "keputusan atas hal yang dibiarkan terbuka; dapat menyangkut orang")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    rule = models.TextField()
    subject = models.TextField(default="")
    period = DateRangeField()
    allow = models.BooleanField()
    value = models.SmallIntegerField(null=True)
    decided_by = models.TextField()
    reason = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    revoked_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="judgement_not_empty"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, value__lte=100), name="judgement_value_is_percent"
            ),
            ExclusionConstraint(
                name="judgement_one_a_day",
                expressions=[
                    (_same("rule"), RangeOperators.OVERLAPS),
                    (_same("subject"), RangeOperators.OVERLAPS),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject} {self.period}"


class NeedStatement(models.Model):
    """Whether a unit needs flexible work, why, and under which conditions: a stored decision."""

    retention = permanent("pernyataan kebutuhan unit; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=11, choices=NeedAnswer.choices)
    reason = models.TextField()
    conditions = models.TextField(default="")
    period = DateRangeField()
    decided_by = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="need_statement_not_empty"),
            ExclusionConstraint(
                name="need_statement_one_a_day",
                expressions=[(_one_unit(), RangeOperators.OVERLAPS), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.answer}"


class DecisionFigure(models.Model):
    """A figure of a unit that counts for the days of `period`, written by the app that owns it.

    `metric` is what a rulebook's guard names, or "arrived:<fact>" with 1 or 0. `source` names the file behind it.
    """

    retention = permanent("angka unit yang dipakai keputusan; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    metric = models.TextField()
    value = models.FloatField()
    as_of = models.DateField(null=True)
    source = models.TextField(default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="decision_figure_not_empty"),
            ExclusionConstraint(
                name="decision_figure_one_a_day",
                expressions=[
                    (_one_unit(), RangeOperators.OVERLAPS),
                    (_same("metric"), RangeOperators.OVERLAPS),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.metric} {self.value}"


class Restriction(models.Model):
    """What a figure does to a unit (or, without one, to all) for some days.

    With `rule` it follows a clause, which judges by the figure itself; without, it stands on its own and joins the
    rules of the day.
    """

    retention = permanent("pembatasan unit dengan angka sumbernya; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    effect = models.CharField(max_length=5, choices=Effect.choices)
    flex_max = models.SmallIntegerField(null=True)
    rule = models.TextField(default="")
    figure = models.ForeignKey(DecisionFigure, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.TextField()
    period = DateRangeField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="restriction_not_empty"),
            models.CheckConstraint(
                condition=Q(effect="lower", flex_max__gte=0, flex_max__lte=100)
                | (~Q(effect="lower") & Q(flex_max__isnull=True)),
                name="restriction_share_where_lowered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.effect} {self.period}"
