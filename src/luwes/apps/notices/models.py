"""What somebody must hear: the notice, a copy in each inbox, and a mail in the outbox."""

from django.db import models
from django.db.models import Q

from luwes.apps.accounts.models import User
from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days


class Notice(models.Model):
    """One thing told to the people it concerns; `path` is where they look, `text` is also what can be pasted.

    `subject` names what it is about, so that the same thing is not told twice.
    """

    retention = for_days(2 * 365, "told_at", "pemberitahuan tentang layanan; tanpa nama warga")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    # By when everybody must have been told.
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="notice_told_once")]
        indexes = [models.Index(fields=["told_at"], name="notice_told")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class NoticeCopy(models.Model):
    """A notice in one person's inbox."""

    retention = for_days(2 * 365, "notice__told_at", "ikut pemberitahuannya")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_copy_once")]
        indexes = [models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.user_id}"


class OutboxMail(models.Model):
    """A mail that waits or was sent; after the last attempt `gave_up_at` says that it never will be."""

    retention = for_days(90, "queued_at", "surel keluar; alamat dan hasil pengirimannya")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="mails")
    address = models.CharField(max_length=254)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "address"], name="outbox_mail_once")]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(sent_at__isnull=True, gave_up_at__isnull=True), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.queued_at}"
