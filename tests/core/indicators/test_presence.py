from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.indicators.presence import (
    PersonDay,
    PresenceError,
    PresenceSums,
    Shown,
    compare,
    sum_presence,
    without_rows,
)

MONDAY = date(2026, 11, 2)


def person_day(person: str = "p1", rule: str = "gate", shown: Shown = Shown.PRESENT, **more: object) -> PersonDay:
    return PersonDay(person, MONDAY, rule, shown, **more)  # type: ignore[arg-type]


def test_rates_are_per_required_day_with_what_is_unknown_in_the_denominator() -> None:
    gate = sum_presence(
        [
            person_day("a"),
            person_day("b", late_minutes=12, late_band="TL1"),
            person_day("c", early_minutes=40, early_band="PSW2", late_minutes=95, late_band="TL4"),
            person_day("d", shown=Shown.ABSENT),
            person_day("e", shown=Shown.ABSENT, absent_code="izin"),
            person_day("f", shown=Shown.EXCUSED, absent_code="cuti"),
            person_day("g", shown=Shown.UNKNOWN),
            person_day("h", shown=Shown.ABSENT, required=False),
        ]
    ).by_rule["gate"]
    assert (gate.required, gate.present, gate.absent, gate.unknown, gate.excused) == (6, 3, 2, 1, 1)
    assert gate.attendance == Fraction(3, 6)
    assert gate.attendance_at_most == Fraction(4, 6)
    assert (gate.lateness, gate.absence) == (Fraction(2, 6), Fraction(2, 6))
    assert (gate.late_minutes, gate.early, gate.early_minutes) == (107, 1, 40)
    assert gate.late_bands == {"TL1": 1, "TL4": 1}
    assert gate.early_bands == {"PSW2": 1}
    assert gate.absent_codes == {"": 1, "izin": 1, "cuti": 1}


def test_without_required_days_there_is_no_rate() -> None:
    none = PresenceSums(excused=3)
    assert (none.attendance, none.attendance_at_most, none.lateness, none.absence) == (None, None, None, None)


def test_flexible_days_are_not_praised_for_having_no_gate() -> None:
    # On other days one of two comes late through the gate; on flexible days a report is the only evidence.
    other = sum_presence([person_day("a", late_minutes=9), person_day("b"), person_day("a", "phone")])
    flexible = sum_presence([person_day("a", "report"), person_day("b", "report"), person_day("b", "phone")])
    found = compare(flexible.by_rule, other.by_rule)
    assert [one.rule for one in found.comparable] == ["phone"]
    assert (found.comparable[0].flexible.lateness, found.comparable[0].other.lateness) == (0, 0)
    assert (found.flexible_only, found.other_only) == (("report",), ("gate",))


def test_a_rule_under_which_nobody_was_required_did_not_hold() -> None:
    other = sum_presence([person_day("a")])
    flexible = sum_presence([person_day("a", shown=Shown.EXCUSED)])
    found = compare(flexible.by_rule, other.by_rule)
    assert (found.comparable, found.other_only) == ((), ("gate",))


def test_days_outside_service_are_kept_and_in_no_total() -> None:
    # Joined on 16 December, with a stray row of the 14th; retired on 1 January, with punches on the 4th.
    before = PersonDay("new", date(2026, 12, 14), "gate", Shown.ABSENT, in_service=False, absent_code="TK")
    after = PersonDay("old", date(2027, 1, 4), "gate", Shown.PRESENT, in_service=False)
    found = sum_presence([after, person_day("a"), before])
    assert found.anomalies == (before, after)
    assert found.pooled == PresenceSums(present=1)


def test_people_without_any_row_are_listed() -> None:
    rows = [person_day("present"), person_day("gone", in_service=False)]
    assert without_rows(["present", "gone", "study", "leave"], rows) == ("gone", "leave", "study")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"late_minutes": -1}, "minutes_negative"),
        ({"early_minutes": -1}, "minutes_negative"),
        ({"shown": Shown.ABSENT, "late_minutes": 5}, "absent_and_late"),
        ({"shown": Shown.UNKNOWN, "early_minutes": 5}, "absent_and_late"),
    ],
)
def test_days_that_cannot_be_are_refused(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(PresenceError) as refusal:
        person_day(**wrong)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert code in str(refusal.value)


def made(person: str, rule: str, shown: Shown, required: bool, in_service: bool, late: int, early: int) -> PersonDay:
    there = shown is Shown.PRESENT
    return PersonDay(
        person,
        MONDAY,
        rule,
        shown,
        required,
        in_service,
        late_minutes=late if there else 0,
        late_band="TL1" if there and late else "",
        early_minutes=early if there else 0,
        absent_code="" if there else "cuti",
    )


minutes = st.integers(0, 90)
days = st.lists(
    st.builds(
        made,
        st.sampled_from("abc"),
        st.sampled_from(["gate", "phone"]),
        st.sampled_from(Shown),
        st.booleans(),
        st.booleans(),
        minutes,
        minutes,
    ),
    max_size=15,
)


@settings(max_examples=120, deadline=None)
@given(days, st.integers(0, 15), st.randoms(use_true_random=False))
def test_parts_add_up_in_any_order(found: list[PersonDay], cut: int, order) -> None:  # type: ignore[no-untyped-def]
    whole = sum_presence(found)
    order.shuffle(found)
    first, second = sum_presence(found[:cut]), sum_presence(found[cut:])
    assert first.pooled + second.pooled == whole.pooled
    assert sorted(map(repr, first.anomalies + second.anomalies)) == sorted(map(repr, whole.anomalies))
    pooled = whole.pooled
    counted = sum(one.required and one.in_service for one in found)
    assert pooled.required + pooled.excused == counted
    if pooled.attendance is not None and pooled.attendance_at_most is not None:
        assert 0 <= pooled.attendance <= pooled.attendance_at_most <= 1
