"""Who was planned where, half a day at a time; how lots were drawn; and the exposure that follows."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Employee, Service, Unit
from luwes.apps.sources.models import ImportBatch


class Origin(models.TextChoices):
    """Which kind of file, or a published roster, a claim came from; a half day has at most one claim from each."""

    LEAVE = "leave", "cuti"
    TRIPS = "trips", "dinas"
    FLEXDAYS = "flexdays", "hari fleksibel"
    ROSTER = "roster", "jadwal terbit"


class How(models.TextChoices):
    """How a flexible day came to be this person's; the evaluation stands on it."""

    LOT = "undian", "undian"
    RANK = "peringkat", "peringkat"
    REQUEST = "permohonan", "permohonan"
    LEADER = "penunjukan", "penunjukan pimpinan"
    MANDATE = "wajib", "diwajibkan"
    PLAN = "hitungan", "hitungan jadwal"


class PersonDay(models.Model):
    """A claim on half a working day of one person; corrections insert, never update.

    Half a day is the atom, so halves and a switch at noon need no rule of their own. `yields_to` names the state
    before which the claim gives way; the claim is kept, because it holds again when the stronger one is withdrawn.
    Of the claims that hold there is one: double booking cannot be stored.
    """

    retention = for_days(5 * 365, "day", "rencana kehadiran per orang; jumlahnya tinggal pada paparan")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    part = models.SmallIntegerField()
    state = models.CharField(max_length=12)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    yields_to = models.CharField(max_length=12, blank=True, default="")
    how = models.CharField(max_length=12, choices=How.choices, blank=True, default="")
    lot = models.CharField(max_length=60, blank=True, default="")
    # The file that said it, or the roster; never both.
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="person_days")
    row_number = models.IntegerField()
    roster = models.ForeignKey("schedule.RosterDraft", on_delete=models.PROTECT, null=True, related_name="person_days")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "employee", "part"],
                condition=Q(superseded_at__isnull=True, yields_to=""),
                name="person_day_not_double_booked",
            ),
            models.UniqueConstraint(
                fields=["day", "employee", "part", "origin"],
                condition=Q(superseded_at__isnull=True),
                name="person_day_one_claim_of_an_origin",
            ),
            models.CheckConstraint(condition=Q(part__in=(0, 1)), name="person_day_part_is_a_half"),
            models.CheckConstraint(
                condition=Q(batch__isnull=False, roster__isnull=True, origin__in=("leave", "trips", "flexdays"))
                | Q(batch__isnull=True, roster__isnull=False, origin="roster"),
                name="person_day_of_a_file_or_a_roster",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.day} {self.state}"


class LotRecord(models.Model):
    """What was drawn by lot in one stratum: candidates, how many were drawn, when and with which seed."""

    retention = permanent("bukti undian yang menjadi dasar evaluasi; tanpa data pribadi")

    code = models.CharField(max_length=60)
    stratum = models.CharField(max_length=120, blank=True, default="")
    drawn = models.TextField()
    candidates = models.IntegerField()
    winners = models.IntegerField()
    drawn_on = models.DateField()
    seed = models.CharField(max_length=80)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="lots")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "stratum"], condition=Q(superseded_at__isnull=True), name="lot_stratum_current_once"
            ),
            models.CheckConstraint(
                condition=Q(winners__gte=0, winners__lte=F("candidates")), name="lot_winners_among_candidates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.stratum}"


def _one_subject(name: str) -> models.CheckConstraint:
    one_unit = Q(unit__isnull=False, service__isnull=True)
    return models.CheckConstraint(condition=one_unit | Q(unit__isnull=True, service__isnull=False), name=name)


class ExposureDay(models.Model):
    """One working day of a unit (with all below it) or of a service: sums of half days, and the exposure.

    Derived: the days of a month are written anew when its claims change. `exposure` and `largest` are None where
    nobody was on duty. `threshold` is what told the kind of day.
    """

    retention = permanent("jumlah per unit dan layanan; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="exposure_days")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="exposure_days")
    day = models.DateField()
    flexible = models.IntegerField()
    on_duty = models.IntegerField()
    exposure = models.DecimalField(max_digits=11, decimal_places=10, null=True)
    largest = models.DecimalField(max_digits=11, decimal_places=10, null=True)
    silent_links = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    threshold = models.DecimalField(max_digits=5, decimal_places=4)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "unit"], name="exposure_day_of_a_unit_once"),
            models.UniqueConstraint(fields=["day", "service"], name="exposure_day_of_a_service_once"),
            _one_subject("exposure_day_of_one_thing"),
            models.CheckConstraint(
                condition=Q(flexible__gte=0, flexible__lte=F("on_duty")), name="exposure_day_sums_possible"
            ),
            models.CheckConstraint(
                condition=Q(on_duty=0, exposure__isnull=True) | Q(on_duty__gt=0, exposure__isnull=False),
                name="exposure_day_undefined_without_duty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class ExposureMonth(models.Model):
    """The days of one kind in one month, summed; a mean is a sum divided by `days`."""

    retention = permanent("jumlah per unit dan layanan; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="exposure_months")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="exposure_months")
    month = models.DateField()
    kind = models.CharField(max_length=10)
    threshold = models.DecimalField(max_digits=5, decimal_places=4)
    days = models.SmallIntegerField()
    flexible = models.IntegerField()
    on_duty = models.IntegerField()
    exposure_sum = models.DecimalField(max_digits=13, decimal_places=10)
    largest_sum = models.DecimalField(max_digits=13, decimal_places=10)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "unit", "kind", "threshold"], name="exposure_month_unit_once"),
            models.UniqueConstraint(
                fields=["month", "service", "kind", "threshold"], name="exposure_month_service_once"
            ),
            _one_subject("exposure_month_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.kind}"


class ExposureThreshold(models.Model):
    """From `since` on a day is flexible at this exposure or more; setting the same day again supersedes."""

    retention = permanent("dasar penggolongan hari pada evaluasi; tanpa data pribadi")

    since = models.DateField()
    at_least = models.DecimalField(max_digits=5, decimal_places=4)
    reason = models.TextField()
    set_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["since"], condition=Q(superseded_at__isnull=True), name="exposure_threshold_of_a_day_once"
            ),
            models.CheckConstraint(condition=Q(at_least__gt=0, at_least__lte=1), name="exposure_threshold_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.at_least}"


class FollowedChange(models.Model):
    """How far a reader has worked off the change feed of `people`."""

    retention = permanent("penanda sampai mana perubahan sudah diikuti")

    reader = models.CharField(max_length=20, unique=True)
    number = models.BigIntegerField()
    followed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reader} {self.number}"
