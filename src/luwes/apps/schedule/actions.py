"""Writes of the schedule that people make by hand."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import announce
from luwes.apps.schedule import thresholds
from luwes.apps.schedule.models import ExposureThreshold
from luwes.apps.schedule.tasks import follow_changes
from luwes.core.exposure.shares import THRESHOLDS
from luwes.core.workdays.periods import Period

FIRST_DAY = THRESHOLDS[0].since


class StaleThreshold(Refused):
    """Somebody set a threshold since the form was shown."""

    code = "stale_threshold"


class ThresholdReasonMissing(Refused):
    """A threshold decides what counts as a flexible day, so it needs its reason in words."""

    code = "threshold_reason_missing"


class NotAShare(Refused):
    """A threshold lies above nought and is at most the whole."""

    code = "threshold_not_a_share"


class ThresholdTooEarly(Refused):
    """Before this day nothing was flexible, and no exposure is kept."""

    code = "threshold_too_early"


def set_threshold(*, since: date, at_least: Decimal, reason: str, version: int) -> None:
    """From `since` on a day is flexible at this exposure (a fraction of 1) or more.

    The next setting by date ends it; one of the same day is superseded. The months it touches are told anew by the
    task that follows changes, soon after. `version` is what `thresholds.version` gave the form. Raises
    StaleThreshold, ThresholdReasonMissing, NotAShare, ThresholdTooEarly.
    """
    work = current()
    access.require_whole(work.actor, Right.SET_THRESHOLD)
    if not reason.strip():
        raise ThresholdReasonMissing
    if not 0 < at_least <= 1:
        raise NotAShare(str(at_least))
    if since < FIRST_DAY:
        raise ThresholdTooEarly(since.isoformat())
    locking.lock_rows({}, names=["schedule.threshold"])
    if thresholds.version() != version:
        raise StaleThreshold(str(version))
    later = [one.since for one in thresholds.thresholds() if one.since > since]
    ExposureThreshold.objects.filter(since=since, superseded_at=None).update(superseded_at=work.now)
    ExposureThreshold.objects.create(
        since=since, at_least=at_least, reason=reason.strip(), set_by=work.actor.id, recorded_at=work.now
    )
    period = Period(since, min(later, default=None))
    announce(kind="threshold", subject="", period=period)
    facts = {"since": since.isoformat(), "until": period.end.isoformat() if period.end else "", "share": str(at_least)}
    record(action="threshold.set", subject="", facts=facts, basis=reason.strip())
    # A job that waits already has not read the feed yet, so it sees this change too.
    with suppress(AlreadyEnqueued), transaction.atomic():
        follow_changes.configure().defer(timestamp=int(work.now.timestamp()))
