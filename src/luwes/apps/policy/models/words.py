"""What a word of the rulebooks means here: which of our units carry it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent


class WordMeaning(models.Model):
    """The units (by key, with all below them) a tag such as "service:kesehatan" means in a period; corrections insert.

    An empty list says that none of ours is meant. A tag without a row is unknown, not empty.
    """

    retention = permanent("arti kata dalam aturan; tanpa data pribadi")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    word = models.TextField()
    units = ArrayField(models.CharField(max_length=16), default=list)
    period = DateRangeField()
    basis = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="word_meaning_not_empty"),
            ExclusionConstraint(
                name="word_meaning_one_a_day",
                expressions=[
                    (
                        Func(
                            F("word"),
                            output_field=BigIntegerRangeField(),
                            template="int8range(hashtextextended(%(expressions)s, 0), "
                            "hashtextextended(%(expressions)s, 0), '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.period}"
