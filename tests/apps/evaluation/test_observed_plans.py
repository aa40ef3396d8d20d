"""Plans without a lot: one date and weekday for all, staggered starts, and neither."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation import runs, wording
from luwes.apps.evaluation.actions import worked_out
from luwes.apps.evaluation.days import working_days
from luwes.apps.evaluation.plans import Content, Observed
from luwes.apps.sources.breaks import declare_break
from luwes.apps.sources.models import Changed
from tests.apps.evaluation import world as w
from tests.world import SETUP

pytestmark = pytest.mark.django_db
FRIDAY = 5


@pytest.fixture
def world(now: object) -> w.World:
    return w.plant()


def fridays(one: w.World, effect: float, *, compared: int = 6) -> tuple[Content, list[date]]:
    """Thirty weeks before, eight under Fridays for all but the last `compared` agencies."""
    units = one.keys[: w.AGENCIES - compared]
    kept = one.keys[w.AGENCIES - compared :] if compared else ()
    content = worked_out(w.wanted(one, lot=None, observed=Observed(FRIDAY), units=units, compared=kept))
    before = [day for day in w.past(30) if day.year == 2026]
    both = [*before, *content.days]
    exposure = np.zeros((w.AGENCIES, len(both)))
    for place, day in enumerate(both):
        exposure[: len(units), place] = day >= w.START and day.isoweekday() == FRIDAY
    w.timely(one, both, exposure, effect)
    under = exposure[:, len(before) :]
    w.planned(one, replace(content, units=one.keys, exposure=tuple(tuple(row) for row in under)))
    return content, before


def told(content: Content, before: list[date], look: int = 1) -> dict[str, object]:
    found: dict[str, object] = json.loads(runs.run(content, look, before, []).result)
    return found


def test_fridays_for_all_are_consistent_with_something_at_most(world: w.World) -> None:
    content, before = fridays(world, 0.0)
    found = told(content, before)
    assert found["grade"] == "C"
    assert found["checkable"] is False
    one = found["outcomes"]["within_time"]  # type: ignore[index]
    assert one["verdict"] in ("consistent", "not_enough")
    assert one["day"]["low"] < 0 < one["day"]["high"]
    sentence = wording.outcome_sentence("within_time", one)
    assert "tidak memburuk" not in sentence
    if one["verdict"] == "consistent":
        assert "bukti sedang" in sentence


def test_a_changed_way_of_recording_parts_before_and_after(world: w.World) -> None:
    content, before = fridays(world, 0.0)
    with unit_of_work(SETUP, w.DRAFTED):
        declare_break(
            kind="tickets", unit_key="", on=date(2026, 7, 6), what=Changed.SYSTEM, description="aplikasi baru"
        )
    one = told(content, before)["outcomes"]["within_time"]  # type: ignore[index]
    assert (one["verdict"], one["causes"]) == ("not_enough", ["reporting"])


def test_everybody_at_once_without_comparison_is_inseparable(world: w.World) -> None:
    content, before = fridays(world, -20.0, compared=0)
    found = told(content, before)
    assert (found["grade"], found["why"]) == ("D", ["no_comparison"])
    assert found["service"]["verdict"] == "inseparable"  # type: ignore[index]


def test_staggered_starts_use_months_and_are_not_reassured_by_what_nobody_lived(world: w.World) -> None:
    """Eight months before, starts in September and October and never."""
    starts = {key: (date(2026, 9, 1), date(2026, 10, 1), None)[n % 3] for n, key in enumerate(world.keys)}
    treated = tuple(key for key, one in starts.items() if one is not None)
    content = worked_out(
        w.wanted(
            world,
            lot=None,
            observed=Observed(None, starts, 0.0),
            units=treated,
            compared=tuple(key for key in world.keys if key not in treated),
            start=date(2026, 9, 1),
            weeks=13,
            looks=(13,),
        )
    )
    before = list(working_days(date(2026, 1, 1), date(2026, 9, 1)))
    both = [*before, *content.days]
    w.timely(world, both, np.zeros((w.AGENCIES, len(both))), 0.0)
    found = told(content, before, 0)
    assert found["grade"] == "B"
    one = found["outcomes"]["within_time"]  # type: ignore[index]
    assert one["verdict"] == "not_enough"
    assert {"thin_contrast", "pre_trend"} & set(one["causes"])
