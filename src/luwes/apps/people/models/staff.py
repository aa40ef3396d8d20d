"""Civil servants, their posts and who heads what; as little about a person as the product needs.

No birth date, no NIK, no address, no religion: they are not taken from the file in the first place.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import permanent
from luwes.apps.people.models.units import Unit
from luwes.apps.sources.models import ImportBatch


class Employment(models.TextChoices):
    """How somebody serves."""

    PNS = "pns", "PNS"
    CPNS = "cpns", "CPNS"
    PPPK = "pppk", "PPPK"
    PART_TIME = "pppk_paruh_waktu", "PPPK paruh waktu"


class Standing(models.TextChoices):
    """Legal position (kedudukan hukum); the codes of BKN are read by the importer."""

    ACTIVE = "aktif", "aktif"
    UNPAID_LEAVE = "cltn", "cuti di luar tanggungan negara"
    STUDY = "tugas_belajar", "tugas belajar"
    SUSPENDED = "diberhentikan_sementara", "diberhentikan sementara"
    STATE_OFFICIAL = "pejabat_negara", "pejabat negara"
    DISCIPLINE = "hukuman_disiplin", "kena hukuman disiplin"
    RETIRING = "persiapan_pensiun", "masa persiapan pensiun"
    AWAITING_DECREE = "menunggu_sk", "CPNS belum ber-SK"
    INACTIVE = "tidak_aktif", "tidak aktif"
    DISMISSED = "diberhentikan", "diberhentikan"
    RETIRED = "pensiun", "pensiun"
    OTHER = "lain", "lain"


# Who stands so has left: no posting is open, no list of people to choose from names them.
ENDED = frozenset({Standing.INACTIVE.value, Standing.DISMISSED.value, Standing.RETIRED.value})


class PostKind(models.TextChoices):
    """Kind of post; structural is what the law now calls managerial."""

    STRUCTURAL = "struktural", "struktural"
    FUNCTIONAL = "fungsional", "fungsional"
    DOUBLE = "rangkap", "rangkap"
    GENERAL = "pelaksana", "pelaksana"
    UNKNOWN = "belum_dikenal", "belum dikenal"


class Answer(models.TextChoices):
    """A question about a post, which may be unanswered."""

    YES = "ya", "ya"
    NO = "tidak", "tidak"
    UNASSESSED = "belum", "belum dinilai"


class HeadCapacity(models.TextChoices):
    """How a unit is headed."""

    DEFINITIVE = "definitif", "definitif"
    ACTING = "plt", "Plt."
    DAILY = "plh", "Plh."


def one_a_day(name: str, column: str) -> ExclusionConstraint:
    """At most one current row a day for what `column` names; works without an extension of PostgreSQL."""
    one = Func(
        F(column),
        template="int8range(%(expressions)s, %(expressions)s, '[]')",
        output_field=BigIntegerRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[(one, RangeOperators.OVERLAPS), (F("period"), RangeOperators.OVERLAPS)],
        condition=Q(superseded_at__isnull=True),
    )


class Employee(models.Model):
    """A civil servant's lasting identity. The NIP stands in no address and no log."""

    retention = permanent("dasar hitungan kehadiran dan hak pegawai")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    siasn_id = models.CharField(max_length=42, null=True, unique=True)
    nip = models.CharField(max_length=18, unique=True)
    name = models.TextField()
    name_key = models.TextField()
    oddities = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="employee_name_key")]

    def __str__(self) -> str:
        return self.public_id


class EmployeeVersion(models.Model):
    """How somebody served during a period; corrections insert, never update."""

    retention = permanent("riwayat status kepegawaian menurut tanggal")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="versions")
    period = DateRangeField()
    employment = models.CharField(max_length=20, choices=Employment.choices)
    standing = models.CharField(max_length=30, choices=Standing.choices)
    grade = models.CharField(max_length=40, blank=True, default="")
    # The contract's hours where they differ from the statutory week (part-time PPPK); None is the statutory week.
    weekly_minutes = models.IntegerField(null=True)
    # Only the answer is kept; the address itself never reaches the database. None: the file did not say.
    domicile_on_record = models.BooleanField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="employee_versions")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_a_day("employee_one_version_a_day", "employee"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="employee_period_not_empty"),
            models.CheckConstraint(
                condition=Q(weekly_minutes__isnull=True) | Q(weekly_minutes__gt=0, weekly_minutes__lte=2_400),
                name="employee_week_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.employment}"


class Post(models.Model):
    """A post within a unit: the same title in two units is two posts, because the work differs.

    A level, once told, stays; `level_known_at` is when a file filled in one that was missing, None for one told with
    the post itself.
    """

    retention = permanent("peta jabatan")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    name = models.TextField()
    name_key = models.TextField()
    siasn_id = models.CharField(max_length=42, blank=True, default="")
    kind = models.CharField(max_length=20, choices=PostKind.choices)
    job_class = models.SmallIntegerField(null=True)
    level = models.CharField(max_length=40, blank=True, default="")
    level_known_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name_key"], name="post_once_in_a_unit")]

    def __str__(self) -> str:
        return self.name


class PostAssessment(models.Model):
    """What a post's work allows: three flags and five task criteria, by whom and when; corrections insert.

    The criteria are the five of PermenPANRB 4/2025 for another place of work, as reported: can be done outside the
    office, needs no special room or equipment, can be done by ICT, little contact face to face, no constant
    supervision.
    """

    retention = permanent("penilaian jabatan; dasar kelayakan")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assessments")
    direct_service = models.CharField(max_length=6, choices=Answer.choices)
    shift = models.CharField(max_length=6, choices=Answer.choices)
    field = models.CharField(max_length=6, choices=Answer.choices)
    criterion_outside = models.CharField(max_length=6, choices=Answer.choices)
    criterion_no_special_room = models.CharField(max_length=6, choices=Answer.choices)
    criterion_ict = models.CharField(max_length=6, choices=Answer.choices)
    criterion_little_contact = models.CharField(max_length=6, choices=Answer.choices)
    criterion_no_supervision = models.CharField(max_length=6, choices=Answer.choices)
    assessor = models.CharField(max_length=40)
    assessed_on = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(superseded_at__isnull=True), name="post_assessed_once_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.assessed_on}"


class Posting(models.Model):
    """Who holds which post in which unit during a period; a transfer closes one and opens the next."""

    retention = permanent("riwayat penempatan menurut tanggal")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    # None: the file names no post for this person.
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="postings")
    period = DateRangeField()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="postings")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_a_day("posting_one_a_day", "employee"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="posting_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.unit_id}"


class UnitHead(models.Model):
    """Who heads a unit during a period, for good, as acting head (Plt.) or daily stand-in (Plh.)."""

    retention = permanent("riwayat pimpinan unit")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="heads")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="headships")
    capacity = models.CharField(max_length=10, choices=HeadCapacity.choices)
    period = DateRangeField()
    basis = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_a_day("unit_one_head_a_day", "unit"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="unit_head_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.capacity}"


class DisciplineRecord(models.Model):
    """A disciplinary measure, or one in process; corrections insert. What it was for is not kept."""

    retention = permanent("syarat kelayakan menurut peraturan; tanpa uraian pelanggaran")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="discipline")
    level = models.CharField(max_length=10)
    starts = models.DateField()
    ends = models.DateField(null=True)
    in_process = models.BooleanField()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="discipline_records")
    row_number = models.IntegerField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "starts"],
                condition=Q(superseded_at__isnull=True),
                name="discipline_current_once",
            ),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="discipline_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.level}"
