from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.complaints import ComplaintError, ComplaintSums, added_channels
from luwes.core.indicators.sums import rounded

n = st.integers(0, 100)
sums = st.builds(ComplaintSums, n, n, n, n, st.frozensets(st.sampled_from(["web", "sms", "loket"])))


def test_a_city_as_published() -> None:
    # Kota Palangka Raya 2025: 1,978 reports, 1,867 followed up.
    city = ComplaintSums(not_disposed=41, not_followed_up=70, in_process=67, done=1_800)
    assert (city.total, city.followed_up) == (1_978, 1_867)
    assert city.followed_up_share is not None
    assert rounded(100 * city.followed_up_share, 1) == Decimal("94.4")
    assert city.done_share == Fraction(1_800, 1_978)


def test_without_complaints_or_services_there_is_no_share() -> None:
    none = ComplaintSums()
    assert (none.followed_up_share, none.done_share, none.per_thousand(0)) == (None, None, None)
    assert none.per_thousand(800) == 0


def test_complaints_per_thousand_services() -> None:
    assert ComplaintSums(done=3, not_disposed=1).per_thousand(800) == 5


def test_a_new_channel_is_named() -> None:
    before, now = ComplaintSums(channels=frozenset({"web"})), ComplaintSums(channels=frozenset({"wa", "sms", "web"}))
    assert added_channels(before, now) == ("sms", "wa")
    assert added_channels(now, before) == ()


@pytest.mark.parametrize("state", ["not_disposed", "not_followed_up", "in_process", "done"])
def test_negative_counts_are_refused(state: str) -> None:
    with pytest.raises(ComplaintError) as refusal:
        ComplaintSums(**{state: -1})
    assert refusal.value.code == "count_negative"


@settings(max_examples=80, deadline=None)
@given(sums, sums, sums)
def test_units_and_months_add_up_in_any_order(a: ComplaintSums, b: ComplaintSums, c: ComplaintSums) -> None:
    assert a + b + c == c + (b + a)
    assert (a + b).total == a.total + b.total
    assert a + ComplaintSums() == a
