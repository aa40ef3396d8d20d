"""The same decisions for everybody over a month at once: the marks per kin, the numbers as columns.

What a rule says of marks alone is asked of the very judges `decide` uses, once per kin; shares, weeks and waiting
times are reckoned over whole columns. Tests hold the two equal cell by cell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from luwes.core.policy.clauses import Clause, Days, Deadline, Forbid, Guard, Location, Quota, Tenure, Weekly
from luwes.core.policy.columns import (
    CODE,
    FAIL,
    NO_SHARE,
    PASS,
    SILENT,
    TIER_UNKNOWN,
    UNKNOWN,
    Codes,
    Columns,
    counted,
    guarded,
    shared,
    tenured,
    weeks,
)
from luwes.core.policy.crew import Crew, tally
from luwes.core.policy.decide import current, doubted, is_ordered, ordering
from luwes.core.policy.decision import RANK
from luwes.core.policy.facts import Facts, Week, matches
from luwes.core.policy.judge import JUDGES, Say, View, tier
from luwes.core.policy.kin import Kin, kin
from luwes.core.policy.opening import NEAREST, opened
from luwes.core.policy.stack import OF_SCHEME, Held, Judgement, Rules, elsewhere, opens
from luwes.core.policy.terms import Level, Verdict

VERDICTS = (Verdict.REFUSED, Verdict.NEEDS_JUDGEMENT, Verdict.NEEDS_JUDGEMENT, Verdict.ALLOWED)
Weight = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Scan:
    """People by judged days. `gravity`: 0 refused, 1 open, 2 warned, 3 allowed; `headline` points into `rules`."""

    gravity: NDArray[np.int8]
    headline: NDArray[np.int32]
    rules: tuple[str, ...]

    def verdict(self, person: int, day: int) -> Verdict:
        """The verdict of a cell."""
        return VERDICTS[int(self.gravity[person, day])]

    def told(self, person: int, day: int) -> str:
        """The rule told first in a cell."""
        return self.rules[int(self.headline[person, day])]


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says of everybody on a day; `weight` orders the rules as `Reason.weight` does."""

    weight: Weight
    outcome: Codes
    enforced: NDArray[np.bool_]


def scan(crew: Crew, rules: Rules) -> Scan:
    """Decide every person on every judged day."""
    work = _Work(Columns(crew, kin(crew, rules), {per: tally(crew, per) for per in crew.groups}), rules)
    shape = (len(crew.persons), len(crew.judged))
    gravity, lead = np.empty(shape, np.int8), np.empty(shape, np.int32)
    names: dict[str, int] = {}
    for place, column in enumerate(crew.judged):
        gravity[:, place], lead[:, place] = _combine(work.day(column), names)
    return Scan(gravity, lead, tuple(names))


