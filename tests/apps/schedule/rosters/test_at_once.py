"""Planners at the same time, and a publication cut off in the middle: real connections, real commits."""

import threading
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError, connection

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.schedule.models import DraftState, PersonDay, RosterDraft, RosterLot
from luwes.apps.schedule.rosters import drafts, lots
from luwes.apps.schedule.rosters.lots import Choice
from luwes.apps.schedule.rosters.solving import at_once, in_worker
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import MONTH, NIPS, build, flexible, plan, publish
from tests.apps.staff_files import confirm
from tests.world import SETUP


def together(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Run the acts in threads of their own that start at the same moment; gives what each raised."""
    ready = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def one(at: int) -> None:
        ready.wait()
        try:
            acts[at]()
        except BaseException as error:  # handed to the test
            raised[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchall())


def test_real_commits(fresh_database: str, django_db_blocker: object, now: datetime) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own
        units = build(now)
        _two_planners(now, units.section)
        _leave_meets_publication(now, units.works)
        _cut_off(now, units.health)
        _two_draws(now, units.works)


def _two_planners(now: datetime, unit: str) -> None:
    one, other = plan(now, unit), plan(now, unit)
    raised = together(lambda: publish(now, one), lambda: publish(now, other))
    assert sorted(type(error).__name__ for error in raised) == ["InputsChanged", "NoneType"]
    refused = next(error for error in raised if isinstance(error, drafts.InputsChanged))
    assert "rosters" in refused.what
    states = sorted(RosterDraft.objects.values_list("state", flat=True))
    assert states == [DraftState.READY, DraftState.PUBLISHED]
    assert len(flexible()) == 30


def _leave_meets_publication(now: datetime, unit: str) -> None:
    """A leave file and a publication at once: whichever is later sees the other."""
    ready = plan(now, unit)
    batch = files.staged("leave", now, (NIPS[6], "02/12/2026", "02/12/2026", "Penuh"))
    raised = together(lambda: publish(now, ready), lambda: confirm(batch, now))
    assert raised[1] is None
    claims = PersonDay.objects.filter(employee__nip=NIPS[6], day__day=2, superseded_at=None)
    if raised[0] is None:
        assert set(claims.filter(origin="roster").values_list("yields_to", flat=True)) <= {"leave"}
    else:
        assert isinstance(raised[0], drafts.InputsChanged)
    assert set(claims.filter(yields_to="").values_list("state", flat=True)) == {"leave"}


def _cut_off(now: datetime, unit: str) -> None:
    """The connection dies between the first day and the last: nothing of it stands, and trying again succeeds."""
    month = MONTH.replace(year=2027, month=1)
    ready = plan(now, unit, month=month)
    assert ready.state == DraftState.READY
    before = PersonDay.objects.count()

    def cut() -> None:
        while not waits_for_a_lock():
            pass
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )

    def hold() -> None:
        with unit_of_work(SETUP, now), connection.cursor() as cursor:
            # The roster's days go in before exposure does: the writer is stopped between the two.
            cursor.execute("LOCK TABLE schedule_exposureday IN ACCESS EXCLUSIVE MODE")
            held.set()
            assert done.wait(60)

    held, done = threading.Event(), threading.Event()

    def write() -> None:
        assert held.wait(60)
        try:
            publish(now, ready)
        finally:
            done.set()

    raised = together(hold, write, cut)
    assert isinstance(raised[1], OperationalError)
    assert raised[0] is raised[2] is None
    assert PersonDay.objects.count() == before
    assert RosterDraft.objects.get(pk=ready.pk).state == DraftState.READY
    publish(now, ready)
    assert PersonDay.objects.count() > before


def _two_draws(now: datetime, unit: str) -> None:
    """Two draws of one lot: one plan, one seed. The solver runs in a process of its own here."""
    ready = plan(now, unit, month=MONTH.replace(year=2027, month=2))
    with unit_of_work(SETUP, now):
        lot = lots.freeze(draft_id=ready.public_id, choice=Choice(repetitions=5), run=at_once)

    def draw() -> None:
        with unit_of_work(SETUP, now):
            lots.draw(lot_id=lot.public_id, run=in_worker)

    raised = together(draw, draw)
    assert sorted(type(error).__name__ for error in raised) == ["LotDrawn", "NoneType"]
    assert RosterLot.objects.get(pk=lot.pk).seed
