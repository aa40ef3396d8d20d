"""A letter without whose list nobody works flexibly: a published roster is that list, for its unit and its month."""

from datetime import date, datetime, timedelta

import pytest

from luwes.apps.people.models import Employee
from luwes.apps.policy import queries
from luwes.apps.schedule.models import DraftState
from luwes.apps.schedule.rosters import drafts
from tests.apps.policy.stored import body, bring
from tests.apps.schedule.policy_world import said
from tests.apps.schedule.rosters.office import NIPS, build, flexible, plan, publish

pytestmark = pytest.mark.django_db
OPEN = 'kind = "days"\nmode = "wfh"'
LIST = 'kind = "roster"\nblocks = true\nbefore_start = true'
FIRST, SECOND, LAST, AFTER = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 31), date(2027, 1, 4)
YES, OPEN_STILL = ("allowed", "opened"), ("needs_judgement", "no_roster_unknown")
INSIDE, BESIDE = NIPS[0], NIPS[7]


def answer(nip: str, day: date, at: datetime) -> tuple[str, str]:
    return said(nip, day, queries.rules(date(2026, 11, 2), at, until=date(2027, 1, 31)))


def test_a_published_roster_is_the_list_of_its_unit_in_its_month(now: datetime) -> None:
    units = build(now)
    bring(body(OPEN, LIST), at=now - timedelta(days=30))
    assert answer(INSIDE, SECOND, now) == OPEN_STILL
    ready = plan(now, units.section)
    # The list that is asked for first is the one being made, so that asking for it does not forbid making it.
    assert (ready.state, drafts.plan_of(ready).any()) == (DraftState.READY, True)
    assert answer(INSIDE, SECOND, now) == OPEN_STILL
    later = now + timedelta(hours=1)
    publish(later, ready)
    assert flexible()
    assert [answer(INSIDE, day, later) for day in (FIRST, SECOND, LAST)] == [YES, YES, YES]
    assert answer(INSIDE, AFTER, later) == OPEN_STILL
    assert answer(BESIDE, SECOND, later) == OPEN_STILL
    # What was not known then is not known then, however late one asks.
    assert answer(INSIDE, SECOND, now) == OPEN_STILL


def test_a_list_that_came_on_the_day_counts_from_the_next(now: datetime) -> None:
    units = build(now)
    bring(body(OPEN, LIST), at=now - timedelta(days=30))
    morning = now.replace(year=2026, month=12, day=1, hour=1)
    publish(morning, plan(morning, units.section))
    evening = morning + timedelta(hours=8)
    assert answer(INSIDE, FIRST, evening) == OPEN_STILL
    assert answer(INSIDE, SECOND, evening) == YES


def test_a_roster_above_a_unit_lists_those_below(now: datetime) -> None:
    units = build(now)
    bring(body(OPEN, LIST), at=now - timedelta(days=30))
    publish(now, plan(now, units.health))
    assert Employee.objects.get(nip=INSIDE).postings.filter(unit__key=units.section).exists()
    assert answer(INSIDE, SECOND, now) == YES
    assert answer(BESIDE, SECOND, now) == OPEN_STILL
