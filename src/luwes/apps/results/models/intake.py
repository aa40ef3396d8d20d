"""Answers of citizens through QR posters: rounds, posters, answers, and the line some of them write."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import ServicePoint, Unit

COMMENT_DAYS = 90


class RoundKind(models.TextChoices):
    """Which questions are asked."""

    SHORT = "singkat", "tiga pertanyaan"
    OFFICIAL = "skm", "sembilan unsur"


class SurveyRound(models.Model):
    """When answers are taken, `[since, until)`, and which questions are asked.

    An official round goes before a short one. Without `unit` it is the whole government's. `until` None: until
    somebody closes it.
    """

    retention = permanent("putaran survei")

    key = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=8, choices=RoundKind.choices)
    name = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="survey_rounds")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="survey_round_has_days"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SurveyPoster(models.Model):
    """One printed poster at a service point; its code names the two, never a person."""

    retention = permanent("poster survei di titik layanan")

    code = models.CharField(max_length=12, unique=True)
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="survey_posters")
    # Where it hangs, in the unit's words.
    place = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class QrAnswer(models.Model):
    """One citizen's answers on one visit, sent from a phone; nothing tells who it was.

    `number` is made with the form, so that the same form is stored once however often it is sent. `network` is a
    digest of the address keyed by the day, blank once it has served to find bursts. `summed_at` None: not yet in the
    daily figures, nor looked at for flags.
    """

    retention = for_days(3 * 365, "day", "jawaban tanpa nama; jumlahnya tinggal pada angka harian")

    number = models.UUIDField(unique=True)
    poster = models.ForeignKey(SurveyPoster, on_delete=models.PROTECT, related_name="answers", db_index=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="answers", db_index=False)
    day = models.DateField()
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    elements = ArrayField(models.SmallIntegerField(null=True), default=list)
    was_served = models.BooleanField(null=True)
    as_promised = models.BooleanField(null=True)
    satisfied = models.SmallIntegerField(null=True)
    device = models.CharField(max_length=12, blank=True, default="")
    network = models.CharField(max_length=16, blank=True, default="")
    flags = ArrayField(models.CharField(max_length=16), default=list)
    summed_at = models.DateTimeField(null=True)

    class Meta:
        # Few, because every answer pays for each: bounds, sums and counts all go by poster and time of arrival.
        indexes = [
            models.Index(fields=["poster", "received_at"], name="qr_answer_arrival"),
            models.Index(fields=["id"], condition=Q(summed_at__isnull=True), name="qr_answer_to_sum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(satisfied__gte=1, satisfied__lte=4),
                name="qr_answer_satisfied_1_to_4",
            )
        ]

    def __str__(self) -> str:
        return f"{self.poster_id} {self.day}"


class SurveyComment(models.Model):
    """The one free line of an answer. People name people, so only the service's head reads it, and not for long."""

    retention = for_days(COMMENT_DAYS, "received_at", "kalimat warga, hanya untuk kepala layanan")

    answer = models.OneToOneField(QrAnswer, on_delete=models.CASCADE, related_name="comment")
    text = models.TextField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.answer_id)
