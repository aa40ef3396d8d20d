"""Where rulebooks in force together contradict each other: named, shown, and left for a person to answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TypeVar

from luwes.core.policy.clauses import (
    Claim,
    Clause,
    Days,
    Exclude,
    Forbid,
    Hours,
    Location,
    Minimise,
    Require,
    Response,
    Sanction,
    Step,
    Tenure,
    Tracking,
    Weekly,
    WorkSpan,
)
from luwes.core.policy.decision import Fact
from luwes.core.policy.stack import Held, Rules
from luwes.core.policy.terms import Binding, Form

C = TypeVar("C", bound=Clause)
Pair = tuple[Held, C]
Found = Iterator["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction by name, the clauses in it (higher level first), and what differs."""

    code: str
    rules: tuple[str, ...]
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What an answer refers to."""
        return self.code, self.rules


def findings(rules: Rules, day: date) -> tuple[Finding, ...]:
    """Every contradiction among the clauses of a day, in the order of `CHECKS`."""
    held = rules.on(day).held
    return tuple(one for check in CHECKS for one in check(held))


def unanswered(found: Sequence[Finding], answers: frozenset[tuple[str, tuple[str, ...]]]) -> tuple[Finding, ...]:
    """Those nobody has answered; with one left, nothing is enacted."""
    return tuple(one for one in found if one.key not in answers)


def _all(held: Sequence[Held], kind: type[C]) -> list[Pair[C]]:
    return [(one, one.clause) for one in held if isinstance(one.clause, kind)]


def _pairs(held: Sequence[Held], kind: type[C]) -> Iterator[tuple[Pair[C], Pair[C]]]:
    """Pairs of clauses of one kind from two rulebooks; `held` has the higher level first."""
    for first, second in combinations(_all(held, kind), 2):
        if first[0].book != second[0].book:
            yield first, second


def places(held: Sequence[Held]) -> Found:
    """Home only here, several kinds of place there."""
    for (a, one), (b, two) in _pairs(held, Location):
        if one.allowed and two.allowed and set(one.allowed) != set(two.allowed):
            yield Finding("places_differ", (a.rule, b.rule))


def cap(held: Sequence[Held]) -> Found:
    """A weekly cap that does not say whether ordered days use it up."""
    for a, order in _all(held, Days):
        for b, weekly in _all(held, Weekly):
            if order.binding is Binding.MANDATED and weekly.max_days is not None and weekly.count_mandated is None:
                yield Finding("ordered_day_in_cap", (a.rule, b.rule), (("max_days", weekly.max_days),))


def _ladders(held: Sequence[Held]) -> Iterator[tuple[Pair[Sanction], Pair[Sanction]]]:
    """Pairs of ladders that count the same thing: days in a year are not days in a row."""
    for first, second in _pairs(held, Sanction):
        if first[1].ladder and second[1].ladder and first[1].trigger == second[1].trigger:
            yield first, second


def ladder_starts(held: Sequence[Held]) -> Found:
    """Two ladders of sanctions with different first days."""
    for (a, one), (b, two) in _ladders(held):
        if one.ladder[0].first != two.ladder[0].first:
            facts = (("first", one.ladder[0].first), ("other", two.ladder[0].first))
            yield Finding("ladder_starts_differ", (a.rule, b.rule), facts)


def ladder_bands(held: Sequence[Held]) -> Found:
    """Two ladders whose later steps cut the days differently."""
    for (a, one), (b, two) in _ladders(held):
        later = [(x, y) for i, x in enumerate(one.ladder) for j, y in enumerate(two.ladder) if i or j]
        if any(_overlap(x, y) and (x.first, x.last) != (y.first, y.last) for x, y in later):
            yield Finding("ladder_bands_differ", (a.rule, b.rule))


def _overlap(one: Step, two: Step) -> bool:
    return (one.last is None or two.first <= one.last) and (two.last is None or one.first <= two.last)


def targets(held: Sequence[Held]) -> Found:
    """Two targets for one metric."""
    aims = [(one, claim) for one, claim in _all(held, Claim) if claim.form is Form.TARGET and claim.value is not None]
    for (a, one), (b, two) in combinations(aims, 2):
        if (one.metric, one.unit, one.per) == (two.metric, two.unit, two.per) and one.value != two.value:
            yield Finding("targets_differ", (a.rule, b.rule), (("metric", one.metric),))


def weekdays(held: Sequence[Held]) -> Found:
    """A lower instrument opens other weekdays than the one ordered above."""
    for (a, one), (b, two) in _pairs(held, Days):
        ordered = one.binding is Binding.MANDATED and a.level < b.level
        if ordered and one.weekdays and two.weekdays and set(one.weekdays) != set(two.weekdays):
            yield Finding("weekdays_differ", (a.rule, b.rule))


def breaks(held: Sequence[Held]) -> Found:
    """A duty to answer within minutes that does not spare the break."""
    for one, response in _all(held, Response):
        if "break" not in response.excused:
            yield Finding("answer_in_break", (one.rule,), (("within_minutes", response.within_minutes),))


def tracking(held: Sequence[Held]) -> Found:
    """Following people all day, against using no more data than needed."""
    for a, followed in _all(held, Tracking):
        for b, least in _all(held, Minimise):
            if followed.continuous and least.of == "location":
                yield Finding("tracking_beyond_purpose", (b.rule, a.rule))


def posts(held: Sequence[Held]) -> Found:
    """A lower instrument excludes a post the one above, which says who may, leaves open."""
    for b, lower in _all(held, Exclude):
        above = [one for one in held if one.level < b.level and isinstance(one.clause, Exclude | Require | Tenure)]
        named = {tag for one in above if isinstance(one.clause, Exclude) for tag in one.clause.who.any}
        for tag in lower.who.any:
            silent = tag.startswith("post:") and above and tag not in named
            if silent and not any(one.clause.stricter_local for one in above):
                yield Finding("post_excluded_below", (above[0].rule, b.rule), (("tag", tag),))


def hours(held: Sequence[Held]) -> Found:
    """Two weekly totals for the same people in the same season."""
    for (a, one), (b, two) in _pairs(held, Hours):
        if one.weekly_net is None or two.weekly_net is None or one.weekly_net == two.weekly_net:
            continue
        same_week = "" in (one.pattern, two.pattern) or one.pattern == two.pattern
        same_people = one.who == two.who or not one.who.any or not two.who.any
        if same_week and same_people and one.calendar == two.calendar:
            facts = (("minutes", one.weekly_net), ("other", two.weekly_net))
            yield Finding("weekly_hours_differ", (a.rule, b.rule), facts)


def sums(held: Sequence[Held]) -> Found:
    """Hours that do not add up to the weekly total their own clause names."""
    for one, clause in _all(held, Hours):
        total = sum(_minutes(span) for span in clause.spans)
        if clause.weekly_net is not None and clause.spans and total != clause.weekly_net:
            facts = (("minutes", clause.weekly_net), ("sum", total))
            yield Finding("hours_do_not_add_up", (one.rule,), facts)


def _minutes(span: WorkSpan) -> int:
    """Minutes a week without breaks."""
    rest = span.break_end - span.break_start if span.break_start is not None and span.break_end is not None else 0
    return len(span.weekdays) * (span.end - span.start - rest)


def declined(held: Sequence[Held]) -> Found:
    """A local no to what is open above; against an order it is another matter than against a permission."""
    for a, days in _all(held, Days):
        for b, no in _all(held, Forbid):
            if a.level < b.level and a.book in no.overrides:
                ordered = days.binding is Binding.MANDATED
                yield Finding("order_declined" if ordered else "permission_declined", (a.rule, b.rule))


# The ten of the regulation's own list, in its order; hours that do not add up, and the local no.
CHECKS: tuple[Callable[[Sequence[Held]], Found], ...] = (
    places, cap, ladder_starts, ladder_bands, targets, weekdays, breaks, tracking, posts, hours, sums, declined,
)  # fmt: skip
