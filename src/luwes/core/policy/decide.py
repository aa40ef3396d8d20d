"""Facts and rules in, a decision out. Every rule is looked at, always: nothing stops at the first no."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from luwes.core.policy.clauses import (
    Approval,
    Clause,
    Days,
    Duty,
    Exclude,
    Forbid,
    Hours,
    Location,
    Presensi,
    Quota,
    Report,
    Response,
    Switch,
)
from luwes.core.policy.decision import Decision, Owed, Reason, verdict
from luwes.core.policy.facts import Facts, matches, missing
from luwes.core.policy.judge import JUDGES, Say, View, quota
from luwes.core.policy.opening import opening
from luwes.core.policy.stack import OF_SCHEME, Held, Judgement, Rules, elsewhere, opens
from luwes.core.policy.terms import Binding, Level, Mode, Outcome, Verdict

OPENS = (Outcome.PASS, Outcome.UNKNOWN)
COMES_WITH = (Duty, Response, Report, Presensi, Hours, Location, Switch)


def decide(facts: Facts, rules: Rules) -> Decision:
    """Whether the person may work flexibly on the day, under the rules as `rules` knew them."""
    on = rules.on(facts.day)
    view = View(facts, facts.person.on(facts.day), ordered_days(facts, rules))
    held = current(on.held, facts.calendars)
    judged = [one for one in on.judgements if matches(one.who, view.tags, view.unknown)]
    reasons = [_workday(facts), *_away(facts)]
    days = [(one, matches(one.clause.who, view.tags, view.unknown)) for one in held if isinstance(one.clause, Days)]
    taken = frozenset(one.rule for one in judged if one.allow)
    reasons += opening(days, view, taken)
    above = ordering(held, view)
    # Where another scheme opens the day, the conditions of one that does not speak of it are a person's question.
    other = elsewhere(held, facts.day) if any(one.outcome in OPENS for one in reasons if one.kind == "days") else ()
    for one in held:
        if type(one.clause) in JUDGES:
            said = _say(one, view, judged)
            if said is not None:
                said = _closed_above(said, one.clause, above)
                reasons.append(
                    replace(said, enforced=False) if one.book in other and isinstance(one.clause, OF_SCHEME) else said
                )
    reasons = [_by_judgement(one, judged) for one in reasons]
    answer = verdict(reasons)
    return Decision(
        verdict=answer,
        mode=_mode(facts, reasons, held),
        duties=_duties(held, view, answer),
        approvers=_approvers(held, view),
        reasons=tuple(sorted(reasons, key=lambda one: one.weight)),
        stack_hash=on.digest,
        valid_on=facts.day,
        known_at=rules.known_at,
    )


def current(held: Sequence[Held], calendars: frozenset[str]) -> list[Held]:
    """What holds in the season: clauses of another season are out, and in a season its hours and presensi replace
    the usual ones of the same rulebook."""
    live = [one for one in held if not one.clause.calendar or one.clause.calendar in calendars]
    seasonal = {(one.book, type(one.clause)) for one in live if one.clause.calendar}

    def usual(one: Held) -> bool:
        replaced = (one.book, type(one.clause)) in seasonal
        return isinstance(one.clause, Presensi | Hours) and not one.clause.calendar and replaced

    return [one for one in live if not usual(one)]


def ordering(held: Sequence[Held], view: View) -> Level | None:
    """The highest level that orders this very day for the person without leave to be stricter, if any."""
    found = [
        one.level
        for one in held
        if isinstance(one.clause, Days)
        and one.clause.binding is Binding.MANDATED
        and one.clause.stricter_local is not True
        and one.enforced
        and opens(one.clause, view.facts.day)
        and matches(one.clause.who, view.tags, view.unknown)
    ]
    return min(found, default=None)


def ordered_days(facts: Facts, rules: Rules) -> frozenset[date]:
    """Which of the week's flexible days, and of the day itself, were ordered rather than asked for."""
    days = {facts.day, *(facts.week.flexible if facts.week else ())}
    return frozenset(day for day in days if is_ordered(facts, day, rules))


def is_ordered(facts: Facts, day: date, rules: Rules) -> bool:
    """Whether an instrument orders the day for the person."""
    tags, unknown = facts.person.on(day), facts.person.unknown_on(day)
    return any(
        isinstance(one.clause, Days)
        and one.clause.binding is Binding.MANDATED
        and opens(one.clause, day)
        and matches(one.clause.who, tags, unknown)
        for one in rules.on(day).held
    )


def _workday(facts: Facts) -> Reason:
    outcome = {True: Outcome.PASS, False: Outcome.FAIL, None: Outcome.UNKNOWN}[facts.working]
    code = {True: "working_day", False: "not_a_working_day", None: "calendar_unknown"}[facts.working]
    remedy = {True: "", False: "other_day", None: "supply_fact"}[facts.working]
    return Reason("luwes/workday", "workday", outcome, True, code, "", Level.ACT, remedy=remedy)


