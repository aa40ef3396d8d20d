"""Headships end with the posting they stand on: who retires, leaves or moves heads no unit from that day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts.actions.leaving import Leaver, end_offices
from luwes.apps.audit.actions import record
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import HeadCapacity, Unit, UnitHead, UnitVersion
from luwes.apps.people.staff.head_proposals import names_head_of
from luwes.apps.people.staff.plan import Change, Known, Plan
from luwes.core.names import name_key
from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody whose posting ends on a day, by which row (0: named no more); `moved` unless they leave altogether."""

    known: Known
    on: date
    row: int = 0
    moved: Change | None = None

    @property
    def retired(self) -> bool:
        """Whether a row says so: who is only named no more may have been forgotten."""
        return self.moved is None and self.row > 0


def departures(plan: Plan, *, gone_on: date | None) -> list[Departure]:
    """Whose postings end by this plan; on `gone_on` those whom their source no longer names (None: they stay)."""
    found = [Departure(one.known, one.leaves_on, one.row.number) for one in plan.changed if one.leaves_on]
    found += [Departure(one.known, one.place_from, one.row.number, one) for one in plan.changed if one.place_from]
    if gone_on is not None:
        found += [Departure(one, gone_on) for one in plan.gone]
    return found


def ending(found: Sequence[Departure]) -> Sequence[tuple[Departure, UnitHead]]:
    """The headships that end with these postings; two queries, and one for the names of units headed."""
    by_person = {one.known.pk: one for one in found}
    rows = UnitHead.objects.filter(superseded_at=None, employee__in=by_person).select_related("unit", "employee")
    held = [
        (by_person[row.employee_id], row)
        for row in rows.order_by("pk")
        if row.period.upper is None or row.period.upper > by_person[row.employee_id].on
    ]
    versions = UnitVersion.objects.filter(unit__in={row.unit_id for _, row in held}, superseded_at=None)
    names = dict(versions.order_by("period").values_list("unit_id", "name"))
    return [(one, row) for one, row in held if _ends(one, row, names.get(row.unit_id, ""))]


def _ends(one: Departure, row: UnitHead, unit_name: str) -> bool:
    """Whoever leaves heads nothing. Who moves keeps an order as Plt. or Plh., and what the new post still heads."""
    if one.moved is None:
        return True
    if row.capacity != HeadCapacity.DEFINITIVE:
        return False
    new = one.moved.row.post.key if one.moved.row.post else ""
    if one.moved.unit != row.unit_id:
        return name_key(unit_name) not in new
    # Within the unit: only the step from its head's post to another one says that somebody else heads it.
    before = one.known.place[1] if one.known.place[0] == row.unit_id else ""
    return bool(new) and names_head_of(before, unit_name) and not names_head_of(new, unit_name)


def end_headships(found: Sequence[Departure]) -> int:
    """End what `ending` tells, from each day on, with the roles and links that rest on it; gives how many headships.

    Earlier days keep their head. Each end stands in the audit trail and on the change feed. Inside an import's unit
    of work, which has checked the right.
    """
    if not found:
        return 0
    over = ending(found)
    for one, row in over:
        make_room(UnitHead.objects.filter(pk=row.pk), Period(one.on))
        key, since = row.unit.key, max(one.on, row.period.lower)
        announce(kind="unit_head", subject=row.employee.public_id, unit=key, period=Period(since))
        record(
            action="unit_head.ended",
            subject=row.employee.public_id,
            facts={"unit": key, "capacity": row.capacity, "on": since.isoformat()},
        )
    end_offices(_leavers(found, over))
    return len(over)


def _leavers(found: Sequence[Departure], over: Iterable[tuple[Departure, UnitHead]]) -> list[Leaver]:
    """Whose accounts and links lose what: the units headed, and the units that are no longer theirs.

    Somebody who moves within a perangkat daerah still works for it; what lies above the old place alone is left.
    """
    scopes: dict[int, set[int]] = {}
    for one, row in over:
        scopes.setdefault(one.known.pk, set()).add(row.unit_id)
    parents = _parents()
    for one in found:
        stays = _line(one.moved.unit, parents) if one.moved else set()
        scopes.setdefault(one.known.pk, set()).update(_line(one.known.place[0], parents) - stays)
    keys = dict(Unit.objects.filter(pk__in=set().union(*scopes.values())).values_list("pk", "key"))
    told = []
    for one in found:
        here = frozenset(keys[pk] for pk in scopes[one.known.pk] if pk in keys)
        if one.moved is None or here:
            left = one.moved is None
            told.append(Leaver(one.known.nip, one.known.name, one.on, here, everything=left, retired=one.retired))
    return told


def _parents() -> Mapping[int, int | None]:
    """Under what each unit stands, or last stood."""
    rows = UnitVersion.objects.filter(superseded_at=None).order_by("period")
    return dict(rows.values_list("unit_id", "parent_id"))


def _line(unit: int, parents: Mapping[int, int | None]) -> set[int]:
    """The unit and what it stands under."""
    found: set[int] = set()
    here: int | None = unit
    while here is not None and here in parents and here not in found:
        found.add(here)
        here = parents[here]
    return found
