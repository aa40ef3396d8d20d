from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.energy import (
    Claim,
    Consumption,
    EnergyError,
    Saving,
    against_others,
    change,
    change_per_open_day,
    check_claim,
    part_in,
    plausible_ceiling,
)
from luwes.core.indicators.sums import rounded
from luwes.core.workdays.periods import Period

NONE = Fraction(0)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def pct(share: Fraction | None) -> Decimal:
    assert share is not None
    return rounded(100 * share, 1)


@pytest.mark.parametrize(
    ("closed", "base", "ceiling"),
    [(1, 0, 20), (1, 30, 14), (2, 0, 40), (2, 30, 28), (0, 0, 0), (5, 0, 100), (5, 100, 0)],
)
def test_closing_days_can_save_so_much_and_no_more(closed: int, base: int, ceiling: int) -> None:
    assert plausible_ceiling(closed, 5, Fraction(base, 100)) == Fraction(ceiling, 100)


@pytest.mark.parametrize(
    ("closed", "opened", "base", "code"),
    [(6, 5, 0, "days_invalid"), (-1, 5, 0, "days_invalid"), (0, 0, 0, "days_invalid"), (1, 5, 2, "base_invalid")],
)
def test_impossible_weeks_are_refused(closed: int, opened: int, base: int, code: str) -> None:
    with pytest.raises(EnergyError) as refusal:
        plausible_ceiling(closed, opened, Fraction(base))
    assert refusal.value.code == code
    assert code in str(refusal.value)


@pytest.mark.parametrize(
    ("fall", "closed", "claim"),
    [
        (-5, 1, Claim.NO_FALL),
        (0, 1, Claim.NO_FALL),
        (14, 1, Claim.POSSIBLE),
        (15, 1, Claim.ABOVE_CEILING_WITH_BASE),
        (20, 1, Claim.ABOVE_CEILING_WITH_BASE),
        (21, 1, Claim.ABOVE_CEILING),
        # The target a province announced for one day a week.
        (75, 1, Claim.ABOVE_CEILING),
        (28, 2, Claim.POSSIBLE),
    ],
)
def test_claims_are_held_against_the_ceiling(fall: int, closed: int, claim: Claim) -> None:
    assert check_claim(Fraction(fall, 100), closed, 5) is claim


def test_purwakarta_the_office_that_did_not_adopt_fell_more() -> None:
    # Electricity in million rupiah, one month against the month before, as the press published it in 2026.
    setda, disdukcapil = change(Fraction(190), Fraction(160)), change(Fraction(10), Fraction(8))
    assert (pct(setda), pct(disdukcapil)) == (Decimal("-15.8"), Decimal("-20.0"))
    found = against_others(setda, disdukcapil)
    assert found.verdict is Saving.NO_SAVING_CAN_BE_CREDITED
    assert pct(found.difference) == Decimal("4.2")
    others = {"dinkes": (23, 18), "dputr": (26, 18), "bapenda": (18, 15)}
    falls = {name: change(Fraction(a), Fraction(b)) for name, (a, b) in others.items()}
    assert [pct(fall) for fall in falls.values()] == [Decimal("-21.7"), Decimal("-30.8"), Decimal("-16.7")]
    # One day of five: these falls have another cause than closed rooms.
    assert check_claim(-(falls["dputr"] or NONE), 1, 5) is Claim.ABOVE_CEILING


@pytest.mark.parametrize(
    ("adopters", "others", "verdict"),
    [
        (-20, -20, Saving.NO_SAVING_CAN_BE_CREDITED),
        (5, 10, Saving.NO_SAVING_CAN_BE_CREDITED),
        (0, 10, Saving.NO_SAVING_CAN_BE_CREDITED),
        (-20, -5, Saving.NOT_YET_CONCLUDED),
        (-20, None, Saving.NO_COMPARISON),
        (None, -5, Saving.NO_COMPARISON),
    ],
)
def test_no_comparison_proves_a_saving(adopters: int | None, others: int | None, verdict: Saving) -> None:
    shares = [None if each is None else Fraction(each, 100) for each in (adopters, others)]
    assert against_others(*shares).verdict is verdict


def test_a_month_is_compared_per_open_day_with_the_same_month_last_year() -> None:
    # The same 4,200 kWh, but two open days less (Ramadan leave): more per day, not the same.
    last_year, now = Consumption(Fraction(4_200_000), 21), Consumption(Fraction(4_200_000), 19)
    assert last_year.per_open_day == 200
    assert change_per_open_day(last_year, now) == Fraction(2, 19)
    assert change_per_open_day(Consumption(), now) is None
    assert change_per_open_day(last_year, Consumption(Fraction(9), 0)) is None
    assert change(NONE, Fraction(5)) is None


@pytest.mark.parametrize(("quantity", "days", "code"), [(-1, 1, "quantity_negative"), (1, -1, "days_negative")])
def test_impossible_consumption_is_refused(quantity: int, days: int, code: str) -> None:
    with pytest.raises(EnergyError, match=code):
        Consumption(Fraction(quantity), days)


def test_a_bill_is_parted_by_calendar_days() -> None:
    bill = Period(date(2026, 9, 21), date(2026, 10, 21))
    assert part_in(bill, 300_000, OCTOBER) == 200_000
    assert part_in(Period(date(2026, 11, 1), date(2026, 12, 1)), 300_000, OCTOBER) == 0
    for open_ended in (Period(date(2026, 9, 21)), OCTOBER):
        with pytest.raises(EnergyError, match="period_open"):
            part_in(open_ended, 1, Period(date(2026, 10, 1)))


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(1, 90), st.integers(0, 10**9))
def test_the_parts_of_a_bill_are_the_bill(start: date, length: int, quantity: int) -> None:
    bill = Period(start, start + timedelta(days=length))
    firsts = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    months = [Period(a, b) for a, b in pairwise(firsts)]
    assert sum(part_in(bill, quantity, month) for month in months) == quantity


@settings(max_examples=60, deadline=None)
@given(*[st.builds(Consumption, st.integers(0, 10**9).map(Fraction), st.integers(0, 31))] * 3)
def test_bills_add_up_in_any_order(a: Consumption, b: Consumption, c: Consumption) -> None:
    assert a + b + c == c + (b + a)
    assert (a + b).quantity_milli == a.quantity_milli + b.quantity_milli
