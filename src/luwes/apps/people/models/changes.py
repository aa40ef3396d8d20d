"""The append-only feed that upper apps read to bring what they derived up to date."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from luwes.apps.audit.kept import permanent


class PeopleChange(models.Model):
    """Something changed that upper apps may have built on.

    `subject` is the opaque id of what changed, `unit_key` whom it concerns ("" is everybody), `period` the days
    it touches. Readers keep the last `id` they worked off; doing the same change twice must change nothing.
    """

    retention = permanent("perubahan yang harus diikuti jadwal; tanpa data pribadi")

    kind = models.TextField()
    subject = models.TextField()
    unit_key = models.TextField(default="")
    period = DateRangeField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
