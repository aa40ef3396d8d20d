"""A year without its decree is red: this year always, the next one from October."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.config.health import calendar
from luwes.config.health.line import State
from tests.world import SETUP

pytestmark = pytest.mark.django_db


def seeded(now: datetime) -> None:
    with unit_of_work(SETUP, now):
        seed_calendars()


@pytest.mark.parametrize(
    ("moment", "state", "words"),
    [
        ((2025, 1, 2), State.OK, "Kalender: 2025 tersedia."),
        ((2026, 9, 30), State.OK, "Kalender: 2026 tersedia."),
        ((2026, 10, 1), State.OK, "Kalender: 2026, 2027 tersedia."),
        ((2027, 9, 30), State.OK, "Kalender: 2027 tersedia."),
        ((2027, 10, 1), State.FAIL, "Kalender: 2028 belum ada."),
        ((2028, 11, 1), State.FAIL, "Kalender: 2028, 2029 belum ada."),
    ],
)
def test_the_years_needed_on_a_day(moment: tuple[int, int, int], state: State, words: str) -> None:
    now = datetime(*moment, 5, tzinfo=UTC)
    seeded(now)
    (line,) = calendar.years(now)
    assert (line.state, line.line) == (state, words)
    assert bool(line.remedy) == (state is State.FAIL)


def test_the_day_is_that_of_the_government() -> None:
    seeded(datetime(2027, 1, 1, tzinfo=UTC))
    # 18.00 UTC on 30 September is already October in Jakarta.
    (line,) = calendar.years(datetime(2027, 9, 30, 18, tzinfo=UTC))
    assert line.state is State.FAIL


def test_an_installation_without_any_calendar_is_red(now: datetime) -> None:
    (line,) = calendar.years(now)
    assert (line.state, line.line) == (State.FAIL, "Kalender: 2026, 2027 belum ada.")


def test_before_the_tables_exist_nothing_is_said(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert calendar.years(now) == []
