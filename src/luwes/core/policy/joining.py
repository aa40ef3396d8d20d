"""What a rulebook brings with it into the rules it joins: contradictions with them, and its own open points."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from luwes.core.policy.clauses import Clause
from luwes.core.policy.findings import Finding, findings
from luwes.core.policy.gaps import gaps
from luwes.core.policy.rulebook import Head
from luwes.core.policy.stack import Layer, Rules, Stack
from luwes.core.workdays.periods import DAY


def joining(stack: Stack, joined: Layer, known_at: datetime) -> tuple[Finding, ...]:
    """Everything to be answered before the layer is enacted into the stack: on any day of its period, each once.

    A contradiction counts when one of its clauses is the rulebook's own, or when it was not there without it.
    """
    before = Rules(stack, known_at)
    after = Rules(replace(stack, layers=(*stack.layers, joined)), known_at)
    own = joined.rulebook.head.id
    found: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for day in turning_days(after.stack, joined.rulebook.head):
        known = {one.key for one in findings(before, day)}
        for one in findings(after, day):
            ours = any(rule.partition("/")[0] == own for rule in one.rules)
            if ours or one.key not in known:
                found.setdefault(one.key, one)
    return (*found.values(), *gaps(joined.rulebook))


def turning_days(stack: Stack, head: Head) -> list[date]:
    """The first day of the head's period, and each later one inside it on which anything begins or has ended."""
    first = head.first or date.min
    days = {first}
    for layer in stack.layers:
        days.update(_turns(layer.rulebook.head))
        for clause in layer.rulebook.clauses:
            days.update(_turns(clause))
        for period in layer.suspended:
            days.add(period.start)
            if period.end is not None:
                days.add(period.end)
    return sorted(day for day in days if first <= day and (head.last is None or day <= head.last))


def _turns(span: Head | Clause) -> Iterator[date]:
    if span.first is not None:
        yield span.first
    if span.last is not None and span.last < date.max:
        yield span.last + DAY
