"""Figures of units reach decisions as dated rows; clauses follow them; restrictions of their own join the rules."""

from datetime import date, datetime

import pytest

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import lists, queries
from luwes.apps.policy.access import NoSuchSubject
from luwes.apps.policy.actions import restricting
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.actions.restricting import Followed, Reported, Told
from luwes.apps.policy.changes import changes_after
from luwes.apps.policy.models import Effect
from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Counts, Facts, Person, Tag
from luwes.core.policy.terms import Per, Verdict
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import ENACTOR, MARCH, MINUTE, NOW, OPEN, body, bring, official
from tests.world import SETUP, Units, plant_units

pytestmark = pytest.mark.django_db
MONTH = Period(date(2026, 3, 1), date(2026, 4, 1))
LATER = NOW + 9 * MINUTE
GUARD = 'kind = "guard"\nmetric = "budget_pace"\nbelow = -5\neffect = "{effect}"'
DATA = 'kind = "data"\nfacts = ["budget"]'


def report(
    *figures: tuple[str, float], metric: str = "budget_pace", at: datetime = LATER, period: Period = MONTH,
    whole: bool = False,
) -> Followed:  # fmt: skip
    rows = [Reported(key, value, date(2026, 2, 28), "berkas/7") for key, value in figures]
    with unit_of_work(SETUP, at):
        return restricting.report_figures(metric=metric, told=[Told(period, rows, whole=whole)])


def verdict(unit: str, *, at: datetime = LATER, flexible: int = 0) -> Verdict:
    """The answer on a Wednesday of March for somebody of the unit, by what policy knows of it."""
    known = queries.unit_facts([unit], MARCH, MARCH, at).get(unit, queries.UnitFacts())
    person = Person("p1", (Tag(f"unit:{unit}"), *known.tags), frozenset() if known.late else frozenset({"arrived"}))
    counts = {Per.UNIT: Counts(10, flexible=flexible)}
    return decide(Facts(person, MARCH, measures=known.measures(MARCH), counts=counts), queries.rules(MARCH, at)).verdict


def restricted(at: datetime = LATER) -> list[tuple[str, str, int | None, str, float | None]]:
    return [
        (one.unit_key, one.effect, one.flex_max, one.rule, one.figure.value if one.figure else None)
        for one in lists.restrictions(MARCH, MARCH, at)
    ]


@pytest.fixture
def units() -> Units:
    return plant_units(NOW)


@pytest.mark.parametrize(
    ("effect", "more", "stored", "answer"),
    [
        ("warn", "", ("warn", None), Verdict.NEEDS_JUDGEMENT),
        ("refuse", "", ("close", None), Verdict.REFUSED),
        ("quota", "\nflex_max = 30", ("lower", 30), Verdict.ALLOWED),
    ],
)
def test_a_pace_below_its_floor_does_what_the_rulebook_says(
    units: Units, effect: str, more: str, stored: tuple[str, int | None], answer: Verdict
) -> None:
    bring(body(OPEN, GUARD.format(effect=effect) + more))
    assert report((units.health, -7.25), (units.works, -5.0)) == Followed(2, 1, 0)
    assert restricted() == [(units.health, *stored, "edaran/c2", -7.25)]
    assert (verdict(units.health), verdict(units.works)) == (answer, Verdict.ALLOWED)
    assert verdict(units.health, flexible=3) is (Verdict.REFUSED if effect == "quota" else answer)
    # Nothing is known of the third, and as it was known before: of none.
    assert verdict(units.section) is Verdict.NEEDS_JUDGEMENT
    assert verdict(units.works, at=LATER - MINUTE) is Verdict.NEEDS_JUDGEMENT
    (row,) = lists.restrictions(MARCH, MARCH, LATER)
    assert row.figure == queries.Figure(
        "budget_pace", -7.25, MONTH.start, date(2026, 3, 31), date(2026, 2, 28), "berkas/7"
    )


