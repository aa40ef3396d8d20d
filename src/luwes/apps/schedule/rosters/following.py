"""Published rosters held every night against what changed: leave, transfers, holidays, floors, reorganisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from luwes.apps.schedule.models import DraftState, PersonDay, RosterDraft
from luwes.apps.schedule.rosters import drafts, facts
from luwes.apps.schedule.rosters.drafts import Outcome, lineage, without_promises
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.people import names
from luwes.apps.schedule.rosters.solving import Made
from luwes.core.roster.roster import fingerprint
from luwes.core.roster.verify import Violation, verify
from luwes.core.workdays.months import month_end


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """A published roster as it stands from a day on.

    `violations` are rules it breaks now; `stale` person-days it still holds on days nobody works, or for people who
    left the unit; `refusal` is set where the month cannot even be read.
    """

    draft: RosterDraft
    month: Month | None
    violations: Sequence[Violation] = ()
    stale: int = 0
    refusal: str = ""

    @property
    def sound(self) -> bool:
        """Whether it can stay as it is."""
        return not (self.violations or self.stale or self.refusal)


def in_force(draft_id: str, today: date) -> InForce:
    """Read a published roster's days to come again and hold them against every rule. Raises OutsideScope, NotReady."""
    one = drafts.draft(draft_id)
    if one.state != DraftState.PUBLISHED:
        raise drafts.NotReady(draft_id)
    mine = lineage(one) | {one.pk}
    start = max(today, one.month)
    try:
        month = drafts.read_in_force(one, start)
    except facts.NothingToPlan:
        return InForce(one, None)
    except facts.CalendarMissing as refused:
        return InForce(one, None, refusal=refused.code)
    standing = month.standing
    plan = standing.old | (standing.pins == 1)
    violations = verify(without_promises(month), plan)
    told = {(broken.person, broken.day) for broken in violations if broken.kind == "not_allowed"}
    # What the letters in force do not allow any more once the whole plan is counted together.
    violations += [
        Violation("not_allowed", "", int(row), int(day), 0, 1)
        for row, day in np.argwhere(month.against_policy(plan))
        if (int(row), int(day)) not in told
    ]
    held = {(month.rows[row].employee, month.days[day]) for row, day in np.argwhere(standing.old)}
    claims = PersonDay.objects.filter(roster__in=mine, superseded_at=None, yields_to="", day__gte=start)
    stale = {pair for pair in claims.values_list("employee_id", "day") if pair not in held and not _halved(month, pair)}
    return InForce(one, month, violations, len(stale))


def endangered(today: date) -> list[InForce]:
    """The published rosters with days to come that cannot stay as they are, oldest first."""
    live = RosterDraft.objects.filter(state=DraftState.PUBLISHED).order_by("published_at", "pk")
    found = [in_force(one.public_id, today) for one in live if month_end(one.month) >= today]
    return [one for one in found if not one.sound]


def waiting(one: RosterDraft) -> RosterDraft | None:
    """The re-plan of a roster that already waits to be published, if it was reckoned from what stands now."""
    ready = RosterDraft.objects.filter(replaces=one, state=DraftState.READY).order_by("-pk").first()
    if ready is None:
        return None
    try:
        same = dict(drafts.read_month(ready).inputs) == ready.inputs
    except (facts.NothingToPlan, facts.CalendarMissing):
        return None
    return ready if same else None


def swapped(one: RosterDraft, give: tuple[str, date], take: tuple[str, date]) -> Outcome:
    """The outcome of a re-plan that only moves one flexible day: `give` ends, `take` begins (person's id, day).

    Raises Broken with every rule it would break, NotReady where `give` is not a flexible day of the roster.
    """
    month = drafts.read_month(one)
    out, into = _cell(month, give), _cell(month, take)
    plan = month.standing.old | (month.standing.pins == 1)
    if out is None or into is None or not month.standing.old[out] or plan[into]:
        raise drafts.NotReady(one.public_id)
    plan[out], plan[into] = False, True
    violations = verify(without_promises(month), plan)
    if violations:
        raise drafts.Broken(violations)
    short = np.zeros(len(month.rows), dtype=np.int64)
    points = int(month.problem.points[plan].sum())
    made = Made(plan, points, "feasible", "hand", fingerprint(month.problem, plan), short)
    return Outcome(month, made, inputs=month.inputs)


def _cell(month: Month, named: tuple[str, date]) -> tuple[int, int] | None:
    person, day = named
    known = names(row.employee for row in month.rows)
    for at, row in enumerate(month.rows):
        if row.inside and known[row.employee].id == person and day in row.works:
            return at, list(month.days).index(day)
    return None


def _halved(month: Month, pair: tuple[int, date]) -> bool:
    """Whether half of the day went to leave or a trip: what is left of it still holds."""
    employee, day = pair
    return any(row.employee == employee and row.inside and day in row.works for row in month.rows)
