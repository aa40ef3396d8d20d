"""A person's day: one state per half, claims that meet, halves side by side."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.exposure.states import ABSENT, FLEXIBLE, PRECEDENCE, Claim, Half, Resolved, State, Yielded, resolve

PLANS = [State.HOME, State.OTHER_PLACE, State.OTHER_OFFICE, State.OFFICE]
CLAIMS = st.lists(
    st.tuples(st.sampled_from(Half), st.sampled_from(State)).map(lambda pair: (pair[0], pair[1])), max_size=6
).map(lambda pairs: [Claim(ref, half, state) for ref, (half, state) in enumerate(pairs)])


def test_without_a_claim_the_day_is_spent_in_the_office() -> None:
    assert resolve([]) == Resolved((State.OFFICE, State.OFFICE))


def test_two_halves_stand_side_by_side() -> None:
    day = resolve([Claim(1, Half.AM, State.HOME), Claim(2, Half.PM, State.LEAVE)])
    assert (day.states, day.kept, day.yielded) == ((State.HOME, State.LEAVE), {1, 2}, ())


def test_taking_one_half_back_leaves_the_other() -> None:
    assert resolve([Claim(1, Half.AM, State.HOME)]).states == (State.HOME, State.OFFICE)


def test_a_switch_in_the_middle_of_the_day() -> None:
    day = resolve([Claim(1, Half.AM, State.OTHER_OFFICE), Claim(2, Half.PM, State.HOME)])
    assert day.states == (State.OTHER_OFFICE, State.HOME)


@pytest.mark.parametrize("first", [Half.FULL, Half.AM])
def test_a_half_is_never_booked_on_top_of_what_holds(first: Half) -> None:
    day = resolve([Claim(1, first, State.HOME), Claim(2, Half.AM, State.OTHER_PLACE)])
    assert day.states[0] is State.HOME
    assert day.yielded == (Yielded(2, 0, State.HOME, "plan_made_first"),)


@pytest.mark.parametrize(
    ("winner", "loser", "reason"),
    [
        (State.OFF, State.LEAVE, "no_work_owed"),
        (State.LEAVE, State.TRIP, "leave_is_granted"),
        (State.TRIP, State.TRAINING, "trip_is_ordered"),
        *((State.LEAVE, plan, "leave_is_granted") for plan in PLANS),
        *((State.TRAINING, plan, "training_is_ordered") for plan in PLANS),
    ],
)
def test_the_stronger_claim_holds_whichever_came_first(winner: State, loser: State, reason: str) -> None:
    for one, two in ((1, 2), (2, 1)):
        day = resolve([Claim(one, Half.FULL, winner), Claim(two, Half.FULL, loser)])
        assert day.states == (winner, winner)
        assert [(y.ref, y.part, y.reason) for y in day.yielded] == [(two, 0, reason), (two, 1, reason)]


def test_leave_in_the_morning_leaves_the_afternoon_of_a_flexible_day() -> None:
    day = resolve([Claim(1, Half.FULL, State.HOME), Claim(2, Half.AM, State.LEAVE)])
    assert (day.states, day.kept) == ((State.LEAVE, State.HOME), {1, 2})


def test_a_duty_trip_is_not_a_day_at_home() -> None:
    assert set() == FLEXIBLE & ABSENT
    assert set(State) - FLEXIBLE - ABSENT == {State.OFFICE}
    assert set(PRECEDENCE) == set(State)


@given(CLAIMS)
def test_every_half_of_a_claim_holds_or_yields_exactly_once(claims: list[Claim]) -> None:
    day = resolve(claims)
    halves = [(claim.ref, part) for claim in claims for part in claim.half.parts]
    lost = [(one.ref, one.part) for one in day.yielded]
    assert len(lost) == len(set(lost))
    held = set(halves) - set(lost)
    assert len(held) == len({part for _, part in halves})
    assert {ref for ref, _ in held} == day.kept
    states = {claim.ref: claim.state for claim in claims}
    assert all(day.states[part] is states[ref] for ref, part in held)


@given(CLAIMS)
def test_the_order_in_which_claims_are_given_does_not_matter(claims: list[Claim]) -> None:
    assert all(
        resolve(order).states == resolve(claims).states
        for order in itertools.islice(itertools.permutations(claims), 12)
    )
