"""Personal tokens: a program acting for a person, in one of the person's roles."""

from datetime import datetime, timedelta

from django.utils import timezone

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import PersonalToken, RoleAssignment, User
from luwes.apps.accounts.secret import digest
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import current

MAX_DAYS = 365


class TokenLifetime(Refused):
    """A token lives between 1 and 365 days."""

    code = "token_lifetime"


class RoleNotHeld(Refused):
    """The role chosen for the token is not the person's, or not today."""

    code = "role_not_held"


class NoSuchToken(Refused):
    """The token is not this person's, or was revoked."""

    code = "no_such_token"


def create_token(*, user: User, assignment_id: str, name: str, days: int, secret: str) -> PersonalToken:
    """Create a token acting in one of the person's roles held today; only the secret's digest is kept.

    Raises TokenLifetime, RoleNotHeld.
    """
    work = current()
    access.require_self(work.actor, user.public_id)
    if not 1 <= days <= MAX_DAYS:
        raise TokenLifetime
    assignment = RoleAssignment.objects.filter(
        user=user, public_id=assignment_id, superseded_at=None, period__contains=work.today
    ).first()
    if assignment is None:
        raise RoleNotHeld
    token = PersonalToken.objects.create(
        user=user,
        assignment=assignment,
        name=name.strip(),
        digest=digest(secret),
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    record(
        action="token.created",
        subject=user.public_id,
        facts={"token": token.public_id, "assignment": assignment.public_id, "days": days},
    )
    return token


def revoke_token(*, user: User, token_id: str) -> None:
    """Revoke one of the person's own tokens; revoking twice changes nothing. Raises NoSuchToken."""
    work = current()
    access.require_self(work.actor, user.public_id)
    token = PersonalToken.objects.select_for_update().filter(user=user, public_id=token_id).first()
    if token is None:
        raise NoSuchToken
    if token.revoked_at is None:
        token.revoked_at = work.now
        token.save(update_fields=["revoked_at"])
        record(action="token.revoked", subject=user.public_id, facts={"token": token.public_id})


def actor_of(secret: str, now: datetime) -> Actor | None:
    """The actor behind a token's secret, or None: unknown, expired, revoked, role no longer held."""
    token = (
        PersonalToken.objects.select_related("user", "assignment")
        .filter(digest=digest(secret), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    held = token.assignment
    today = timezone.localdate(now)
    current_role = RoleAssignment.objects.filter(
        user=token.user, role=held.role, scope=held.scope, superseded_at=None, period__contains=today
    ).first()
    if current_role is None:
        return None
    PersonalToken.objects.filter(pk=token.pk).exclude(last_used_on=today).update(last_used_on=today)
    return Actor(
        kind=ActorKind.TOKEN,
        id=token.user.public_id,
        role=current_role.role,
        scope=current_role.scope,
        capacity=current_role.capacity,
    )
