"""Who decides about opening hours: no own record outvotes somebody who stood before the door."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.standard import Kept, Promise, Reason, StandardAnswer, Verdict, judge_standard
from luwes.core.indicators.witnesses import DISPUTES, Doubt, Instrument, Witnesses, bounds, doubts, weigh
from luwes.core.sampling.estimate import Checked, Estimate, estimate

REQUIRED = Fraction(9, 10)


def own(kept: int, of: int = 1000, unrecorded: int = 0) -> StandardAnswer:
    return judge_standard([Kept(Promise.HOURS_KEPT, kept, of, unrecorded, REQUIRED)])


def checks(served: int, refused: int = 0, missing: int = 0) -> Estimate | None:
    values = [True] * served + [False] * refused + [None] * missing
    return estimate([Checked(date(2026, 10, n % 28 + 1), "", Fraction(1, 40), value) for n, value in enumerate(values)])


@pytest.mark.parametrize(
    ("record", "seen", "verdict", "who", "reason"),
    [
        (own(990), Witnesses(), Verdict.MEETS, Instrument.OFFICER, None),
        (own(500), Witnesses(checks=checks(200)), Verdict.FAILS, Instrument.OFFICER, None),
        (own(1000), Witnesses(checks=checks(3, 37), against=37), Verdict.FAILS, Instrument.CHECKS, Reason.CHECKED),
        (own(0, 0, 900), Witnesses(checks=checks(120)), Verdict.MEETS, Instrument.CHECKS, Reason.CHECKED),
        (own(0, 0, 900), Witnesses(checks=checks(3)), Verdict.NOT_ENOUGH_DATA, Instrument.OFFICER, Reason.NO_DATA),
        (own(1000), Witnesses(checks=checks(300, 2), against=2), Verdict.MEETS, Instrument.CHECKS, Reason.CHECKED),
        (
            own(1000),
            Witnesses(checks=checks(11, 1), against=1),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (own(1000), Witnesses(checks=checks(2)), Verdict.MEETS, Instrument.OFFICER, None),
        (
            own(1000),
            Witnesses(checks=checks(1, 1)),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (own(1000), Witnesses(reports=40, disputed=DISPUTES - 1), Verdict.MEETS, Instrument.OFFICER, None),
        (
            own(1000),
            Witnesses(reports=3, disputed=DISPUTES),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (
            own(1000),
            Witnesses(served=(10, 40)),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (
            own(1000),
            Witnesses(served=(210, 250), unflagged=(10, 50)),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (own(1000), Witnesses(served=(240, 250), unflagged=(0, 4)), Verdict.MEETS, Instrument.OFFICER, None),
        # Checks that find everybody served lift nothing the survey denies, with an own record or without.
        (
            own(1000),
            Witnesses(checks=checks(200), served=(10, 40)),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (
            own(0, 0, 900),
            Witnesses(checks=checks(200), served=(240, 250), unflagged=(10, 20)),
            Verdict.NOT_ENOUGH_DATA,
            Instrument.OFFICER,
            Reason.CONTRADICTED,
        ),
        (own(1000), Witnesses(checks=checks(200), served=(0, 4)), Verdict.MEETS, Instrument.CHECKS, Reason.CHECKED),
        (own(1000), Witnesses(served=(0, 4)), Verdict.MEETS, Instrument.OFFICER, None),
        (own(1000), Witnesses(served=(39, 40)), Verdict.MEETS, Instrument.OFFICER, None),
    ],
)
def test_who_decides(
    record: StandardAnswer, seen: Witnesses, verdict: Verdict, who: Instrument, reason: Reason | None
) -> None:
    found = weigh(record, seen, REQUIRED)
    assert (found.answer.verdict, found.decided_by, found.answer.promises[0].reason) == (verdict, who, reason)


def test_each_doubt_is_named() -> None:
    seen = Witnesses(checks=checks(1, 5), against=1, reports=9, disputed=4, served=(2, 30))
    assert doubts(seen, REQUIRED) == tuple(Doubt)
    assert doubts(Witnesses(checks=checks(9, 1)), REQUIRED) == ()


def test_unfiled_checks_are_once_all_bad_and_once_all_good() -> None:
    whole, half = checks(60), checks(60, missing=60)
    assert whole is not None
    assert half is not None
    assert bounds(half).low < Fraction(55, 100) < bounds(whole).low
    assert bounds(half).high == 1
    # Sixty refused of sixty filed prove a failure; with hundreds that nobody filed they prove nothing.
    refused = checks(0, 60, missing=900)
    assert weigh(own(1000), Witnesses(checks=refused), REQUIRED).answer.verdict is Verdict.NOT_ENOUGH_DATA


def test_a_service_without_promised_hours_is_kept_from_meeting_but_never_lifted() -> None:
    cases = judge_standard([Kept(Promise.WITHIN_TIME, 400, 400, 0, REQUIRED)])
    assert weigh(cases, Witnesses(checks=checks(1, 30)), REQUIRED).answer.verdict is Verdict.NOT_ENOUGH_DATA
    assert weigh(cases, Witnesses(checks=checks(30)), REQUIRED).answer is cases
    nothing = judge_standard([])
    assert weigh(nothing, Witnesses(checks=checks(300)), REQUIRED).answer.verdict is Verdict.NO_STANDARD


def test_other_promises_keep_their_verdict() -> None:
    both = judge_standard(
        [Kept(Promise.WITHIN_TIME, 0, 400, 0, REQUIRED), Kept(Promise.HOURS_KEPT, 1000, 1000, 0, REQUIRED)]
    )
    found = weigh(both, Witnesses(checks=checks(300)), REQUIRED).answer
    assert [one.verdict for one in found.promises] == [Verdict.FAILS, Verdict.MEETS]
    assert found.verdict is Verdict.FAILS


witnesses = st.builds(
    Witnesses,
    checks=st.builds(checks, *(st.integers(0, 40) for _ in range(3))),
    against=st.integers(0, 3),
    reports=st.integers(0, 9),
    disputed=st.integers(0, 5),
    served=st.integers(0, 30).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
)


@settings(max_examples=50)
@given(seen=witnesses, kept=st.integers(0, 1000), unrecorded=st.integers(0, 400))
def test_no_own_record_meets_against_a_witness(seen: Witnesses, kept: int, unrecorded: int) -> None:
    """Met by the record alone, nothing speaks against it; and more bad news never make the answer better."""
    found = weigh(own(kept, 1000, unrecorded), seen, REQUIRED)
    if found.answer.verdict is Verdict.MEETS:
        assert not found.doubts or found.decided_by is Instrument.CHECKS
        assert Doubt.ANSWERS not in found.doubts
    order = [Verdict.FAILS, Verdict.NOT_ENOUGH_DATA, Verdict.MEETS]
    for worse in (replace(seen, against=seen.against + 1), replace(seen, disputed=seen.disputed + 5)):
        again = weigh(own(kept, 1000, unrecorded), worse, REQUIRED)
        assert order.index(again.answer.verdict) <= order.index(found.answer.verdict)
