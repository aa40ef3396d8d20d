"""Rosters under letters in force: what is not clearly allowed is closed, and shares are counted over the whole plan."""

from datetime import date, datetime, timedelta

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy.actions.restricting import restrict
from luwes.apps.policy.models import Effect
from luwes.apps.schedule.models import DraftState, RosterDraft
from luwes.apps.schedule.rosters import drafts, following, lots
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.lots import Choice
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import at_once
from luwes.apps.schedule.tasks import mend
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import OPEN, body, bring
from tests.apps.schedule.rosters.office import build, flexible, plan, publish
from tests.world import SETUP

pytestmark = pytest.mark.django_db
QUOTA = 'kind = "quota"\nper = "unit"\nflex_max = 34'
UNKNOWN = 'kind = "exclude"\nwho = { any = ["discipline:active"] }'
EARLIER = timedelta(days=30)


def letter(now: datetime, *clauses: str) -> None:
    bring(body(*clauses), at=now - EARLIER)


def test_only_days_a_letter_opens_are_planned(now: datetime) -> None:
    units = build(now)
    letter(now, OPEN)
    ready = plan(now, units.section)
    month = drafts.read_month(ready)
    assert month.policy is not None
    opened = {day for at, day in enumerate(month.days) if (month.cells[:, at] == Cell.OPEN).any()}
    assert {day.isoweekday() for day in opened} == {3}
    assert (month.cells[:, 0] == Cell.POLICY).all()
    publish(now, ready)
    assert {day.isoweekday() for _, day in flexible()} == {3}
    assert max(sum(one == day for _, one in flexible()) for _, day in flexible()) == 3


def test_what_nobody_knows_is_closed_until_judged(now: datetime) -> None:
    units = build(now)
    letter(now, OPEN, UNKNOWN)
    ready = plan(now, units.section)
    assert not drafts.plan_of(ready).any()
    assert set(drafts.read_month(ready).cells.ravel().tolist()) == {Cell.POLICY}


def test_a_share_of_a_letter_is_counted_over_the_whole_plan(now: datetime) -> None:
    units = build(now)
    letter(now, OPEN, QUOTA)
    refused = plan(now, units.section)
    assert (refused.state, refused.refusal) == (DraftState.REFUSED, "roster_policy")
    ready = plan(now, units.section, Parameters(quota=34))
    assert ready.state == DraftState.READY
    publish(now, ready)
    assert max(sum(one == day for _, one in flexible()) for _, day in flexible()) == 2
    assert following.endangered(date(2026, 12, 1)) == []


def test_a_lot_cannot_go_beyond_a_letter_either(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    with unit_of_work(SETUP, now):
        lot = lots.freeze(draft_id=ready.public_id, choice=Choice(repetitions=3), run=at_once)
    letter(now, OPEN, QUOTA)
    with pytest.raises(drafts.AgainstPolicy), unit_of_work(SETUP, now):
        lots.draw(lot_id=lot.public_id, run=at_once)
    with pytest.raises(drafts.LotWaiting):
        publish(now, ready)


def test_a_letter_that_came_meanwhile_refuses_publication(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    letter(now, OPEN)
    with pytest.raises(drafts.InputsChanged) as refused:
        publish(now, ready)
    assert refused.value.what == ("allowed",)


def test_a_unit_suspended_in_the_month_loses_its_days_from_then_on(now: datetime) -> None:
    units = build(now)
    letter(now, OPEN)
    publish(now, plan(now, units.section))
    before = flexible()
    with unit_of_work(SETUP, now):
        span = Period(date(2026, 12, 14), date(2026, 12, 19))
        restrict(unit_key=units.section, period=span, effect=Effect.CLOSE, basis="Realisasi anggaran di bawah rencana")
    found = following.endangered(date(2026, 12, 1))
    assert {one.kind for broken in found for one in broken.violations} == {"not_allowed"}
    made = mend(now=now, run=at_once)
    publish(now, RosterDraft.objects.get(public_id=made[0]))
    assert before - flexible() == {one for one in before if one[1] == date(2026, 12, 16)}
    assert following.endangered(date(2026, 12, 1)) == []
