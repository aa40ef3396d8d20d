"""A decision and its reasons, and which reason is told first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from luwes.core.policy.terms import Level, Mode, Outcome, Verdict

Fact = str | int | float | bool | date

# Which failing rule is told first: what no other day would change comes before what another day would, and what the
# person can mend alone comes last. Somebody excluded all year is not told that Wednesday is the wrong day.
ORDER = (
    "workday", "away", "instrument", "forbid", "exclude", "tenure", "require", "delegate", "need", "data", "guard",
    "days", "weekly", "quota", "roster", "approval", "location", "deadline",
)  # fmt: skip
RANK = {kind: number for number, kind in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says: `code` is why, `facts` what was looked at, `remedy` what kind of change helps."""

    rule: str
    kind: str
    outcome: Outcome
    enforced: bool
    code: str
    basis: str
    level: Level
    facts: tuple[tuple[str, Fact], ...] = ()
    remedy: str = ""

    @property
    def weight(self) -> tuple[int, int, int, str]:
        """Lower is told first: refusals, then what is open, then warnings; the same for its kind and level."""
        return (gravity(self.outcome, enforced=self.enforced), RANK[self.kind], self.level, self.rule)


def gravity(outcome: Outcome, *, enforced: bool) -> int:
    """0 refuses, 1 leaves open, 2 warns, 3 lets pass, 4 has nothing to say."""
    if outcome is Outcome.FAIL:
        return 0 if enforced else 2
    return {Outcome.UNKNOWN: 1, Outcome.PASS: 3}.get(outcome, 4)


def headline(reasons: Iterable[Reason]) -> Reason:
    """The one told first. Of a permission, that is the clause opening the day."""
    ordered = sorted(reasons, key=lambda one: one.weight)
    if ordered[0].weight[0] < 3:
        return ordered[0]
    return next(one for one in ordered if one.outcome is Outcome.PASS and one.kind == "days")


def verdict(reasons: Iterable[Reason]) -> Verdict:
    """An enforced FAIL refuses; anything unknown or an unenforced FAIL needs a person; else it is allowed."""
    worst = min(gravity(one.outcome, enforced=one.enforced) for one in reasons)
    if worst == 0:
        return Verdict.REFUSED
    return Verdict.NEEDS_JUDGEMENT if worst in (1, 2) else Verdict.ALLOWED


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that comes with the decision: the clause, and the duty it names."""

    rule: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, with everything it stands on."""

    verdict: Verdict
    mode: Mode | None
    duties: tuple[Owed, ...]
    approvers: tuple[str, ...]
    reasons: tuple[Reason, ...]
    stack_hash: str
    valid_on: date
    known_at: datetime

    @property
    def headline(self) -> Reason:
        """The reason told first."""
        return headline(self.reasons)
