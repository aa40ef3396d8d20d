"""Somebody's own flexible days under a private address: made, withdrawn, and read by its secret."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.accounts.secret import digest, new_secret
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import Employee
from luwes.apps.schedule.models import CalendarLink, PersonDay
from luwes.apps.schedule.rosters.people import FLEXIBLE_STATES

KEPT = timedelta(days=62)  # days gone by that the calendar still shows


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that is flexible, or was: `state` where it is spent, `half` 0 or 1 when only one half is (else None).

    `version` counts its changes from 0, `changed` is the last of them.
    """

    uid: str
    day: date
    state: str
    half: int | None
    version: int
    changed: datetime
    cancelled: bool


def link_calendar(*, employee_id: str, unit_key: str) -> str:
    """Make the private address of somebody of the unit anew; gives its secret, which is shown once. An earlier
    address ends.

    Raises OutsideScope, Forbidden.
    """
    work, person = current(), _person(employee_id, unit_key)
    locking.lock_rows({Employee: [person.pk]})
    CalendarLink.objects.filter(employee=person, revoked_at=None).update(revoked_at=work.now)
    secret = new_secret()
    CalendarLink.objects.create(
        employee=person, digest=digest(secret), made_by=work.actor.id, created_at=work.now
    )  # fmt: skip
    record(action="roster.calendar_linked", subject=employee_id)
    return secret


def unlink_calendar(*, employee_id: str, unit_key: str) -> None:
    """End the private address of somebody of the unit. Raises OutsideScope, Forbidden."""
    work, person = current(), _person(employee_id, unit_key)
    locking.lock_rows({Employee: [person.pk]})
    if CalendarLink.objects.filter(employee=person, revoked_at=None).update(revoked_at=work.now):
        record(action="roster.calendar_unlinked", subject=employee_id)


def days_of(secret: str, today: date) -> Sequence[CalendarDay] | None:
    """The days under a private address, by day; None where it is unknown or withdrawn."""
    link = CalendarLink.objects.select_related("employee").filter(digest=digest(secret), revoked_at=None).first()
    if link is None:
        return None
    rows = PersonDay.objects.filter(employee=link.employee, day__gte=today - KEPT, state__in=FLEXIBLE_STATES)
    by_day: dict[date, list[PersonDay]] = defaultdict(list)
    for row in rows.order_by("day", "pk"):
        by_day[row.day].append(row)
    return [_day(link.employee.public_id, day, found) for day, found in by_day.items()]


def _day(person: str, day: date, rows: Sequence[PersonDay]) -> CalendarDay:
    holding = [row for row in rows if row.superseded_at is None and not row.yields_to]
    instants = {row.recorded_at for row in rows} | {row.superseded_at for row in rows if row.superseded_at is not None}
    parts = {row.part for row in holding}
    return CalendarDay(
        uid=f"{person}-{day:%Y%m%d}@jadwal.luwes",
        day=day,
        state=(holding or rows)[-1].state,
        half=next(iter(parts)) if len(parts) == 1 else None,
        version=len(instants) - 1,
        changed=max(instants),
        cancelled=not holding,
    )


def _person(employee_id: str, unit_key: str) -> Employee:
    work = current()
    access.require_unit(work.actor, Right.PLAN_ROSTER, unit_key, work.today)
    person = Employee.objects.filter(
        public_id=employee_id, postings__unit__key=unit_key, postings__superseded_at=None
    ).first()  # fmt: skip
    if person is None:
        raise OutsideScope(employee_id)
    return person
