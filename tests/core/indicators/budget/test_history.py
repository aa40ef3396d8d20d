from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.budget import BudgetDataError, BudgetFigure, CeilingChange, rebased
from tests.core.indicators.budget.figures import JUNE, OCTOBER, figure

MARCH = date(2025, 3, 31)


def test_each_date_keeps_its_denominator_and_gets_the_latest() -> None:
    history = rebased(
        [
            figure(as_of=OCTOBER, ceiling=835, realised=510),
            figure(as_of=MARCH, ceiling=1_022, realised=80),
            figure(as_of=JUNE, ceiling=1_022, realised=223),
        ]
    )
    assert [point.as_of for point in history.points] == [MARCH, JUNE, OCTOBER]
    assert [point.pct for point in history.points] == [Decimal("7.83"), Decimal("21.82"), Decimal("61.08")]
    assert [p.pct_of_latest for p in history.points] == [Decimal("9.58"), Decimal("26.71"), Decimal("61.08")]
    assert history.changes == (CeilingChange(JUNE, OCTOBER, 1_022, 835, Decimal("-18.30")),)
    assert (history.unit, history.year, history.latest_ceiling) == ("PC-01", 2025, 835)
    assert history.ceiling_changed


def test_a_reported_percentage_stays_with_its_own_ceiling() -> None:
    history = rebased(
        [
            figure(as_of=JUNE, ceiling=1_000, realised=218, reported="21.88"),
            figure(as_of=OCTOBER, ceiling=800, realised=489, reported="61.28"),
        ]
    )
    assert [point.pct for point in history.points] == [Decimal("21.88"), Decimal("61.28")]
    assert [point.pct_of_latest for point in history.points] == [Decimal("27.25"), Decimal("61.28")]


def test_an_unchanged_ceiling_makes_no_event() -> None:
    history = rebased([figure(as_of=JUNE), figure(as_of=OCTOBER, realised=900_000)])
    assert (history.changes, history.ceiling_changed) == ((), False)
    assert all(point.pct == point.pct_of_latest for point in history.points)


def test_a_fall_of_realised_money_is_marked_on_the_later_date() -> None:
    history = rebased([figure(as_of=JUNE, realised=500), figure(as_of=OCTOBER, realised=499)])
    assert [point.realised_fell for point in history.points] == [False, True]
    idle = rebased([figure(as_of=JUNE, realised=500), figure(as_of=OCTOBER, realised=500)])
    assert [point.realised_fell for point in idle.points] == [False, False]


def test_ceilings_from_and_to_nothing() -> None:
    granted = rebased([figure(as_of=JUNE, ceiling=0, realised=0), figure(as_of=OCTOBER, ceiling=100, realised=50)])
    assert granted.changes[0].change_pct is None
    assert [point.pct for point in granted.points] == [None, Decimal(50)]
    assert granted.points[0].pct_of_latest == 0
    withdrawn = rebased([figure(as_of=JUNE, ceiling=100, realised=5), figure(as_of=OCTOBER, ceiling=0, realised=5)])
    assert withdrawn.changes[0].change_pct == -100
    assert [point.pct_of_latest for point in withdrawn.points] == [None, None]


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ([], "nothing_to_compare"),
        ([figure("a"), figure("b", as_of=OCTOBER)], "units_mixed"),
        ([figure(year=2024, as_of=date(2025, 1, 5)), figure(as_of=JUNE)], "years_mixed"),
        ([figure(), figure(realised=1)], "date_twice"),
    ],
)
def test_what_is_no_history_is_refused(figures: list[BudgetFigure], code: str) -> None:
    with pytest.raises(BudgetDataError) as refusal:
        rebased(figures)
    assert refusal.value.code == code


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)),
        min_size=1,
        max_size=8,
    )
)
def test_history_keeps_order_and_never_mixes_denominators(rows: dict[date, tuple[int, int]]) -> None:
    history = rebased(figure(as_of=day, ceiling=c, realised=r) for day, (c, r) in rows.items())
    assert [point.as_of for point in history.points] == sorted(rows)
    assert [(p.ceiling, p.realised) for p in history.points] == [rows[day] for day in sorted(rows)]
    # Comparing on one denominator, the order of percentages is the order of rupiah.
    comparable = [(p.realised, p.pct_of_latest) for p in history.points if p.pct_of_latest is not None]
    ordered = [pct for _, pct in sorted(comparable)]
    assert ordered == sorted(ordered)
    for change in history.changes:
        assert change.before == rows[change.previous_as_of][0] != rows[change.as_of][0] == change.after
