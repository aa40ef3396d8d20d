"""Rules, needs, figures and judgements as they are stored meet people as they are stored."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import queries
from luwes.apps.policy.actions import judging, needs, restricting, suspending
from luwes.apps.policy.actions.restricting import Reported, Told
from luwes.apps.policy.models import NeedAnswer
from luwes.apps.schedule.deciding import compare_month, month_rules, month_span, read_month, scan_month
from luwes.apps.schedule.facts.gather import Wish
from luwes.core.policy.rulebook import read_rulebook
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Verdict
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import ENACTOR, body, bring, official
from tests.apps.schedule.days import store
from tests.apps.schedule.policy_world import FRIDAY, WEDNESDAY, ask, id_of, planted, reason, said
from tests.apps.schedule.test_toy_rules import at_home, holiday
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))
EVERY_DAY = 'kind = "days"\nmode = "wfa"'
NEED, DATA = 'kind = "need"', 'kind = "data"\nfacts = ["budget"]'
GUARD = 'kind = "guard"\nmetric = "budget_pace"\nbelow = -5\neffect = "refuse"'
ALLOWED = ("allowed", "opened")


@pytest.fixture
def units(now: datetime) -> Units:
    return planted(now)


def rules(at: datetime) -> Rules:
    """What is stored about December and the weeks around it, as known at the moment."""
    return queries.rules(date(2026, 11, 2), at, until=date(2027, 1, 17))


def answer(nip: str, at: datetime, day: date = WEDNESDAY) -> tuple[str, str]:
    return said(nip, day, rules(at))


def report(units: dict[str, float], metric: str, at: datetime) -> None:
    rows = [Reported(key, value, date(2026, 11, 20), "berkas/7") for key, value in units.items()]
    with unit_of_work(SETUP, at):
        restricting.report_figures(metric=metric, told=[Told(DECEMBER, rows)])


def test_the_need_stated_by_a_unit_holds_for_those_below_it_until_one_states_its_own(
    now: datetime, units: Units
) -> None:
    bring(body(EVERY_DAY, NEED), at=now)
    later = now + timedelta(hours=1)
    assert answer(YOSE, later) == ("needs_judgement", "need_not_stated")

    def state(unit: str, what: NeedAnswer, at: datetime) -> None:
        with unit_of_work(SETUP, at):
            needs.state_need(
                unit_key=unit, period=DECEMBER, answer=what, reason="layanan jauh", decided_by="Kepala", conditions=""
            )

    state(units.health, NeedAnswer.YES, later)
    assert answer(YOSE, later) == ALLOWED
    assert answer(MARUF, later) == ("needs_judgement", "need_not_stated")
    state(units.section, NeedAnswer.NO, later + timedelta(hours=1))
    assert answer(YOSE, later + timedelta(hours=1)) == ("refused", "no_need")
    assert answer(YOSE, later) == ALLOWED


def test_no_data_no_flexibility_and_a_figure_behind_plan_refuses(now: datetime, units: Units) -> None:
    bring(body(EVERY_DAY, DATA, GUARD), at=now)
    assert answer(YOSE, now + timedelta(minutes=1)) == ("needs_judgement", "data_missing_unknown")
    at = now + timedelta(hours=1)
    report({units.health: 1.0, units.works: 0.0}, "arrived:budget", at)
    report({units.health: -2.5, units.works: -2.5}, "budget_pace", at)
    later = at + timedelta(minutes=1)
    assert answer(YOSE, later) == ALLOWED
    assert answer(MARUF, later) == ("refused", "data_missing")
    report({units.health: -7.5}, "budget_pace", at + timedelta(hours=1))
    assert answer(YOSE, at + timedelta(hours=2)) == ("refused", "measure_low")
    # Figures of December say nothing of January.
    assert answer(YOSE, at + timedelta(hours=2), date(2027, 1, 6)) == ("needs_judgement", "data_missing_unknown")


def test_a_judgement_settles_one_person_and_a_suspension_one_unit(now: datetime, units: Units) -> None:
    bring(body(EVERY_DAY, 'kind = "delegate"\nto = "opd_head"'), at=now)
    at = now + timedelta(hours=1)
    with unit_of_work(official("kepegawaian00000", Role.ADMIN), at):
        judging.judge(
            rule="edaran/c2", subject=f"person:{id_of(YOSE)}", period=DECEMBER, allow=True, decided_by="Kepala Dinas",
            reason="perlu",
        )  # fmt: skip
    assert answer(YOSE, at) == ALLOWED
    assert answer(RINA, at) == ("needs_judgement", "not_decided")
    morning = datetime(2026, 12, 2, 0, 5, tzinfo=UTC)
    with unit_of_work(ENACTOR, morning):
        suspending.suspend(
            instrument="edaran", period=Period(WEDNESDAY, FRIDAY), area=f"unit:{units.section}", reason="kabut asap"
        )
    assert answer(YOSE, morning) == ("refused", "no_instrument")
    assert answer(YOSE, morning - timedelta(minutes=1)) == ALLOWED
    assert answer(MARUF, morning) == ("needs_judgement", "not_decided")
    assert answer(YOSE, morning, FRIDAY) == ALLOWED


def test_replaced_between_request_and_approval_and_still_the_same_months_later(now: datetime, units: Units) -> None:
    bring(body('kind = "days"\nmode = "wfa"\nweekdays = ["wed"]', more="first = 2026-11-01"), at=now)
    asked, approved = now + timedelta(hours=1), now + timedelta(days=2)
    new = body('kind = "days"\nmode = "wfa"\nweekdays = ["thu"]', version=2, more="first = 2026-12-01")
    wish = Wish(asked_on=asked.date())
    first = ask(YOSE, WEDNESDAY, rules(asked), wish=wish)
    bring(new, at=now + timedelta(days=1))
    second = ask(YOSE, WEDNESDAY, rules(approved), wish=wish)
    assert (first.decision.verdict, second.decision.verdict) == (Verdict.ALLOWED, Verdict.REFUSED)
    holiday(now + timedelta(days=5), WEDNESDAY)
    at_home(now + timedelta(days=5), "03/12/2026")
    assert ask(YOSE, WEDNESDAY, rules(asked), wish=wish) == first
    assert ask(YOSE, WEDNESDAY, rules(approved), wish=wish) == second


def test_a_month_under_stored_rules_and_with_a_draft_beside_them(now: datetime, units: Units) -> None:
    bring(body(EVERY_DAY, 'kind = "quota"\nper = "opd"\nflex_max = 50\nrounding = "down"\nwithout = []'), at=now)
    at = now + timedelta(hours=1)
    store("flexdays", at, (RINA, "02/12/2026", "Rumah", "Permohonan", "Penuh", ""))
    first, last = month_span(DECEMBER.start)
    stored = month_rules(queries.rules(first, at, until=last), DECEMBER.start)
    found = read_month(DECEMBER.start, stored)
    told = scan_month(found, stored)
    # Half of one person is nobody at public works; half of two is one, and on the 2nd somebody has it.
    assert told.verdicts[Verdict.REFUSED] == 21 + 1
    draft = read_rulebook(body('kind = "forbid"\nweekdays = ["fri"]', name="tutup").decode())
    trying = month_rules(queries.trying(draft, first, at, until=last), DECEMBER.start)
    moves = compare_month(found, stored, trying).moves
    assert [(one.rule_after, one.after) for one in moves] == [("tutup/c1", Verdict.REFUSED)]
    assert moves[0].person_days == 2 * 3  # Fridays of December that are worked: 4, 11 and 18
    assert reason(ask(YOSE, FRIDAY, trying), "tutup/c1").enforced
