"""Every code of the kinds of days has a sentence."""

import pytest

from luwes.apps.schedule import wording
from luwes.apps.schedule.models import Origin
from luwes.apps.schedule.service import Fit
from luwes.core.exposure.states import ABSENT, State

REJECTS = {
    *("not_a_nip", "employee_unknown", "ends_before_start", "period_too_long", "half_needs_one_day", "rows_differ"),
    *("more_winners", "lots_differ", *(fit.value for fit in Fit if fit is not Fit.WORKING)),
}
FINDINGS = {
    *("repeated_rows", "days_outside_service", "lot_unknown"),
    *(f"yields_to_{state.value}" for state in ABSENT - {State.OFF}),
    f"leave_overrides_{Origin.TRIPS.value}",
    *(f"{state}_overrides_{Origin.FLEXDAYS.value}" for state in ("leave", "trip", "training")),
}


@pytest.mark.parametrize("code", sorted(REJECTS))
def test_a_reject_says_what_to_do(code: str) -> None:
    assert wording.say(code, {}).count(".") >= 2


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_a_finding_says_how_many_rows(code: str) -> None:
    assert wording.say(code, {"count": 3}).startswith("3 baris: ")


def test_the_kinds_are_told_apart() -> None:
    names = [wording.leave_kind(), wording.trips_kind(), wording.flexdays_kind(), wording.lots_kind()]
    assert len(set(names)) == 4
