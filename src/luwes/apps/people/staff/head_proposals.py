"""Who seems to head a unit: holders of a structural post whose name begins with "Kepala" and names the unit.

Only a proposal. A person confirms it; acting heads (Plt., Plh.) rest on letters and are never proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Capacity, Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range, make_room
from luwes.apps.people.models import Posting, PostKind, Unit, UnitHead, UnitVersion
from luwes.apps.people.staff.heads import acting_on, on_duty
from luwes.core.names import name_key
from luwes.core.workdays.periods import Period

# The words a head's post begins with; a hospital and a school have their own.
TITLES = ("kepala", "direktur", "camat", "lurah", "inspektur", "sekretaris daerah")


class NoProposal(Refused):
    """A proposal that was ticked holds no longer."""

    code = "no_proposal"


@dataclass(frozen=True, slots=True)
class HeadProposal:
    """One person for one unit without a head; `since` is the day the posting began."""

    unit_key: str
    unit_name: str
    person_id: str
    person_name: str
    post: str
    since: date

    @property
    def id(self) -> str:
        """What a form sends back."""
        return f"{self.unit_key}.{self.person_id}"


def head_proposals(day: date, *, unit_key: str = "") -> Sequence[HeadProposal]:
    """Units without a head on the day that have exactly one holder of such a post, by name; three queries.

    With `unit_key` of this unit alone.
    """
    headed = set(acting_on(day).values_list("unit_id", flat=True))
    versions = UnitVersion.objects.filter(superseded_at=None, period__contains=day)
    rows = Posting.objects.filter(
        on_duty(day), superseded_at=None, period__contains=day, post__kind=PostKind.STRUCTURAL
    )
    if unit_key:
        versions, rows = versions.filter(unit__key=unit_key), rows.filter(unit__key=unit_key)
    columns = ("unit_id", "unit__key", "name")
    names = {pk: (key, name) for pk, key, name in versions.values_list(*columns) if pk not in headed}
    posted = ("unit_id", "employee__public_id", "employee__name", "post__name", "post__name_key", "period")
    found: dict[int, list[HeadProposal]] = {}
    for unit, person, name, post, key, period in rows.values_list(*posted):
        if unit in names and names_head_of(key, names[unit][1]):
            one = HeadProposal(*names[unit], person, name, post, period.lower)
            found.setdefault(unit, []).append(one)
    return sorted((same[0] for same in found.values() if len(same) == 1), key=lambda one: name_key(one.unit_name))


def names_head_of(post_key: str, unit_name: str) -> bool:
    """Whether the post is that of the unit's head, and not that of a head of something inside it."""
    title = next((title for title in TITLES if post_key == title or post_key.startswith(f"{title} ")), None)
    if title is None:
        return False
    rest = post_key.removeprefix(title).strip()
    return not rest or rest in name_key(unit_name) or name_key(unit_name) in rest


def confirm_heads(*, ids: Sequence[str], basis: str) -> int:
    """Record the proposed heads that were ticked (`HeadProposal.id`), each since its posting began; gives how many.

    Needs MANAGE_STAFF over the whole. Raises NoProposal where one holds no longer: then nothing is stored.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_STAFF)
    units = dict(Unit.objects.filter(key__in=[one.split(".")[0] for one in ids]).values_list("key", "pk"))
    locking.lock_rows({Unit: list(units.values())})
    offered = {one.id: one for one in head_proposals(work.today)}
    if not ids or any(one not in offered for one in ids):
        raise NoProposal
    chosen = [offered[one] for one in dict.fromkeys(ids)]
    people = dict(
        Posting.objects.filter(employee__public_id__in=[one.person_id for one in chosen]).values_list(
            "employee__public_id", "employee_id"
        )
    )
    for one in chosen:
        unit = units[one.unit_key]
        rows = UnitHead.objects.filter(unit_id=unit, superseded_at=None)
        # Whoever is recorded today and not on duty makes way from today on.
        make_room(rows.filter(period__contains=work.today), Period(work.today))
        others = rows.filter(period__overlap=(one.since, None))
        # Somebody else headed it for a while: the new head follows the last of them, until one who is named already.
        since = max([one.since, *(row.period.upper for row in others if row.period.lower <= work.today)])
        until = min((row.period.lower for row in others if row.period.lower > work.today), default=None)
        UnitHead.objects.create(
            unit_id=unit,
            employee_id=people[one.person_id],
            capacity=Capacity.DEFINITIVE.value,
            period=as_range(Period(since, until)),
            basis=basis.strip(),
            recorded_at=work.now,
        )
    record(
        action="unit_head.confirmed", subject=chosen[0].unit_key, facts={"entries": len(chosen)}, basis=basis.strip()
    )
    return len(chosen)
