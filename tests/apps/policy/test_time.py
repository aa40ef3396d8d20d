"""A decision of March is found again in November, to the last bit, whatever was recorded since."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import lists, queries
from luwes.apps.policy.actions import enacting, judging, needs, restricting, suspending
from luwes.apps.policy.lists import Standing
from luwes.apps.policy.models import Effect, NeedAnswer
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.facts import Facts, Person, Tag, Week
from luwes.core.policy.terms import Verdict
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import ENACTOR, MARCH, MINUTE, NOW, OPEN, SHUT, body, bring, official, propose
from tests.world import SETUP, plant_units

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
DELEGATE = 'kind = "delegate"\nto = "unit_head"'
# Wednesdays of summer and autumn, on which later rulebooks hold.
AUGUST, OCTOBER = date(2026, 8, 5), date(2026, 10, 7)


def ask(day: date, at: datetime, *tags: str) -> Decision:
    week = Week(frozenset(day + timedelta(days=n - day.weekday()) for n in range(5)))
    return decide(Facts(Person("p1", tuple(Tag(one) for one in tags)), day, week=week), queries.rules(day, at))


def test_a_decision_of_march_is_found_again_in_november() -> None:
    # By hand: Wednesdays are open and c2 leaves it to the head, who said yes, for good.
    units = plant_units(NOW)
    mine = f"unit:{units.health}"
    made = bring(body(OPEN, DELEGATE, status="reported"), adopt=["c1", "c2"])
    with unit_of_work(official("hakim"), NOW):
        judged = judging.judge(
            rule="edaran/c2", subject=mine, period=Period(MARCH), allow=True, decided_by="Kepala Dinas", reason="Perlu"
        )
    with unit_of_work(SETUP, NOW):
        restricted = restricting.restrict(
            unit_key=units.works, period=Period(MARCH), effect=Effect.CLOSE, basis="Evaluasi"
        )
    then = ask(MARCH, NOW, mine)
    other = ask(MARCH, NOW, f"unit:{units.works}")
    assert (then.verdict, other.verdict) == (Verdict.ALLOWED, Verdict.REFUSED)

    # Since then everything has changed: a decision revoked, a restriction lifted, a suspension, two new versions.
    later = [NOW + timedelta(days=30) + n * MINUTE for n in range(6)]
    with unit_of_work(official("hakim"), later[0]):
        judging.revoke(judgement_id=judged, on=MARCH, reason="Salah catat")
    with unit_of_work(SETUP, later[1]):
        restricting.lift_restriction(restriction_id=restricted, on=MARCH, reason="Selesai")
    with unit_of_work(ENACTOR, later[2]):
        suspending.suspend(
            instrument="edaran", period=Period(MARCH, MARCH + timedelta(days=7)), area=mine, reason="Kabut asap"
        )
    bring(body(SHUT, version=2, more="first = 2026-03-01"), at=later[3])
    bring(body(OPEN, name="pengganti", more='first = 2026-10-01\nsupersedes = ["edaran"]'), at=later[4])
    with unit_of_work(ENACTOR, later[5]):
        enacting.annul(enactment_id=made, reason="Naskah salah")

    assert ask(MARCH, NOW, mine) == then
    assert ask(MARCH, NOW, f"unit:{units.works}") == other
    for at in [NOW + timedelta(days=1), *later, NOVEMBER]:
        again = replace(ask(MARCH, at, mine), known_at=NOW)
        assert (again == then) == (at < later[0])
        assert (again.stack_hash == then.stack_hash) == (at < later[0])
    assert ask(MARCH, NOVEMBER, mine).verdict is Verdict.REFUSED
    assert ask(OCTOBER, NOVEMBER, mine).verdict is Verdict.ALLOWED


def test_what_is_recorded_later_is_seen_from_then_on() -> None:
    bring(body(OPEN))
    assert ask(MARCH, NOW - MINUTE).headline.code == "no_instrument"
    assert ask(MARCH, NOW).verdict is Verdict.ALLOWED
    bring(body(SHUT, version=2, more="first = 2026-03-01"), at=NOW + timedelta(days=9))
    # Recorded late, it holds for a day that had passed; what was known on the day itself stays.
    assert ask(MARCH, NOW + timedelta(days=8)).verdict is Verdict.ALLOWED
    assert ask(MARCH, NOW + timedelta(days=9)).verdict is Verdict.REFUSED


def test_where_a_rulebook_ends_the_level_above_answers_and_the_old_one_stays_away() -> None:
    bring(body(OPEN))
    bring(body(SHUT, version=2, more="first = 2026-07-01\nlast = 2026-08-31"))
    standing = {day: [one.standing for one in lists.versions(day, NOW)] for day in (MARCH, AUGUST, OCTOBER)}
    assert standing == {
        MARCH: [Standing.IN_FORCE, Standing.COMING],
        AUGUST: [Standing.SUPERSEDED, Standing.IN_FORCE],
        OCTOBER: [Standing.SUPERSEDED, Standing.EXPIRED],
    }
    assert ask(OCTOBER, NOW).headline.code == "no_instrument"


def test_a_draft_is_tried_beside_what_holds_without_a_trace() -> None:
    bring(body(OPEN))
    bring(body(OPEN, name="lain"))
    rulebook = lists.rulebook(propose(body(SHUT, name="coba", state="draft")))
    assert rulebook is not None
    tried = queries.trying(rulebook, MARCH, NOW)
    assert [one.rulebook.head.id for one in tried.in_force(MARCH)] == ["coba", "edaran", "lain"]
    assert [one.rulebook.head.id for one in queries.rules(MARCH, NOW).in_force(MARCH)] == ["edaran", "lain"]
    assert lists.rulebook("tidak-ada") is None
    assert lists.text("tidak-ada") == ""


def test_the_rules_of_a_month_cost_the_same_few_queries_however_much_was_decided() -> None:
    units = plant_units(NOW)
    keys = [units.health, units.section, units.works]
    bring(body(OPEN, DELEGATE))

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as told:
            queries.stack(MARCH, NOVEMBER, until=date(2026, 3, 31))
            stack = len(told)
            queries.unit_facts(keys, MARCH, date(2026, 3, 31), NOVEMBER)
            return stack, len(told) - stack

    before = cost()
    bring(body(OPEN, name="lain"), at=NOW + MINUTE)
    for number, key in enumerate(keys):
        at = NOW + (number + 2) * MINUTE
        with unit_of_work(official("hakim"), at):
            judging.judge(
                rule="edaran/c2", subject=f"unit:{key}", period=Period(MARCH), allow=True, decided_by="x", reason="x"
            )
        with unit_of_work(SETUP, at):
            needs.state_need(unit_key=key, period=Period(MARCH), answer=NeedAnswer.YES, reason="x", decided_by="Kepala")
        with unit_of_work(SETUP, at):
            restricting.restrict(unit_key=key, period=Period(MARCH), effect=Effect.WARN, basis="x")
    assert cost() == before == (5, 2)
    stack = queries.stack(MARCH, NOVEMBER, until=date(2026, 3, 31))
    assert (len(stack.layers), len(stack.judgements), len(stack.restrictions)) == (2, 3, 3)
    # Whole weeks are read, and without an end all that comes: neither a week nor another day is judged half blind.
    spans = [(MARCH - timedelta(days=2), MARCH - timedelta(days=2)), (MARCH - timedelta(days=90), None)]
    assert [len(queries.stack(first, NOVEMBER, until=last).judgements) for first, last in spans] == [3, 3]
    assert queries.stack(MARCH - timedelta(days=90), NOVEMBER, until=MARCH - timedelta(days=3)).judgements == ()
