"""What a rulebook leaves open by itself: each point is answered by a person before the rulebook is enacted."""

from collections.abc import Iterator

from luwes.core.policy.clauses import Clause, Quota, Tenure, Weekly
from luwes.core.policy.findings import Finding
from luwes.core.policy.rulebook import Rulebook, shares
from luwes.core.policy.terms import Rounding, ShortWeek
from luwes.core.workdays.status import Status


def gaps(rulebook: Rulebook) -> tuple[Finding, ...]:
    """Every open point, clause by clause, as a finding about the one clause."""
    return tuple(
        Finding(code, (rulebook.key(clause),), facts)
        for clause in rulebook.clauses
        for code, facts in _open(clause, clause.status or rulebook.head.status)
    )


def _open(clause: Clause, status: Status) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    if status is Status.ASSUMED:
        yield "clause_assumed", ()
    if clause.undecided:
        yield "points_undecided", (("points", ", ".join(clause.undecided)),)
    if isinstance(clause, Quota):
        if clause.delegated_to:
            yield "share_delegated", (("by", clause.delegated_to),)
        # A share that somebody else names is counted as well, so it needs these too.
        if (shares(clause) or clause.delegated_to) and clause.rounding is Rounding.UNDECIDED:
            yield "rounding_open", ()
        if (shares(clause) or clause.delegated_to) and clause.without is None:
            yield "denominator_open", ()
    if isinstance(clause, Tenure) and clause.months is None:
        yield "waiting_open", ()
    if isinstance(clause, Weekly) and clause.onsite_min_days and clause.short_week is ShortWeek.UNDECIDED:
        yield "short_week_open", ()
