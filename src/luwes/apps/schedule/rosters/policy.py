"""What the letters in force allow of a roster: each cell by the scan of the policy, nothing open counts as allowed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import Posting
from luwes.apps.policy.queries import rules as rules_in_force
from luwes.apps.schedule.deciding import with_blackouts
from luwes.apps.schedule.facts.brought import Brought, Told
from luwes.apps.schedule.facts.gather import Gathered, Wish, gather, whole_weeks
from luwes.apps.schedule.rosters.allowed import line_of
from luwes.apps.schedule.rosters.people import Row
from luwes.apps.schedule.tree import Tree
from luwes.core.exposure.states import State
from luwes.core.policy.kin import asked_for
from luwes.core.policy.scan import VERDICTS, scan
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Mode, Verdict
from luwes.core.roster.problem import Flags
from luwes.core.workdays.periods import DAY

# Whatever is recorded by now counts; the moment of reading is not part of a roster.
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
MODES = {State.HOME: Mode.WFH, State.OTHER_OFFICE: Mode.WFA, State.OTHER_PLACE: Mode.WFA}
ALLOWED = VERDICTS.index(Verdict.ALLOWED)


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """Everybody whose numbers count, as the policy knows them; `rows` are the crew's rows of each row of the roster."""

    found: Gathered
    rules: Rules
    rows: Sequence[Sequence[int]]
    columns: Sequence[int]

    def allowed(self, plan: Flags) -> Flags:
        """Which cells are allowed when just `plan` is flexible: shares and weeks are counted from it.

        A verdict that needs a judgement is not allowed until somebody entitled said yes.
        """
        planned = self.found.crew.planned.copy()
        for number, mine in enumerate(self.rows):
            for row in mine:
                there = self.found.inside[row, self.columns]
                planned[row, self.columns] = np.where(there, plan[number], planned[row, self.columns])
        told = scan(replace(self.found.crew, planned=planned), self.rules)
        good = np.zeros(plan.shape, dtype=np.bool_)
        place = {column: at for at, column in enumerate(self.found.crew.judged)}
        judged = [place[column] for column in self.columns]
        for number, mine in enumerate(self.rows):
            for row in mine:
                there = self.found.inside[row, self.columns]
                good[number] |= there & (told.gravity[row, judged] == ALLOWED)
        return good


def policy(tree: Tree, rows: Sequence[Row], days: Sequence[date], place: State, asked_on: date) -> Policy | None:
    """What is needed to judge the roster; None where no letter is in force at all, and its settings alone decide."""
    span = whole_weeks(days[0], days[-1])
    rules = rules_in_force(days[0], LATEST, until=days[-1])
    if not rules.stack.layers:
        return None
    rules = with_blackouts(rules, span.first, span.last)
    wish, listed = Wish(MODES[place], asked_on=asked_on), _listed(tree, rules, days)
    found = gather(days, rules, only=_mates(tree, rows, days), wish=wish, brought=listed)
    columns = [found.crew.grid.index(day) for day in days]
    mine: dict[int, list[int]] = defaultdict(list)
    for at, stay in enumerate(found.stays):
        mine[stay.employee].append(at)
    return Policy(found, rules, [mine[row.employee] if row.inside else [] for row in rows], columns)


def _listed(tree: Tree, rules: Rules, days: Sequence[date]) -> Brought:
    """What is being made is the very list that a letter asks for first: else no roster could ever be made under it."""
    asked = sorted(tag for tag in asked_for(rules, days) if tag.startswith("roster:"))
    units = frozenset(key for day in days for key in tree.parents(day))
    return Brought([Told(tag, units, DateRange(days[0], days[-1] + DAY)) for tag in asked])


def _mates(tree: Tree, rows: Sequence[Row], days: Sequence[date]) -> frozenset[int]:
    """Everybody in the perangkat daerah of the roster's people: shares count no wider than that."""
    day = days[0]
    tops = {_top(line_of(tree, row.unit, day)) for row in rows if row.inside}
    units = [key for key in tree.parents(day) if _top(line_of(tree, key, day)) in tops]
    stays = Posting.objects.filter(superseded_at=None, period__overlap=DateRange(day, days[-1] + DAY))
    return frozenset(stays.filter(unit__key__in=units).values_list("employee_id", flat=True)).union(
        row.employee for row in rows
    )


def _top(line: Sequence[str]) -> str:
    """The unit just below the government; the government itself where nothing is."""
    return line[-2] if len(line) > 1 else line[-1] if line else ""
