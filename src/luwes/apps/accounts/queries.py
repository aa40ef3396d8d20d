"""Reads of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts.models import JobLink, PersonalToken, RoleAssignment, User
from luwes.apps.audit.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One assignment as shown; `until` is the first day no longer held, None for open."""

    id: str
    user_id: str
    role: str
    scope: str
    capacity: str
    since: date
    until: date | None
    held: bool


def roles_of(user: User, on: date) -> Sequence[RoleRow]:
    """Every assignment known now, held ones first, then those to come or expired."""
    rows = RoleAssignment.objects.filter(user=user, superseded_at=None).select_related("user")
    shown = [_row(row, on) for row in rows]
    return sorted(shown, key=lambda row: (not row.held, row.role, row.scope, row.since))


def _row(row: RoleAssignment, on: date) -> RoleRow:
    since, until = row.period.lower, row.period.upper
    return RoleRow(
        id=row.public_id,
        user_id=row.user.public_id,
        role=row.role,
        scope=row.scope,
        capacity=row.capacity,
        since=since,
        until=until,
        held=since <= on and (until is None or on < until),
    )


def assignment(user: User, assignment_id: str, on: date) -> RoleAssignment | None:
    """One assignment of the person that is held on the day, or None."""
    return RoleAssignment.objects.filter(
        user=user, public_id=assignment_id, superseded_at=None, period__contains=on
    ).first()


def actor_in(user: User, row: RoleRow | None) -> Actor:
    """The person acting in one of the roles held, or in none."""
    if row is None:
        return Actor(kind=ActorKind.PERSON, id=user.public_id)
    return Actor(
        kind=ActorKind.PERSON, id=user.public_id, role=row.role, scope=row.scope, capacity=row.capacity
    )


def user_by_id(public_id: str) -> User | None:
    """The account behind an opaque id."""
    return User.objects.filter(public_id=public_id).first()


def tokens_of(user: User) -> Sequence[PersonalToken]:
    """The person's tokens, newest first."""
    return list(PersonalToken.objects.filter(user=user).select_related("assignment").order_by("-created_at"))


def job_links(limit: int = 200) -> Sequence[JobLink]:
    """Issued links, newest first."""
    return list(JobLink.objects.order_by("-issued_at", "-pk")[:limit])
