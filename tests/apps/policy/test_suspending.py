"""An instrument rests everywhere or in an area, is taken back, and holds again."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import layers, lists, queries
from luwes.apps.policy.access import NotAPerson, NotATag
from luwes.apps.policy.actions import suspending
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import changes_after
from luwes.apps.policy.lists import Standing
from luwes.core.policy.facts import matches
from luwes.core.policy.rulebook import read_rulebook
from luwes.core.policy.stack import Layer, Recorded, Rules, Stack
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import ENACTOR, MARCH, MINUTE, NOW, OPEN, body, bring, official, propose
from tests.world import SETUP

WEEK = Period(date(2026, 3, 2), date(2026, 3, 9))
LATER = NOW + MINUTE
CITY = "area:palangka_raya"


def suspend(period: Period = WEEK, area: str = "", *, instrument: str = "edaran") -> str:
    with unit_of_work(ENACTOR, LATER):
        return suspending.suspend(instrument=instrument, period=period, area=area, reason="Kabut asap")


def opens_for(day: date, *tags: str, minutes: int = 9) -> bool:
    held = queries.rules(day, NOW + minutes * MINUTE).on(day).held
    return any(matches(one.clause.who, frozenset(tags), frozenset()) for one in held)


@pytest.mark.django_db
def test_a_suspension_holds_for_its_days_and_everybody() -> None:
    bring(body(OPEN))
    suspend()
    days = [date(2026, 3, 1), MARCH, date(2026, 3, 8), date(2026, 3, 9)]
    assert [opens_for(day) for day in days] == [True, False, False, True]
    assert [lists.versions(day, LATER)[0].standing for day in days] == [
        Standing.IN_FORCE, Standing.SUSPENDED, Standing.SUSPENDED, Standing.IN_FORCE,
    ]  # fmt: skip
    assert opens_for(MARCH, minutes=0)  # as it was known before
    (change,) = changes_after(0)[1:]
    assert (change.kind, change.scope, change.period) == ("suspension", "", WEEK)


@pytest.mark.django_db
def test_in_one_area_it_holds_for_the_others() -> None:
    bring(body(OPEN))
    suspend(area=CITY)
    suspend(Period(date(2026, 3, 4), date(2026, 3, 5)), "unit:rsud")
    assert not opens_for(MARCH, CITY)
    assert not opens_for(MARCH, "unit:rsud")
    assert not opens_for(MARCH, "unit:rsud", CITY)
    assert opens_for(MARCH)
    assert opens_for(date(2026, 3, 5), "unit:rsud")
    assert not opens_for(date(2026, 3, 5), CITY)
    assert opens_for(date(2026, 3, 9), CITY)
    (row,) = lists.versions(MARCH, LATER)
    assert (row.standing, row.partly) == (Standing.IN_FORCE, (CITY, "unit:rsud"))
    # A decision must not look the same with and without the suspension.
    digests = {queries.rules(MARCH, NOW + n * MINUTE).on(MARCH).digest for n in (0, 1)}
    assert len(digests) == 2
    assert {one.scope for one in changes_after(0)[1:]} == {CITY, "unit:rsud"}


@pytest.mark.django_db
def test_lifting_keeps_the_days_that_had_passed() -> None:
    bring(body(OPEN))
    made = suspend()
    with unit_of_work(ENACTOR, LATER + MINUTE):
        suspending.lift(suspension_id=made, on=date(2026, 3, 5), reason="Udara bersih")
    assert [opens_for(date(2026, 3, day)) for day in (3, 4, 5, 6)] == [False, False, True, True]
    assert not opens_for(date(2026, 3, 5), minutes=1)  # as it was known before it was lifted
    change = changes_after(0)[-1]
    assert change.period == Period(date(2026, 3, 5), date(2026, 3, 9))
    with unit_of_work(ENACTOR, LATER + MINUTE), pytest.raises(suspending.NoSuchSuspension):
        suspending.lift(suspension_id=made, on=date(2026, 3, 5), reason="lagi")


@pytest.mark.django_db
def test_what_is_withdrawn_ends_from_its_day_on_and_can_be_taken_up_again() -> None:
    bring(body(OPEN))
    with unit_of_work(ENACTOR, LATER):
        made = suspending.withdraw(instrument="edaran", on=MARCH, reason="Dicabut SE 4/2026")
    days = (date(2026, 3, 3), MARCH, date(2030, 1, 2))
    assert [opens_for(day) for day in days] == [True, False, False]
    assert lists.versions(MARCH, LATER)[0].standing is Standing.WITHDRAWN
    (row,) = lists.suspensions(MARCH, MARCH, LATER)
    assert (row.kind, row.first, row.last, row.reason) == ("withdrawn", MARCH, None, "Dicabut SE 4/2026")
    with unit_of_work(ENACTOR, LATER + MINUTE):
        suspending.lift(suspension_id=made, on=MARCH, reason="Salah cabut")
    assert all(opens_for(day) for day in days)


@pytest.mark.django_db
def test_refusals_change_nothing() -> None:
    propose(body(OPEN))
    for instrument in ("edaran", "tidak-ada"):
        with pytest.raises(suspending.NotInForce):
            suspend(instrument=instrument)
    bring(body(OPEN))
    made = suspend()
    with pytest.raises(NotATag):
        suspend(area="Palangka Raya")
    for actor, error in ((official("x", Role.HEAD), Forbidden), (SETUP, NotAPerson)):
        with unit_of_work(actor, LATER), pytest.raises(error):
            suspending.withdraw(instrument="edaran", on=MARCH, reason="x")
        with unit_of_work(actor, LATER), pytest.raises(error):
            suspending.lift(suspension_id=made, on=MARCH, reason="x")
    with unit_of_work(ENACTOR, LATER), pytest.raises(ReasonMissing):
        suspending.withdraw(instrument="edaran", on=MARCH, reason=" ")
    with unit_of_work(ENACTOR, LATER), pytest.raises(ReasonMissing):
        suspending.lift(suspension_id=made, on=MARCH, reason=" ")
    for known, on in (("tidak-ada", MARCH), (made, date(2026, 3, 9))):
        with unit_of_work(ENACTOR, LATER), pytest.raises(suspending.NoSuchSuspension):
            suspending.lift(suspension_id=known, on=on, reason="x")
    assert len(lists.suspensions(MARCH, MARCH, LATER)) == 1


AREAS = ("area:a", "area:b", "unit:c")
START = date(2026, 3, 1)
PERIODS = st.builds(
    lambda first, length: Period(
        START + timedelta(days=first), None if length is None else START + timedelta(days=first + length)
    ),
    st.integers(0, 20),
    st.none() | st.integers(1, 10),
)


@settings(max_examples=50, deadline=None)
@given(rests=st.lists(st.tuples(st.sampled_from(("", *AREAS)), PERIODS), max_size=5))
def test_on_each_day_it_holds_for_exactly_those_it_does_not_rest_for(rests: list[tuple[str, Period]]) -> None:
    book = read_rulebook(body(OPEN).decode())
    whole = Layer(book, Recorded(NOW), suspended=tuple(period for area, period in rests if not area))
    rules = Rules(Stack(layers.in_areas(whole, [one for one in rests if one[0]])), NOW)
    for day in (START + timedelta(days=n) for n in range(-1, 33)):
        held = rules.on(day).held
        rested = {area for area, period in rests if day in period}
        assert len(held) == (0 if "" in rested else 1)
        for area in AREAS:
            reaches = [one for one in held if matches(one.clause.who, frozenset({area}), frozenset())]
            assert bool(reaches) == (not rested & {"", area})
