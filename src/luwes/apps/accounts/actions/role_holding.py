"""Giving and ending roles."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions.last_admin import ADMINS, keep_one_admin
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import UNIT_ONLY, WHOLE_ONLY, Capacity, Right, Role
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current


class RoleOverlaps(Refused):
    """The person already holds this role over this scope in part of the period."""

    code = "role_overlaps"


class NoSuchRole(Refused):
    """The assignment does not exist, or was superseded meanwhile."""

    code = "no_such_role"


class OwnRole(Refused):
    """Nobody grants themselves a role."""

    code = "own_role"


class ScopeDoesNotFit(Refused):
    """The role is held over the whole government only, or over one unit only."""

    code = "scope_does_not_fit"


class PeriodEmpty(Refused):
    """The period ends before it begins, or the new end is not earlier than the old one."""

    code = "period_empty"


class ActingNeedsEnd(Refused):
    """An acting or stand-in holder has an end date and a basis."""

    code = "acting_needs_end"


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
    """Give a role over a scope from `since` up to, not including, `until`.

    Raises RoleOverlaps, OwnRole, ScopeDoesNotFit, PeriodEmpty, ActingNeedsEnd.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    if work.actor.id == user.public_id:
        raise OwnRole
    if (scope and role in WHOLE_ONLY) or (not scope and role in UNIT_ONLY):
        raise ScopeDoesNotFit
    if until is not None and until <= since:
        raise PeriodEmpty
    if capacity is not Capacity.DEFINITIVE and (until is None or not basis.strip()):
        raise ActingNeedsEnd
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
        basis=basis.strip(),
        recorded_at=work.now,
    )
    facts = {"since": since.isoformat(), "until": until.isoformat() if until else None}
    record(action="role.granted", subject=user.public_id, facts=_facts(assignment) | facts, basis=assignment.basis)
    return assignment


def end_role(*, assignment_id: str, on: date, reason: str) -> None:
    """End an assignment: the last day held is the day before `on`. The old row stays, superseded.

    Raises NoSuchRole (also when somebody changed it meanwhile), PeriodEmpty, LastAdmin.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    row = _locked_assignment(assignment_id)
    if row.period.upper is not None and on >= row.period.upper:
        raise PeriodEmpty
    if row.role == Role.ADMIN.value:
        keep_one_admin(ending=[row], on=max(on, row.period.lower))
    row.superseded_at = work.now
    row.save(update_fields=["superseded_at"])
    if row.period.lower < on:
        RoleAssignment.objects.create(
            user_id=row.user_id,
            role=row.role,
            scope=row.scope,
            capacity=row.capacity,
            period=DateRange(row.period.lower, on, "[)"),
            basis=row.basis,
            recorded_at=work.now,
        )
    facts = _facts(row) | {"on": on.isoformat()}
    # Why somebody leaves is often personal (an illness, a family matter): it must be erasable.
    record(action="role.ended", subject=row.user.public_id, facts=facts, detail={"reason": reason.strip()})


def _locked_assignment(assignment_id: str) -> RoleAssignment:
    found = RoleAssignment.objects.filter(public_id=assignment_id, superseded_at=None).first()
    if found is None:
        raise NoSuchRole
    row = locking.lock_rows({RoleAssignment: [found.pk]}, names=[ADMINS])[RoleAssignment].get(found.pk)
    if not isinstance(row, RoleAssignment) or row.superseded_at is not None:
        raise NoSuchRole
    return row


def _facts(row: RoleAssignment) -> dict[str, str | None]:
    return {"assignment": row.public_id, "role": row.role, "scope": row.scope, "capacity": row.capacity}
