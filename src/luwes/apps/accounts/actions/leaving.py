"""What an account loses when its person leaves a unit or the service: the roles over it, and private links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts.actions.last_admin import leaves_no_admin
from luwes.apps.accounts.models import JobLink, RoleAssignment
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.core.names import name_key

# Held by who answers for a unit. Every other role ends by the law alone, with the service itself, or by hand.
OFFICES = (Role.HEAD.value, Role.SUPERVISOR.value)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves these units (by key) on a day; with `everything` no role over any unit stays.

    `retired`: the staff record says that their service ended, and with it every role, over the whole government too.
    """

    nip: str
    name: str
    on: date
    scopes: frozenset[str]
    everything: bool
    retired: bool = False


def end_offices(leavers: Sequence[Leaver]) -> int:
    """End the leavers' roles over their units from the day on, and revoke the links made out to them for these units.

    Who left the service keeps no role at all, but for the last admin's: somebody must be able to appoint the next.
    Roles over the whole government of who is only named no more stay: an admin ends those (`people.staff.heads`
    lists them). Gives how many roles ended. Inside an import's unit of work, which has checked the right; each end
    stands in the audit trail.
    """
    if not leavers:
        return 0
    by_nip = {one.nip: one for one in leavers}
    if any(one.retired for one in leavers):
        _hold_admins()
    held = RoleAssignment.objects.filter(user__nip__in=by_nip, superseded_at=None)
    ended = 0
    for row in held.select_for_update(of=("self",)).select_related("user").order_by("pk"):
        one = by_nip[row.user.nip or ""]
        over = row.period.upper is not None and row.period.upper <= one.on
        if not over and _loses(one, row) and not _is_last_admin(row, one.on):
            _end(row, one.on)
            ended += 1
    _revoke(leavers)
    return ended


def _hold_admins() -> None:
    """Lock every admin's role and account: an import has taken its locks before it knows that it ends one."""
    admins = RoleAssignment.objects.filter(role=Role.ADMIN.value, superseded_at=None).select_related("user")
    list(admins.select_for_update(of=("self", "user")).order_by("pk"))


def _loses(one: Leaver, row: RoleAssignment) -> bool:
    return one.retired or (row.role in OFFICES and (one.everything or row.scope in one.scopes))


def _is_last_admin(row: RoleAssignment, on: date) -> bool:
    # Not even for an import at the console, which means to appoint nobody.
    return row.role == Role.ADMIN.value and leaves_no_admin(ending=[row], on=max(on, row.period.lower))


def _end(row: RoleAssignment, on: date) -> None:
    work = current()
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
    facts = {"assignment": row.public_id, "role": row.role, "scope": row.scope, "capacity": row.capacity}
    record(action="role.ended", subject=row.user.public_id, facts=facts | {"on": on.isoformat()})


def _revoke(leavers: Sequence[Leaver]) -> None:
    """A link carries a name as somebody typed it, often with titles: all words of the leaver's name must be in it."""
    work = current()
    links = JobLink.objects.filter(revoked_at=None, expires_at__gt=work.now)
    for link in links.select_for_update().order_by("pk"):
        words = set(name_key(link.person_name).replace(",", " ").replace(".", " ").split())
        if any(_means(link, words, one) for one in leavers):
            link.revoked_at = work.now
            link.save(update_fields=["revoked_at"])
            record(action="job_link.revoked", subject=link.public_id)


def _means(link: JobLink, words: set[str], one: Leaver) -> bool:
    return link.scope in one.scopes and set(name_key(one.name).split()) <= words
