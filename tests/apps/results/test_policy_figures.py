"""The budget pace of units, and figures that stop arriving, reach the rules for next month and for what is new."""

from datetime import date, datetime

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Unit
from luwes.apps.policy import lists, queries
from luwes.apps.results import outputs_store, policy_figures, tasks
from luwes.apps.results.models import UnitFigure
from luwes.core.workdays.periods import DAY
from tests.apps.policy.stored import OPEN, body, bring
from tests.world import SETUP, Units, bring_figures, plant_units

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
GUARD = 'kind = "guard"\nmetric = "budget_pace"\nbelow = -5\neffect = "quota"\nflex_max = 25'
DATA = 'kind = "data"\nfacts = ["budget", "outputs"]'


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def tell(now: datetime, today: date = TODAY) -> None:
    for metric in policy_figures.METRICS:
        with unit_of_work(SETUP, now):
            policy_figures.tell(metric=metric, today=today, now=now)


def facts(units: Units, day: date, now: datetime) -> dict[str, tuple[dict[str, float], list[str], list[str]]]:
    found = queries.unit_facts([units.health, units.section, units.works], day, day, now)
    return {
        key: (one.measures(day), sorted(tag.name for tag in one.tags), sorted(tag.name for tag in one.late))
        for key, one in found.items()
    }


def send_outputs(unit: str, day: date, now: datetime) -> None:
    UnitFigure.objects.create(
        unit=Unit.objects.get(key=unit), day=day, measure=outputs_store.DAILY, kept=0, of=0, sums={}, computed_at=now
    )


def test_pace_and_arrivals_are_told_for_next_month(now: datetime, units: Units) -> None:
    bring_figures(now)
    bring(body(OPEN, GUARD, DATA), at=now)
    send_outputs(units.section, date(2026, 10, 30), now)
    tell(now)
    told = facts(units, DECEMBER[0], now)
    assert told[units.works][0]["budget_pace"] > -5 > told[units.health][0]["budget_pace"]
    assert told[units.works][1:] == (["arrived:budget"], ["arrived:outputs"])
    # The agency has no results of its own, so those of the unit below it stand for it.
    assert told[units.health][1:] == (["arrived:budget", "arrived:outputs"], [])
    assert told[units.section] == ({}, ["arrived:outputs"], [])
    rows = lists.restrictions(*DECEMBER, now)
    found = {(one.unit_key, one.effect, one.flex_max, one.rule) for one in rows}
    assert (units.health, "lower", 25, "edaran/c2") in found
    assert (units.works, "close", None, "edaran/c3") in found
    assert not any(one.unit_key == units.section for one in rows)
    (pace,) = [one for one in rows if one.rule == "edaran/c2"]
    assert pace.figure is not None
    assert (pace.figure.as_of, pace.figure.source.count("/")) == (date(2026, 10, 31), 1)
    # January is another month's business, and the rest of this month was filled as it was unknown.
    assert facts(units, date(2027, 1, 4), now) == {}
    assert facts(units, TODAY, now) == told
    assert facts(units, TODAY - DAY, now) == {}


def test_a_month_that_has_begun_stands_as_it_was(now: datetime, units: Units) -> None:
    bring_figures(now)
    tell(now)
    before = facts(units, DECEMBER[0], now)
    later = datetime(2026, 12, 9, 2, tzinfo=now.tzinfo)
    bring_figures(later, as_of="2026-11-30")
    send_outputs(units.works, date(2026, 12, 1), later)
    tell(later, date(2026, 12, 9))
    assert facts(units, date(2026, 12, 28), later) == before
    assert facts(units, date(2027, 1, 4), later)[units.works][1:] == (["arrived:budget", "arrived:outputs"], [])


def test_old_figures_say_nothing_and_are_taken_back(now: datetime, units: Units) -> None:
    bring_figures(now)
    tell(now)
    assert "budget_pace" in facts(units, DECEMBER[0], now)[units.health][0]
    early = datetime(2026, 12, 2, 2, tzinfo=now.tzinfo)
    tell(early, date(2026, 12, 2))
    assert "budget_pace" in facts(units, date(2027, 1, 4), early)[units.health][0]
    # Nothing newer comes: by the middle of December the pace is unknown for January, and the budget stays late.
    later = datetime(2026, 12, 16, 2, tzinfo=now.tzinfo)
    tell(later, date(2026, 12, 16))
    assert facts(units, date(2027, 1, 4), later)[units.health] == ({}, [], ["arrived:budget", "arrived:outputs"])


def test_an_agency_that_sends_nothing_itself_is_late_though_a_unit_below_it_sends(now: datetime, units: Units) -> None:
    send_outputs(units.health, date(2026, 6, 2), now)
    send_outputs(units.section, date(2026, 11, 3), now)
    tell(now)
    told = facts(units, DECEMBER[0], now)
    assert "arrived:outputs" in told[units.health][2]
    assert "arrived:outputs" in told[units.section][1]
    assert "arrived:budget" in told[units.health][2]  # none was ever sent


def test_the_nightly_task_tells_all_of_it(units: Units) -> None:
    tasks.tell_policy(0)
    now = datetime.now().astimezone()
    known = queries.unit_facts([units.works], now.date(), now.date() + 40 * DAY, now)[units.works]
    assert {one.name for one in known.late} == {"arrived:budget", "arrived:outputs"}
