"""Rosters from the first request to publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import Employee, Unit
from luwes.apps.people.staff import swift
from luwes.apps.schedule.exposure import recompute
from luwes.apps.schedule.models import DraftState, How, Origin, PersonDay, RosterDraft, RosterLot, RosterWish
from luwes.apps.schedule.rosters import facts, packing
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.parameters import Parameters, parameters
from luwes.apps.schedule.rosters.solving import Made, Run, Wanted, in_worker, make
from luwes.apps.schedule.rosters.worker import SolverStopped
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import FREE, Flags, RosterProblem, UnusableProblem
from luwes.core.roster.verify import Violation, verify
from luwes.core.workdays.months import month_end

KEPT_ONCE = (DraftState.PUBLISHED, DraftState.REPLACED)


class AlreadyPublished(Refused):
    """A roster of these people and this month is published: it is changed by a re-plan, not planned again."""

    code = "roster_already_published"


class MonthPast(Refused):
    """The month, or the day from which to re-plan, lies in the past; what is past stays."""

    code = "roster_month_past"


class NotReady(Refused):
    """The roster is not ready: not reckoned yet, refused, or published already."""

    code = "roster_not_ready"


class LotWaiting(Refused):
    """A lot over the roster is frozen and not drawn: only its result may be published."""

    code = "roster_lot_waiting"


class InputsChanged(Refused):
    """What the roster was made from changed since; `what` names the parts."""

    code = "roster_inputs_changed"

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__(", ".join(what))
        self.what = tuple(what)


class Broken(Refused):
    """Read again from the database, the roster breaks a rule; nothing is stored."""

    code = "roster_broken"

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(str(len(violations)))
        self.violations = tuple(violations)


class AgainstPolicy(Refused):
    """Counted together, the plan goes beyond a share or a week of a letter in force."""

    code = "roster_policy"


class ReasonMissing(Refused):
    """A published roster is changed for a reason in words."""

    code = "roster_reason_missing"


class CannotWithdraw(Refused):
    """A published roster is never withdrawn: people have arranged their days by it."""

    code = "roster_cannot_withdraw"


class BadWish(Refused):
    """A wish is 1 to 10 points, or -1 for an unwanted day, on a day to come."""

    code = "roster_bad_wish"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What reckoning a draft gave: a plan, or the code of a refusal."""

    month: Month | None = None
    made: Made | None = None
    refusal: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


def request(*, unit_key: str, month: date, wanted: Parameters) -> RosterDraft:
    """Ask for the roster of a unit and all below it; it is reckoned by `reckon` and then waits to be published.

    Raises OutsideScope, Forbidden, MonthPast, AlreadyPublished.
    """
    work, first = current(), month.replace(day=1)
    access.require_unit(work.actor, Right.PLAN_ROSTER, unit_key, max(first, work.today))
    if month_end(first) < work.today:
        raise MonthPast(first.isoformat())
    unit = Unit.objects.get(key=unit_key)
    if RosterDraft.objects.filter(unit=unit, month=first, state=DraftState.PUBLISHED).exists():
        raise AlreadyPublished(unit_key)
    return _asked(unit, first, max(first, work.today), wanted.kept())


def request_replan(
    *, draft_id: str, from_day: date, reason: str, on_site: Sequence[date] = ()
) -> RosterDraft:  # fmt: skip
    """Ask to mend a published roster from a day on, with as few changes as possible; `on_site` adds such days.

    Raises OutsideScope, Forbidden, NotReady, MonthPast, ReasonMissing.
    """
    work, old = current(), draft(draft_id)
    access.require_unit(work.actor, Right.PLAN_ROSTER, old.unit.key, work.today)
    if old.state != DraftState.PUBLISHED:
        raise NotReady(draft_id)
    if from_day < work.today or from_day > month_end(old.month):
        raise MonthPast(from_day.isoformat())
    if not reason.strip():
        raise ReasonMissing(draft_id)
    kept = dict(old.parameters)
    kept["on_site"] = sorted({*kept["on_site"], *(day.isoformat() for day in on_site)})
    return _asked(old.unit, old.month, max(from_day, old.month), kept, replaces=old, reason=reason.strip())


def _asked(unit: Unit, first: date, from_day: date, kept: Mapping[str, Any], **rest: Any) -> RosterDraft:
    work = current()
    found = RosterDraft.objects.create(
        unit=unit,
        month=first,
        from_day=from_day,
        parameters=dict(kept),
        state=DraftState.WAITING,
        requested_by=work.actor.id,
        requested_at=work.now,
        **rest,
    )
    record(
        action="roster.asked",
        subject=found.public_id,
        facts={"unit": unit.key, "month": first.isoformat(), "since": from_day.isoformat()},
        basis=found.reason,
    )
    return found


def draft(draft_id: str) -> RosterDraft:
    """The roster of this id. Raises OutsideScope where there is none."""
    found = RosterDraft.objects.select_related("unit", "replaces").filter(public_id=draft_id).first()
    if found is None:
        raise OutsideScope(draft_id)
    return found


