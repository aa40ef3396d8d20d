from fractions import Fraction

from luwes.core.evaluation.standing import Kind, standing
from luwes.core.indicators.standard import Kept, Promise, Verdict


def _time(kept: int, of: int) -> list[Kept]:
    return [Kept(Promise.WITHIN_TIME, kept, of, 0, Fraction(9, 10))]


def test_good_days_do_not_cover_for_flexible_ones() -> None:
    found = standing([(Kind.OTHER, _time(995, 1000)), (Kind.FLEXIBLE, _time(60, 100))])
    assert found.overall.verdict is Verdict.MEETS
    assert found.other.verdict is Verdict.MEETS
    assert found.flexible.verdict is Verdict.FAILS


def test_a_kind_of_day_that_never_came_is_not_known() -> None:
    found = standing([(Kind.OTHER, _time(995, 1000))])
    assert found.flexible.verdict is Verdict.NOT_ENOUGH_DATA
    assert found.other.verdict is Verdict.MEETS


def test_a_promise_left_out_on_one_kind_of_day_is_not_passed() -> None:
    hours = Kept(Promise.HOURS_KEPT, 480, 480, 0)
    found = standing([(Kind.OTHER, [*_time(995, 1000), hours]), (Kind.FLEXIBLE, _time(995, 1000))])
    assert found.flexible.verdict is Verdict.NOT_ENOUGH_DATA


def test_nothing_on_file_is_no_standard() -> None:
    found = standing([])
    assert {found.overall.verdict, found.flexible.verdict, found.other.verdict} == {Verdict.NO_STANDARD}
