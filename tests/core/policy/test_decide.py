"""Deciding one person on one day: the rules toy engines break, each with a case of its own."""

from dataclasses import replace
from datetime import date

import pytest

from luwes.core.policy.clauses import Who
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.facts import Asked, Counts, Facts, Person, Tag, Week
from luwes.core.policy.stack import Judgement
from luwes.core.policy.terms import Away, Mode, Outcome, Per, Place, Verdict
from tests.core.policy.books import LONG_AGO, MONDAY, OPEN, WEEK, book, facts, rules

ALLOWED, JUDGEMENT, REFUSED = Verdict.ALLOWED, Verdict.NEEDS_JUDGEMENT, Verdict.REFUSED
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 2, day) for day in range(3, 7))


def told(decision: Decision) -> tuple[Verdict, str]:
    """The verdict and the code of the reason told first."""
    return decision.verdict, decision.headline.code


def by(clause: str, **more: object) -> tuple[Verdict, str]:
    """What a plain person gets when every day is open and one clause is added."""
    return told(decide(facts(**more), rules(book(OPEN, clause))))  # type: ignore[arg-type]  # tests pass what facts takes


def test_without_an_instrument_nobody_works_flexibly() -> None:
    assert told(decide(facts(), rules())) == (REFUSED, "no_instrument")


def test_a_plain_open_day_is_allowed_and_says_which_clause_opens_it() -> None:
    found = decide(facts(), rules(book(OPEN)))
    assert (found.verdict, found.headline.rule, found.headline.basis) == (ALLOWED, "b/c1", "angka 1")
    assert (found.mode, found.valid_on, found.approvers) == (Mode.WFA, MONDAY, ())


def test_every_rule_is_looked_at_even_after_a_no() -> None:
    found = decide(
        facts("service:loket", working=False, away=Away.LEAVE),
        rules(
            book(OPEN + '\nweekdays = ["wed"]', 'kind = "exclude"\nwho = { any = ["service:loket"] }', 'kind = "need"')
        ),
    )
    assert [(one.rule, one.outcome.value) for one in found.reasons] == [
        ("luwes/workday", "fail"), ("luwes/away", "fail"), ("b/c2", "fail"), ("b/c1", "fail"), ("b/c3", "unknown"),
    ]  # fmt: skip
    assert dict(found.reasons[2].facts) == {"tag": "service:loket"}


def test_a_year_without_a_decree_is_no_working_day_and_no_pass() -> None:
    assert told(decide(facts(working=None), rules(book(OPEN)))) == (JUDGEMENT, "calendar_unknown")


# Two location days in an ISO week.


def test_a_third_day_in_the_iso_week_is_refused_across_months() -> None:
    # 30 March to 5 April 2026 is one ISO week in two months, with a holiday on Friday.
    week = Week(frozenset(date(2026, 3, 30 + n) for n in (0, 1)) | {date(2026, 4, 1), date(2026, 4, 2)},
                frozenset({date(2026, 3, 30), date(2026, 4, 1)}))  # fmt: skip
    cap = 'kind = "weekly"\nmax_days = 2'
    assert by(cap, day=date(2026, 4, 2), week=week) == (REFUSED, "week_full")
    assert by(cap, day=date(2026, 4, 2), week=replace(week, flexible=frozenset({date(2026, 3, 30)})))[0] is ALLOWED
    assert by(cap, week=None) == (JUDGEMENT, "week_unknown")


@pytest.mark.parametrize(("switch", "verdict"), [("", REFUSED), ("true", REFUSED), ("false", ALLOWED)])
def test_the_ordered_friday_counts_unless_the_switch_says_no(switch: str, verdict: Verdict) -> None:
    cap = 'kind = "weekly"\nmax_days = 2' + (f"\ncount_mandated = {switch}" if switch else "")
    held = rules(
        book('kind = "days"\nmode = "wfh"\nbinding = "mandated"\nweekdays = ["fri"]', cap, name="n",
             level="national_circular"),
        book(OPEN),
    )  # fmt: skip
    found = decide(facts(day=TUESDAY, week=Week(WEEK, frozenset({MONDAY, FRIDAY}))), held)
    assert found.verdict is verdict
    on_friday = decide(facts(day=FRIDAY, week=Week(WEEK, frozenset({MONDAY, TUESDAY}))), held)
    assert on_friday.verdict is verdict
    assert decide(facts(day=FRIDAY, week=Week(WEEK, frozenset({MONDAY}))), held).verdict is ALLOWED


