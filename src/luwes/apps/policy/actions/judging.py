"""Recording what a person decided where a rule leaves it open, and revoking it."""

from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range
from luwes.apps.policy import queries
from luwes.apps.policy.access import NotAPerson, require_subject
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import announce
from luwes.apps.policy.models import Judgement
from luwes.apps.policy.rows import cut, period_of, touching
from luwes.core.policy.clauses import Clause, Delegate, Quota
from luwes.core.workdays.periods import Period

LOCK = "policy.judgements"
# To whom a rule may leave something that a head records for the own unit.
OF_UNITS = frozenset({"opd_head", "unit_head", "supervisor"})


class NoSuchRule(Refused):
    """No rule of this name holds on the first day of the decision."""

    code = "no_such_rule"


class ValueUnfit(Refused):
    """A share left to somebody is decided as a percentage from 0 to 100; nothing else is."""

    code = "judgement_value_unfit"


class LeftToAnother(Refused):
    """The rule leaves it to somebody above the unit, so it is not recorded with a scope of one unit."""

    code = "judgement_left_to_another"


class NoSuchJudgement(Refused):
    """There is no such decision, it was revoked already, or it ends before that day."""

    code = "no_such_judgement"


def judge(
    *,
    rule: str,
    subject: str,
    period: Period,
    allow: bool,
    decided_by: str,
    reason: str,
    value: int | None = None,
) -> str:
    """Record what was decided of `rule` ("rulebook/clause") for a tag, "" for everybody the rule is about.

    `decided_by` is the office that decided, `value` the percentage of a share left to it. Another decision of the
    same rule and tag gives way on the days of this one. Gives the public id. Raises NoSuchRule, ValueUnfit,
    LeftToAnother, ReasonMissing, NotATag, NoSuchSubject, NotAPerson.
    """
    work = current()
    _require(work.actor, subject, period.start)
    if not (decided_by.strip() and reason.strip()):
        raise ReasonMissing
    clause = _clause(rule, period.start)
    decider = clause.to if isinstance(clause, Delegate) else clause.delegated_to if isinstance(clause, Quota) else ""
    if work.actor.scope and decider and decider not in OF_UNITS:
        raise LeftToAnother(decider)
    _require_value(clause, subject, value, allow=allow)
    locking.lock_rows({}, names=[LOCK])
    cut(touching(Judgement.objects.filter(rule=rule, subject=subject), period), period)
    made = Judgement.objects.create(
        rule=rule,
        subject=subject,
        period=as_range(period),
        allow=allow,
        value=value,
        decided_by=decided_by.strip(),
        reason=reason.strip(),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    announce(kind="judgement", subject=made.public_id, scope=subject, period=period)
    facts: dict[str, str | int | bool] = {"rule": rule, "scope": subject, "allowed": allow, **_days(period)}
    if value is not None:
        facts["share"] = value
    # The reason can speak of a person's circumstances, so it goes to the side that can be erased.
    record(action="judgement.recorded", subject=made.public_id, facts=facts, detail={"text": made.reason})
    return made.public_id


def revoke(*, judgement_id: str, on: date, reason: str) -> None:
    """End a decision from `on`; the days before keep it. Raises NoSuchJudgement, ReasonMissing, NotAPerson."""
    found = Judgement.objects.filter(public_id=judgement_id).first()
    if found is None:
        raise NoSuchJudgement(judgement_id)
    _require(current().actor, found.subject, on)
    if not reason.strip():
        raise ReasonMissing
    row = locking.lock_rows({Judgement: [found.pk]}, names=[LOCK])[Judgement].get(found.pk)
    if not isinstance(row, Judgement) or row.superseded_at is not None or not period_of(row).overlaps(Period(on)):
        raise NoSuchJudgement(judgement_id)
    was = period_of(row)
    row.revoked_reason = reason.strip()
    cut([row], Period(on))
    ended = Period(max(on, was.start), was.end)
    announce(kind="judgement", subject=judgement_id, scope=row.subject, period=ended)
    facts = {"rule": row.rule, "scope": row.subject, **_days(ended)}
    record(action="judgement.revoked", subject=judgement_id, facts=facts, detail={"text": reason.strip()})


def _require(actor: Actor, subject: str, day: date) -> None:
    require_subject(actor, Right.JUDGE_OPEN_RULES, subject, day)
    if actor.kind is not ActorKind.PERSON:
        raise NotAPerson


def _require_value(clause: Clause, subject: str, value: int | None, *, allow: bool) -> None:
    """A plain yes to a share that somebody has to name would open it without a limit, except for a single person."""
    delegated = isinstance(clause, Quota) and bool(clause.delegated_to)
    if value is None:
        unfit = delegated and allow and not subject.startswith("person:")
    else:
        unfit = not (delegated and allow and 0 <= value <= 100)
    if unfit:
        raise ValueUnfit


def _clause(rule: str, day: date) -> Clause:
    held = queries.rules(day, current().now).on(day).held
    found = next((one.clause for one in held if one.rule == rule), None)
    if found is None:
        raise NoSuchRule(rule)
    return found


def _days(period: Period) -> dict[str, str]:
    return {"since": period.start.isoformat(), "until": period.end.isoformat() if period.end else ""}
