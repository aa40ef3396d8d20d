"""Plans: what is refused and why, two people, and power from the agency's own past."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import IntegrityError

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.roles import Role as Held
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation import queries, wording
from luwes.apps.evaluation.actions import (
    AlreadyFrozen,
    FrozenTooLate,
    NoSuchPlan,
    PlanRefused,
    SamePerson,
    draft_plan,
    freeze_plan,
    worked_out,
)
from luwes.apps.evaluation.models import AnalysisPlan
from luwes.apps.evaluation.panels import Outcome
from luwes.apps.evaluation.plans import Asked, Content, LotKind, LotSpec, Observed, Role
from luwes.apps.evaluation.prospects import cheapest, detectable_fall
from tests.apps.evaluation import world as w
from tests.world import SETUP, acting, add_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: object) -> w.World:
    one = w.plant()
    before = w.past()
    w.timely(one, before, np.zeros((w.AGENCIES, len(before))), 0.0)
    return one


def why(world: w.World, **changed: object) -> str:
    with pytest.raises(PlanRefused) as refused:
        worked_out(w.wanted(world, **changed))
    assert wording.refusal("plan_refused", refused.value.why, refused.value.what)
    return refused.value.why


def test_what_cannot_be_promised_is_refused_with_its_reason(world: w.World) -> None:
    assert why(world, name=" ") == "name"
    assert why(world, outcomes=()) == "outcomes"
    assert why(world, outcomes=(replace(w.TIMELY, measure="lain"),)) == "outcomes"
    assert why(world, outcomes=(replace(w.TIMELY, role=Role.SUPPORTING),)) == "primary"
    assert why(world, outcomes=(replace(w.TIMELY, margin_month=0.0),)) == "margins"
    assert why(world, looks=(4, 6)) == "looks"
    assert why(world, units=(*world.keys, world.keys[0])) == "units"
    assert why(world, lot=None) == "lot"
    assert why(world, lot=replace(w.LOT, weekdays=(5,))) == "lot"
    assert why(world, lot=replace(w.LOT, weekdays=(6, 7))) == "lot"
    assert why(world, outcomes=(Asked("survey", Role.PRIMARY, 2.0, 2.0),)) == "power_unknown"


def test_power_under_sixty_percent_is_refused_and_a_blind_lot_is_named(world: w.World) -> None:
    assert why(world, outcomes=(replace(w.TIMELY, margin_day=0.8, margin_month=0.8),)) == "underpowered"
    blind = replace(w.LOT, shares=())
    assert why(world, lot=blind) == "lot_blind"
    # Units without flexible days bound what a weekday lot cannot see.
    shared = {"lot": blind, "units": world.keys[:8], "compared": world.keys[8:]}
    close = (replace(w.TIMELY, margin_day=3.0, margin_month=1.0),)
    assert worked_out(w.wanted(world, outcomes=close)).outcomes[0].power > 0.9
    assert why(world, **shared, outcomes=close) == "underpowered", "that bound is wider than what the lot tells"
    content = worked_out(w.wanted(world, **shared, outcomes=(replace(w.TIMELY, margin_day=14.0, margin_month=12.0),)))
    assert content.outcomes[0].power > 0.6
    weak = Asked("survey", Role.SUPPORTING, 2.0, 2.0)
    both = worked_out(w.wanted(world, outcomes=(w.TIMELY, weak)))
    assert [one.power > 0 for one in both.outcomes] == [True, False]
    assumed = worked_out(w.wanted(world, outcomes=(replace(w.TIMELY, measure="survey", error=0.5),)))
    assert assumed.outcomes[0].assumed
    assert worked_out(w.wanted(world, outcomes=(w.TIMELY,))).outcomes[0].assumed is False
    assert 0 < detectable_fall(content.outcomes[0], content) < 14


def test_the_power_is_that_of_the_lot(world: w.World) -> None:
    """The promised error is what the lot's own draws really scatter by, in a world without effect."""
    content = worked_out(w.wanted(world))
    promised = content.outcomes[0].error
    halved = worked_out(w.wanted(world, weeks=16, looks=(16,))).outcomes[0].error
    assert halved == pytest.approx(promised / 2**0.5, rel=0.25)