def left_waiting(before: datetime) -> list[str]:
    """Rosters asked for before an instant that nobody reckoned: the worker stopped, or was never told."""
    found = RosterDraft.objects.filter(state=DraftState.WAITING, requested_at__lt=before).order_by("requested_at")
    return list(found.values_list("public_id", flat=True))


def lineage(one: RosterDraft) -> frozenset[int]:
    """The rosters a re-plan goes back to: what it replaces, and what that replaced; empty for a first plan."""
    found: set[int] = set()
    before = one.replaces_id
    while before is not None and before not in found:
        found.add(before)
        before = RosterDraft.objects.filter(pk=before).values_list("replaces_id", flat=True).first()
    return frozenset(found)


def read_month(one: RosterDraft) -> Month:
    """The arrays of a draft as the database has them now."""
    return _read(one, one.from_day or one.month, lineage(one))


def read_unchanged(one: RosterDraft) -> Month:
    """The arrays of a draft that was reckoned; raises InputsChanged where a part is not what it was then."""
    month = read_month(one)
    changed = [name for name, found in month.inputs.items() if one.inputs.get(name) != found]
    if changed:
        raise InputsChanged(changed)
    return month


def read_in_force(one: RosterDraft, from_day: date) -> Month:
    """The arrays of a published roster from a day on; what it gave is the old plan in them."""
    return _read(one, max(from_day, one.month), lineage(one) | {one.pk})


def _read(one: RosterDraft, from_day: date, old: frozenset[int]) -> Month:
    # A re-plan was asked for when the roster first was: letters that set a date by which to ask mean that day.
    first = RosterDraft.objects.filter(pk__in=old | {one.pk}).order_by("requested_at").first() or one
    asked_on, wanted = timezone.localdate(first.requested_at), parameters(one.parameters)
    return facts.month(one.unit.key, one.month, wanted, from_day=from_day, old=old, asked_on=asked_on)


def reckon(one: RosterDraft, *, run: Run = in_worker) -> Outcome:
    """Reckon a draft; reads only, so it holds no transaction while the solver works."""
    try:
        month = read_month(one)
    except (facts.NothingToPlan, facts.CalendarMissing) as refused:
        return Outcome(refusal=refused.code)
    if (month.standing.taken & month.inside[:, None]).any():
        return Outcome(month, refusal=AlreadyPublished.code)
    old = month.standing.old if one.replaces_id is not None else None
    try:
        made = run(make, Wanted(month.problem, parameters(one.parameters).aim, old))
    except (NoRoster, UnusableProblem, SolverStopped) as refused:
        return Outcome(month, refusal=refused.code, inputs=month.inputs)
    # A promise that absences make impossible is told, not refused, when a roster is mended.
    problem = month.problem if old is None else without_promises(month)
    if verify(problem, made.flexible):
        return Outcome(month, refusal="broken", inputs=month.inputs)
    if month.against_policy(made.flexible).any():
        return Outcome(month, refusal=AgainstPolicy.code, inputs=month.inputs)
    return Outcome(month, made, inputs=month.inputs)


def without_promises(month: Month) -> RosterProblem:
    """The problem with its promises left aside."""
    return replace(month.problem, promises=None)


def store(*, draft_id: str, outcome: Outcome) -> RosterDraft:
    """Keep what reckoning gave; a draft that is no longer waiting stays as it is. Raises OutsideScope."""
    work, named = current(), draft(draft_id)
    locked = locking.lock_row(RosterDraft, named.pk)
    if locked is None or locked.state != DraftState.WAITING:
        return named
    locked.computed_at, locked.inputs = work.now, dict(outcome.inputs)
    if outcome.made is None or outcome.month is None:
        locked.state, locked.refusal = DraftState.REFUSED, outcome.refusal
    else:
        made = outcome.made
        locked.state = DraftState.READY
        locked.problem = packing.pack(outcome.month.problem)
        locked.plan = packing.pack_flags(made.flexible)
        locked.fingerprint, locked.points = made.fingerprint, made.points
        locked.status, locked.engine = made.status, made.engine
    locked.save()
    facts_ = {"state": locked.state, "digest": locked.fingerprint, "reason": locked.refusal}
    record(action="roster.reckoned", subject=draft_id, facts=facts_)
    return locked


