"""Whether any clause opens the day: the question all the others only narrow."""

from collections.abc import Sequence
from dataclasses import replace

from luwes.core.policy.clauses import Clause, Days
from luwes.core.policy.decision import Reason
from luwes.core.policy.facts import both, missing
from luwes.core.policy.judge import View
from luwes.core.policy.stack import Held, opens
from luwes.core.policy.terms import Binding, Level, Mode, Outcome

# Above this an agency may use what is permitted, or not: until it says so, nobody knows whether it does.
OWN = Level.REGIONAL_REGULATION


def suits(clause: Days, mode: Mode | None) -> bool:
    """Whether the kind asked for is the kind opened: home is a place of anywhere, and "fwa" means place and time."""
    from_anywhere = mode is Mode.WFH and clause.mode is Mode.WFA
    return mode is None or mode is clause.mode or Mode.FWA in (mode, clause.mode) or from_anywhere


def opened(held: Held, clause: Days, view: View, about: bool | None, taken: bool) -> tuple[bool | None, str]:
    """Whether this clause opens the day, and the code of what it says. `taken`: a judgement took it up."""
    day, week = view.facts.day, view.facts.week
    if not opens(clause, day):
        return False, "day_not_opened"
    if not suits(clause, view.facts.mode):
        return False, "mode_not_opened"
    granted = view.has(f"grant:{held.rule}") if clause.needs_grant else True
    if granted is False:
        return False, "not_granted"
    room: bool | None = True
    if clause.per_week is not None:
        room = None if week is None else len(week.flexible - {day}) < clause.per_week
    if room is False:
        return False, "week_full"
    if taken:
        return both((about, granted, room)), "opened"
    if not held.enforced:
        return None, "not_confirmed"
    if clause.binding is Binding.PERMITTED and held.level < OWN:
        return None, "not_taken_up"
    if clause.undecided:
        return None, "undecided"
    return both((about, granted, room)), "opened"


NO_INSTRUMENT = Reason("luwes/instrument", "instrument", Outcome.FAIL, True, "no_instrument", "", Level.ACT)
REMEDIES = {"not_granted": "ask_grant", "week_full": "other_week", "mode_not_opened": "other_mode"}
# Of clauses that do not open the day, the one nearest to opening it is told.
NEAREST = ("not_granted", "week_full", "mode_not_opened", "day_not_opened")


def opening(days: Sequence[tuple[Held, bool | None]], view: View, taken: frozenset[str]) -> list[Reason]:
    """One reason per clause that opens days for the person; `days` holds each with whether it is about them.

    One that opens passes and the rest keep silent. Else what may open is unknown. Else the nearest one fails.
    """
    said: list[tuple[bool | None, Reason]] = []
    for held, about in days:
        clause = held.clause
        if isinstance(clause, Days) and about is not False:
            known, code = opened(held, clause, view, about, held.rule in taken)
            code = "about_unknown" if code == "opened" and known is None else code
            lacking = missing(clause.who, view.tags, view.unknown) if code == "about_unknown" else ()
            said.append((known, _reason(held, clause, code, lacking)))
    if not said:
        return [NO_INSTRUMENT]
    if any(known for known, _ in said):
        return [replace(one, outcome=Outcome.PASS) if known else one for known, one in said]
    if any(known is None for known, _ in said):
        return [replace(one, outcome=Outcome.UNKNOWN) if known is None else one for known, one in said]
    nearest = min((one for _, one in said), key=lambda one: (NEAREST.index(one.code), -one.level, one.rule))
    failed = replace(nearest, outcome=Outcome.FAIL, remedy=REMEDIES.get(nearest.code, "other_day"))
    return [failed if one is nearest else one for _, one in said]


def _reason(held: Held, clause: Clause, code: str, facts: tuple[tuple[str, str], ...]) -> Reason:
    # Not opening is a refusal whoever confirmed the clause: without it there would be nothing to ask for at all.
    return Reason(held.rule, "days", Outcome.NOT_APPLICABLE, True, code, clause.basis, held.level, facts)
