"""Accounts and the roles they hold."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Capacity, Right, Role
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import ActorKind
from luwes.apps.audit.unit_of_work import current


class LoginTaken(Refused):
    """Another account has this e-mail or NIP."""

    code = "login_taken"


class RoleOverlaps(Refused):
    """The person already holds this role over this scope in part of the period."""

    code = "role_overlaps"


class LastAdmin(Refused):
    """The last person who can grant access cannot be left without it."""

    code = "last_admin"


class NoSuchRole(Refused):
    """The assignment does not exist, or was superseded meanwhile."""

    code = "no_such_role"


def create_user(*, name: str, email: str | None, nip: str | None, password: str) -> User:
    """Create an account whose first sign-in must change the password.

    Raises LoginTaken; django.core.exceptions.ValidationError for a weak password.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    email = email.strip().lower() if email else None
    locking.lock_rows({}, names=[f"login:{login}" for login in (email, nip) if login])
    if (email and User.objects.filter(email=email).exists()) or (
        nip and User.objects.filter(nip=nip).exists()
    ):
        raise LoginTaken
    user = User(name=name.strip(), email=email, nip=nip, created_at=work.now, must_change_password=True)
    validate_password(password, user)
    user.password = make_password(password)
    user.save(force_insert=True)
    record(action="account.created", subject=user.public_id, detail={"name": user.name})
    return user


def change_password(*, user: User, password: str) -> None:
    """The person's own new password. Raises ValidationError where it is weak."""
    validate_password(password, user)
    user.password = make_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(action="account.password_changed", subject=user.public_id)


def set_active(*, user: User, active: bool) -> None:
    """Switch an account on or off; it is never deleted, so that the trail stays readable."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    locking.lock_rows({User: [user.pk]}, names=["accounts:admins"])
    if not active:
        _keep_one_admin(on=work.today, without_user=user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(action="account.activated" if active else "account.deactivated", subject=user.public_id)


def grant_role(
    *,
    user: User,
    role: Role,
    scope: str,
    since: date,
    until: date | None,
    capacity: Capacity = Capacity.DEFINITIVE,
    basis: str = "",
) -> RoleAssignment:
    """Give a role over a scope from `since` up to, not including, `until`. Raises RoleOverlaps."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    locking.lock_rows({User: [user.pk]})
    period = DateRange(since, until, "[)")
    held = RoleAssignment.objects.filter(
        user=user, role=role.value, scope=scope, superseded_at=None, period__overlap=period
    )
    if held.exists():
        raise RoleOverlaps
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role.value,
        scope=scope,
        capacity=capacity.value,
        period=period,
        basis=basis,
        recorded_at=work.now,
    )
    record(
        action="role.granted",
        subject=user.public_id,
        facts={
            "assignment": assignment.public_id,
            "role": role.value,
            "scope": scope,
            "capacity": capacity.value,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        },
        basis=basis,
    )
    return assignment


def end_role(*, assignment_id: str, on: date, reason: str) -> None:
    """End an assignment: the last day held is the day before `on`. The old row stays, superseded."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    found = RoleAssignment.objects.filter(public_id=assignment_id, superseded_at=None).first()
    if found is None:
        raise NoSuchRole
    locked = locking.lock_rows({RoleAssignment: [found.pk]}, names=["accounts:admins"])
    row = locked[RoleAssignment].get(found.pk)
    if not isinstance(row, RoleAssignment) or row.superseded_at is not None:
        raise NoSuchRole
    if row.role == Role.ADMIN.value:
        _keep_one_admin(on=on, without_assignment=row)
    row.superseded_at = work.now
    row.save(update_fields=["superseded_at"])
    if row.period.lower < on:
        RoleAssignment.objects.create(
            user_id=row.user_id,
            role=row.role,
            scope=row.scope,
            capacity=row.capacity,
            period=DateRange(row.period.lower, on, "[)"),
            basis=reason,
            recorded_at=work.now,
        )
    record(
        action="role.ended",
        subject=row.user.public_id,
        facts={"assignment": row.public_id, "role": row.role, "scope": row.scope, "on": on.isoformat()},
        basis=reason,
    )


def _keep_one_admin(
    *, on: date, without_user: User | None = None, without_assignment: RoleAssignment | None = None
) -> None:
    if current().actor.kind is ActorKind.SYSTEM:
        return  # an operator at the console can always appoint a new one
    admins = RoleAssignment.objects.filter(
        role=Role.ADMIN.value, scope="", superseded_at=None, period__contains=on, user__is_active=True
    )
    if without_user is not None:
        admins = admins.exclude(user=without_user)
    if without_assignment is not None:
        admins = admins.exclude(pk=without_assignment.pk)
    if not admins.exists():
        raise LastAdmin
