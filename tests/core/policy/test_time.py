"""Which rulebook holds when, and what was known when."""

from datetime import UTC, date, datetime

from luwes.core.policy.clauses import Who
from luwes.core.policy.decide import decide
from luwes.core.policy.facts import Week
from luwes.core.policy.stack import Judgement, Layer, Recorded, Rules, Stack
from luwes.core.policy.terms import Verdict
from luwes.core.workdays.periods import Period
from tests.core.policy.books import MONDAY, NOW, OPEN, WEEK, book, facts, rules

WED = date(2026, 3, 4)
OLD = book(OPEN, name="lama", more="first = 2026-01-01\n")
NEW = book(
    OPEN + '\nweekdays = ["thu"]', name="baru", more='first = 2026-03-01\nlast = 2026-03-31\nsupersedes = ["lama"]\n'
)
LAW = book('kind = "weekly"\nmax_days = 2', name="permen", level="ministerial_regulation")


def names(held: Rules, day: date) -> list[str]:
    """The rulebooks of the day, highest first."""
    return [one.rulebook.head.id for one in held.in_force(day)]


def test_what_is_superseded_ends_with_its_successor_and_does_not_come_back_in_the_gap() -> None:
    held = rules(OLD, NEW, LAW)
    assert names(held, date(2026, 2, 28)) == ["permen", "lama"]
    assert names(held, date(2026, 3, 1)) == ["permen", "baru"]
    assert names(held, date(2026, 3, 31)) == ["permen", "baru"]
    # In the gap the levels above answer: the regulation alone opens nothing.
    assert names(held, date(2026, 4, 1)) == ["permen"]
    found = decide(facts(day=date(2026, 4, 1), week=Week(WEEK)), held)
    assert (found.verdict, found.headline.code) == (Verdict.REFUSED, "no_instrument")


def test_a_rulebook_replaced_between_request_and_approval_is_decided_anew() -> None:
    stack = Stack(
        (
            Layer(OLD, Recorded(datetime(2026, 1, 1, tzinfo=UTC))),
            Layer(NEW, Recorded(datetime(2026, 2, 20, tzinfo=UTC))),
        )
    )
    asked = Rules(stack, datetime(2026, 2, 19, tzinfo=UTC))
    approved = Rules(stack, datetime(2026, 2, 21, tzinfo=UTC))
    first, second = (decide(facts(day=WED, week=Week(frozenset())), one) for one in (asked, approved))
    assert (first.verdict, second.verdict) == (Verdict.ALLOWED, Verdict.REFUSED)
    assert first.stack_hash != second.stack_hash


def test_a_march_decision_is_the_same_in_november_bit_for_bit() -> None:
    march = datetime(2026, 3, 2, 8, tzinfo=UTC)
    then = Layer(OLD, Recorded(datetime(2026, 1, 1, tzinfo=UTC), withdrawn=datetime(2026, 6, 1, tzinfo=UTC)))
    before = decide(facts(day=WED), Rules(Stack((then,)), march))
    later = Stack(
        (then, Layer(NEW, Recorded(datetime(2026, 3, 3, tzinfo=UTC))), Layer(LAW, Recorded(NOW))),
        (Judgement("lama/c1", Who(), MONDAY, False, Recorded(NOW)),),
    )
    assert decide(facts(day=WED), Rules(later, march)) == before
    assert decide(facts(day=WED), Rules(later, NOW)).verdict is Verdict.REFUSED


def test_the_newest_version_that_has_begun_holds() -> None:
    second = book(OPEN, name="lama", version=2, more="first = 2026-02-01\n")
    held = rules(OLD, second)
    assert [one.rulebook.head.version for one in held.in_force(date(2026, 1, 31))] == [1]
    assert [one.rulebook.head.version for one in held.in_force(date(2026, 2, 1))] == [2]


def test_drafts_and_announcements_hold_only_where_they_are_tried() -> None:
    for state in ("draft", "announced"):
        plan = book(OPEN, state=state)
        assert names(rules(plan), MONDAY) == []
        assert names(rules(plan, draft=True), MONDAY) == ["b"]
    assert names(rules(book(OPEN, state="trial")), MONDAY) == ["b"]


def test_a_suspended_rulebook_rests_and_returns() -> None:
    layer = Layer(OLD, Recorded(datetime(2026, 1, 1, tzinfo=UTC)), suspended=(Period(MONDAY, date(2026, 2, 5)),))
    held = Rules(Stack((layer,)), NOW)
    assert [names(held, date(2026, 2, day)) for day in (1, 2, 4, 5)] == [["lama"], [], [], ["lama"]]


def test_two_schemes_in_one_circular_follow_each_other_by_the_day() -> None:
    held = rules(book(
        OPEN + '\nweekdays = ["thu"]\nlast = 2026-01-31', OPEN + "\nfirst = 2026-02-01",
    ))  # fmt: skip
    assert decide(facts(day=date(2026, 1, 30)), held).verdict is Verdict.REFUSED
    assert decide(facts(day=date(2026, 2, 3)), held).verdict is Verdict.ALLOWED


def test_a_holiday_added_two_weeks_ahead_changes_only_what_is_asked_of_the_new_calendar() -> None:
    held = rules(book(OPEN))
    before, after = decide(facts(), held), decide(facts(working=False), held)
    assert (before.verdict, after.verdict, after.headline.code) == (
        Verdict.ALLOWED, Verdict.REFUSED, "not_a_working_day",
    )  # fmt: skip
    assert before.stack_hash == after.stack_hash


def test_what_is_written_down_is_known_from_that_moment_until_it_is_withdrawn() -> None:
    noted = Recorded(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    assert noted.known(noted.at)
    assert noted.withdrawn is not None
    assert not noted.known(noted.withdrawn)