def test_two_people_freeze_a_plan_once_and_before_its_first_day(world: w.World) -> None:
    first = acting(add_person(w.DRAFTED, "a@contoh.go.id"), Held.ORGANISATION)
    other = acting(add_person(w.DRAFTED, "b@contoh.go.id"), Held.LEADER)
    with pytest.raises(Forbidden), unit_of_work(other, w.DRAFTED):
        draft_plan(wanted=w.wanted(world))
    with unit_of_work(first, w.DRAFTED):
        made = draft_plan(wanted=w.wanted(world))
    with pytest.raises(SamePerson), unit_of_work(first, w.DRAFTED):
        freeze_plan(plan_id=made, signer="Rangga")
    with pytest.raises(PlanRefused, match="signer"), unit_of_work(other, w.DRAFTED):
        freeze_plan(plan_id=made, signer=" ")
    with pytest.raises(FrozenTooLate), unit_of_work(other, w.DRAFTED + timedelta(days=30)):
        freeze_plan(plan_id=made, signer="Rangga")
    with unit_of_work(other, w.DRAFTED):
        digest = freeze_plan(plan_id=made, signer=" Rangga ")
    with pytest.raises(AlreadyFrozen), unit_of_work(other, w.DRAFTED):
        freeze_plan(plan_id=made, signer="Rangga")
    with pytest.raises(NoSuchPlan), unit_of_work(other, w.DRAFTED):
        freeze_plan(plan_id="tidakada", signer="Rangga")
    row = queries.plan(made)
    assert row is not None
    assert (row.digest, row.signer, row.late, row.spent) == (digest, "Rangga", False, 0.05)
    assert queries.plan("tidakada") is None
    assert AuditEntry.objects.filter(action="evaluation.frozen").count() == 1
    with pytest.raises(IntegrityError):
        AnalysisPlan.objects.filter(public_id=made).update(frozen_by=first.id)


def test_a_changed_draft_is_not_frozen(world: w.World) -> None:
    with unit_of_work(SETUP, w.DRAFTED):
        made = draft_plan(wanted=w.wanted(world))
    plan = AnalysisPlan.objects.get(public_id=made)
    plan.content["outcomes"][0]["margin_day"] = 20.0
    plan.save()
    other = acting(add_person(w.DRAFTED, "b@contoh.go.id"), Held.LEADER)
    with pytest.raises(PlanRefused, match="changed"), unit_of_work(other, w.DRAFTED):
        freeze_plan(plan_id=made, signer="Rangga")


def test_an_extension_spends_a_level_of_its_own(world: w.World) -> None:
    w.frozen(world)
    later = {"start": w.START + timedelta(weeks=8), "outcomes": (replace(w.TIMELY, error=0.7),)}
    second = w.frozen(world, **later)
    w.frozen(world, policy="SE 9/2026")
    row = queries.plan(second.public_id)
    assert row is not None
    assert row.spent == pytest.approx(0.1)
    assert "10,0\N{NO-BREAK SPACE}%" in wording.spending_sentence(row.content, row.spent)
    assert [one.content.policy for one in queries.plans()] == ["SE 9/2026", "SE 1/2026", "SE 1/2026"]


def test_a_plan_survives_its_json(world: w.World) -> None:
    content = worked_out(w.wanted(world, lot=LotSpec(LotKind.SHARE, 5, 2, weekdays=(5,), shares=(0.25, 0.75))))
    again = Content.from_json(content.to_json())
    assert again.text() == content.text()
    assert again.digest() == content.digest()
    observed = Observed(None, {world.keys[0]: date(2026, 3, 1), world.keys[1]: None}, 0.3)
    other = worked_out(w.wanted(world, lot=None, observed=observed, compared=(), units=world.keys))
    assert Content.from_json(other.to_json()).observed == observed


def test_the_cheapest_lot_is_named_with_its_weeks(world: w.World) -> None:
    found = cheapest(Outcome.WITHIN_TIME, world.keys, w.past(), 5.0)
    assert found is not None
    spec, promise = found
    assert 1 <= promise.weeks <= 26
    assert str(promise.weeks) in wording.cheapest_sentence(spec, promise.weeks)
    assert cheapest(Outcome.WITHIN_TIME, world.keys, w.past(2), 5.0) is None
    assert cheapest(Outcome.SURVEY, world.keys, w.past(), 5.0) is None
    assert cheapest(Outcome.WITHIN_TIME, world.keys, w.past(), 0.01) is None
