from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.complaints import ComplaintSums
from luwes.core.indicators.sums import merged, ratio, rounded, sum_by

parts = st.lists(st.tuples(st.sampled_from(["flexible", "other"]), st.integers(0, 9)), max_size=12)


def test_a_ratio_needs_a_whole() -> None:
    assert ratio(1, 3) == Fraction(1, 3)
    assert ratio(Fraction(1, 2), Fraction(1, 4)) == 2
    assert ratio(0, 5) == 0
    assert ratio(5, 0) is None


def test_rounding_is_half_up_on_both_sides_of_zero() -> None:
    assert rounded(Fraction("88.305"), 2) == Decimal("88.31")
    assert rounded(Fraction("-0.125"), 2) == Decimal("-0.13")
    assert rounded(Fraction("-0.124"), 2) == Decimal("-0.12")
    assert str(rounded(Fraction(100), 2)) == "100.00"
    assert str(rounded(Fraction(5, 2), 0)) == "3"


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_agrees_with_decimals(thousandths: int, places: int) -> None:
    exact = Decimal(thousandths) / 1000
    assert rounded(Fraction(thousandths, 1000), places) == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@settings(max_examples=100, deadline=None)
@given(parts, st.randoms(use_true_random=False))
def test_sums_by_key_keep_every_part_in_any_order(found: list[tuple[str, int]], order) -> None:  # type: ignore[no-untyped-def]
    as_sums = [(key, ComplaintSums(done=n)) for key, n in found]
    shuffled = as_sums[:]
    order.shuffle(shuffled)
    assert sum_by(as_sums) == sum_by(shuffled)
    assert sum(each.done for each in sum_by(as_sums).values()) == sum(n for _, n in found)


def test_tables_of_counts_add() -> None:
    assert merged({"TL1": 1, "TL2": 2}, {"TL2": 3, "TL4": 1}) == {"TL1": 1, "TL2": 5, "TL4": 1}
    assert merged({}, {}) == {}
