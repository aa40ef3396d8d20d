"""Which reason is told first, and what all reasons say together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.policy.decision import ORDER, Reason, headline, verdict
from luwes.core.policy.judge import JUDGES
from luwes.core.policy.terms import Level, Outcome, Verdict

OPENED = Reason("z/hari", "days", Outcome.PASS, True, "opened", "b", Level.LOCAL_CIRCULAR)


def said(kind: str, outcome: Outcome, *, enforced: bool = True, level: Level = Level.LOCAL_CIRCULAR) -> Reason:
    return Reason(f"b/{kind}", kind, outcome, enforced, "code", "b", level)


# What no other day would change before what another day would, and what the person can mend last.
PAIRS = (
    ("workday", "away"), ("away", "forbid"), ("instrument", "exclude"), ("forbid", "exclude"), ("exclude", "days"),
    ("exclude", "quota"), ("tenure", "days"), ("require", "days"), ("need", "days"), ("data", "days"),
    ("guard", "quota"), ("days", "weekly"), ("days", "quota"), ("weekly", "quota"), ("quota", "roster"),
    ("roster", "location"), ("quota", "location"), ("location", "deadline"), ("delegate", "days"),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_what_is_harder_to_change_is_told_first(first: str, second: str) -> None:
    one, two = said(first, Outcome.FAIL), said(second, Outcome.FAIL)
    assert headline((two, one)) is one


def test_refusals_come_before_open_questions_and_those_before_warnings() -> None:
    refused, unknown = said("deadline", Outcome.FAIL), said("workday", Outcome.UNKNOWN)
    warned = said("away", Outcome.FAIL, enforced=False)
    assert headline((warned, unknown, refused, OPENED)) is refused
    assert headline((warned, unknown, OPENED)) is unknown
    assert headline((warned, OPENED)) is warned
    assert headline((said("workday", Outcome.PASS), OPENED)) is OPENED


def test_of_two_alike_the_higher_instrument_is_told() -> None:
    low, high = said("exclude", Outcome.FAIL), said("exclude", Outcome.FAIL, level=Level.MINISTERIAL_REGULATION)
    assert headline((low, high)) is high


def test_every_kind_that_decides_has_its_place() -> None:
    kinds = {kind.__name__.lower() for kind in JUDGES} | {"workday", "away", "instrument", "days"}
    assert set(ORDER) == kinds


REASONS = st.builds(
    lambda kind, outcome, enforced: said(kind, outcome, enforced=enforced),
    st.sampled_from(ORDER), st.sampled_from(list(Outcome)), st.booleans(),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(REASONS, max_size=6))
def test_nothing_unknown_and_no_warning_ever_passes(reasons: list[Reason]) -> None:
    answer = verdict([*reasons, OPENED])
    fails = [one for one in reasons if one.outcome is Outcome.FAIL]
    if any(one.enforced for one in fails):
        assert answer is Verdict.REFUSED
    elif fails or any(one.outcome is Outcome.UNKNOWN for one in reasons):
        assert answer is Verdict.NEEDS_JUDGEMENT
    else:
        assert answer is Verdict.ALLOWED
