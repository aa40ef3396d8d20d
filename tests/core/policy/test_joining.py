"""What a rulebook brings into the rules it joins, on whatever day of its period the two meet."""

from datetime import date

from luwes.core.policy.joining import joining, turning_days
from luwes.core.policy.rulebook import Rulebook
from luwes.core.policy.stack import Layer, Stack
from luwes.core.workdays.periods import Period
from tests.core.policy.books import LONG_AGO, NOW, OPEN, book

HOME = 'kind = "location"\nallowed = ["home"]'
OFFICE = 'kind = "location"\nallowed = ["other_office"]'
MARCH = "first = 2026-03-01\nlast = 2026-03-31"


def layer(one: Rulebook, *, suspended: tuple[Period, ...] = ()) -> Layer:
    return Layer(one, LONG_AGO, suspended=suspended)


def found(joined: Rulebook, *there: Layer) -> list[tuple[str, tuple[str, ...]]]:
    return [one.key for one in joining(Stack(there), layer(joined), NOW)]


def test_a_contradiction_with_what_is_there_is_found_once() -> None:
    assert found(book(HOME, name="baru"), layer(book(OFFICE, name="lama"))) == [
        ("places_differ", ("baru/c1", "lama/c1"))
    ]


def test_only_days_on_which_both_hold_count() -> None:
    april = layer(book(OFFICE, name="lama", more="first = 2026-04-01"))
    assert found(book(HOME, name="baru", more=MARCH), april) == []
    assert found(book(HOME, name="baru", more="first = 2026-03-01"), april) != []
    # A clause that begins in the middle of the period.
    later = layer(book(OFFICE + "\nfirst = 2026-03-20", name="lama"))
    assert found(book(HOME, name="baru", more=MARCH), later) != []
    gone = layer(book(OFFICE + "\nlast = 2026-02-28", name="lama"))
    assert found(book(HOME, name="baru", more=MARCH), gone) == []


def test_a_suspended_rulebook_contradicts_on_the_days_it_does_hold() -> None:
    lama = book(OFFICE, name="lama")
    whole = layer(lama, suspended=(Period(date(2026, 3, 1), date(2026, 4, 1)),))
    half = layer(lama, suspended=(Period(date(2026, 3, 1), date(2026, 3, 15)),))
    open_end = layer(lama, suspended=(Period(date(2026, 2, 1)),))
    new = book(HOME, name="baru", more=MARCH)
    assert found(new, whole) == found(new, open_end) == []
    assert found(new, half) != []


def test_contradictions_of_others_are_theirs() -> None:
    there = (layer(book(HOME, name="a")), layer(book(OFFICE, name="b")))
    assert found(book(OPEN, name="baru"), *there) == []


def test_what_others_contradict_only_since_it_joined_counts_too() -> None:
    needs = 'kind = "require"\nneeds = { any = ["task:a"] }'
    ministry = layer(book(needs, name="menteri", level="ministerial_regulation"))
    national = layer(book(needs, name="nasional", level="national_circular"))
    local = layer(book('kind = "exclude"\nwho = { any = ["post:eselon_2"] }', name="daerah"))
    more = 'supersedes = ["menteri"]'
    joined = book(OPEN, name="baru", level="ministerial_regulation", more=more)
    # Clauses of the two are not the new rulebook's own, but until now another pair stood there.
    assert found(joined, ministry, national, local) == [("post_excluded_below", ("nasional/c1", "daerah/c1"))]
    assert found(joined, national, local) == []


def test_its_own_open_points_come_last() -> None:
    joined = book(HOME, 'kind = "tenure"\nsince = "post"', name="baru")
    assert found(joined, layer(book(OFFICE, name="lama"))) == [
        ("places_differ", ("baru/c1", "lama/c1")),
        ("waiting_open", ("baru/c2",)),
    ]


def test_the_days_looked_at_are_those_on_which_something_turns() -> None:
    head = book(OPEN, more=MARCH).head
    stack = Stack(
        (
            layer(book(OPEN + "\nfirst = 2026-03-05\nlast = 2026-03-09", more="last = 9999-12-31")),
            layer(book(OPEN, more="first = 2026-02-01\nlast = 2026-03-31"), suspended=(Period(date(2026, 3, 20)),)),
        )
    )
    assert turning_days(stack, head) == [date(2026, 3, day) for day in (1, 5, 10, 20)]
    assert turning_days(Stack(()), book(OPEN).head) == [date.min]