def publish(*, draft_ids: Sequence[str]) -> list[RosterDraft]:
    """Make rosters hold: their flexible days become person-days, all of them or none.

    Everything is read again under locks. Raises OutsideScope, Forbidden, NotReady, LotWaiting, MonthPast,
    InputsChanged (another roster, leave, floors, settings changed since), Broken, AgainstPolicy.
    """
    work = current()
    named = [draft(one) for one in dict.fromkeys(draft_ids)]
    for one in named:
        access.require_unit(work.actor, Right.PLAN_ROSTER, one.unit.key, work.today)
    pks = {one.pk for one in named} | {one.replaces_id for one in named if one.replaces_id is not None}
    months = {one.month for one in named}
    locking.lock_rows({RosterDraft: pks}, names=[f"roster.{first:%Y-%m}" for first in months])
    with connection.cursor() as cursor:
        # A leave file that arrives now waits until the roster stands, and is then held against it.
        cursor.execute(f'LOCK TABLE "{PersonDay._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    for one in named:
        _publish(draft(one.public_id))
    recompute(days=months)
    return named


def _publish(one: RosterDraft) -> None:
    work = current()
    if one.state != DraftState.READY or one.plan is None or one.problem is None:
        raise NotReady(one.public_id)
    start = one.from_day or one.month
    if start < work.today:
        raise MonthPast(start.isoformat())
    lot = RosterLot.objects.filter(draft=one).order_by("-number").first()
    if lot is not None and lot.drawn_at is None:
        raise LotWaiting(lot.code)
    if one.replaces is not None and one.replaces.state != DraftState.PUBLISHED:
        raise InputsChanged(["rosters"])
    month = read_unchanged(one)
    plan = plan_of(one)
    violations = verify(month.problem if one.replaces_id is None else without_promises(month), plan)
    if violations:
        raise Broken(violations)
    if month.against_policy(plan).any():
        raise AgainstPolicy(one.public_id)
    _write(one, month, plan, lot)
    if one.replaces is not None:
        # First, because of a unit and month one roster is published.
        RosterDraft.objects.filter(pk=one.replaces.pk).update(state=DraftState.REPLACED, ended_at=work.now)
    one.state, one.published_by, one.published_at = DraftState.PUBLISHED, work.actor.id, work.now
    one.save(update_fields=["state", "published_by", "published_at"])
    counts: dict[str, Fact] = {"digest": one.fingerprint, "entries": int(plan.sum()), "month": one.month.isoformat()}
    record(action="roster.published", subject=one.public_id, facts=counts, basis=one.reason)


def plan_of(one: RosterDraft) -> Flags:
    """The flexible cells of a draft that has a plan."""
    if one.plan is None or one.problem is None:
        raise NotReady(one.public_id)
    return packing.unpack_flags(bytes(one.plan), packing.unpack(bytes(one.problem)).size)


def _write(one: RosterDraft, month: Month, plan: Flags, lot: RosterLot | None) -> None:
    work, place = current(), parameters(one.parameters).place.value
    how, code = (How.LOT, lot.code) if lot is not None else (How.PLAN, "")
    own = plan & month.inside[:, None] & (month.standing.pins == FREE)
    before = month.standing.old
    held = {(month.rows[row].employee, month.days[day]) for row, day in np.argwhere(own)}
    kept = PersonDay.objects.filter(roster__in=lineage(one), superseded_at=None, day__gte=one.from_day)
    # Days that yield to leave go too: withdrawn leave must not bring back a day that somebody else has now.
    dropped = [pk for pk, person, day in kept.values_list("pk", "employee_id", "day") if (person, day) not in held]
    PersonDay.objects.filter(pk__in=dropped).update(superseded_at=work.now)
    swift.insert(
        PersonDay,
        [
            PersonDay(
                employee_id=month.rows[row].employee, day=month.days[day], part=part, state=place,
                origin=Origin.ROSTER.value, how=how.value, lot=code, row_number=0, roster_id=one.pk,
                recorded_at=work.now,
            )
            for row, day in np.argwhere(own & ~before)
            for part in (0, 1)
        ],
    )  # fmt: skip


def withdraw(*, draft_id: str) -> None:
    """Always refused: a published roster is changed by a re-plan that touches as little as possible.

    Raises OutsideScope, Forbidden, NotReady, CannotWithdraw.
    """
    one = draft(draft_id)
    access.require_unit(current().actor, Right.PLAN_ROSTER, one.unit.key, current().today)
    raise CannotWithdraw(draft_id) if one.state in KEPT_ONCE else NotReady(draft_id)


def wish(*, employee_id: str, unit_key: str, points: Mapping[date, int]) -> None:
    """Keep what somebody of the unit wishes: 1 to 10 points a day, -1 for a day not wanted; 0 takes a wish back.

    Raises OutsideScope, Forbidden, BadWish.
    """
    work = current()
    access.require_unit(work.actor, Right.PLAN_ROSTER, unit_key, work.today)
    person = Employee.objects.filter(public_id=employee_id, postings__unit__key=unit_key).first()
    if person is None:
        raise OutsideScope(employee_id)
    if any(not (value == -1 or 0 <= value <= 10) or day < work.today for day, value in points.items()):
        raise BadWish(employee_id)
    locking.lock_rows({Employee: [person.pk]})
    RosterWish.objects.filter(employee=person, day__in=points, superseded_at=None).update(superseded_at=work.now)
    RosterWish.objects.bulk_create(
        RosterWish(employee=person, day=day, points=value, said_by=work.actor.id, recorded_at=work.now)
        for day, value in points.items()
        if value
    )
    record(action="roster.wished", subject=employee_id, facts={"entries": len(points)})