def test_office_days_in_a_week_with_a_holiday_are_read_both_ways_until_somebody_says_which() -> None:
    short = Week(WEEK - {MONDAY}, frozenset({TUESDAY}))
    rule = 'kind = "weekly"\nonsite_min_days = 3'
    assert by(rule, day=WEDNESDAY, week=short) == (JUDGEMENT, "week_full_unknown")
    assert by(rule + '\nshort_week = "usual"', day=WEDNESDAY, week=short)[0] is ALLOWED
    assert by(rule + '\nshort_week = "strict"', day=WEDNESDAY, week=short) == (REFUSED, "week_full")
    assert by(rule, day=WEDNESDAY, week=Week(WEEK, frozenset({TUESDAY})))[0] is ALLOWED
    # A six-day unit has one more day to give.
    six = Week(WEEK | {date(2026, 2, 7)}, frozenset({MONDAY, TUESDAY}), usual=6)
    assert by(rule, day=WEDNESDAY, week=six)[0] is ALLOWED
    assert by(rule, day=WEDNESDAY, week=replace(six, usual=5, working=WEEK)) == (REFUSED, "week_full")


def test_the_day_itself_among_the_planned_ones_is_not_counted_twice() -> None:
    week = Week(WEEK, frozenset({MONDAY, TUESDAY}))
    assert by('kind = "weekly"\nmax_days = 2\nonsite_min_days = 3', week=week)[0] is ALLOWED
    assert decide(facts(week=Week(WEEK, frozenset({MONDAY}))), rules(book(OPEN + "\nper_week = 1"))).verdict is ALLOWED


def test_days_away_are_no_office_days() -> None:
    week = Week(WEEK, frozenset({TUESDAY}), away=frozenset({MONDAY}))
    assert by('kind = "weekly"\nonsite_min_days = 3\nshort_week = "strict"', day=WEDNESDAY, week=week)[0] is REFUSED


def test_one_day_a_week_on_any_day_is_used_up() -> None:
    held = rules(book(OPEN + "\nper_week = 1"))
    assert decide(facts(), held).verdict is ALLOWED
    used = decide(facts(week=Week(WEEK, frozenset({FRIDAY}))), held)
    assert (told(used), used.headline.remedy) == ((REFUSED, "week_full"), "other_week")
    assert told(decide(facts(week=None), held)) == (JUDGEMENT, "about_unknown")


# Shares of people.


@pytest.mark.parametrize("rounding", ["up", "down", "half_up", "undecided"])
def test_a_quarter_of_three_in_the_office_is_one_never_nobody(rounding: str) -> None:
    share = f'kind = "quota"\nper = "unit"\nonsite_min = 25\nrounding = "{rounding}"\nwithout = []'
    assert by(share, counts={Per.UNIT: Counts(3, flexible=1)})[0] is ALLOWED
    assert by(share, counts={Per.UNIT: Counts(3, flexible=2)}) == (REFUSED, "share_full")


def test_seven_people_at_half_are_three_or_four_by_the_rounding() -> None:
    share = 'kind = "quota"\nper = "unit"\nflex_max = 50\nwithout = []\nrounding = '
    full = {Per.UNIT: Counts(7, flexible=3)}
    assert by(share + '"down"', counts=full) == (REFUSED, "share_full")
    assert by(share + '"up"', counts=full)[0] is ALLOWED
    assert by(share + '"half_up"', counts=full)[0] is ALLOWED
    assert by(share + '"undecided"', counts=full) == (JUDGEMENT, "share_full_unknown")
    assert by(share + '"undecided"', counts={Per.UNIT: Counts(7, flexible=2)})[0] is ALLOWED


@pytest.mark.parametrize("away", ["leave", "trip", "study"])
def test_who_leaves_the_denominator_is_said_or_both_are_reckoned(away: str) -> None:
    share = 'kind = "quota"\nper = "unit"\nflex_max = 50\nrounding = "down"'
    counts = {Per.UNIT: Counts(10, flexible=4, **{away: 2})}
    assert by(share + "\nwithout = []", counts=counts)[0] is ALLOWED
    assert by(share + f'\nwithout = ["{away}"]', counts=counts) == (REFUSED, "share_full")
    assert by(share, counts=counts) == (JUDGEMENT, "share_full_unknown")


