"""Counters as officers and citizens see them: taps, reports of a closed door, closures told beforehand."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Service, ServicePoint


class CounterTap(models.Model):
    """One tap at a counter: it opened, is shut for a while and why, or closed. Nothing tells who stood there.

    `minute` is of the local day; `late` taps were made on a later day for one that was left open.
    """

    retention = for_days(2 * 365, "at", "ketukan buka dan tutup loket; jam bukanya tinggal pada angka harian")

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="taps")
    day = models.DateField()
    minute = models.SmallIntegerField()
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=12, blank=True, default="")
    via = models.CharField(max_length=6)
    late = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["day", "point"], name="counter_tap_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minute__gte=0, minute__lte=1440), name="counter_tap_minute_of_a_day"),
            models.CheckConstraint(condition=~Q(state="jeda") | ~Q(reason=""), name="counter_tap_pause_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.day} {self.state}"


class CounterSeal(models.Model):
    """Which printing of the code inside a counter holds; printing anew makes the older ones worthless."""

    retention = permanent("nomor cetakan kode di balik loket")

    point = models.OneToOneField(ServicePoint, on_delete=models.PROTECT, primary_key=True, related_name="seal")
    generation = models.IntegerField()
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.point_id} {self.generation}"


class ClosedReport(models.Model):
    """A citizen stood before a closed counter. `log_said` is what the counter's own taps said at that moment.

    `flags` say why the report is counted apart (outside hours, a burst, a closure told beforehand); it is kept
    nevertheless. `code` is what the citizen follows it by.
    """

    retention = for_days(365, "at", "laporan loket tutup tanpa nama; jumlahnya tinggal pada angka harian")

    code = models.CharField(max_length=12, unique=True)
    # Made with the page, so that the same press sent twice is one report.
    form = models.CharField(max_length=64, unique=True)
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="closed_reports")
    day = models.DateField()
    minute = models.SmallIntegerField()
    log_said = models.CharField(max_length=10, blank=True, default="")
    flags = models.JSONField(default=list)
    answer = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["day", "point"], name="closed_report_day")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.day}"


class ReportTrace(models.Model):
    """From which network a report came, under a digest keyed by the day: it tells bursts, and nothing after a week."""

    retention = for_days(7, "at", "sidik jaringan harian untuk mengenali laporan beruntun")

    report = models.OneToOneField(ClosedReport, on_delete=models.CASCADE, primary_key=True, related_name="trace")
    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network"], name="report_trace_network")]

    def __str__(self) -> str:
        return f"{self.report_id}"


class ReportPhoto(models.Model):
    """At most one picture of the closed door, added by whoever holds the report's code.

    What the camera wrote beside it is taken out before it is stored.
    """

    retention = for_days(30, "at", "foto pintu dari warga; dihapus setelah 30 hari")

    report = models.OneToOneField(ClosedReport, on_delete=models.CASCADE, primary_key=True, related_name="photo")
    image = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="report_photo_at")]

    def __str__(self) -> str:
        return f"{self.report_id}"


class PlannedClosure(models.Model):
    """A counter will be shut on a day, from when until when and why: public as soon as it is written."""

    retention = permanent("penutupan loket yang diumumkan lebih dahulu")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="closures")
    day = models.DateField()
    from_minute = models.SmallIntegerField()
    to_minute = models.SmallIntegerField()
    reason = models.CharField(max_length=120)
    announced_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__gte=0, to_minute__lte=1440, from_minute__lt=F("to_minute")),
                name="planned_closure_possible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.day}"


class ServiceNote(models.Model):
    """What citizens read beside a service: what works online, and where to complain; a new one supersedes."""

    retention = permanent("keterangan layanan untuk warga")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="notes")
    online = models.CharField(max_length=300, blank=True, default="")
    complaint = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(superseded_at__isnull=True), name="service_note_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.recorded_at}"
