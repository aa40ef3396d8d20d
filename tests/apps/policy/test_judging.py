"""What people decided where a rule leaves it open, and the need a unit states: dated, by whom, and revocable."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import lists, queries
from luwes.apps.policy.access import NoSuchSubject, NotAPerson, NotATag
from luwes.apps.policy.actions import judging, needs
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import changes_after, wait_for_writers
from luwes.apps.policy.models import Judgement, NeedAnswer
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.facts import Counts, Facts, Person, Tag
from luwes.core.policy.terms import Per, Verdict
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import MARCH, MINUTE, NOW, OPEN, body, bring, official
from tests.world import SETUP, Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
LATER = NOW + 9 * MINUTE
SPAN = Period(date(2026, 3, 1), date(2026, 4, 1))
DELEGATE = 'kind = "delegate"\nto = "unit_head"'
QUOTA = 'kind = "quota"\nper = "unit"\ndelegated_to = "PPK"\nrounding = "down"\nwithout = []'
NEED = 'kind = "need"'
JUDGE = official("hakim00000000000")
# A day of the week after the span's last Wednesday but one.
SECOND_HALF = date(2026, 3, 18)


def judge(
    subject: str = "", *, rule: str = "edaran/c2", period: Period = SPAN, allow: bool = True, value: int | None = None,
    by: Actor = JUDGE, decided_by: str = "Kepala Dinas", reason: str = "Perlu",
) -> str:  # fmt: skip
    with unit_of_work(by, LATER):
        return judging.judge(
            rule=rule, subject=subject, period=period, allow=allow, decided_by=decided_by, reason=reason, value=value
        )


def ask(*tags: str, day: date = MARCH, person: str = "p1", flexible: int = 0) -> Decision:
    counts = {Per.UNIT: Counts(10, flexible=flexible)}
    return decide(
        Facts(Person(person, tuple(Tag(one) for one in tags)), day, counts=counts),
        queries.rules(day, LATER + 9 * MINUTE),
    )


@pytest.fixture
def units() -> Units:
    units = plant_units(NOW)
    bring(body(OPEN, DELEGATE))
    return units


def test_a_decision_settles_what_is_open_for_those_it_is_about(units: Units) -> None:
    assert ask().verdict is Verdict.NEEDS_JUDGEMENT
    made = judge(f"unit:{units.health}")
    judge(f"unit:{units.works}", allow=False)
    found = {unit: ask(f"unit:{unit}") for unit in (units.health, units.works, units.section)}
    assert [one.verdict for one in found.values()] == [Verdict.ALLOWED, Verdict.REFUSED, Verdict.NEEDS_JUDGEMENT]
    assert dict(found[units.works].headline.facts)["judged_by"] == "Kepala Dinas"
    row = lists.judgements(MARCH, MARCH, LATER)[0]
    assert (row.id, row.rule, row.subject, row.first, row.last, row.recorded_by) == (
        made, "edaran/c2", f"unit:{units.health}", date(2026, 3, 1), date(2026, 3, 31), JUDGE.id,
    )  # fmt: skip
    assert lists.judgements(date(2026, 4, 1), date(2026, 4, 1), LATER) == []
    assert lists.judgements(MARCH, MARCH, LATER, rule="edaran/c1") == []
    change = changes_after(0)[1]
    assert (change.kind, change.subject, change.scope, change.period) == (
        "judgement", made, f"unit:{units.health}", SPAN,
    )  # fmt: skip
    assert changes_after(change.number - 1, limit=1) == [change]
    wait_for_writers()


def test_one_person_alone_can_be_meant(units: Units) -> None:
    people = staff_of(NOW, units)
    judge(f"person:{people[units.section]}")
    assert ask(person=people[units.section]).verdict is Verdict.ALLOWED
    assert ask(person=people[units.works]).verdict is Verdict.NEEDS_JUDGEMENT


def test_a_share_left_to_somebody_is_decided_as_a_number() -> None:
    bring(body(OPEN, QUOTA))
    assert ask().verdict is Verdict.NEEDS_JUDGEMENT
    judge(value=30)
    assert [ask(flexible=n).verdict for n in (2, 3)] == [Verdict.ALLOWED, Verdict.REFUSED]
    # A plain yes would open the share without a limit.
    for value in (-1, 101, None):
        with pytest.raises(judging.ValueUnfit):
            judge(value=value)
    with pytest.raises(judging.ValueUnfit):
        judge(value=30, allow=False)
    judge(allow=False, period=Period(SECOND_HALF))
    assert ask(day=SECOND_HALF).verdict is Verdict.REFUSED
    with pytest.raises(judging.ValueUnfit):
        judge(rule="edaran/c1", value=30)


def test_a_later_decision_takes_over_its_own_days_and_leaves_the_others(units: Units) -> None:
    judge()
    judge(allow=False, period=Period(date(2026, 3, 10), date(2026, 3, 17)))
    answers = {day: ask(day=date(2026, 3, day)).verdict for day in (4, 11, 18)}
    assert answers == {4: Verdict.ALLOWED, 11: Verdict.REFUSED, 18: Verdict.ALLOWED}
    rows = lists.judgements(SPAN.start, date(2026, 3, 31), LATER)
    assert sorted((one.first.day, one.last.day, one.allow) for one in rows if one.last) == [
        (1, 9, True), (10, 16, False), (17, 31, True),
    ]  # fmt: skip
    assert len({one.id for one in rows}) == 3


def test_two_decisions_of_one_day_cannot_be_stored(units: Units) -> None:
    judge()
    row = Judgement.objects.get()
    row.pk, row.public_id = None, "lain"
    with pytest.raises(IntegrityError, match="judgement_one_a_day"), transaction.atomic():
        row.save(force_insert=True)


def test_revoking_ends_a_decision_from_a_day_on(units: Units) -> None:
    made = judge()
    for judgement, on in (("tidak-ada", MARCH), (made, date(2026, 4, 1))):
        with unit_of_work(JUDGE, LATER), pytest.raises(judging.NoSuchJudgement):
            judging.revoke(judgement_id=judgement, on=on, reason="x")
    with unit_of_work(JUDGE, LATER), pytest.raises(ReasonMissing):
        judging.revoke(judgement_id=made, on=SECOND_HALF, reason=" ")
    with unit_of_work(JUDGE, LATER + MINUTE):
        judging.revoke(judgement_id=made, on=SECOND_HALF, reason="Tidak perlu lagi")
    assert (ask().verdict, ask(day=SECOND_HALF).verdict) == (Verdict.ALLOWED, Verdict.NEEDS_JUDGEMENT)
    assert changes_after(0)[-1].period == Period(SECOND_HALF, date(2026, 4, 1))
    with unit_of_work(JUDGE, LATER + MINUTE), pytest.raises(judging.NoSuchJudgement):
        judging.revoke(judgement_id=made, on=MARCH, reason="lagi")


def test_the_reason_goes_where_it_can_be_erased(units: Units) -> None:
    people = staff_of(NOW, units)
    judge(f"person:{people[units.section]}", reason="Merawat orang tua yang sakit")
    entry = AuditEntry.objects.get(action="judgement.recorded")
    assert "Merawat" not in entry.body
    assert "Merawat" in AuditDetail.objects.get(entry=entry).text


def test_a_head_decides_about_the_own_unit_and_its_people_only(units: Units) -> None:
    people = staff_of(NOW, units)
    head = official("kepala", Role.HEAD, units.health)
    judge(f"unit:{units.section}", by=head)
    judge(f"person:{people[units.section]}", by=head)
    for subject in (f"unit:{units.works}", f"person:{people[units.works]}", "post:eselon_2", ""):
        with pytest.raises(OutsideScope):
            judge(subject, by=head)
    made = judge(f"unit:{units.works}")
    with unit_of_work(head, LATER), pytest.raises(OutsideScope):
        judging.revoke(judgement_id=made, on=MARCH, reason="x")


@pytest.mark.parametrize(
    ("clause", "value"), [(DELEGATE.replace("unit_head", "governor"), None), (QUOTA, 30)], ids=["delegate", "quota"]
)
def test_what_is_left_to_somebody_above_is_not_a_heads_to_record(units: Units, clause: str, value: int | None) -> None:
    bring(body(OPEN, clause, name="atas"), at=NOW + MINUTE)
    given = {"rule": "atas/c2", "value": value}
    with pytest.raises(judging.LeftToAnother):
        judge(f"unit:{units.health}", by=official("kepala", Role.HEAD, units.health), **given)  # type: ignore[arg-type]
    judge(f"unit:{units.health}", **given)  # type: ignore[arg-type] # one value of each type


def test_refusals_change_nothing(units: Units) -> None:
    cases: list[tuple[dict[str, object], type[Exception]]] = [
        ({"rule": "edaran/c9"}, judging.NoSuchRule),
        ({"rule": "lain/c1"}, judging.NoSuchRule),
        ({"subject": "Pak Budi"}, NotATag),
        ({"subject": "unit:tidak-ada"}, NoSuchSubject),
        ({"subject": "person:tidak-ada"}, NoSuchSubject),
        ({"reason": " "}, ReasonMissing),
        ({"decided_by": " "}, ReasonMissing),
        ({"by": official("x", Role.INSPECTOR)}, Forbidden),
        ({"by": SETUP}, NotAPerson),
    ]
    for more, error in cases:
        with pytest.raises(error):
            judge(**more)  # type: ignore[arg-type] # each case breaks one argument
    assert not Judgement.objects.exists()


def state(
    unit: str, answer: NeedAnswer, *, period: Period = SPAN, by: Actor = SETUP, reason: str = "Layanan berjalan jauh",
    conditions: str = "", minutes: int = 0,
) -> str:  # fmt: skip
    with unit_of_work(by, LATER + minutes * MINUTE):
        return needs.state_need(
            unit_key=unit, period=period, answer=answer, reason=reason, decided_by="Kepala Dinas", conditions=conditions
        )


def tags(unit: str) -> list[tuple[str, date | None, date | None]]:
    known = queries.unit_facts([unit], SPAN.start, date(2026, 3, 31), LATER + 9 * MINUTE)
    return [(one.name, one.first, one.last) for one in known[unit].tags] if unit in known else []


def test_a_stated_need_is_read_by_the_clause_that_asks_for_it() -> None:
    units = plant_units(NOW)
    bring(body(OPEN, NEED))
    answers = {
        units.health: (NeedAnswer.YES, "", Verdict.ALLOWED),
        units.works: (NeedAnswer.NO, "", Verdict.REFUSED),
        units.section: (NeedAnswer.CONDITIONAL, "Loket tetap dijaga", Verdict.NEEDS_JUDGEMENT),
    }
    for unit, (answer, conditions, _) in answers.items():
        state(unit, answer, conditions=conditions)
    for unit, (_, _, verdict) in answers.items():
        assert ask(*[name for name, _, _ in tags(unit)]).verdict is verdict
    assert ask().verdict is Verdict.NEEDS_JUDGEMENT
    rows = lists.needs(list(answers), MARCH, MARCH, LATER)
    assert {one.unit_key: (one.answer, one.conditions) for one in rows} == {
        unit: (answer.value, conditions) for unit, (answer, conditions, _) in answers.items()
    }
    assert [one.kind for one in changes_after(0)] == ["instrument", "need", "need", "need"]


def test_a_new_statement_takes_over_from_its_first_day(units: Units) -> None:
    state(units.health, NeedAnswer.YES, period=Period(SPAN.start))
    state(units.health, NeedAnswer.NO, period=Period(SECOND_HALF), minutes=1)
    assert tags(units.health) == [("need:yes", SPAN.start, date(2026, 3, 17)), ("need:no", SECOND_HALF, None)]


def test_a_statement_is_made_by_the_head_with_reason_and_fitting_conditions(units: Units) -> None:
    head = official("kepala", Role.HEAD, units.health)
    state(units.section, NeedAnswer.YES, by=head)
    with pytest.raises(OutsideScope):
        state(units.works, NeedAnswer.YES, by=head)
    with pytest.raises(Forbidden):
        state(units.works, NeedAnswer.YES, by=official("x", Role.INSPECTOR))
    with pytest.raises(ReasonMissing):
        state(units.health, NeedAnswer.YES, reason=" ")
    for answer, conditions in ((NeedAnswer.CONDITIONAL, " "), (NeedAnswer.YES, "Loket dijaga")):
        with pytest.raises(needs.ConditionsUnfit):
            state(units.health, answer, conditions=conditions)
    assert tags(units.health) == tags(units.works) == []
