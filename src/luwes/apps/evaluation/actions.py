"""Writes of the evaluation: two people for a plan, and a look on record before it is run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.evaluation import days, runs
from luwes.apps.evaluation.models import AnalysisPlan, Look, Run
from luwes.apps.evaluation.panels import Outcome
from luwes.apps.evaluation.plans import WEEK, Asked, Content, LotSpec, Observed, Role, drawn
from luwes.apps.evaluation.prospects import with_power
from luwes.apps.people.queries import units_on
from luwes.core.evaluation.looks import LooksError
from luwes.core.evaluation.panel import PanelError
from luwes.core.evaluation.power import MAX_PRIMARY, PRIMARY_POWER

LONGEST_NAME = 120


class PlanRefused(Refused):
    """The plan promises what it cannot see, or says what cannot be; `what` names it."""

    code = "plan_refused"

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(f"{why} {what}")
        self.why = why
        self.what = what


class NoSuchPlan(Refused):
    """There is no such plan."""

    code = "no_such_plan"


class AlreadyFrozen(Refused):
    """A frozen plan does not change; a change is a new plan."""

    code = "plan_already_frozen"


class SamePerson(Refused):
    """Who drafted a plan cannot freeze it."""

    code = "plan_needs_second_person"


class FrozenTooLate(Refused):
    """A plan with a lot is frozen before its first day, or its outcomes may have been seen."""

    code = "plan_frozen_too_late"


class NotFrozen(Refused):
    """Nobody has frozen the plan, so nobody may look."""

    code = "plan_not_frozen"


class LookNotDue(Refused):
    """The date of the next look has not come; `on` is that date."""

    code = "look_not_due"

    def __init__(self, on: date) -> None:
        super().__init__(on.isoformat())
        self.on = on


class NoLookLeft(Refused):
    """All looks of the plan were taken; more would be a new plan."""

    code = "no_look_left"


class NoSuchLook(Refused):
    """The look is not on record."""

    code = "no_such_look"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan as somebody asks for it; `looks` are weeks since `start`."""

    name: str
    policy: str
    basis: str
    start: date
    weeks: int
    looks: Sequence[int]
    units: Sequence[str]
    compared: Sequence[str]
    outcomes: Sequence[Asked]
    lot: LotSpec | None = None
    observed: Observed | None = None


def draft_plan(*, wanted: Wanted) -> str:
    """Work a plan out (days, draw, power) and keep it as a draft; gives its id.

    Raises PlanRefused with why: name, outcomes, looks, units, lot, underpowered, lot_blind.
    """
    work = current()
    access.require_whole(work.actor, Right.PLAN_EVALUATION)
    content = worked_out(wanted)
    made = AnalysisPlan.objects.create(
        policy=content.policy,
        content=content.to_json(),
        digest=content.digest(),
        drafted_by=work.actor.id,
        drafted_at=work.now,
    )
    record(action="evaluation.drafted", subject=made.public_id, facts={"digest": made.digest})
    return made.public_id


def worked_out(wanted: Wanted) -> Content:
    """The plan with its days, its draw and its power. Raises PlanRefused, as `draft_plan` does."""
    _check(wanted)
    found = Content(
        name=wanted.name.strip(),
        policy=wanted.policy.strip(),
        basis=wanted.basis.strip(),
        start=wanted.start,
        weeks=wanted.weeks,
        looks=tuple(wanted.looks),
        days=tuple(days.working_days(wanted.start, wanted.start + wanted.weeks * WEEK)),
        units=tuple(wanted.units),
        compared=tuple(wanted.compared),
        outcomes=tuple(wanted.outcomes),
        lot=wanted.lot,
        observed=wanted.observed,
    )
    if wanted.lot is not None:
        found = replace(found, exposure=_exposure(wanted, found))
    past = days.before(wanted.start)
    try:
        found = replace(found, outcomes=tuple(with_power(one, found, past) for one in found.outcomes))
    except (LooksError, PanelError) as error:
        raise PlanRefused("looks" if isinstance(error, LooksError) else "lot", error.code) from error
    if wanted.lot is not None:
        _check_power(found)
    return found


def _exposure(wanted: Wanted, found: Content) -> Sequence[Sequence[float]]:
    assert wanted.lot is not None  # noqa: S101 - asked by the caller
    shape = (len(found.units), len(found.days))
    try:
        made = drawn(wanted.lot, found.days, found.start, shape[0])
    except PanelError as error:
        raise PlanRefused("lot", error.code) from error
    if not (made > 0).any():
        raise PlanRefused("lot", f"{shape}")
    return tuple(tuple(float(one) for one in row) for row in made)


def _check(wanted: Wanted) -> None:
    if not wanted.name.strip() or not wanted.policy.strip() or max(len(wanted.name), len(wanted.policy)) > LONGEST_NAME:
        raise PlanRefused("name")
    measures = [one.measure for one in wanted.outcomes]
    if not measures or len(set(measures)) < len(measures) or not set(measures) <= {one.value for one in Outcome}:
        raise PlanRefused("outcomes", ", ".join(measures))
    primary = [one for one in wanted.outcomes if one.role is Role.PRIMARY]
    if not 1 <= len(primary) <= MAX_PRIMARY:
        raise PlanRefused("primary", str(len(primary)))
    if any(not (one.margin_day > 0 and one.margin_month > 0) for one in wanted.outcomes):
        raise PlanRefused("margins")
    looks = list(wanted.looks)
    if not looks or looks != sorted(set(looks)) or looks[0] < 1 or looks[-1] != wanted.weeks:
        raise PlanRefused("looks", str(looks))
    standing = {row.key for row in units_on(wanted.start)}
    both = [*wanted.units, *wanted.compared]
    if not wanted.units or len(set(both)) < len(both) or not set(both) <= standing:
        raise PlanRefused("units")
    if (wanted.lot is None) == (wanted.observed is None):
        raise PlanRefused("lot")


