"""Who heads a unit on a day: a headship alone is not enough, the person must hold a post and be on duty that day.

A retired head, one who left and one suspended sign nothing, are proposed for nothing and told nothing, even where
nobody has ended the headship yet. Everything that asks for a head asks here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luwes.apps.accounts.queries import HeldOffice, offices_held
from luwes.apps.people.models import Employee, EmployeeVersion, HeadCapacity, Posting, Standing, UnitHead, UnitVersion
from luwes.apps.people.models.staff import ENDED
from luwes.core.names import name_key

# Freed from the post, or barred from it, while the posting itself stands.
OFF_DUTY = ENDED | {
    Standing.UNPAID_LEAVE.value,
    Standing.STUDY.value,
    Standing.SUSPENDED.value,
    Standing.STATE_OFFICIAL.value,
    Standing.RETIRING.value,
}


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Who heads a unit on the day."""

    person_id: str
    name: str
    capacity: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Headless:
    """A unit that was headed and is no longer; by whom it was last."""

    unit_key: str
    unit_name: str
    last_id: str
    last_name: str


def on_duty(on: date, person: str = "employee") -> Q:
    """That the employee named by the column holds a post on the day and is neither freed from it nor barred."""
    who = OuterRef(person)
    posted = Posting.objects.filter(employee=who, superseded_at=None, period__contains=on)
    off = EmployeeVersion.objects.filter(employee=who, superseded_at=None, period__contains=on, standing__in=OFF_DUTY)
    return Q(Exists(posted)) & ~Q(Exists(off))


def acting_on(on: date) -> "QuerySet[UnitHead]":
    """The headships that hold on the day, of people on duty."""
    return UnitHead.objects.filter(on_duty(on), superseded_at=None, period__contains=on)


def heads_on(on: date, unit_pks: Collection[int]) -> Mapping[int, HeadRow]:
    """Who heads each of these units on the day, by unit pk; one query. A unit without a head is absent."""
    return {row.unit_id: _row(row) for row in acting_on(on).filter(unit__in=unit_pks).select_related("employee")}


def heads(unit_key: str, on: date) -> Sequence[HeadRow]:
    """Who heads the unit on the day."""
    return [_row(row) for row in acting_on(on).filter(unit__key=unit_key).select_related("employee")]


def headless(on: date, *, unit_key: str = "") -> Sequence[Headless]:
    """Units standing on the day whose last head left, moved, is off duty or was acting until an end; by name.

    With `unit_key` that unit alone. A unit never headed is not among them: for those heads are proposed.
    """
    versions = UnitVersion.objects.filter(superseded_at=None, period__contains=on)
    if unit_key:
        versions = versions.filter(unit__key=unit_key)
    standing = {pk: (key, name) for pk, key, name in versions.values_list("unit_id", "unit__key", "name")}
    headed = set(acting_on(on).filter(unit__in=standing).values_list("unit_id", flat=True))
    # A headship that ended on the day it began left no day behind, yet the unit was to have a head.
    before = UnitHead.objects.filter(period__startswith__lte=on, unit__in=set(standing) - headed)
    newest = before.order_by("unit", F("superseded_at").desc(nulls_first=True), "-period")
    last = newest.distinct("unit").select_related("employee")
    found = [Headless(*standing[row.unit_id], row.employee.public_id, row.employee.name) for row in last]
    return sorted(found, key=lambda one: name_key(one.unit_name))


def off_duty_nips(nips: Collection[str], on: date) -> Collection[str]:
    """Those of these NIPs that belong to known employees who hold no post on the day or are off duty; one query."""
    if not nips:
        return frozenset()
    known = Employee.objects.filter(nip__in=nips, postings__superseded_at=None)
    return frozenset(known.exclude(on_duty(on, "pk")).values_list("nip", flat=True))


def off_duty_offices(on: date) -> Sequence[HeldOffice]:
    """Roles held by people who, by the staff record, left or are off duty on the day; two queries."""
    held = offices_held(on)
    off = off_duty_nips({one.nip for one in held}, on)
    return [one for one in held if one.nip in off]


def may_sign(unit_pk: int, nip: str, *, capacity: str, on: date) -> bool:
    """Whether somebody with this NIP may sign for the unit, as far as the staff data can tell.

    Who is known as an employee must be on duty. Where the unit has a head, only that head signs as definitive head;
    an acting one rests on an order of their own. Without staff data the role alone decides.
    """
    if off_duty_nips([nip] if nip else [], on):
        return False
    if capacity != HeadCapacity.DEFINITIVE or not nip:
        return True
    head = acting_on(on).filter(unit=unit_pk).values_list("employee__nip", flat=True).first()
    return head is None or head == nip


def _row(row: UnitHead) -> HeadRow:
    return HeadRow(row.employee.public_id, row.employee.name, row.capacity, row.period.lower, row.period.upper)