def test_a_warning_that_follows_a_clause_is_settled_once(units: Units) -> None:
    bring(body(OPEN, GUARD.format(effect="warn")))
    report((units.health, -7))
    # The clause judges by the figure; a second row of the same reason would have to be judged a second time.
    assert queries.stack(MARCH, LATER).restrictions == ()


def test_a_unit_without_the_facts_asked_for_loses_the_month(units: Units) -> None:
    bring(body(OPEN, DATA))
    report((units.health, 0), (units.works, 1), metric="arrived:budget")
    assert (verdict(units.health), verdict(units.works)) == (Verdict.REFUSED, Verdict.ALLOWED)
    assert verdict(units.section) is Verdict.NEEDS_JUDGEMENT
    assert restricted() == [(units.health, "close", None, "edaran/c2", 0.0)]
    after = queries.unit_facts([units.health], date(2026, 4, 1), date(2026, 4, 30), LATER)
    assert after == {}


def test_telling_again_changes_nothing_and_a_new_figure_replaces_the_old(units: Units) -> None:
    bring(body(OPEN, GUARD.format(effect="refuse")))
    report((units.health, -7), (units.works, -6))
    entries, changes = AuditEntry.objects.count(), len(changes_after(0))
    assert report((units.health, -7), (units.works, -6), at=LATER + MINUTE) == Followed(0, 0, 0)
    assert (AuditEntry.objects.count(), len(changes_after(0))) == (entries, changes)
    assert report((units.health, 2), at=LATER + 2 * MINUTE) == Followed(1, 0, 1)
    assert restricted(LATER + 2 * MINUTE) == [(units.works, "close", None, "edaran/c2", -6.0)]
    assert len(restricted(LATER + MINUTE)) == 2
    told = [(one.kind, one.scope, one.period) for one in changes_after(0)[changes:]]
    assert told == [(kind, f"unit:{units.health}", MONTH) for kind in ("figure", "restriction")]
    assert verdict(units.health, at=LATER + 2 * MINUTE) is Verdict.ALLOWED


def test_a_unit_left_out_of_the_whole_is_unknown_again(units: Units) -> None:
    bring(body(OPEN, GUARD.format(effect="refuse")))
    report((units.health, 2), (units.works, -6))
    assert report((units.health, 2), at=LATER + MINUTE) == Followed(0, 0, 0)
    assert report((units.health, 2), at=LATER + 2 * MINUTE, whole=True) == Followed(1, 0, 1)
    assert verdict(units.works, at=LATER + 2 * MINUTE) is Verdict.NEEDS_JUDGEMENT
    assert verdict(units.health, at=LATER + 2 * MINUTE) is Verdict.ALLOWED


def test_a_figure_for_part_of_a_period_leaves_the_rest(units: Units) -> None:
    bring(body(OPEN, GUARD.format(effect="refuse")))
    report((units.health, -7))
    report((units.health, 1), period=Period(date(2026, 3, 10), date(2026, 3, 20)), at=LATER + MINUTE)
    known = queries.unit_facts([units.health], MONTH.start, date(2026, 3, 31), LATER + MINUTE)[units.health]
    values = [known.measures(date(2026, 3, day))["budget_pace"] for day in (9, 10, 19, 20)]
    assert values == [-7, 1, 1, -7]


def test_restrictions_follow_the_clauses_that_hold(units: Units) -> None:
    guard = GUARD.format(effect="refuse")
    report((units.health, -7), (units.works, -7), at=NOW + MINUTE)
    assert restricted(NOW + MINUTE) == []
    # Only from the 10th to the 19th, only below the health agency, and once more as a mere assumption.
    dated = "\nfirst = 2026-03-10\nlast = 2026-03-19"
    here = f'\nwho = {{ any = ["unit:{units.health}"], none = ["post:eselon_2"] }}'
    bring(body(OPEN, guard + dated + here, guard + '\nstatus = "assumed"'), at=NOW + 2 * MINUTE)
    report((units.health, -7), (units.works, -7), (units.section, -9), at=LATER)
    (one, two) = lists.restrictions(MONTH.start, date(2026, 3, 31), LATER)
    assert {one.unit_key, two.unit_key} == {units.health, units.section}
    assert (one.first, one.last, one.rule) == (date(2026, 3, 10), date(2026, 3, 19), "edaran/c2")