def _combine(said: Sequence[Said], names: dict[str, int]) -> tuple[Codes, NDArray[np.int32]]:
    """The worst gravity of each person, and the first rule in order that has it."""
    ranked = sorted(said, key=lambda one: one.weight)
    top = len(ranked)
    best = np.full(len(ranked[0].outcome), 4 * top, np.int64)
    for place, one in enumerate(ranked):
        fails = np.where(one.enforced, 0, 2)
        # Of all that passes only the clause opening the day is told.
        passes = 3 if one.weight[0] == RANK["days"] else 4
        grave = np.select([one.outcome == FAIL, one.outcome == UNKNOWN, one.outcome == PASS], [fails, 1, passes], 4)
        np.minimum(best, grave * top + place, out=best)
    numbers = np.array([names.setdefault(one.weight[2], len(names)) for one in ranked], np.int32)
    return (best // top).astype(np.int8), numbers[best % top]


@dataclass(slots=True)
class _Work:
    """One scan: tables per kin are made once per clause, columns per day."""

    columns: Columns
    rules: Rules
    _about: dict[int, Codes] = field(default_factory=dict)
    _marks: dict[int, Codes] = field(default_factory=dict)
    _ordered: NDArray[np.bool_] | None = None

    @property
    def crew(self) -> Crew:
        return self.columns.crew

    @property
    def kin(self) -> Kin:
        return self.columns.kin

    def day(self, column: int) -> list[Said]:
        """What every rule says of everybody on one day."""
        day = self.crew.grid[column]
        on = self.rules.on(day)
        held = current(on.held, self.crew.calendars.get(day, frozenset()))
        opening = self._opening(held, on.judgements, column)
        said = [self._workday(column), self._away(column), *opening]
        days = [one.outcome for one in opening if one.weight[0] == RANK["days"]]
        open_ = np.isin(np.array(days, np.int8), (PASS, UNKNOWN)).any(axis=0) if days else np.bool_(False)
        other = elsewhere(held, day)
        for one in held:
            if type(one.clause) in JUDGES and not isinstance(one.clause, Location):
                outcome = self._clause(one, on.judgements, column)
                enforced = self._enforced(one, held, column)
                bound = one.book in other and isinstance(one.clause, OF_SCHEME)
                said.append(self._said(one, outcome, enforced & ~open_ if bound else enforced))
        return [self._judged(one, on.judgements, column) for one in said]

    def _said(self, held: Held, outcome: Codes, enforced: NDArray[np.bool_]) -> Said:
        return Said((RANK[type(held.clause).__name__.lower()], held.level, held.rule), outcome, enforced)

    def _workday(self, column: int) -> Said:
        state = self.crew.working[:, column]
        outcome = np.where(state == 1, PASS, np.where(state == 0, FAIL, UNKNOWN)).astype(np.int8)
        return Said((RANK["workday"], Level.ACT, "luwes/workday"), outcome, np.full(len(state), True))

    def _away(self, column: int) -> Said:
        gone = self.crew.away[:, column] != 0
        outcome = np.where(gone, FAIL, SILENT).astype(np.int8)
        return Said((RANK["away"], Level.ACT, "luwes/away"), outcome, np.full(len(gone), True))

    def about(self, clause: Clause) -> Codes:
        """Per kin: 0 other people, 1 about them, 2 not known."""
        if id(clause) not in self._about:
            number = {False: 0, True: 1, None: 2}
            found = [number[matches(clause.who, *self._marked(one))] for one in range(len(self.kin.people))]
            self._about[id(clause)] = np.array(found, np.int8)
        return self._about[id(clause)]

    def _marked(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        person = self.kin.people[number]
        return frozenset(tag.name for tag in person.tags), person.unknown

    def _clause(self, held: Held, judgements: Sequence[Judgement], column: int) -> Codes:
        clause, of, day = held.clause, self.kin.of[:, column], self.crew.grid[column]
        if isinstance(clause, Forbid) and not opens(clause, day):
            return np.zeros(len(of), np.int8)
        if isinstance(clause, Quota):
            outcome = shared(clause, self._top(held, clause, judgements)[of], counted(self.columns, clause.per, column))
        elif isinstance(clause, Weekly):
            outcome = weeks(clause, self.columns, self._free(clause), column)
        elif isinstance(clause, Tenure):
            outcome = tenured(clause, self.crew, day)
        elif isinstance(clause, Guard):
            outcome = guarded(clause, self.columns, column)
        else:
            return self._by_marks(held, column)[of]
        return _doubted(outcome, clause, self.about(clause)[of])

    def _by_marks(self, held: Held, column: int) -> Codes:
        """What a rule that asks for marks alone says of each kin. A deadline is the same for everybody on a day."""
        clause, day = held.clause, self.crew.grid[column]
        key = id(clause)
        if isinstance(clause, Deadline) or key not in self._marks:
            found = []
            for number, about in enumerate(self.about(clause)):
                if about == 0:
                    found.append(SILENT)
                    continue
                tags, _ = self._marked(number)
                facts = Facts(self.kin.people[number], day, asked_on=self.crew.asked_on)
                judge: Callable[..., Say] = JUDGES[type(clause)]
                said = judge(clause, View(facts, tags), held)
                found.append(CODE[doubted(said, clause, about=True if about == 1 else None).outcome])
            self._marks[key] = np.array(found, np.int8)
        return self._marks[key]

    def _top(self, held: Held, clause: Quota, judgements: Sequence[Judgement]) -> NDArray[np.int64]:
        """The share that holds for each kin."""
        found = []
        own = [one for one in judgements if one.rule == held.rule and one.value is not None]
        for number in range(len(self.kin.people)):
            tags, unknown = self._marked(number)
            share = NO_SHARE if clause.flex_max is None else clause.flex_max
            told = tier(clause, tags, unknown) if clause.tiers else -1
            if told is None:
                found.append(TIER_UNKNOWN)
                continue
            share = share if told < 0 else told
            if clause.delegated_to:
                value = next((one.value for one in own if matches(one.who, tags, unknown)), None)
                share = TIER_UNKNOWN if value is None else value
            found.append(share)
        return np.array(found, np.int64)

    def _free(self, clause: Weekly) -> NDArray[np.bool_] | None:
        """Which days are ordered, where ordered days do not count."""
        if clause.count_mandated is not False:
            return None
        if self._ordered is None:
            table = np.array(
                [
                    [is_ordered(Facts(person, day), day, self.rules) for day in self.crew.grid]
                    for person in self.kin.people
                ]
            )
            self._ordered = np.asarray(table[self.kin.of, np.arange(len(self.crew.grid))], np.bool_)
        return self._ordered

    def _enforced(self, held: Held, all_held: Sequence[Held], column: int) -> NDArray[np.bool_]:
        clause, of = held.clause, self.kin.of[:, column]
        warns = isinstance(clause, Guard) and clause.effect == "warn"
        plain = np.full(len(of), held.enforced and not warns)
        if not isinstance(clause, Forbid) or not held.enforced:
            return plain
        day = self.crew.grid[column]
        above = [ordering(all_held, self.kin.view(number, day)) for number in range(len(self.kin.people))]
        yields = np.array([one is not None and one < held.level for one in above])
        return np.asarray(plain & ~yields[of], np.bool_)

    def _judged(self, said: Said, judgements: Sequence[Judgement], column: int) -> Said:
        own = [one for one in judgements if one.rule == said.weight[2] and one.value is None]
        if not own:
            return said
        allow = {True: 1, False: 2}
        table = []
        for number in range(len(self.kin.people)):
            met = [one for one in own if matches(one.who, *self._marked(number))]
            table.append(allow[all(one.allow for one in met)] if met else 0)
        verdict = np.array(table, np.int8)[self.kin.of[:, column]]
        settled = (verdict > 0) & (said.outcome != SILENT) & ~((said.outcome == FAIL) & said.enforced)
        outcome = np.where(settled, np.where(verdict == 1, PASS, FAIL), said.outcome).astype(np.int8)
        return Said(said.weight, outcome, said.enforced | settled)

    def _opening(self, held: Sequence[Held], judgements: Sequence[Judgement], column: int) -> list[Said]:
        """The vector side of `opening`: one answer per clause that opens days, and one where there is none."""
        days = sorted(
            ((one, one.clause) for one in held if isinstance(one.clause, Days)),
            key=lambda pair: (-pair[0].level, pair[0].rule),
        )
        people = len(self.crew.persons)
        every = np.full(people, True)
        known, near = np.zeros((len(days), people), np.int8), np.full((len(days), people), 999, np.int64)
        about = np.zeros((len(days), people), np.bool_)
        for place, (one, clause) in enumerate(days):
            known[place], code = self._opened(one, clause, judgements, column)
            about[place] = self.about(clause)[self.kin.of[:, column]] != 0
            near[place] = np.where(about[place], code * len(days) + place, 999)
        some, maybe = (known == 1).any(axis=0), (known == 2).any(axis=0)
        nearest = near.argmin(axis=0) if days else np.zeros(people, np.int64)
        none = ~about.any(axis=0)
        missing = np.where(none, FAIL, SILENT).astype(np.int8)
        said = [Said((RANK["instrument"], Level.ACT, "luwes/instrument"), missing, every)]
        for place, (one, _) in enumerate(days):
            failing = ~none & ~some & ~maybe & (nearest == place)
            open_ = np.where(some, known[place] == 1, False)
            doubt = ~some & (known[place] == 2)
            outcome = np.where(open_, PASS, np.where(doubt, UNKNOWN, np.where(failing, FAIL, SILENT)))
            said.append(self._said(one, outcome.astype(np.int8), every))
        return said

    def _opened(
        self, held: Held, clause: Days, judgements: Sequence[Judgement], column: int
    ) -> tuple[Codes, NDArray[np.int64]]:
        """Whether the clause opens the day for each person (1 yes, 0 no, 2 not known), and how near it came."""
        of = self.kin.of[:, column]
        limit = clause.per_week or 0
        tables = [self._opened_table(held, clause, judgements, column, taken) for taken in (0, limit)]
        flexible = self.crew.flexible
        full = self.columns.week(column, flexible) - flexible[:, column] >= limit if limit else np.full(len(of), False)
        return (
            np.where(full, tables[1][0][of], tables[0][0][of]).astype(np.int8),
            np.where(full, tables[1][1][of], tables[0][1][of]),
        )

    def _opened_table(
        self, held: Held, clause: Days, judgements: Sequence[Judgement], column: int, taken: int
    ) -> tuple[Codes, NDArray[np.int64]]:
        day = self.crew.grid[column]
        # Stand-ins for days already taken: only their number is looked at.
        week = Week(frozenset(), frozenset(day + timedelta(days=7 * number) for number in range(1, taken + 1)))
        number = {False: 0, True: 1, None: 2}
        known, near = [], []
        for kin_number, about in enumerate(self.about(clause)):
            tags, unknown = self._marked(kin_number)
            allowed = any(one.allow and one.rule == held.rule and matches(one.who, tags, unknown) for one in judgements)
            facts = Facts(self.kin.people[kin_number], day, mode=self.crew.mode, week=week)
            answer, code = opened(held, clause, View(facts, tags), {0: False, 1: True, 2: None}[int(about)], allowed)
            known.append(number[answer] if about else 0)
            near.append(NEAREST.index(code) if code in NEAREST else len(NEAREST))
        return np.array(known, np.int8), np.array(near, np.int64)


def _doubted(outcome: Codes, clause: Clause, about: Codes) -> Codes:
    """`decide.doubted` over columns."""
    found = np.where((about == 2) & (outcome >= UNKNOWN), UNKNOWN, outcome)
    if clause.undecided:
        found = np.where((about > 0) & (found == PASS), UNKNOWN, found)
    return np.where(about == 0, SILENT, found).astype(np.int8)
