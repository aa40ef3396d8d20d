"""Law status, judgements, restrictions, and the conditions on the way to a flexible day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from luwes.core.policy.clauses import Who
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.facts import Counts
from luwes.core.policy.stack import Judgement, Restriction
from luwes.core.policy.terms import Per, Verdict
from tests.core.policy.books import LONG_AGO, MONDAY, OPEN, book, facts, rules

ALLOWED, JUDGEMENT, REFUSED = Verdict.ALLOWED, Verdict.NEEDS_JUDGEMENT, Verdict.REFUSED
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 2, day) for day in range(3, 7))


def told(decision: Decision) -> tuple[Verdict, str]:
    """The verdict and the code of the reason told first."""
    return decision.verdict, decision.headline.code


def by(clause: str, **more: object) -> tuple[Verdict, str]:
    """What a plain person gets when every day is open and one clause is added."""
    return told(decide(facts(**more), rules(book(OPEN, clause))))  # type: ignore[arg-type]  # tests pass what facts takes


def test_an_assumed_clause_only_warns_and_a_reported_one_enforces_once_adopted() -> None:
    rule = 'kind = "exclude"\nwho = { any = ["post:x"] }'
    assert decide(facts("post:x"), rules(book(OPEN, rule, status="reported"))).verdict is REFUSED
    kept_out = rules(book(OPEN, rule, status="reported"), not_adopted=frozenset({"c2"}))
    assert told(decide(facts("post:x"), kept_out)) == (JUDGEMENT, "excluded")
    assert told(decide(facts("post:x"), rules(book(OPEN, rule + '\nstatus = "assumed"')))) == (JUDGEMENT, "excluded")
    # Nor does an assumption open a day.
    assert told(decide(facts(), rules(book(OPEN, status="assumed")))) == (JUDGEMENT, "not_confirmed")


def test_what_an_instrument_leaves_open_stays_open() -> None:
    held = rules(book(OPEN + '\nundecided = ["weekday"]'))
    assert told(decide(facts(), held)) == (JUDGEMENT, "undecided")
    assert by('kind = "weekly"\nmax_days = 2\nundecided = ["trips"]') == (JUDGEMENT, "undecided")


def test_a_judgement_settles_what_is_open_and_lifts_no_enforced_no() -> None:
    open_rule, closed = 'kind = "delegate"\nto = "opd_head"', 'kind = "exclude"\nwho = { any = ["post:x"] }'
    yes, no = (Judgement("b/c2", Who(), MONDAY, allow, LONG_AGO, last=TUESDAY, by="kepala") for allow in (True, False))
    assert decide(facts(), rules(book(OPEN, open_rule))).verdict is JUDGEMENT
    judged = decide(facts(), rules(book(OPEN, open_rule), judgements=(yes,)))
    assert judged.verdict is ALLOWED
    assert ("judged_by", "kepala") in next(one.facts for one in judged.reasons if one.rule == "b/c2")
    assert told(decide(facts(), rules(book(OPEN, open_rule), judgements=(yes, no)))) == (REFUSED, "judged_against")
    assert decide(facts(day=WEDNESDAY), rules(book(OPEN, open_rule), judgements=(yes,))).verdict is JUDGEMENT
    assert decide(facts("post:x"), rules(book(OPEN, closed), judgements=(yes,))).verdict is REFUSED
    others = replace(yes, who=Who(any=("unit:lain",)))
    assert decide(facts(), rules(book(OPEN, open_rule), judgements=(others,))).verdict is JUDGEMENT


def test_a_restriction_from_elsewhere_warns_or_lowers_the_share() -> None:
    low = book(
        'kind = "quota"\nper = "unit"\nflex_max = 20\nrounding = "down"\nwithout = []\nlast = 2026-02-03'
    ).clauses[0]
    full = {Per.UNIT: Counts(10, flexible=2)}
    enforced = rules(book(OPEN), restrictions=(Restriction(low, LONG_AGO),))  # type: ignore[arg-type]  # a quota
    warning = rules(book(OPEN), restrictions=(Restriction(low, LONG_AGO, warning=True),))  # type: ignore[arg-type]
    found = decide(facts(counts=full), enforced)
    assert (found.verdict, found.headline.rule) == (REFUSED, "restriction/c1")
    assert decide(facts(counts=full), warning).verdict is JUDGEMENT
    assert decide(facts(counts=full, day=WEDNESDAY), enforced).verdict is ALLOWED


@pytest.mark.parametrize(
    ("effect", "verdict"), [("warn", JUDGEMENT), ("refuse", REFUSED), ('quota"\nflex_max = 30\nid = "q', REFUSED)]
)
def test_a_measure_below_its_floor_does_what_the_clause_says(effect: str, verdict: Verdict) -> None:
    clause = f'kind = "guard"\nmetric = "pace"\nbelow = -5\neffect = "{effect}"'
    full = {Per.UNIT: Counts(10, flexible=3)}
    assert by(clause, measures={"pace": -6.0}, counts=full)[0] is verdict
    assert by(clause, measures={"pace": -5.0}, counts=full)[0] is ALLOWED
    assert by(clause, counts=full) == (JUDGEMENT, "measure_unknown")


def test_a_lowered_share_leaves_room_and_needs_its_counts() -> None:
    clause = 'kind = "guard"\nmetric = "pace"\nbelow = 0\neffect = "quota"\nflex_max = 30'
    assert by(clause, measures={"pace": -1.0}, counts={Per.UNIT: Counts(10, flexible=2)})[0] is ALLOWED
    assert by(clause, measures={"pace": -1.0}) == (JUDGEMENT, "counts_unknown")


# Conditions on the way.


def test_deadlines_rosters_needs_and_data() -> None:
    late = 'kind = "deadline"\ndays_before = 3'
    assert by(late, asked_on=date(2026, 1, 30))[0] is ALLOWED
    assert by(late, asked_on=date(2026, 1, 31)) == (REFUSED, "asked_late")
    assert by(late) == (JUDGEMENT, "asked_late_unknown")
    assert by('kind = "deadline"\non = 2026-01-20', asked_on=date(2026, 1, 21))[0] is REFUSED
    assert by('kind = "roster"\nblocks = true') == (REFUSED, "no_roster")
    assert by('kind = "roster"\nblocks = true', unknown=("roster",)) == (JUDGEMENT, "no_roster_unknown")
    assert by('kind = "roster"\ncadence = "monthly"')[0] is ALLOWED
    assert by('kind = "need"') == (JUDGEMENT, "need_not_stated")
    held = rules(book(OPEN, 'kind = "need"', 'kind = "data"\nfacts = ["punches", "tickets"]'))
    arrived = ("arrived:punches", "arrived:tickets")
    assert decide(facts("need:yes", *arrived), held).verdict is ALLOWED
    assert told(decide(facts("need:conditional", *arrived), held)) == (JUDGEMENT, "need_conditional")
    assert told(decide(facts("need:no", *arrived), held)) == (REFUSED, "no_need")
    missing = decide(facts("need:yes", "arrived:punches"), held)
    assert (told(missing), missing.headline.facts) == ((REFUSED, "data_missing"), (("fact", "tickets"),))
    assert decide(facts("need:yes", unknown=("arrived",)), held).verdict is JUDGEMENT


def test_in_ramadan_its_own_hours_and_windows_replace_the_usual_ones_from_its_very_day() -> None:
    held = rules(book(
        OPEN, 'kind = "presensi"\nper_day = 2', 'kind = "presensi"\ncalendar = "ramadan"\nper_day = 3',
        'kind = "duty"\nduties = ["phone"]', 'kind = "pause"\nactivities = ["apel"]\ncalendar = "ramadan"',
    ))  # fmt: skip
    usual, season = decide(facts(), held), decide(facts(calendars=frozenset({"ramadan"})), held)
    assert [one.rule for one in usual.duties] == ["b/c2", "b/c4"]
    # Moved by a day on the eve: the calendar of the day is a fact, so the same rules give the other answer.
    assert [one.rule for one in season.duties] == ["b/c3", "b/c4"]


def test_approvers_come_once_and_in_order_from_above() -> None:
    held = rules(
        book('kind = "approval"\nsteps = ["supervisor", "opd_head"]', name="n", level="ministerial_regulation"),
        book(OPEN, 'kind = "approval"\nsteps = ["opd_head", "sekda"]'),
    )
    assert decide(facts(), held).approvers == ("supervisor", "opd_head", "sekda")


def test_the_decision_says_under_which_rules_and_what_was_known() -> None:
    known = datetime(2026, 1, 5, tzinfo=UTC)
    found = decide(facts(), rules(book(OPEN), known_at=known))
    assert (found.known_at, len(found.stack_hash)) == (known, 64)
    assert found.stack_hash != decide(facts(), rules(book(OPEN + '\nsummary = "lain"'), known_at=known)).stack_hash
