"""What happened at services: cases, queues, survey answers, complaints, opening hours; corrections insert."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Service, ServicePoint, Unit
from luwes.apps.sources.models import ImportBatch


class ServiceCase(models.Model):
    """One case of a service: opened, due, closed. The number is kept only as a keyed digest.

    `whole_days` says that the file gave dates without times. `due_given` is False where the due date was reckoned
    from the standard's promised time.
    """

    retention = for_days(5 * 365, "opened_at", "perkara layanan tanpa nama; jumlahnya tinggal pada angka harian")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cases")
    number_digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_given = models.BooleanField()
    closed_at = models.DateTimeField(null=True)
    whole_days = models.BooleanField()
    channel = models.CharField(max_length=40, blank=True, default="")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="service_cases")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number_digest"],
                condition=Q(superseded_at__isnull=True),
                name="service_case_current_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="service_case_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="service_case_due")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.opened_at}"


class QueueDay(models.Model):
    """One day of a queue: how many waited how many whole minutes. Medians do not add, counts per minute do.

    `waits` and `serving` map the minute (text) to the number of people; `arrived` counts everybody,
    `called` and `served` those with such a time.
    """

    retention = permanent("hitungan antrean per hari; tanpa data pribadi")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="queue_days")
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, null=True, related_name="queue_days")
    day = models.DateField()
    arrived = models.IntegerField()
    called = models.IntegerField()
    served = models.IntegerField()
    waits = models.JSONField(default=dict)
    serving = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="queue_days")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "point", "day"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="queue_day_current_once",
            ),
            models.CheckConstraint(
                condition=Q(served__gte=0, served__lte=F("called"), called__lte=F("arrived")), name="queue_day_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"


class SurveyAnswer(models.Model):
    """One citizen's answers on one visit; nothing tells who it was.

    `elements` holds the nine elements of the official survey (1-4, None: not answered), or is empty for short
    answers: `was_served`, `as_promised`, `satisfied` (1-4).
    """

    retention = for_days(3 * 365, "day", "jawaban tanpa nama; jumlahnya tinggal pada angka harian")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="survey_answers")
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, null=True, related_name="survey_answers")
    day = models.DateField()
    channel = models.CharField(max_length=40, blank=True, default="")
    elements = ArrayField(models.SmallIntegerField(null=True), default=list)
    was_served = models.BooleanField(null=True)
    as_promised = models.BooleanField(null=True)
    satisfied = models.SmallIntegerField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="survey_answers")
    row_number = models.IntegerField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["service", "day"], condition=Q(superseded_at__isnull=True), name="survey_answer_day")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(satisfied__gte=1, satisfied__lte=4),
                name="survey_satisfied_1_to_4",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"


class ComplaintMonth(models.Model):
    """Complaints about a unit in a month, counted by state as the recap of SP4N-LAPOR does."""

    retention = permanent("hitungan pengaduan per unit; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="complaint_months")
    month = models.DateField()
    channel = models.CharField(max_length=40, blank=True, default="")
    not_disposed = models.IntegerField(default=0)
    not_followed_up = models.IntegerField(default=0)
    in_process = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="complaint_months")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "channel"],
                condition=Q(superseded_at__isnull=True),
                name="complaint_month_current_once",
            ),
            models.CheckConstraint(
                condition=Q(not_disposed__gte=0, not_followed_up__gte=0, in_process__gte=0, done__gte=0),
                name="complaint_counts_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class OpeningDay(models.Model):
    """When a service point opened and closed on a day, in minutes of the local day; None: not known or never.

    `instrument` is how it is known: from a file, or from taps at the counter itself. Both may stand beside each
    other; where they do, the taps count.
    """

    retention = permanent("jam buka loket; tanpa data pribadi")

    class Instrument(models.TextChoices):
        """How opening hours came to be known."""

        FILE = "berkas", "berkas"
        TAP = "ketuk", "ketukan loket"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="opening_days")
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, null=True, related_name="opening_days")
    day = models.DateField()
    opened = models.SmallIntegerField(null=True)
    closed = models.SmallIntegerField(null=True)
    # Minutes shut in between, and why, as the counter says it.
    shut_minutes = models.SmallIntegerField(default=0)
    reason = models.TextField(blank=True, default="")
    instrument = models.CharField(max_length=6, choices=Instrument.choices, default=Instrument.FILE)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="opening_days")
    row_number = models.IntegerField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "point", "day", "instrument"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="opening_day_current_once",
            ),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="opening_day_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"
