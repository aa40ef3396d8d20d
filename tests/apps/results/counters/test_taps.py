"""Taps: from the account and from the code behind the counter to the hours kept, beside those of files."""

from datetime import date, datetime, timedelta

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import ServicePoint
from luwes.apps.results.counters import actions
from luwes.apps.results.counters.actions import Closure, ReasonMissing, SealBroken, TooLate
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import places
from luwes.apps.results.counters.queries import counters
from luwes.apps.results.counters.reckoning import end_days
from luwes.apps.results.measures import Measure, OpenSums
from luwes.apps.results.models import CounterTap, OpeningDay
from tests.apps.results.services.test_openings import log, store
from tests.apps.results.services.world import WEDNESDAY, World, figure, kept
from tests.world import SETUP, acting

OPEN, PAUSED, CLOSED = State.OPEN, State.PAUSED, State.CLOSED
HOURS = Measure.HOURS_KEPT


def at(now: datetime, hour: int, minute: int = 0) -> datetime:
    """A time of the same day in Jakarta; `now` is 09.30."""
    return now + timedelta(hours=hour - 9, minutes=minute - 30)


def tap(when: datetime, counter: str, state: State, reason: str = "", actor: Actor = SETUP) -> None:
    with unit_of_work(actor, when):
        actions.tap(point_key=counter, state=state, reason=reason)


def whole_day(now: datetime, counter: str) -> None:
    tap(at(now, 8), counter, OPEN)
    tap(at(now, 10), counter, PAUSED, "rapat")
    tap(at(now, 10, 45), counter, OPEN)
    tap(at(now, 15), counter, CLOSED)


def test_a_day_of_taps_feeds_the_hours_kept(now: datetime, world: World, counter: str) -> None:
    whole_day(now, counter)
    assert kept(world.test, WEDNESDAY, HOURS) == (375, 420)
    sums = OpenSums.from_json(figure(world.test, WEDNESDAY, HOURS).sums)
    assert (sums.tapped, sums.records, sums.whole) == (1, 1, 0)
    row = OpeningDay.objects.get()
    assert (row.instrument, row.batch, row.reason) == ("ketuk", None, "rapat")


def test_a_day_that_still_runs_claims_nothing(now: datetime, world: World, counter: str) -> None:
    tap(at(now, 8), counter, OPEN)
    assert not OpeningDay.objects.exists()
    tap(at(now, 12), counter, CLOSED)
    assert kept(world.test, WEDNESDAY, HOURS) == (240, 420)
    tap(at(now, 13), counter, OPEN)
    assert not OpeningDay.objects.filter(superseded_at=None).exists(), "it opened again: the day is not over"
    tap(at(now, 15), counter, CLOSED)
    assert kept(world.test, WEDNESDAY, HOURS) == (360, 420)


def test_a_file_beside_the_taps_is_never_added(now: datetime, world: World, counter: str) -> None:
    store(now, log("08.00", "15.00", day="25/11/2026", at="Loket 1"))
    assert kept(world.test, WEDNESDAY, HOURS) == (420, 420)
    whole_day(now, counter)
    assert kept(world.test, WEDNESDAY, HOURS) == (375, 420), "the counter's own taps count"
    store(now, log("08.00", "14.00", day="25/11/2026", at="Loket 1"))
    assert kept(world.test, WEDNESDAY, HOURS) == (375, 420)
    assert OpeningDay.objects.filter(superseded_at=None).count() == 2, "what the file says is still kept"


def test_a_counter_nobody_closed_is_unknown_and_can_be_closed_the_next_day(
    now: datetime, world: World, counter: str
) -> None:
    tap(at(now, 8), counter, OPEN)
    tomorrow = now + timedelta(days=1)
    with unit_of_work(SETUP, tomorrow):
        assert end_days(before=date(2026, 11, 26)) == 1
    assert kept(world.test, WEDNESDAY, HOURS) == (0, 0)
    assert OpenSums.from_json(figure(world.test, WEDNESDAY, HOURS).sums).unknown == 1
    assert counters(places([counter], date(2026, 11, 26)), date(2026, 11, 26))[0].left_open == WEDNESDAY
    for minute in (470, 1441):
        with pytest.raises(TooLate), unit_of_work(SETUP, tomorrow):
            actions.close_late(point_key=counter, day=WEDNESDAY, minute=minute)
    with unit_of_work(SETUP, tomorrow):
        actions.close_late(point_key=counter, day=WEDNESDAY, minute=900)
    assert kept(world.test, WEDNESDAY, HOURS) == (420, 420)
    with pytest.raises(TooLate), unit_of_work(SETUP, tomorrow):
        actions.close_late(point_key=counter, day=WEDNESDAY, minute=910)


@pytest.mark.parametrize("days", [1, 3, 12, 400])
def test_a_counter_left_open_is_ended_however_long_nothing_ran(
    now: datetime, world: World, counter: str, days: int
) -> None:
    tap(at(now, 8), counter, OPEN)
    back = now + timedelta(days=days)
    for ended in (1, 0):
        with unit_of_work(SETUP, back):
            assert end_days(before=back.date()) == ended
    row = OpeningDay.objects.get()
    assert (row.day, row.opened, row.closed) == (WEDNESDAY, 480, None), (
        "when it closed nobody knows, so nothing is said"
    )
    assert kept(world.test, WEDNESDAY, HOURS) == (0, 0)
    assert OpenSums.from_json(figure(world.test, WEDNESDAY, HOURS).sums).unknown == 1
    asked = counters(places([counter], back.date()), back.date())[0]
    assert asked.left_open == (WEDNESDAY if days < 14 else None)
    assert asked.said is None, "what it said that day is not what it says today"
    assert not OpeningDay.objects.exclude(day=WEDNESDAY).exists(), "no day between is claimed open or shut"


