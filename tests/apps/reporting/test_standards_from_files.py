"""The *Standar* answer from real files: what no record tells is never a pass."""

from datetime import date, datetime

import pytest

from luwes.apps.reporting.standards import ALL, ServiceStandard, standards
from luwes.core.indicators.standard import Kept, Promise, Verdict
from tests.apps.results.services import world as w
from tests.apps.results.services.test_openings import HEADERS as LOG
from tests.apps.results.services.test_openings import log
from tests.apps.results.services.test_tickets import HEADERS as CASES
from tests.apps.results.services.test_tickets import case
from tests.apps.results.services.world import World, plant

NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 25)


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


def answer(world: World, until: date = TODAY) -> ServiceStandard | None:
    return next(iter(standards(NOVEMBER, until=until, service=world.test_key)), None)


def kept(found: ServiceStandard | None, promise: Promise) -> Kept:
    assert found is not None
    return next(one.figures for one in found.answers[ALL].promises if one.figures.promise is promise)


def test_promised_days_without_a_record_are_counted_until_yesterday(now: datetime, world: World) -> None:
    w.store(now, "openings", LOG, log("08.00", "15.00"), log("08.00", "", day="24/11/2026"))
    hours = kept(answer(world), Promise.HOURS_KEPT)
    # 17 working days are over by the 25th; one has a whole record, one half a record.
    assert (hours.kept, hours.of, hours.unrecorded) == (420, 420, 16 * 420)
    assert answer(world, until=NOVEMBER) is None, "nothing of the month is over"


def test_sixty_cases_in_time_are_no_pass_while_nothing_is_known_of_hours(now: datetime, world: World) -> None:
    rows = [case(f"A-{n}", "23/11/2026 08.00", "23/11/2026 09.00") for n in range(60)]
    w.store(now, "tickets", CASES, *rows)
    found = answer(world)
    assert found is not None
    verdicts = {one.figures.promise: one.verdict for one in found.whole.promises}
    assert verdicts[Promise.WITHIN_TIME] is Verdict.MEETS
    assert verdicts[Promise.HOURS_KEPT] is Verdict.NOT_ENOUGH_DATA
    assert found.whole.verdict is Verdict.NOT_ENOUGH_DATA


def test_cases_without_a_due_date_are_unrecorded_where_a_time_is_promised(now: datetime, world: World) -> None:
    timely = [case(f"A-{n}", "23/11/2026 08.00", "23/11/2026 09.00") for n in range(60)]
    w.store(now, "tickets", CASES, *timely, *(case(f"B-{n}", "23/11/2026", "23/11/2026") for n in range(40)))
    within = kept(answer(world), Promise.WITHIN_TIME)
    assert (within.kept, within.of, within.unrecorded) == (60, 60, 40)
    found = answer(world)
    assert found is not None
    assert found.whole.promises[0].verdict is Verdict.NOT_ENOUGH_DATA, "forty cases nobody can judge are no pass"