def test_people_away_are_not_in_the_office_either() -> None:
    share = 'kind = "quota"\nper = "unit"\nonsite_min = 50\nrounding = "up"\nwithout = []'
    assert by(share, counts={Per.UNIT: Counts(4, flexible=1)})[0] is ALLOWED
    assert by(share, counts={Per.UNIT: Counts(4, flexible=1, leave=1)}) == (REFUSED, "share_full")


def test_an_unknown_group_is_no_pass_and_a_minimum_of_flexible_people_refuses_nobody() -> None:
    assert by('kind = "quota"\nper = "opd"\nflex_max = 100') == (JUDGEMENT, "counts_unknown")
    assert by('kind = "quota"\nper = "opd"\nflex_min = 50', counts={Per.OPD: Counts(9)})[0] is ALLOWED


def test_tiers_have_a_default_and_an_unknown_unit_has_none() -> None:
    share = (
        'kind = "quota"\nper = "opd"\nrounding = "down"\nwithout = []\n'
        'tiers = [{ who = { any = ["opd:dinkes"] }, flex_max = 0 }, { who = { any = ["opd:bkd"] }, flex_max = 50 },'
        ' { who = {}, flex_max = 25 }]'
    )  # fmt: skip
    held = rules(book(OPEN, share))
    counts = {Per.OPD: Counts(10, flexible=3)}
    assert decide(facts("opd:dinkes", counts={Per.OPD: Counts(10)}), held).verdict is REFUSED
    assert decide(facts("opd:bkd", counts=counts), held).verdict is ALLOWED
    assert decide(facts("opd:lain", counts=counts), held).verdict is REFUSED
    assert told(decide(facts(unknown=("opd",), counts=counts), held)) == (JUDGEMENT, "tier_unknown")


def test_a_delegated_share_is_open_until_its_decider_decides() -> None:
    clause = 'kind = "quota"\nper = "opd"\ndelegated_to = "opd_head"\nrounding = "down"\nwithout = []'
    counts = {Per.OPD: Counts(10, flexible=2)}
    assert by(clause, counts=counts) == (JUDGEMENT, "share_not_decided")
    for value, verdict in ((30, ALLOWED), (20, REFUSED)):
        decided = Judgement("b/c2", Who(), MONDAY, True, LONG_AGO, value=value, by="kepala")
        assert decide(facts(counts=counts), rules(book(OPEN, clause), judgements=(decided,))).verdict is verdict


# Records of a person.


def test_a_sanction_counts_on_its_first_and_its_last_day() -> None:
    rule = 'kind = "exclude"\nwho = { any = ["discipline:active", "discipline:in_process"] }'
    held = rules(book(OPEN, rule))
    served = Person("p1", (Tag("discipline:active", TUESDAY, THURSDAY),))
    days = (MONDAY, TUESDAY, THURSDAY, FRIDAY)
    verdicts = [decide(Facts(served, day, week=Week(WEEK)), held).verdict for day in days]
    assert verdicts == [ALLOWED, REFUSED, REFUSED, ALLOWED]
    assert decide(facts("discipline:in_process"), held).verdict is REFUSED
    # SIASN has no field for a process: where nobody keeps it, nobody knows.
    assert told(decide(facts(unknown=("discipline:in_process",)), held)) == (JUDGEMENT, "about_unknown")


def test_months_of_a_newcomer_nobody_has_set_are_a_warning_not_a_pass() -> None:
    assert by('kind = "tenure"\nsince = "post"', who={"post_since": date(2000, 1, 1)}) == (JUDGEMENT, "parameter_unset")
    months = 'kind = "tenure"\nsince = "post"\nmonths = 3'
    assert by(months, who={"post_since": date(2025, 11, 2)})[0] is ALLOWED
    assert by(months, who={"post_since": date(2025, 11, 3)}) == (REFUSED, "newcomer")
    assert by(months) == (JUDGEMENT, "tenure_unknown")
    assert by(months.replace("post", "entry"), who={"entered": date(2020, 1, 1)})[0] is ALLOWED


def test_an_acting_head_is_one_until_the_appointment_expires() -> None:
    held = rules(book(OPEN, 'kind = "approval"\nsteps = ["sekda"]\nwho = { any = ["post:eselon_2"] }'))
    acting = Person("p1", (Tag("post:eselon_2", None, TUESDAY),))
    assert decide(Facts(acting, TUESDAY, week=Week(WEEK)), held).approvers == ("sekda",)
    assert decide(Facts(acting, WEDNESDAY, week=Week(WEEK)), held).approvers == ()
    # Whose permission it takes is not guessed.
    assert told(decide(facts(unknown=("post",)), held)) == (JUDGEMENT, "about_unknown")