def test_what_stayed_open_before_a_weekend_is_closed_after_it(now: datetime, world: World, counter: str) -> None:
    tap(at(now, 8), counter, OPEN)
    monday = now + timedelta(days=5)
    with unit_of_work(SETUP, monday):
        end_days(before=monday.date())
    tap(at(monday, 8), counter, OPEN)
    for day in (WEDNESDAY + timedelta(days=1), monday.date()):
        with pytest.raises(TooLate), unit_of_work(SETUP, monday):
            actions.close_late(point_key=counter, day=day, minute=900)
    with unit_of_work(SETUP, monday):
        actions.close_late(point_key=counter, day=WEDNESDAY, minute=900)
    assert kept(world.test, WEDNESDAY, HOURS) == (420, 420)
    assert counters(places([counter], monday.date()), monday.date())[0].left_open is None
    with unit_of_work(SETUP, monday):
        assert end_days(before=monday.date()) == 0


def test_the_same_tap_twice_is_one(now: datetime, counter: str) -> None:
    tap(now, counter, OPEN)
    tap(now + timedelta(seconds=2), counter, OPEN)
    assert CounterTap.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "sakit perut", "'; DROP TABLE--"])
def test_a_pause_says_why_in_our_words(now: datetime, counter: str, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        tap(now, counter, PAUSED, reason)


def test_the_code_inside_opens_its_own_counter_and_no_other(now: datetime, world: World, counter: str) -> None:
    nobody = Actor(kind=ActorKind.SYSTEM, id="loket")
    with unit_of_work(SETUP, now):
        seal = actions.issue_seal(point_key=counter)
    with unit_of_work(nobody, now):
        actions.tap_inside(point_key=counter, seal=seal, state=OPEN)
    assert CounterTap.objects.get().via == "kode"
    other = ServicePoint.objects.create(service_id=world.permit).key
    for key, said in ((counter, ""), (counter, seal[:-1] + "é"), (other, seal), (other, ""), ("tak-ada", seal)):
        with pytest.raises(SealBroken), unit_of_work(nobody, now):
            actions.tap_inside(point_key=key, seal=said, state=CLOSED)
    with unit_of_work(SETUP, now):
        renewed = actions.issue_seal(point_key=counter)
    assert renewed == actions.seal_of(counter) != seal
    with pytest.raises(SealBroken), unit_of_work(nobody, now):
        actions.tap_inside(point_key=counter, seal=seal, state=CLOSED)


def test_only_who_manages_the_unit_taps_with_an_account(now: datetime, world: World, counter: str, head: User) -> None:
    tap(now, counter, OPEN, actor=acting(head, Role.HEAD, world.units.health))
    for role, scope, refusal in (
        (Role.HEAD, world.units.works, OutsideScope),
        (Role.INSPECTOR, "", Forbidden),
    ):
        with pytest.raises(refusal):
            tap(now, counter, CLOSED, actor=acting(head, role, scope))
    with pytest.raises(OutsideScope):
        tap(now, "tak-dikenal", OPEN)
    assert CounterTap.objects.count() == 1


def test_a_closure_is_told_beforehand_and_taken_back(now: datetime, counter: str) -> None:
    ceremony = Closure(date(2026, 12, 1), 480, 570, "Upacara   bulanan")
    with unit_of_work(SETUP, now):
        made = actions.announce_closure(point_key=counter, closure=ceremony)
    shown = counters(places([counter], WEDNESDAY), WEDNESDAY)[0].closures
    assert [(one.day, one.start, one.end, one.reason) for one in shown] == [
        (date(2026, 12, 1), 480, 570, "Upacara bulanan")
    ]
    with unit_of_work(SETUP, now):
        actions.withdraw_closure(closure_id=made)
    assert counters(places([counter], WEDNESDAY), WEDNESDAY)[0].closures == []
    with pytest.raises(actions.NoSuchClosure), unit_of_work(SETUP, now):
        actions.withdraw_closure(closure_id=made)


@pytest.mark.parametrize(
    "closure",
    [
        Closure(date(2026, 12, 1), 570, 480, "Apel"),
        Closure(date(2026, 12, 1), 480, 1441, "Apel"),
        Closure(date(2026, 12, 1), 480, 570, " "),
        Closure(date(2026, 12, 1), 480, 570, "x" * 121),
        Closure(WEDNESDAY, 480, 570, "Apel yang sudah lewat"),
    ],
)
def test_a_closure_told_afterwards_or_without_reason_is_refused(now: datetime, counter: str, closure: Closure) -> None:
    with pytest.raises(actions.ClosureWrong), unit_of_work(SETUP, now):
        actions.announce_closure(point_key=counter, closure=closure)


def test_what_citizens_read_of_a_service_is_kept_by_version(now: datetime, world: World) -> None:
    from luwes.apps.results.counters.queries import note

    for text in ("Unggah berkas di laman", "Daftar lewat laman"):
        with unit_of_work(SETUP, now):
            actions.set_note(service_key=world.test_key, online=text, complaint="SP4N-LAPOR!")
    assert (note(world.test_key).online, note("tak-ada").online) == ("Daftar lewat laman", "")
    with pytest.raises(actions.NoteTooLong), unit_of_work(SETUP, now):
        actions.set_note(service_key=world.test_key, online="x" * 301, complaint="")
    with pytest.raises(OutsideScope), unit_of_work(SETUP, now):
        actions.set_note(service_key="tak-ada", online="", complaint="")


def test_every_tap_is_in_the_audit_without_a_person(now: datetime, counter: str) -> None:
    tap(now, counter, OPEN)
    assert AuditEntry.objects.filter(action="counter.tapped", subject=counter).count() == 1
