"""The statement of need: whether a unit needs flexible work at all, as a stored decision."""

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access as people_access
from luwes.apps.people.dated import as_range
from luwes.apps.people.models import Unit
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import announce
from luwes.apps.policy.models import NeedAnswer, NeedStatement
from luwes.apps.policy.rows import cut, touching
from luwes.core.workdays.periods import Period


class ConditionsUnfit(Refused):
    """A need with conditions names them; one without has none."""

    code = "need_conditions_unfit"


def state_need(
    *, unit_key: str, period: Period, answer: NeedAnswer, reason: str, decided_by: str, conditions: str = ""
) -> str:
    """Record what a unit says of its need for a period; what was stated for the same days before gives way.

    Gives the public id. Raises ReasonMissing, ConditionsUnfit, OutsideScope.
    """
    work = current()
    people_access.require_unit(work.actor, Right.STATE_NEED, unit_key, period.start)
    if not (reason.strip() and decided_by.strip()):
        raise ReasonMissing
    if bool(conditions.strip()) != (answer == NeedAnswer.CONDITIONAL):
        raise ConditionsUnfit
    unit = Unit.objects.get(key=unit_key)
    locking.lock_rows({Unit: [unit.pk]})
    cut(touching(NeedStatement.objects.filter(unit=unit), period), period)
    made = NeedStatement.objects.create(
        unit=unit,
        answer=answer.value,
        reason=reason.strip(),
        conditions=conditions.strip(),
        period=as_range(period),
        decided_by=decided_by.strip(),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    announce(kind="need", subject=made.public_id, scope=f"unit:{unit_key}", period=period)
    facts = {
        "unit": unit_key,
        "kind": answer.value,
        "since": period.start.isoformat(),
        "until": period.end.isoformat() if period.end else "",
    }
    record(action="need.stated", subject=made.public_id, facts=facts, basis=made.reason)
    return made.public_id