def test_a_unit_reorganised_mid_month_is_judged_by_the_unit_of_the_day() -> None:
    held = rules(book(OPEN, 'kind = "exclude"\nwho = { any = ["unit:lama"] }'))
    moved = Person("p1", (Tag("unit:lama", None, TUESDAY), Tag("unit:baru", WEDNESDAY)))
    assert decide(Facts(moved, TUESDAY, week=Week(WEEK)), held).verdict is REFUSED
    assert decide(Facts(moved, WEDNESDAY, week=Week(WEEK)), held).verdict is ALLOWED


def test_somebody_at_two_service_points_is_excluded_by_either() -> None:
    held = rules(
        book(OPEN, 'kind = "exclude"\nwho = { any = ["service:loket"] }\nduties = ["shift"]\nservice_at = ["mpp"]')
    )
    found = decide(facts("service:arsip", "service:loket"), held)
    assert found.verdict is REFUSED
    # Excluded is not free: the duty stands in the answer.
    assert [one.code for one in found.duties] == ["shift", "at:mpp"]
    assert decide(facts("service:arsip"), held).duties == ()


def test_part_time_staff_keep_their_own_hours() -> None:
    held = rules(book(
        OPEN, 'kind = "hours"\nweekly_net = 2250\nwho = { none = ["type:pppk_paruh_waktu"] }',
        'kind = "hours"\nweekly_net = 1200\nwho = { any = ["type:pppk_paruh_waktu"] }',
    ))  # fmt: skip
    assert [one.rule for one in decide(facts("type:pppk_paruh_waktu"), held).duties] == ["b/c3"]
    assert [one.rule for one in decide(facts("type:pns"), held).duties] == ["b/c2"]


def test_a_criterion_is_met_not_met_or_not_known() -> None:
    clause = 'kind = "require"\nneeds = { all = ["task:daring"] }'
    held = rules(book(OPEN, clause))
    assert decide(facts("task:daring"), held).verdict is ALLOWED
    assert told(decide(facts(), held)) == (REFUSED, "criterion")
    assert told(decide(facts(unknown=("task",)), held)) == (JUDGEMENT, "criterion_unknown")


# Places.


@pytest.mark.parametrize(
    ("clause", "place", "verdict"),
    [
        ('allowed = ["home"]', Asked(Place.HOME), ALLOWED),
        ('allowed = ["home"]', Asked(Place.OTHER), REFUSED),
        ("registered = true", Asked(Place.HOME, registered=True), ALLOWED),
        ("registered = true", Asked(Place.HOME, registered=False), REFUSED),
        ("registered = true", Asked(Place.HOME), JUDGEMENT),
        ("registered = true", Asked(Place.OTHER_OFFICE), ALLOWED),
        ('area = "prov"', Asked(Place.OTHER, areas=frozenset({"kota", "prov"})), ALLOWED),
        ('area = "prov"', Asked(Place.OTHER, areas=frozenset()), REFUSED),
        ('area = "prov"', Asked(Place.OTHER), JUDGEMENT),
        ('forbidden = ["danger"]', Asked(Place.OTHER, traits=frozenset({"danger"})), REFUSED),
        ('forbidden = ["danger"]', Asked(Place.OTHER, traits=frozenset()), ALLOWED),
        ('forbidden = ["danger"]', Asked(Place.OTHER), JUDGEMENT),
        ("declared = true", Asked(Place.OTHER, declared=True), ALLOWED),
        ("declared = true", Asked(Place.OTHER, declared=False), REFUSED),
        ("declared = true", Asked(Place.OTHER), JUDGEMENT),
        ('allowed = ["home"]', None, ALLOWED),
    ],
)
def test_the_place_asked_for_is_judged_by_what_is_recorded(clause: str, place: Asked | None, verdict: Verdict) -> None:
    assert by(f'kind = "location"\n{clause}', place=place)[0] is verdict


# Emergencies, orders and local refusals.


def test_haze_this_morning_opens_the_day_for_one_city() -> None:
    haze = rules(book(OPEN + '\ndates = [2026-02-02]\nwho = { any = ["area:kota_a"] }'))
    assert decide(facts("area:kota_a"), haze).verdict is ALLOWED
    assert told(decide(facts("area:kota_b"), haze)) == (REFUSED, "no_instrument")
    assert decide(facts("area:kota_a", day=TUESDAY), haze).verdict is REFUSED
    assert told(decide(facts(unknown=("area",)), haze)) == (JUDGEMENT, "about_unknown")


