"""One picture of the closed door beside a citizen's report: bounded, without what the camera wrote, seen by few.

It is added after the report, with the report's code, so that one tap stays one tap and a picture that cannot be kept
never costs the report.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.results.counters import places
from luwes.apps.results.models import ClosedReport, ReportPhoto
from luwes.apps.results.spotchecks.photo import cleaned

# A phone's own picture, for without scripts nothing makes it smaller; and few of them, for they are large.
LARGEST = 5_000_000
OF_A_COUNTER, OF_A_DAY = 5, 60
# Who stands before the door takes the picture now.
WITHIN = timedelta(hours=1)
LISTED = 50


class PhotoClosed(Refused):
    """The report has a picture, is too old, or enough pictures were taken in today."""

    code = "photo_closed"


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A picture that somebody may look at."""

    code: str
    service: str
    point: str
    at: datetime


def takes_photo(code: str, now: datetime) -> bool:
    """Whether a picture can still be added to the report with this code."""
    row = ClosedReport.objects.filter(code=code).first()
    return row is not None and _open(row, now)


def add_photo(*, code: str, image: bytes) -> None:
    """Keep one picture beside a report. Raises PhotoClosed (also for an unknown code), PhotoWrong, PhotoLarge."""
    work = current()
    locking.lock_rows({}, names=["report_photos"])
    row = ClosedReport.objects.filter(code=code).select_related("point").first()
    if row is None or not _open(row, work.now):
        raise PhotoClosed
    kept = cleaned(image, largest=LARGEST)
    ReportPhoto.objects.create(report=row, image=kept, sha256=hashlib.sha256(kept).hexdigest(), at=work.now)
    record(action="counter.photo_added", subject=row.point.key, facts={"sha256": hashlib.sha256(kept).hexdigest()})


def photo(code: str, actor: Actor, now: datetime) -> bytes:
    """The picture, for the head of the counter's unit, BKD and the inspectorate.

    Raises OutsideScope (also where there is none), Forbidden.
    """
    row = ReportPhoto.objects.filter(report__code=code).select_related("report__point").first()
    found = places.places([row.report.point.key], row.report.day) if row else []
    if row is None or not found:
        raise OutsideScope(code)
    access.require_unit(actor, Right.SEE_DOOR_PHOTO, found[0].unit, timezone.localdate(now))
    return bytes(row.image)


def photos() -> Sequence[PhotoRow]:
    """The newest pictures of all counters, for who sees the whole government."""
    rows = ReportPhoto.objects.select_related("report__point").defer("image").order_by("-at", "-pk")[:LISTED]
    kept = list(rows)
    found = {
        (one.key, day): one
        for day in {row.report.day for row in kept}
        for one in places.places([row.report.point.key for row in kept if row.report.day == day], day)
    }
    listed = [(row, found.get((row.report.point.key, row.report.day))) for row in kept]
    return [PhotoRow(row.report.code, one.service_name, one.name, row.at) for row, one in listed if one is not None]


def _open(row: ClosedReport, now: datetime) -> bool:
    if now - row.at > WITHIN or ReportPhoto.objects.filter(report=row).exists():
        return False
    today = ReportPhoto.objects.filter(at__gt=now - timedelta(days=1))
    return today.count() < OF_A_DAY and today.filter(report__point=row.point_id).count() < OF_A_COUNTER
