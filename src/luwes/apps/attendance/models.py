"""Punches, the recap already paid, outages, days derived from punches, closings, and their sums per unit and day."""

from django.db import models
from django.db.models import F, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent
from luwes.apps.people.models import Employee, Service, Unit
from luwes.apps.sources.models import ImportBatch


class PunchPlace(models.TextChoices):
    """What a punch tells about where it was made; coordinates themselves are not kept."""

    OFFICE = "kantor", "di kantor"
    ELSEWHERE = "luar", "di luar kantor"
    UNKNOWN = "tidak_diketahui", "tidak diketahui"


class Punch(models.Model):
    """One punch as the machine or the phone recorded it: an immutable event, never corrected.

    `at` is the instant, `day` and `minute` the local date and minute at the person's workplace; leaving at midnight
    sharp is the end of the day before, minute 1,440. `grade` is how well it is evidenced: A machine, B phone inside the
    office, C phone elsewhere, D no position. The same event sent twice is one event.
    """

    retention = for_days(2 * 365, "day", "presensi per orang")

    # What makes it the same event is its key: a second index over a million rows a month would only cost.
    pk = models.CompositePrimaryKey("day", "employee", "at", "direction", "device")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="punches"
    )
    at = models.DateTimeField()
    day = models.DateField()
    minute = models.SmallIntegerField()
    # "in", "out", or "" where the device does not say.
    direction = models.CharField(max_length=3, blank=True, default="")
    device = models.CharField(max_length=40, blank=True, default="")
    place = models.CharField(max_length=16, choices=PunchPlace.choices)
    grade = models.CharField(max_length=1)
    # When the device sent it, where that came later: the event keeps its own time.
    synced_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="punches"
    )
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minute__gte=0, minute__lte=1440), name="punch_minute_of_the_day"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.at}"


class StagedPunch(models.Model):
    """A row of a punch file waiting for confirmation: a field for every column of the layout.

    `waktu` and `dikirim_pada` are local times as written, kept as if they were UTC: whose local time it is depends on
    the person.
    """

    retention = for_days(1, "batch__staged_at", "baris presensi sementara; habis saat dikonfirmasi")

    pk = models.CompositePrimaryKey("batch", "row_number")
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="staged_punches"
    )
    row_number = models.IntegerField()
    nip = models.TextField()
    waktu = models.DateTimeField(null=True)
    tanggal = models.DateField(null=True)
    jam = models.TextField(null=True)
    jenis = models.TextField(null=True)
    zona = models.TextField(null=True)
    mesin = models.TextField(null=True)
    perangkat = models.TextField(null=True)
    di_kantor = models.TextField(null=True)
    dikirim_pada = models.DateTimeField(null=True)
    masuk = models.TextField(null=True)
    pulang = models.TextField(null=True)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row_number}"


class Badge(models.Model):
    """Whom a number means that a presensi machine knows instead of a NIP; corrections insert.

    `device` is the machine's serial number, "" for a number that is the same on every machine.
    """

    retention = permanent("nomor pegawai pada mesin presensi")

    badge = models.CharField(max_length=40)
    device = models.CharField(max_length=40, blank=True, default="")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="badges")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="badges")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["badge", "device"], condition=Q(superseded_at__isnull=True), name="badge_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.device}:{self.badge}"