def _away(facts: Facts) -> list[Reason]:
    if facts.away is None:
        return []
    why = (("why", facts.away.value),)
    return [Reason("luwes/away", "away", Outcome.FAIL, True, "away", "", Level.ACT, why, "other_day")]


def _say(held: Held, view: View, judged: Sequence[Judgement]) -> Reason | None:
    """The reason of one clause; None where it is about other people."""
    clause = held.clause
    about = matches(clause.who, view.tags, view.unknown)
    if about is False:
        return None
    if isinstance(clause, Quota):
        value = next((one.value for one in judged if one.rule == held.rule and one.value is not None), None)
        said = quota(clause, view, held, value)
    else:
        said = JUDGES[type(clause)](clause, view, held)
    said = doubted(said, clause, about=about)
    if said.code == "about_unknown":
        said = replace(said, facts=(*said.facts, *missing(clause.who, view.tags, view.unknown)))
    kind = type(clause).__name__.lower()
    enforced = held.enforced and not said.warns
    return Reason(held.rule, kind, said.outcome, enforced, said.code, clause.basis, held.level, said.facts, said.remedy)


def doubted(said: Say, clause: Clause, *, about: bool | None) -> Say:
    """What is left of an answer when it is not known whether the clause is about the person, or the clause is open."""
    fails = said.outcome in (Outcome.FAIL, Outcome.UNKNOWN)
    if about is None and (fails or isinstance(clause, Approval)):
        return Say(Outcome.UNKNOWN, "about_unknown", said.facts, "supply_fact")
    if clause.undecided and said.outcome is Outcome.PASS:
        return Say(Outcome.UNKNOWN, "undecided", tuple(("point", one) for one in clause.undecided), "ask_decider")
    return said


def _closed_above(reason: Reason, clause: Clause, above: Level | None) -> Reason:
    """A local no against a day ordered above refuses nobody by itself: a person has to choose between the two."""
    if isinstance(clause, Forbid) and above is not None and above < reason.level and reason.outcome is Outcome.FAIL:
        return replace(reason, enforced=False, code="day_closed_against_order", remedy="ask_decider")
    return reason


def _by_judgement(reason: Reason, judged: Sequence[Judgement]) -> Reason:
    """A judgement settles what is open, or refuses; it never lifts what an enforced clause refuses."""
    own = [one for one in judged if one.rule == reason.rule and one.value is None]
    if not own or (reason.outcome is Outcome.FAIL and reason.enforced) or reason.outcome is Outcome.NOT_APPLICABLE:
        return reason
    allow = all(one.allow for one in own)
    by = (*reason.facts, *(("judged_by", one.by) for one in own))
    outcome, code = (Outcome.PASS, "judged_for") if allow else (Outcome.FAIL, "judged_against")
    return replace(reason, outcome=outcome, enforced=True, code=code, facts=by)


def _mode(facts: Facts, reasons: Sequence[Reason], held: Sequence[Held]) -> Mode | None:
    """The kind asked for, or that of the clause opening the day; the lowest level's where several do."""
    opened = {one.rule for one in reasons if one.kind == "days" and one.outcome is Outcome.PASS}
    modes = [
        (one.level, one.rule, one.clause.mode) for one in held if isinstance(one.clause, Days) and one.rule in opened
    ]
    if modes and facts.mode not in (None, Mode.FWA):
        return facts.mode
    return max(modes)[2] if modes else None


def _duties(held: Sequence[Held], view: View, answer: Verdict) -> tuple[Owed, ...]:
    """What comes with flexible work, or, for those excluded, what they owe instead."""
    found = []
    other = elsewhere(held, view.facts.day) if answer is not Verdict.REFUSED else ()
    for one in held:
        clause = one.clause
        if (
            one.book in other
            or not isinstance(clause, (*COMES_WITH, Exclude))
            or not matches(clause.who, view.tags, view.unknown)
        ):
            continue
        kind = type(clause).__name__.lower()
        if isinstance(clause, Exclude):
            found += [Owed(one.rule, kind, code) for code in (*clause.duties, *(f"at:{a}" for a in clause.service_at))]
        elif answer is not Verdict.REFUSED:
            codes = clause.duties if isinstance(clause, Duty) else (kind,)
            found += [Owed(one.rule, kind, code) for code in codes]
    return tuple(found)


def _approvers(held: Sequence[Held], view: View) -> tuple[str, ...]:
    """Who has to agree, each once, in the order of the clauses from the highest level down."""
    steps = [
        step
        for one in held
        if isinstance(one.clause, Approval) and matches(one.clause.who, view.tags, view.unknown)
        for step in one.clause.steps
    ]
    return tuple(dict.fromkeys(steps))
