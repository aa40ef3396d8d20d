"""The five-minute rule meets breaks, leave and signal as they are stored."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Unit
from luwes.apps.people.models.places import Signal, Zone
from luwes.apps.people.services.places import set_workplace
from luwes.apps.schedule.facts.answering import excused_on
from luwes.core.policy.clauses import Response
from luwes.core.policy.response import Reply, replied
from tests.apps.schedule.days import store
from tests.apps.schedule.policy_world import FRIDAY, LATER, THURSDAY, id_of, planted
from tests.apps.staff_files import MARUF, YOSE
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
FIVE = Response(id="r", basis="b", attempts=2, within_minutes=5, excused=("break", "weak_signal", "away"))
DEAF = Response(id="r", basis="b", attempts=2, within_minutes=5)


@pytest.fixture
def units(now: datetime) -> Units:
    return planted(now)


def called(nip: str, day: date, hour: int, minute: int, clause: Response = FIVE, zone: ZoneInfo = WIB) -> Reply:
    """Two calls a minute apart, never answered, read twenty minutes later."""
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    calls = [first, first + timedelta(minutes=1)]
    excuses = excused_on(id_of(nip), day, LATER)
    return replied(clause, calls, None, first + timedelta(minutes=20), excuses)


def place(now: datetime, key: str, name: str, zone: Zone, signal: Signal | None) -> None:
    with unit_of_work(SETUP, now):
        set_workplace(unit=Unit.objects.get(key=key), name=name, zone=zone, signal=signal, since=date(2026, 1, 1))


def test_the_break_of_a_friday_is_longer_than_that_of_a_thursday(units: Units) -> None:
    assert called(YOSE, FRIDAY, 11, 40).late is False
    assert called(YOSE, THURSDAY, 11, 30).late is True
    assert called(YOSE, FRIDAY, 9, 0).late is True
    assert called(YOSE, FRIDAY, 11, 40, DEAF).late is True


def test_a_break_is_one_of_the_place_of_work(now: datetime, units: Units) -> None:
    place(now, units.health, "Kantor", Zone.CENTRAL, Signal.GOOD)
    assert called(YOSE, FRIDAY, 11, 40, zone=WITA).late is False
    assert called(YOSE, FRIDAY, 13, 30, zone=WITA).late is True


def test_a_weak_place_excuses_and_one_nobody_graded_does_not(now: datetime, units: Units) -> None:
    place(now, units.section, "Pos", Zone.WEST, None)
    assert called(YOSE, FRIDAY, 9, 0).late is True
    place(now, units.section, "Pos", Zone.WEST, Signal.WEAK)
    told = called(YOSE, FRIDAY, 9, 0)
    assert (told.late, "weak_signal" in told.excused) == (False, True)
    place(now, units.section, "Gudang", Zone.WEST, Signal.GOOD)
    assert called(YOSE, FRIDAY, 9, 0).late is True
    assert called(MARUF, FRIDAY, 9, 0).late is True


def test_leave_excuses_the_day_and_a_stranger_has_no_excuse(now: datetime, units: Units) -> None:
    store("leave", now, (YOSE, "04/12/2026", "04/12/2026", "Penuh"))
    assert called(YOSE, FRIDAY, 9, 0).late is False
    assert called(YOSE, THURSDAY, 9, 0).late is True
    assert excused_on("tidakada", FRIDAY, LATER) == ()
    # A day off has no hours, so no break; a year without a calendar has none either.
    person = id_of(MARUF)
    assert excused_on(person, date(2026, 12, 5), LATER) == ()
    assert excused_on(person, date(2031, 12, 5), LATER) == ()