def test_a_restriction_of_its_own_joins_the_rules(units: Units) -> None:
    bring(body(OPEN))
    with unit_of_work(SETUP, LATER):
        made = restricting.restrict(
            unit_key=units.health, period=MONTH, effect=Effect.CLOSE, basis="Evaluasi: layanan memburuk"
        )
    with unit_of_work(SETUP, LATER):
        restricting.restrict(unit_key=units.works, period=MONTH, effect=Effect.LOWER, flex_max=20, basis="Evaluasi")
    assert (verdict(units.health), verdict(units.section)) == (Verdict.REFUSED, Verdict.ALLOWED)
    assert [verdict(units.works, flexible=n) for n in (1, 2)] == [Verdict.ALLOWED, Verdict.REFUSED]
    with unit_of_work(SETUP, LATER + MINUTE):
        restricting.restrict(unit_key="", period=MONTH, effect=Effect.WARN, basis="Semua")
    assert verdict(units.section, at=LATER + MINUTE) is Verdict.NEEDS_JUDGEMENT
    with unit_of_work(SETUP, LATER + MINUTE):
        restricting.lift_restriction(restriction_id=made, on=MARCH, reason="Pulih")
    rules = queries.rules(MONTH.start, LATER + MINUTE, until=date(2026, 3, 31))
    names = [{one.rule for one in rules.on(day).held} for day in (date(2026, 3, 3), MARCH)]
    closed = [len(one) == 4 for one in names]
    assert closed == [True, False]
    assert [one.kind for one in changes_after(0)] == ["instrument", *["restriction"] * 4]


def test_refusals_change_nothing(units: Units) -> None:
    def restrict(**more: object) -> None:
        given = {"unit_key": units.health, "period": MONTH, "effect": Effect.CLOSE, "basis": "x"} | more
        restricting.restrict(**given)  # type: ignore[arg-type] # each case breaks one argument

    for actor in (ENACTOR, official("x", Role.HEAD)):
        with unit_of_work(actor, LATER), pytest.raises(Forbidden):
            restrict()
        with unit_of_work(actor, LATER), pytest.raises(Forbidden):
            restricting.report_figures(metric="m", told=[])
        with unit_of_work(actor, LATER), pytest.raises(Forbidden):
            restricting.lift_restriction(restriction_id="x", on=MARCH, reason="x")
    cases: list[tuple[dict[str, object], type[Exception]]] = [
        ({"unit_key": "tidak-ada"}, NoSuchSubject),
        ({"basis": " "}, ReasonMissing),
        ({"flex_max": 20}, restricting.ShareUnfit),
        ({"effect": Effect.LOWER}, restricting.ShareUnfit),
        ({"effect": Effect.LOWER, "flex_max": 101}, restricting.ShareUnfit),
    ]
    for more, error in cases:
        with unit_of_work(SETUP, LATER), pytest.raises(error):
            restrict(**more)
    with pytest.raises(NoSuchSubject):
        report(("tidak-ada", 1))
    with unit_of_work(SETUP, LATER), pytest.raises(ReasonMissing):
        restricting.lift_restriction(restriction_id="x", on=MARCH, reason="")
    assert lists.restrictions(MARCH, MARCH, LATER) == []
    # What follows a clause is not lifted by hand: the figure or the clause has to change.
    bring(body(OPEN, GUARD.format(effect="refuse")))
    report((units.health, -7))
    (row,) = lists.restrictions(MARCH, MARCH, LATER)
    with unit_of_work(SETUP, LATER), pytest.raises(restricting.NoSuchRestriction):
        restricting.lift_restriction(restriction_id=row.id, on=MARCH, reason="x")
