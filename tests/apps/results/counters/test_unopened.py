"""A counter that is not opened in time: head and BKD hear of it within half an hour, once, and only where it is due."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from luwes.apps.accounts.models import User
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.notices.models import Notice, NoticeCopy, OutboxMail
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.results import tasks
from luwes.apps.results.counters import actions
from luwes.apps.results.counters.actions import Closure
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.unopened import due_since, tell_unopened
from luwes.core.workdays.calendar import HolidayKind
from tests.apps.results.counters.test_taps import tap
from tests.apps.results.services.world import WEDNESDAY, World
from tests.world import SETUP

# 08.00 in Jakarta, when the counter promises to open.
EIGHT = timedelta(hours=-1, minutes=-30)


def look(at: datetime) -> int:
    with unit_of_work(SETUP, at):
        return tell_unopened()


@pytest.fixture
def sealed(now: datetime, counter: str) -> str:
    """A counter that takes part: it has the code to tap with."""
    with unit_of_work(SETUP, now - timedelta(days=3)):
        actions.issue_seal(point_key=counter)
    return counter


@override_settings(MAIL_FROM="luwes@contoh.go.id")
def test_head_and_bkd_are_told_within_half_an_hour_once(now: datetime, sealed: str, head: User, bkd: User) -> None:
    eight = now + EIGHT
    assert [look(eight + timedelta(minutes=m)) for m in (-60, 0, 10, 14)] == [0, 0, 0, 0]
    # The slowest case: a round of the task just before the grace ends, the next five minutes on.
    assert look(eight + timedelta(minutes=19)) == 1
    assert [look(eight + timedelta(minutes=m)) for m in (20, 90, 300)] == [0, 0, 0]
    notice = Notice.objects.get()
    assert {copy.user for copy in NoticeCopy.objects.all()} == {head, bkd}
    assert set(OutboxMail.objects.values_list("address", flat=True)) == {head.email, bkd.email}
    assert OutboxMail.objects.latest("pk").next_at <= eight + timedelta(minutes=30)
    assert "pukul 08.00" in notice.text
    assert "Rabu, 25 November 2026" in notice.text
    # Tomorrow is another day.
    assert look(eight + timedelta(days=1, minutes=20)) == 1


def test_opened_paused_and_tapped_by_nobody(now: datetime, sealed: str, head: User) -> None:
    tap(now - timedelta(hours=2), sealed, State.PAUSED, "rapat")
    assert look(now) == 1, "a pause before any opening is no opening"
    Notice.objects.all().delete()
    tap(now - timedelta(minutes=20), sealed, State.OPEN)
    tap(now - timedelta(minutes=5), sealed, State.PAUSED, "rapat")
    assert look(now) == 0, "it has opened; what follows is a pause"


def test_a_counter_that_takes_no_part_is_left_alone(now: datetime, world: World, counter: str, head: User) -> None:
    assert look(now) == 0
    tap(now - timedelta(days=1), counter, State.OPEN)
    assert look(now) == 1


def test_closures_told_beforehand_and_days_off_are_no_lateness(now: datetime, sealed: str, head: User) -> None:
    with unit_of_work(SETUP, now - timedelta(days=1)):
        actions.announce_closure(point_key=sealed, closure=Closure(WEDNESDAY, 480, 600, "Apel"))
    assert look(now) == 0
    assert look(now + timedelta(minutes=30 + 14)) == 0, "it is due again from ten o'clock"
    saturday = now + timedelta(days=3)
    assert look(saturday) == 0
    with unit_of_work(SETUP, now):
        add_holiday(
            version=next(row.id for row in versions_of(2026) if row.superseded_at is None),
            day=WEDNESDAY + timedelta(days=1),
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=WEDNESDAY,
        )
    assert look(now + timedelta(days=1)) == 0
    assert look(now + timedelta(minutes=30 + 16)) == 1
    assert "pukul 10.00" in Notice.objects.get().text


@pytest.mark.parametrize(
    ("promised", "closures", "minute", "since"),
    [
        ([(480, 900)], [], 479, None),
        ([(480, 900)], [], 480, 480),
        ([(480, 900)], [], 900, None),
        ([], [], 600, None),
        ([(480, 720), (780, 900)], [], 740, 480),
        ([(480, 720), (780, 900)], [(480, 720)], 740, None),
        ([(480, 720), (780, 900)], [(480, 720)], 800, 780),
        ([(480, 900)], [(480, 540), (540, 600)], 605, 600),
        ([(480, 900)], [(600, 660)], 610, None),
        ([(480, 900)], [(0, 1440)], 610, None),
        ([(480, 900)], [(480, 1000)], 899, None),
    ],
)
def test_since_when_it_is_due(
    promised: list[tuple[int, int]], closures: list[tuple[int, int]], minute: int, since: int | None
) -> None:
    assert due_since(promised, closures, minute) == since


def test_the_round_runs_by_itself(db: None) -> None:
    tasks.tell_of_unopened_counters(timestamp=0)
    assert not Notice.objects.exists()
