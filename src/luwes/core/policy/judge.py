"""What each kind of clause says of one person's facts, given that the clause is about that person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from luwes.core.policy.clauses import (
    Approval,
    Clause,
    Data,
    Deadline,
    Delegate,
    Exclude,
    Forbid,
    Guard,
    Location,
    Need,
    Quota,
    Require,
    Roster,
    Tenure,
    Weekly,
)
from luwes.core.policy.decision import Fact
from luwes.core.policy.facts import Counts, Facts, Week, both, has, matches, missing
from luwes.core.policy.shares import fits, fits_week, months_later
from luwes.core.policy.stack import Held, opens
from luwes.core.policy.terms import Outcome, Per, Place

PASS, FAIL, UNKNOWN, SILENT = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class View:
    """Facts with the tags of the day, and which flexible days of the week were ordered."""

    facts: Facts
    tags: frozenset[str]
    ordered: frozenset[date] = frozenset()

    @property
    def unknown(self) -> frozenset[str]:
        """What nobody knows of the person."""
        return self.facts.person.unknown_on(self.facts.day)

    def has(self, tag: str) -> bool | None:
        """Whether the person carries the tag."""
        return has(tag, self.tags, self.unknown)


@dataclass(frozen=True, slots=True)
class Say:
    """An outcome with its code, the facts looked at, and what kind of change helps."""

    outcome: Outcome
    code: str
    facts: tuple[tuple[str, Fact], ...] = ()
    remedy: str = ""
    warns: bool = False


def answer(known: bool | None, code: str, remedy: str, *facts: tuple[str, Fact]) -> Say:
    """PASS for yes, FAIL for no, UNKNOWN for what nobody knows."""
    if known is None:
        return Say(UNKNOWN, f"{code}_unknown", facts, "supply_fact")
    return Say(PASS, f"{code}_met", facts) if known else Say(FAIL, code, facts, remedy)


def forbid(clause: Forbid, view: View, held: Held) -> Say:
    """Fails on the days it closes."""
    return Say(FAIL, "day_closed", (), "other_day") if opens(clause, view.facts.day) else Say(SILENT, "day_not_meant")


def exclude(clause: Exclude, view: View, held: Held) -> Say:
    """Fails for everybody it is about; the tags that made it so are the facts."""
    met = sorted({*clause.who.any, *clause.who.all} & view.tags)
    return Say(FAIL, "excluded", tuple(("tag", tag) for tag in met))


def require(clause: Require, view: View, held: Held) -> Say:
    """Passes only those who also are what is needed."""
    known = matches(clause.needs, view.tags, view.unknown)
    lacking = missing(clause.needs, view.tags, view.unknown) if known is None else ()
    return answer(known, "criterion", "mend_record", *lacking)


def tenure(clause: Tenure, view: View, held: Held) -> Say:
    """Fails until the months since the post or the entry are over; never passes where the months are not set."""
    if clause.months is None:
        return Say(UNKNOWN, "parameter_unset", (("parameter", "months"),), "set_parameter")
    person = view.facts.person
    since = person.post_since if clause.since == "post" else person.entered
    if since is None:
        return Say(UNKNOWN, "tenure_unknown", (), "supply_fact")
    until = months_later(since, clause.months)
    return answer(view.facts.day >= until, "newcomer", "wait", ("until", until))


def quota(clause: Quota, view: View, held: Held, value: int | None = None) -> Say:
    """Counts one more flexible person against the shares. `value` is what was decided where the share is delegated."""
    counts = view.facts.counts.get(clause.per)
    top = clause.flex_max
    if clause.tiers:
        found = tier(clause, view.tags, view.unknown)
        if found is None:
            return Say(UNKNOWN, "tier_unknown", (), "supply_fact")
        top = top if found < 0 else found
    if clause.delegated_to:
        if value is None:
            return Say(UNKNOWN, "share_not_decided", (("by", clause.delegated_to),), "ask_decider")
        top = value
    if counts is None:
        return Say(UNKNOWN, "counts_unknown", (("per", clause.per.value),), "supply_fact")
    known, looked = fits(clause, top, counts), _counted(clause, top, counts)
    if known is None:
        return Say(UNKNOWN, "share_full_unknown", looked, "set_parameter")
    return answer(known, "share_full", "other_day", *looked)


def _counted(clause: Quota, top: int | None, counts: Counts) -> tuple[tuple[str, Fact], ...]:
    shares = (
        ("flex_max", top),
        ("exact", clause.exact),
        ("flex_min", clause.flex_min),
        ("onsite_min", clause.onsite_min),
    )
    away = counts.leave + counts.trip + counts.study
    people = (("members", counts.members), ("away", away), ("flexible", counts.flexible))
    return (*people, *((name, share) for name, share in shares if share is not None))


def tier(clause: Quota, tags: frozenset[str], unknown: frozenset[str]) -> int | None:
    """The share of the first tier that means this person; -1 where none does, None where that is not known."""
    for one in clause.tiers:
        met = matches(one.who, tags, unknown)
        if met is None:
            return None
        if met:
            return one.flex_max
    return -1


def weekly(clause: Weekly, view: View, held: Held) -> Say:
    """Counts the day against the person's ISO week."""
    week = view.facts.week
    if week is None:
        return Say(UNKNOWN, "week_unknown", (), "supply_fact")
    counted, free = _counted_days(clause, view, week)
    taken = len(week.flexible - {view.facts.day}) + 1
    known = fits_week(clause, counted + (not free), len(week.working - week.away), taken, week.usual)
    return answer(known, "week_full", "other_week", ("days", counted + (not free)))


