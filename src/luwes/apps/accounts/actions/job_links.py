"""Links for people without an account: one job, one scope, until a date, revocable."""

from datetime import datetime, timedelta

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import JobLink
from luwes.apps.accounts.queries import JobLinkOpen
from luwes.apps.accounts.roles import Job, Right
from luwes.apps.accounts.secret import digest
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import current

MAX_DAYS = 60


class LinkLifetime(Refused):
    """A job link lives between 1 and 60 days."""

    code = "link_lifetime"


class LinkClosed(Refused):
    """The link is unknown, expired or revoked; which of these is not told."""

    code = "link_closed"


def issue_job_link(*, job: Job, scope: str, person_name: str, person_post: str, days: int, secret: str) -> JobLink:
    """Issue a link for a named person. Only the digest of `secret`, the end of its address, is kept.

    Raises LinkLifetime.
    """
    work = current()
    access.require_whole(work.actor, Right.ISSUE_JOB_LINK)
    if not 1 <= days <= MAX_DAYS:
        raise LinkLifetime
    link = JobLink.objects.create(
        digest=digest(secret),
        job=job.value,
        scope=scope,
        person_name=person_name.strip(),
        person_post=person_post.strip(),
        issued_by=work.actor.id,
        issued_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    record(
        action="job_link.issued",
        subject=link.public_id,
        facts={"job": job.value, "scope": scope, "days": days},
        detail={"name": link.person_name, "post": link.person_post},
    )
    return link


def revoke_job_link(*, link_id: str) -> None:
    """Close a link now; closing it twice changes nothing. Raises LinkClosed for an unknown one."""
    work = current()
    access.require_whole(work.actor, Right.ISSUE_JOB_LINK)
    found = JobLink.objects.filter(public_id=link_id).first()
    row = locking.lock_row(JobLink, found.pk) if found else None
    if row is None:
        raise LinkClosed
    if row.revoked_at is None:
        row.revoked_at = work.now
        row.save(update_fields=["revoked_at"])
        record(action="job_link.revoked", subject=row.public_id)


def open_link(secret: str, now: datetime) -> JobLinkOpen:
    """The open link behind a secret; reading it changes nothing. Raises LinkClosed."""
    link = JobLink.objects.filter(digest=digest(secret), revoked_at=None, expires_at__gt=now).first()
    if link is None:
        raise LinkClosed
    return JobLinkOpen(
        id=link.public_id,
        job=link.job,
        scope=link.scope,
        person_name=link.person_name,
        person_post=link.person_post,
        expires_at=link.expires_at,
    )


def actor_of(link: JobLinkOpen) -> Actor:
    """The link's holder as an actor: the job is the role, name and post sign the audit entry."""
    return Actor(
        kind=ActorKind.JOB_LINK,
        id=link.id,
        role=link.job,
        scope=link.scope,
        signature=f"{link.person_name}, {link.person_post}",
    )


def mark_used(*, link_id: str) -> None:
    """Note that the job was done through the link; called inside the unit of work that did it.

    Rechecks under lock that the link is still open. Raises LinkClosed.
    """
    work = current()
    row = (
        JobLink.objects.select_for_update().filter(public_id=link_id, revoked_at=None, expires_at__gt=work.now).first()
    )
    if row is None:
        raise LinkClosed
    row.used_at = work.now
    row.save(update_fields=["used_at"])