def test_what_may_be_used_above_is_open_until_the_agency_says_so() -> None:
    may = book(OPEN, name="n", level="national_circular")
    assert told(decide(facts(), rules(may))) == (JUDGEMENT, "not_taken_up")
    taken = Judgement("n/c1", Who(), MONDAY, True, LONG_AGO, by="gubernur")
    assert decide(facts(), rules(may, judgements=(taken,))).verdict is ALLOWED
    own = book(OPEN, name="pergub", level="regional_regulation")
    assert decide(facts(), rules(own)).verdict is ALLOWED
    no = book('kind = "forbid"\noverrides = ["n"]')
    found = decide(facts(), rules(may, no))
    assert told(found) == (REFUSED, "day_closed")
    # The explanation shows both.
    assert {one.rule: one.outcome for one in found.reasons if one.kind != "workday"} == {
        "b/c1": Outcome.FAIL, "n/c1": Outcome.UNKNOWN,
    }  # fmt: skip


def test_a_local_no_against_an_order_is_for_a_person_to_settle() -> None:
    order = 'kind = "days"\nmode = "wfh"\nbinding = "mandated"\nweekdays = ["mon"]'
    no = book('kind = "forbid"')
    ordered = book(order, name="n", level="national_circular")
    assert told(decide(facts(), rules(ordered, no))) == (JUDGEMENT, "day_closed_against_order")
    lenient = book(order + "\nstricter_local = true", name="n", level="national_circular")
    assert told(decide(facts(), rules(lenient, no))) == (REFUSED, "day_closed")
    assert told(decide(facts(day=TUESDAY), rules(ordered, no))) == (REFUSED, "day_closed")
    assert by('kind = "forbid"\nweekdays = ["tue"]')[0] is ALLOWED


def test_a_day_the_unit_has_to_apply_for() -> None:
    held = rules(book(OPEN + '\nneeds_grant = true\napplicant = "opd"\napprover = "bkd"'))
    found = decide(facts(), held)
    assert (told(found), found.headline.remedy) == ((REFUSED, "not_granted"), "ask_grant")
    assert decide(facts("grant:b/c1"), held).verdict is ALLOWED
    assert told(decide(facts(unknown=("grant",)), held)) == (JUDGEMENT, "about_unknown")


def test_two_schemes_side_by_side_keep_their_conditions_to_their_own_days() -> None:
    fridays = book(OPEN + '\nweekdays = ["fri"]', 'kind = "exclude"\nwho = { any = ["service:loket"] }',
                   'kind = "duty"\nduties = ["phone"]', name="jumat")  # fmt: skip
    holiday = book(OPEN + "\ndates = [2026-02-02]", name="lebaran")
    # Opened by the other letter: whether this one's exclusion reaches so far is for a person to say.
    found = decide(facts("service:loket"), rules(fridays, holiday))
    assert told(found) == (JUDGEMENT, "excluded")
    assert decide(facts(), rules(fridays, holiday)).duties == ()
    assert decide(facts("service:loket", day=FRIDAY), rules(fridays, holiday)).verdict is REFUSED
    # With nobody opening the day, the exclusion is what is told, as on every other day.
    assert told(decide(facts("service:loket", day=TUESDAY), rules(fridays, holiday))) == (REFUSED, "excluded")
    # A rulebook that opens no days speaks of every day.
    always = book('kind = "exclude"\nwho = { any = ["service:loket"] }', name="tetap")
    assert decide(facts("service:loket"), rules(always, holiday)).verdict is REFUSED


def test_the_kind_asked_for_has_to_be_the_kind_opened() -> None:
    held = rules(book(OPEN))
    assert told(decide(facts(mode=Mode.TIME), held)) == (REFUSED, "mode_not_opened")
    # Home is a place of anywhere, but anywhere is not home.
    assert decide(facts(mode=Mode.WFH), held).verdict is ALLOWED
    home = rules(book('kind = "days"\nmode = "wfh"'))
    assert told(decide(facts(mode=Mode.WFA), home)) == (REFUSED, "mode_not_opened")
    assert decide(facts(mode=Mode.WFH), rules(book('kind = "days"\nmode = "fwa"'))).verdict is ALLOWED