def _counted_days(clause: Weekly, view: View, week: Week) -> tuple[int, bool]:
    """Flexible days that count besides this one, and whether this one is free. Ordered days count unless said."""
    others = week.flexible - {view.facts.day}
    if clause.count_mandated is False:
        return len(others - view.ordered), view.facts.day in view.ordered
    return len(others), False


def location(clause: Location, view: View, held: Held) -> Say:
    """Judges the place asked for; without one it only says what will be asked."""
    place = view.facts.place
    if place is None:
        return Say(SILENT, "place_not_asked")
    known: list[bool | None] = [not clause.allowed or place.kind in clause.allowed]
    if clause.forbidden:
        known.append(None if place.traits is None else not place.traits & set(clause.forbidden))
    if clause.area:
        known.append(None if place.areas is None else clause.area in place.areas)
    if clause.registered and place.kind is Place.HOME:
        known.append(place.registered)
    if clause.declared:
        known.append(place.declared)
    return answer(both(known), "place", "other_place", ("place", place.kind.value))


def deadline(clause: Deadline, view: View, held: Held) -> Say:
    """Compares the day of asking with the last one."""
    last = clause.on if clause.on is not None else view.facts.day - timedelta(days=clause.days_before or 0)
    asked = view.facts.asked_on
    return answer(None if asked is None else asked <= last, "asked_late", "other_day", ("last", last))


def roster(clause: Roster, view: View, held: Held) -> Say:
    """Fails without the list where the list is a condition."""
    return answer(view.has(f"roster:{held.rule}"), "no_roster", "send_roster") if clause.blocks else Say(SILENT, "duty")


def delegate(clause: Delegate, view: View, held: Held) -> Say:
    """Open until the one it is left to has decided."""
    return Say(UNKNOWN, "not_decided", (("by", clause.to),), "ask_decider")


def need(clause: Need, view: View, held: Held) -> Say:
    """Reads the unit's statement of need."""
    if view.has("need:no"):
        return Say(FAIL, "no_need", (), "state_need")
    if view.has("need:conditional"):
        return Say(UNKNOWN, "need_conditional", (), "ask_decider")
    return Say(PASS, "need_met") if view.has("need:yes") else Say(UNKNOWN, "need_not_stated", (), "state_need")


def data(clause: Data, view: View, held: Held) -> Say:
    """Fails when a fact has not arrived."""
    missing = [fact for fact in clause.facts if view.has(f"arrived:{fact}") is not True]
    known = both(view.has(f"arrived:{fact}") for fact in clause.facts)
    return answer(known, "data_missing", "send_data", *(("fact", fact) for fact in missing))


def guard(clause: Guard, view: View, held: Held) -> Say:
    """Compares a measure of the unit with its floor; a measure that is missing is never above it."""
    found = view.facts.measures.get(clause.metric)
    if found is None:
        return Say(UNKNOWN, "measure_unknown", (("metric", clause.metric),), "supply_fact")
    looked = (("metric", clause.metric), ("value", found), ("below", clause.below))
    if found >= clause.below:
        return Say(PASS, "measure_met", looked)
    if clause.effect != "quota":
        return Say(FAIL, "measure_low", looked, "mend_measure", warns=clause.effect == "warn")
    counts = view.facts.counts.get(Per.UNIT)
    if counts is None:
        return Say(UNKNOWN, "counts_unknown", (("per", "unit"),), "supply_fact")
    inside = (counts.flexible + 1) * 100 <= counts.members * (clause.flex_max or 0)
    return answer(inside, "share_lowered", "other_day", *looked)


def approval(clause: Approval, view: View, held: Held) -> Say:
    """Passes: who has to agree is told beside the verdict. Only not knowing whose permission it takes is open."""
    return Say(PASS, "approval_asked")


JUDGES: dict[type[Clause], Callable[..., Say]] = {
    Forbid: forbid, Exclude: exclude, Require: require, Tenure: tenure, Quota: quota, Weekly: weekly,
    Location: location, Deadline: deadline, Roster: roster, Delegate: delegate, Need: need, Data: data, Guard: guard,
    Approval: approval,
}  # fmt: skip
