from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.realised import Chosen, Realised, RealisedError, Source, choose


def day(source: Source, on_duty: int, flexible: int, unknown: int = 0, planned: int = 0) -> Realised:
    return Realised(frozenset({source}), on_duty, flexible, unknown, planned, max(planned, 20))


@st.composite
def days(draw: st.DrawFn) -> Realised:
    flexible, unknown, rest, planned, more = (draw(st.integers(0, 20)) for _ in range(5))
    source = draw(st.sampled_from(Source))
    return Realised(frozenset({source}), flexible + unknown + rest, flexible, unknown, planned, planned + more)


def test_realised_stands_beside_planned() -> None:
    one = day(Source.PUNCHES, on_duty=20, flexible=6, unknown=4, planned=10)
    assert one.share == Fraction(6, 16)
    assert (one.at_least, one.at_most) == (Fraction(6, 20), Fraction(10, 20))
    assert one.planned_share == Fraction(1, 2)
    assert one.difference == Fraction(-1, 8)


def test_what_is_not_known_is_not_said() -> None:
    unknown = day(Source.RECAP, on_duty=5, flexible=0, unknown=5)
    assert (unknown.share, unknown.difference) == (None, None)
    assert (unknown.at_least, unknown.at_most) == (0, 1)
    unplanned = Realised(frozenset(), 5, 1, 0, 0, 0)
    assert (unplanned.planned_share, unplanned.difference) == (None, None)
    assert Realised(frozenset(), 0, 0, 0, 0, 0).at_least is None


def test_the_best_source_is_taken_alone_and_contradictions_are_named() -> None:
    punches = day(Source.PUNCHES, on_duty=20, flexible=6, unknown=4)
    recap = day(Source.RECAP, on_duty=20, flexible=9)
    head = day(Source.HEAD, on_duty=20, flexible=15)
    assert choose([(Source.HEAD, head), (Source.RECAP, recap), (Source.PUNCHES, punches)]) == Chosen(
        punches, (Source.HEAD,)
    )
    assert choose([(Source.HEAD, head), (Source.RECAP, recap)]) == Chosen(recap, (Source.HEAD,))


def test_a_source_that_knows_nothing_gives_way() -> None:
    silent = day(Source.PUNCHES, on_duty=20, flexible=0, unknown=20)
    head = day(Source.HEAD, on_duty=20, flexible=15)
    assert choose([(Source.PUNCHES, silent), (Source.HEAD, head)]) == Chosen(head, ())
    assert choose([(Source.PUNCHES, silent)]) is None
    assert choose([]) is None


@pytest.mark.parametrize(
    "counts", [(5, 3, 3, 0, 0), (5, -1, 0, 0, 0), (5, 0, -1, 0, 0), (5, 0, 0, 2, 1), (5, 0, 0, -1, 1)]
)
def test_impossible_counts_are_refused(counts: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(RealisedError) as refusal:
        Realised(frozenset(), *counts)
    assert refusal.value.code == "counts_disagree"


@settings(max_examples=120, deadline=None)
@given(days(), days(), days())
def test_units_and_days_add_up_in_any_order(a: Realised, b: Realised, c: Realised) -> None:
    total = a + b + c
    assert total == c + (b + a)
    assert total.sources == a.sources | b.sources | c.sources
    if total.share is not None and total.at_least is not None and total.at_most is not None:
        assert total.at_least <= total.share <= total.at_most