def _check_power(found: Content) -> None:
    """Primary outcomes must be answerable; the others are told with the power they have."""
    asked = [one for one in found.outcomes if one.role is Role.PRIMARY]
    unknown = [one.measure for one in asked if not one.error > 0]
    if unknown:
        raise PlanRefused("power_unknown", ", ".join(unknown))
    weak = [one for one in asked if not one.power >= PRIMARY_POWER]
    if weak:
        blind = all(one.power == 0 for one in weak)
        told = ", ".join(f"{one.measure} {100 * one.power:.0f}" for one in weak)
        raise PlanRefused("lot_blind" if blind else "underpowered", told)


def freeze_plan(*, plan_id: str, signer: str) -> str:
    """Freeze a draft under the name and post of who signs, who is not who drafted it; gives the digest.

    Raises NoSuchPlan, AlreadyFrozen, SamePerson, FrozenTooLate, PlanRefused.
    """
    work = current()
    access.require_whole(work.actor, Right.FREEZE_EVALUATION)
    plan = _locked(plan_id)
    if plan.frozen_at is not None:
        raise AlreadyFrozen(plan_id)
    if plan.drafted_by == work.actor.id:
        raise SamePerson(plan_id)
    content = Content.from_json(plan.content)
    if content.digest() != plan.digest:
        raise PlanRefused("changed", plan.digest)
    # Without a lot what happened is there already; the report then says that the plan is younger than the policy.
    if content.lot is not None and work.today > content.start:
        raise FrozenTooLate(plan_id)
    if not signer.strip():
        raise PlanRefused("signer")
    plan.frozen_by, plan.signer, plan.frozen_at = work.actor.id, signer.strip(), work.now
    plan.save(update_fields=["frozen_by", "signer", "frozen_at"])
    record(action="evaluation.frozen", subject=plan.public_id, facts={"digest": plan.digest})
    return plan.digest


def open_look(*, plan_id: str) -> Look:
    """Write the next look of a plan into the ledger, before anything is computed or shown.

    A look that was opened and never run is given again. Raises NoSuchPlan, NotFrozen, LookNotDue, NoLookLeft.
    """
    work = current()
    access.require_whole(work.actor, Right.PLAN_EVALUATION)
    plan = _locked(plan_id)
    if plan.frozen_at is None:
        raise NotFrozen(plan_id)
    content, taken = Content.from_json(plan.content), list(plan.looks.order_by("number"))
    if taken and not Run.objects.filter(look=taken[-1]).exists():
        return taken[-1]
    if len(taken) >= len(content.looks):
        raise NoLookLeft(plan_id)
    cutoff = content.cutoff(len(taken))
    if work.today < cutoff:
        raise LookNotDue(cutoff)
    look = Look.objects.create(plan=plan, number=len(taken), cutoff=cutoff, opened_by=work.actor.id, opened_at=work.now)
    record(
        action="evaluation.looked",
        subject=plan.public_id,
        facts={"number": look.number, "cutoff": cutoff.isoformat(), "plan": plan.digest},
    )
    return look


def run_look(*, look_pk: int) -> Run:
    """Compute an opened look and keep what it found; computed once, it is given as it was.

    Raises NoSuchLook. The ledger must be durable first: open the look in a unit of work of its own.
    """
    work = current()
    access.require_whole(work.actor, Right.PLAN_EVALUATION)
    locked = locking.lock_rows({Look: [look_pk]})[Look]
    if look_pk not in locked:
        raise NoSuchLook(str(look_pk))
    look = Look.objects.select_related("plan").get(pk=look_pk)
    if (known := Run.objects.filter(look=look).first()) is not None:
        return known
    content = Content.from_json(look.plan.content)
    found = runs.run(content, look.number, days.before(content.start), ledger(look.plan))
    made = Run.objects.create(
        look=look,
        input_digest=found.input_digest,
        code_digest=found.code_digest,
        result=found.result,
        evidence=found.evidence,
        computed_at=work.now,
    )
    record(
        action="evaluation.run",
        subject=look.plan.public_id,
        facts={"number": look.number, "input": found.input_digest, "code": found.code_digest},
    )
    return made


def ledger(plan: AnalysisPlan) -> Sequence[Mapping[str, object]]:
    """The looks of a plan so far, as plain values."""
    return [
        {"number": one.number, "cutoff": one.cutoff.isoformat(), "opened_at": one.opened_at.isoformat()}
        for one in plan.looks.order_by("number")
    ]


def _locked(plan_id: str) -> AnalysisPlan:
    plan = AnalysisPlan.objects.filter(public_id=plan_id).first()
    if plan is None:
        raise NoSuchPlan(plan_id)
    found = locking.lock_rows({AnalysisPlan: [plan.pk]})[AnalysisPlan][plan.pk]
    assert isinstance(found, AnalysisPlan)  # noqa: S101 - the model asked for
    return found
