"""What an account loses when its person leaves a unit or the service: the roles over it, and private links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts.models import JobLink, RoleAssignment
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.core.names import name_key

# Held by who answers for a unit; roles over the whole government are granted and ended by hand.
OFFICES = (Role.HEAD.value, Role.SUPERVISOR.value)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves these units (by key) on a day; with `everything` no role over any unit stays."""

    nip: str
    name: str
    on: date
    scopes: frozenset[str]
    everything: bool


def end_offices(leavers: Sequence[Leaver]) -> int:
    """End the leavers' roles over their units from the day on, and revoke the links made out to them for these units.

    Roles over the whole government stay: an admin ends those. Gives how many roles ended. Inside an import's unit of
    work, which has checked the right; each end stands in the audit trail.
    """
    if not leavers:
        return 0
    by_nip = {one.nip: one for one in leavers}
    held = RoleAssignment.objects.filter(user__nip__in=by_nip, role__in=OFFICES, superseded_at=None)
    ended = 0
    for row in held.select_for_update(of=("self",)).select_related("user").order_by("pk"):
        one = by_nip[row.user.nip or ""]
        over = row.period.upper is not None and row.period.upper <= one.on
        if not over and (one.everything or row.scope in one.scopes):
            _end(row, one.on)
            ended += 1
    _revoke(leavers)
    return ended


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