class RecapRow(models.Model):
    """The monthly recap as it was sent and paid on: of a person, or of a whole unit; corrections insert.

    `late` and `early` count TL1-4 and PSW1-4; `absent` maps the code of the absence to days. `flexible_days` are
    days the recap says were worked elsewhere. `shares` are percentages as a unit's recap states them, in hundredths of
    a percent: told beside counts, never summed. None or {}: the file does not say.
    """

    retention = for_days(2 * 365, "month", "rekap presensi per orang")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="recaps")
    # None: the recap speaks of the whole unit, and `staff` says of how many people.
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="recaps")
    month = models.DateField()
    staff = models.IntegerField(default=1)
    working_days = models.IntegerField(null=True)
    present = models.IntegerField(null=True)
    flexible_days = models.IntegerField(null=True)
    late = models.JSONField(default=dict)
    early = models.JSONField(default=dict)
    absent = models.JSONField(default=dict)
    shares = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="recaps")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "unit", "employee"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="recap_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class Outage(models.Model):
    """A declared failure of the presensi system: who could not punch, when, and why it is believed."""

    retention = permanent("gangguan presensi yang dinyatakan, dasar perhitungan ulang")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    # None: everybody.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="outages")
    day = models.DateField()
    from_minute = models.SmallIntegerField()
    to_minute = models.SmallIntegerField()
    cause = models.TextField()
    declared_by = models.TextField()
    declared_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__gte=0, to_minute__lte=1440, from_minute__lt=F("to_minute")),
                name="outage_possible",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class MonthRun(models.Model):
    """One reckoning of a month from punches: provisional any number of times, then final once.

    `counts` keeps what it came to (persons, days owed, present, absent, late, …), so that a number which shrank as
    data was repaired stays readable. A run goes day by day: `through` is the last day it has written, `finished_at`
    None while it is under way. A final run that was reopened stays, with when and why.
    """

    retention = permanent("hitungan penutupan bulan, tanpa nama")

    month = models.DateField()
    number = models.IntegerField()
    final = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    through = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")
    run_by = models.TextField()
    run_at = models.DateTimeField()
    # When it last wrote a day, to tell a run under way from one that died.
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="month_run_once"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(final=True, reopened_at__isnull=True), name="month_final_once"
            ),
            models.UniqueConstraint(
                fields=["month"], condition=Q(finished_at__isnull=True), name="month_one_run_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.number}"


class DayRecord(models.Model):
    """A person's day as last reckoned from punches, leave, trips, plans and outages. Derived, written anew.

    `status` is a code of `core/worktime`; minutes are whole. `where` is office, elsewhere, or "" where no punch tells.
    """

    retention = for_days(2 * 365, "day", "hari kerja per orang; jumlah per unit tinggal pada angka harian")

    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="day_records"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="day_records"
    )
    day = models.DateField()
    status = models.CharField(max_length=20)
    required = models.BooleanField()
    flexible = models.BooleanField()
    owed = models.SmallIntegerField()
    gross = models.SmallIntegerField(null=True)
    worked = models.SmallIntegerField(null=True)
    first_in = models.SmallIntegerField(null=True)
    last_out = models.SmallIntegerField(null=True)
    late = models.SmallIntegerField(default=0)
    early = models.SmallIntegerField(default=0)
    late_band = models.CharField(max_length=4, blank=True, default="")
    early_band = models.CharField(max_length=4, blank=True, default="")
    where = models.CharField(max_length=16, blank=True, default="")
    excused = models.CharField(max_length=20, blank=True, default="")
    run = models.ForeignKey(
        MonthRun, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="days"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "employee"], name="day_record_once")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.day} {self.status}"


class PresenceDay(models.Model):
    """One unit (with all below it) on one day, summed over people: counts only. Derived, written anew.

    `required` counts those who had to be present under one rule of evidence, `present`, `late` and `absent` are among
    them; `flexible` were planned elsewhere, `flexible_kept` of them really worked elsewhere, `flexible_unknown` left no
    evidence of where. `source` says which evidence: punches, recap or the head's count.
    """

    retention = permanent("jumlah per unit dan hari; tanpa data pribadi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="presence_days")
    day = models.DateField()
    source = models.CharField(max_length=10)
    staff = models.IntegerField()
    required = models.IntegerField()
    present = models.IntegerField()
    late = models.IntegerField()
    late_minutes = models.IntegerField()
    early = models.IntegerField()
    absent = models.IntegerField()
    excused = models.IntegerField()
    at_office = models.IntegerField()
    elsewhere = models.IntegerField()
    flexible = models.IntegerField()
    flexible_kept = models.IntegerField()
    flexible_unknown = models.IntegerField()
    # Counts of TL1-4, PSW1-4 and absences by code.
    sums = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "unit", "source"], name="presence_day_once"),
            models.CheckConstraint(
                condition=Q(present__lte=F("required"), late__lte=F("present"), required__lte=F("staff")),
                name="presence_day_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class ServicePresenceDay(models.Model):
    """How many of those who front a service were at the office on a day, against the implementers promised."""

    retention = permanent("jumlah per layanan dan hari; tanpa data pribadi")

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="presence_days")
    day = models.DateField()
    at_office = models.IntegerField()
    promised = models.IntegerField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "service"], name="service_presence_day_once")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"
