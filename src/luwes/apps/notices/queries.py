"""Reads of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from luwes.apps.notices.models import NoticeCopy, OutboxMail

PAGE = 50


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A notice in somebody's inbox."""

    id: str
    kind: str
    title: str
    text: str
    path: str
    told_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands: mails waiting, those past their half hour, and those given up."""

    waiting: int
    late: int
    given_up: int


def inbox(user_id: str) -> Sequence[InboxRow]:
    """The newest notices of a person, unread ones first, then those read last."""
    rows = NoticeCopy.objects.filter(user__public_id=user_id).select_related("notice")
    found = rows.order_by(F("read_at").desc(nulls_first=True), "-notice__told_at", "-pk")[:PAGE]
    return [
        InboxRow(
            row.notice.public_id,
            row.notice.kind,
            row.notice.title,
            row.notice.text,
            row.notice.path,
            row.notice.told_at,
            row.read_at,
        )
        for row in found
    ]


def unread(user_id: str) -> int:
    """How many notices a person has not read."""
    return NoticeCopy.objects.filter(user__public_id=user_id, read_at=None).count()


def outbox(now: datetime) -> Outbox:
    """Whether people are told in time."""
    open_mails = OutboxMail.objects.filter(sent_at=None)
    waiting = open_mails.filter(gave_up_at=None)
    return Outbox(
        waiting=waiting.count(),
        late=waiting.filter(notice__due_at__lt=now).count(),
        given_up=open_mails.exclude(gave_up_at=None).count(),
    )
