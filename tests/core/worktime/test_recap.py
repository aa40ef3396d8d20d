"""A month paid on beside the month reckoned: what differs, and what may explain it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.worktime.day import Status
from luwes.core.worktime.recap import Difference, Paid, Reckoned, Why, code_key, differences, explain

BANDS = frozenset({"TL1", "TL2", "TL3", "PSW1", "PSW2", "PSW3", "PSW4"})


def reckoned(*days: tuple[Status, int], late: str = "", early: str = "", spared: bool = False) -> Reckoned:
    """The days given; bands and what an outage spared hold for the days of presence."""
    found = Reckoned()
    for status, number in days:
        came = status is Status.PRESENT
        found.add(
            status,
            days=number,
            elsewhere=False,
            late_band=late if came else "",
            early_band=early if came else "",
            spared=spared,
        )
    return found


def why(paid: Paid, here: Reckoned, *, rules: int = 1) -> tuple[Why, ...]:
    return explain(differences(paid, here), paid, here, bands=BANDS, rules=rules)


def test_the_same_on_both_sides_is_no_difference() -> None:
    paid = Paid(present=20, late={"TL1": 20}, absent={"Tanpa Keterangan": 1, "cuti": 1})
    here = reckoned((Status.PRESENT, 20), (Status.ABSENT, 1), (Status.LEAVE, 1), late="TL1")
    assert differences(paid, here) == ()
    assert why(paid, here) == ()


def test_what_the_recap_leaves_out_is_not_compared() -> None:
    here = reckoned((Status.PRESENT, 20), (Status.ABSENT, 2), late="TL1")
    assert differences(Paid(), here) == ()
    assert differences(Paid(present=19), here) == (Difference("present", 19, 20),)


@pytest.mark.parametrize("code", ["Tanpa Keterangan", "tanpa-keterangan", "TANPA_KETERANGAN", "TK", "Alpa"])
def test_the_ways_files_say_unexcused_are_one(code: str) -> None:
    assert Paid(absent={code: 2}).unexcused == 2
    assert Paid(absent={code: 2}).granted == 0


def test_duty_elsewhere_is_no_leave() -> None:
    paid = Paid(absent={"Dinas Luar": 2, "sakit": 1, "alasan teknis": 3})
    assert (paid.ordered, paid.granted, paid.unexcused, paid.technical) == (2, 1, 0, 3)
    assert code_key("  Tugas   Kedinasan ") == "tugas_kedinasan"


def test_an_outage_the_recap_did_not_know_explains_the_late() -> None:
    paid = Paid(present=20, late={"TL2": 3})
    here = reckoned((Status.PRESENT, 20), spared=True)
    assert differences(paid, here) == (Difference("TL2", 3, 0),)
    assert why(paid, here) == (Why.OUTAGE,)


@pytest.mark.parametrize("present", [18, 20])
def test_a_technical_reason_counts_as_present_or_beside_it(present: int) -> None:
    paid = Paid(present=present, absent={"alasan_teknis": 2})
    assert differences(paid, reckoned((Status.PRESENT, 20))) == ()
    assert [one.what for one in differences(paid, reckoned((Status.PRESENT, 23)))] == ["present"]


def test_a_technical_reason_nothing_here_knows_of_explains_the_absence() -> None:
    paid = Paid(present=20, absent={"alasan_teknis": 2})
    here = reckoned((Status.PRESENT, 18), (Status.ABSENT, 2))
    assert [one.what for one in differences(paid, here)] == ["present", "unexcused"]
    assert why(paid, here) == (Why.TECHNICAL,)


def test_leave_that_is_not_in_the_recap_explains_the_absence() -> None:
    paid = Paid(present=18, absent={"tk": 4})
    here = reckoned((Status.PRESENT, 18), (Status.LEAVE, 4))
    assert [one.what for one in differences(paid, here)] == ["unexcused", "granted"]
    assert why(paid, here) == (Why.LEAVE,)


def test_the_same_number_in_other_bands() -> None:
    paid = Paid(late={"TL1": 2})
    assert why(paid, reckoned((Status.PRESENT, 2), late="TL2")) == (Why.BAND,)
    assert why(Paid(early={"PSW1": 2}), reckoned((Status.PRESENT, 2), early="PSW2")) == (Why.BAND,)


def test_a_band_the_schedule_does_not_know_or_two_schedules_point_to_the_rule() -> None:
    assert why(Paid(late={"TL4": 1}), reckoned((Status.PRESENT, 2))) == (Why.RULE,)
    assert why(Paid(late={"TL1": 1}), reckoned((Status.PRESENT, 2)), rules=2) == (Why.RULE,)
    assert why(Paid(present=1), reckoned((Status.PRESENT, 2)), rules=2) == (Why.UNKNOWN,)


def test_days_with_one_punch_and_days_without_a_file() -> None:
    missing = reckoned((Status.PRESENT, 10), (Status.MISSING_OUT, 2))
    assert why(Paid(present=10), missing) == (Why.MISSING,)
    assert why(Paid(present=12, flexible=1), missing) == (Why.UNKNOWN,)
    assert why(Paid(present=12), reckoned((Status.PRESENT, 10), (Status.NO_DATA, 2))) == (Why.NO_DATA,)
    assert why(Paid(present=8), reckoned((Status.PRESENT, 10), (Status.NO_DATA, 2))) == (Why.UNKNOWN,)


def test_where_somebody_worked_is_compared_too() -> None:
    here = Reckoned()
    here.add(Status.PRESENT, days=3, elsewhere=True, late_band="", early_band="", spared=False)
    here.add(Status.TRIP, days=1, elsewhere=False, late_band="", early_band="", spared=False)
    assert (here.elsewhere, here.ordered) == (3, 1)
    assert differences(Paid(flexible=4), here) == (Difference("flexible", 4, 3),)


DAYS = st.tuples(st.sampled_from(list(Status)), st.integers(1, 9), st.sampled_from(["", "TL1", "TL2"]))


@given(st.lists(DAYS))
def test_the_order_of_the_days_never_matters(days: list[tuple[Status, int, str]]) -> None:
    def total(rows: list[tuple[Status, int, str]]) -> Reckoned:
        found = Reckoned()
        for status, number, band in rows:
            found.add(status, days=number, elsewhere=False, late_band=band, early_band="", spared=False)
        return found

    other = sorted(days, key=str)
    assert total(days) == total(other)


@given(st.integers(0, 22), st.integers(0, 22), st.dictionaries(st.sampled_from(["TL1", "TL4"]), st.integers(1, 5)))
def test_every_difference_gets_at_least_one_word(present: int, here: int, late: dict[str, int]) -> None:
    paid, found = Paid(present=present, late=late), reckoned((Status.PRESENT, here))
    differing = differences(paid, found)
    assert bool(differing) == bool(why(paid, found))
