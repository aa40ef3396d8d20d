"""From the first request to days that hold: what a roster is made from, and what refuses it."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.people.models import CoverageFloor, ServicePoint
from luwes.apps.schedule import tasks
from luwes.apps.schedule.models import DraftState, ExposureDay, How, PersonDay, RosterDraft
from luwes.apps.schedule.rosters import drafts, packing, telling
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.parameters import BadParameters, Parameters, parameters
from luwes.apps.schedule.rosters.solving import at_once
from luwes.core.exposure.states import State
from luwes.core.roster.verify import shortfalls, verify
from luwes.core.workdays.periods import Period
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import (
    MONTH,
    NIPS,
    build,
    flexible,
    floors,
    id_of,
    plan,
    publish,
    reckoned,
)
from tests.world import SETUP, acting, add_person

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)
WEDNESDAY = date(2026, 12, 2)


def leave(now: datetime, nip: str, first: str, last: str) -> None:
    files.store("leave", now, (nip, first, last, "Penuh"))


def test_a_published_roster_keeps_every_rule_when_read_again(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    assert (ready.state, ready.status, ready.engine) == (DraftState.READY, "optimal", "flow")
    publish(now, ready)
    held = flexible()
    assert len(held) == 30
    per_day = {day: sum(one == day for _, one in held) for _, day in held}
    assert max(per_day.values()) <= 3
    weeks = [(name, day.isocalendar().week) for name, day in held]
    assert len(weeks) == len(set(weeks))
    month = drafts.read_month(RosterDraft.objects.get())
    taken = month.standing.pins == 1
    assert int(taken.sum()) == 30
    assert verify(month.problem, taken) == []


def test_published_days_are_whole_days_with_how_they_came_and_feed_exposure(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section, Parameters(place=State.OTHER_OFFICE)))
    rows = PersonDay.objects.filter(origin="roster")
    assert rows.count() == 60
    assert set(rows.values_list("state", "how", "lot", "batch")) == {("other_office", How.PLAN, "", None)}
    gone = {day: 2 * sum(one == day for _, one in flexible()) for _, day in flexible()}
    kept = ExposureDay.objects.filter(unit__key=units.section, day__in=gone)
    assert {row.day: row.flexible for row in kept} == gone


def test_who_is_away_or_already_decided_is_left_as_it_is(now: datetime) -> None:
    units = build(now)
    leave(now, NIPS[0], "01/12/2026", "31/12/2026")
    files.store("flexdays", now, (NIPS[1], "02/12/2026", "Rumah", "Permohonan", "Penuh", ""))
    files.store("trips", now, (NIPS[2], "03/12/2026", "03/12/2026", "Dinas luar", "Pagi"))
    ready = plan(now, units.section)
    month = drafts.read_month(ready)
    by_name = {name: at for at, name in enumerate(("Ani", "Budi", "Citra"))}
    assert not month.problem.present[by_name["Ani"]].any()
    assert month.cells[by_name["Budi"], 1] == Cell.DECIDED
    assert month.cells[by_name["Citra"], 2] == Cell.NOT_THERE
    publish(now, ready)
    assert not [one for one in flexible() if one[0] == "Ani"]
    assert PersonDay.objects.filter(employee__nip=NIPS[1], day=WEDNESDAY, superseded_at=None).count() == 2
    assert max(sum(one == WEDNESDAY for _, one in flexible()), 0) <= 1


def test_everybody_on_leave_gives_an_empty_roster_and_says_which_floor_nobody_keeps(now: datetime) -> None:
    units = build(now)
    for nip in NIPS[:6]:
        leave(now, nip, "02/12/2026", "02/12/2026")
    ready = plan(now, units.section)
    month = drafts.read_month(ready)
    short = [one for one in shortfalls(month.problem, drafts.plan_of(ready)) if month.days[one.day] == WEDNESDAY]
    assert [(one.needed, one.present) for one in short] == [(3, 0)]
    assert telling.shortfall(short[0], month.days, "id") == (
        "Rabu, 2 Desember 2026: Loket 1 (UPT Laboratorium) memerlukan 3 orang, yang bertugas hanya 0. Tambah orang."
    )
    publish(now, ready)
    assert flexible(WEDNESDAY) == set()


def test_a_floor_above_the_people_closes_the_month_and_is_told_for_each_day(now: datetime) -> None:
    units = build(now, floor=7)
    ready = plan(now, units.section)
    month = drafts.read_month(ready)
    assert not drafts.plan_of(ready).any()
    assert len(shortfalls(month.problem, drafts.plan_of(ready))) == len(month.days)


def test_a_counter_without_a_confirmed_floor_keeps_everybody(now: datetime) -> None:
    units = build(now, floor=0)
    month = drafts.read_month(plan(now, units.section))
    assert set(np.unique(month.cells)) == {Cell.NO_FLOOR}
    CoverageFloor.objects.all().delete()
    above = drafts.read_month(plan(now, units.health))
    assert set(np.unique(above.cells)) == {Cell.NO_FLOOR}
    beside = drafts.read_month(plan(now, units.works))
    assert set(np.unique(beside.cells)) == {Cell.OPEN}


def test_settings_close_days_and_a_blackout_closes_its_own(now: datetime) -> None:
    units = build(now, counter=False)
    with unit_of_work(SETUP, now):
        span = Period(date(2026, 12, 7), date(2026, 12, 9))
        add_blackout(unit_key=units.works, period=span, name="Upacara", basis="SK 2")
    wanted = Parameters(weekdays=(3, 5), weekly=2, apart=True, on_site=(date(2026, 12, 4),), quota=50)
    ready = plan(now, units.works, wanted)
    month = drafts.read_month(ready)
    by_day = dict(zip(month.days, month.cells[0], strict=True))
    assert by_day[date(2026, 12, 7)] == Cell.BLACKOUT
    assert by_day[date(2026, 12, 4)] == Cell.ON_SITE
    assert by_day[date(2026, 12, 10)] == Cell.WEEKDAY
    assert by_day[date(2026, 12, 23)] == Cell.HOLIDAY
    assert by_day[WEDNESDAY] == Cell.OPEN
    publish(now, ready)
    assert {day for _, day in flexible()} <= {day for day, cell in by_day.items() if cell == Cell.OPEN}
    assert max(drafts.plan_of(ready).sum(0)) == 1


def test_weeks_across_months_and_the_year_so_far_count(now: datetime) -> None:
    units = build(now, counter=False)
    # Monday and Tuesday of the week in which December begins.
    files.store("flexdays", now, (NIPS[6], "30/11/2026", "Rumah", "Undian", "Penuh", "U-1"))
    month = drafts.read_month(plan(now, units.works))
    first_week = month.problem.caps[0]
    assert first_week.limit.tolist() == [0, 1]
    assert month.problem.carry.tolist() in ([1, 0], [0, 0])
    assert month.problem.carry[0] >= month.problem.carry[1]


def test_wishes_are_shared_out_so_that_loudness_gains_nothing(now: datetime) -> None:
    units = build(now, counter=False)
    with unit_of_work(SETUP, now):
        drafts.wish(employee_id=id_of("Gita"), unit_key=units.works, points={WEDNESDAY: 10, FIRST: 10})
    with unit_of_work(SETUP, now):
        drafts.wish(employee_id=id_of("Hadi"), unit_key=units.works, points={WEDNESDAY: 1, FIRST: -1})
    points = drafts.read_month(plan(now, units.works)).problem.points
    assert points[:, :2].tolist() == [[51, 51], [-1, 101]]
    with unit_of_work(SETUP, now):
        drafts.wish(employee_id=id_of("Gita"), unit_key=units.works, points={FIRST: 0})
    assert drafts.read_month(plan(now, units.works)).problem.points[0, :2].tolist() == [1, 101]
    for bad in ({WEDNESDAY: 11}, {WEDNESDAY: -2}, {date(2026, 11, 1): 3}):
        with unit_of_work(SETUP, now), pytest.raises(drafts.BadWish):
            drafts.wish(employee_id=id_of("Gita"), unit_key=units.works, points=bad)
    with unit_of_work(SETUP, now), pytest.raises(OutsideScope):
        drafts.wish(employee_id=id_of("Gita"), unit_key=units.section, points={WEDNESDAY: 1})


def test_promises_out_of_reach_refuse_the_plan_in_a_known_word(now: datetime) -> None:
    units = build(now, floor=6)
    refused = plan(now, units.section, Parameters(promised=1))
    assert (refused.state, refused.refusal) == (DraftState.REFUSED, "infeasible")
    assert telling.sentence(refused.refusal).startswith("Tidak ada jadwal")
    with unit_of_work(SETUP, now), pytest.raises(drafts.NotReady):
        drafts.publish(draft_ids=[refused.public_id])


def test_a_second_planner_is_told_what_changed(now: datetime) -> None:
    units = build(now)
    one, other = plan(now, units.section), plan(now, units.section)
    publish(now, one)
    with pytest.raises(drafts.InputsChanged) as refused:
        publish(now, other)
    assert set(refused.value.what) == {"presence", "allowed", "caps", "rosters"} or "rosters" in refused.value.what
    assert "jadwal lain yang sudah terbit" in telling.refusal(refused.value)
    with unit_of_work(SETUP, now), pytest.raises(drafts.AlreadyPublished):
        drafts.request(unit_key=units.section, month=MONTH, wanted=Parameters())
    wider = plan(now, units.health)
    assert wider.refusal == "roster_already_published"


def test_leave_or_a_floor_that_came_meanwhile_refuses_publication(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    leave(now, NIPS[0], "02/12/2026", "02/12/2026")
    with pytest.raises(drafts.InputsChanged) as refused:
        publish(now, ready)
    assert refused.value.what == ("presence",)
    floors(now, ServicePoint.objects.get().key, 4, since=date(2026, 11, 25))
    with pytest.raises(drafts.InputsChanged) as refused:
        publish(now, ready)
    assert set(refused.value.what) == {"presence", "floors"}
    assert not flexible()


def test_a_plan_that_somebody_tampered_with_is_not_published(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    everybody = np.ones(packing.unpack(bytes(ready.problem or b"")).size, dtype=np.bool_)
    RosterDraft.objects.update(plan=packing.pack_flags(everybody))
    with pytest.raises(drafts.Broken) as refused:
        publish(now, ready)
    kinds = {one.kind for one in refused.value.violations}
    assert kinds == {"cap", "floor"}
    month = drafts.read_month(ready)
    said = [telling.violation(one, [f"{at}" for at in range(6)], month.days, "id") for one in refused.value.violations]
    assert "Selasa, 1 Desember 2026: Loket 1 (UPT Laboratorium) memerlukan 3 orang di kantor, tersisa 0." in said
    assert "aturan di" in telling.refusal(refused.value)


def test_many_rosters_are_published_together_or_not_at_all(now: datetime) -> None:
    units = build(now)
    good, bad = plan(now, units.section), plan(now, units.works)
    leave(now, NIPS[6], "02/12/2026", "02/12/2026")
    with pytest.raises(drafts.InputsChanged):
        publish(now, good, bad)
    assert not flexible()
    publish(now, good, plan(now, units.works))
    assert {name for name, _ in flexible()} == {"Ani", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi"}


def test_the_past_is_not_planned_and_days_gone_by_are_not_published(now: datetime) -> None:
    units = build(now)
    with unit_of_work(SETUP, now), pytest.raises(drafts.MonthPast):
        drafts.request(unit_key=units.section, month=date(2026, 10, 1), wanted=Parameters())
    running = plan(now, units.section, month=date(2026, 11, 1))
    assert drafts.read_month(running).days[0] == date(2026, 11, 25)
    with pytest.raises(drafts.MonthPast):
        publish(now + timedelta(days=1), running)


def test_a_year_without_calendar_and_a_unit_without_people_are_refused_in_words(now: datetime) -> None:
    units = build(now)
    assert plan(now, units.section, month=date(2031, 1, 1)).refusal == "roster_calendar_missing"
    assert plan(now, units.government, month=date(2026, 12, 1)).refusal == ""
    PersonDay.objects.all().delete()
    later = plan(now, units.health)
    assert later.state == DraftState.READY


def test_a_published_roster_is_not_withdrawn(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    with unit_of_work(SETUP, now), pytest.raises(drafts.NotReady):
        drafts.withdraw(draft_id=ready.public_id)
    publish(now, ready)
    with unit_of_work(SETUP, now), pytest.raises(drafts.CannotWithdraw):
        drafts.withdraw(draft_id=ready.public_id)
    with pytest.raises(drafts.NotReady):
        publish(now, ready)


def test_only_who_may_plan_does_and_only_in_scope(now: datetime) -> None:
    units = build(now)
    head = acting(add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.section)
    with unit_of_work(head, now):
        asked = drafts.request(unit_key=units.section, month=MONTH, wanted=Parameters())
    with unit_of_work(head, now), pytest.raises(OutsideScope):
        drafts.request(unit_key=units.works, month=MONTH, wanted=Parameters())
    reckoned(now, asked)
    with unit_of_work(head, now):
        drafts.publish(draft_ids=[asked.public_id])
    clerk = acting(add_person(now, "staf@contoh.go.id"), Role.SUPERVISOR, units.section)
    with unit_of_work(clerk, now), pytest.raises(Forbidden):
        drafts.request(unit_key=units.section, month=date(2027, 1, 1), wanted=Parameters())
    with unit_of_work(head, now), pytest.raises(OutsideScope):
        drafts.publish(draft_ids=["tidak-ada"])


def test_reckoning_twice_keeps_the_first_answer(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    again = reckoned(now, ready)
    assert (again.computed_at, again.fingerprint) == (ready.computed_at, ready.fingerprint)


def test_the_same_data_gives_the_same_roster_and_another_month_other_ties(now: datetime) -> None:
    units = build(now)
    assert plan(now, units.section).fingerprint == plan(now, units.section).fingerprint
    assert drafts.read_month(plan(now, units.section)).problem.salt == 202612


def test_two_published_rosters_of_a_month_cannot_be_stored(now: datetime) -> None:
    units = build(now)
    one, other = plan(now, units.section), plan(now, units.section)
    publish(now, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterDraft.objects.filter(pk=other.pk).update(state=DraftState.PUBLISHED)


@pytest.mark.parametrize(
    ("code", "setting"),
    [
        ("roster_weekdays", {"weekdays": ()}),
        ("roster_weekdays", {"weekdays": (8,)}),
        ("roster_counts", {"weekly": -1}),
        ("roster_counts", {"monthly": 32}),
        ("roster_quota", {"quota": 101}),
        ("roster_place", {"place": State.LEAVE}),
        ("roster_aim", {"aim": "cepat"}),
    ],
)
def test_impossible_settings_are_refused_by_name(code: str, setting: dict[str, object]) -> None:
    with pytest.raises(BadParameters) as refused:
        Parameters(**setting)  # type: ignore[arg-type] # what a form could send
    assert refused.value.code == code
    assert telling.sentence(code).endswith(".")


def test_settings_come_back_as_they_were() -> None:
    wanted = Parameters(weekdays=(3,), quota=0, on_site=(FIRST,), place=State.OTHER_PLACE, aim="wishes")
    assert parameters(wanted.kept()) == wanted


def test_a_roster_the_worker_lost_is_reckoned_later_and_waits_once_in_the_queue(now: datetime) -> None:
    units = build(now)
    with unit_of_work(SETUP, now):
        asked = drafts.request(unit_key=units.section, month=MONTH, wanted=Parameters())
        tasks.enqueue(asked.public_id)
        tasks.enqueue(asked.public_id)
    jobs = ProcrastinateJob.objects.filter(task_name="schedule.roster", args__draft_id=asked.public_id)
    assert jobs.count() == 1
    tasks.catch_up(now + timedelta(minutes=5), run=at_once)
    assert drafts.draft(asked.public_id).state == DraftState.WAITING
    tasks.catch_up(now + timedelta(minutes=11), run=at_once)
    assert drafts.draft(asked.public_id).state == DraftState.READY


def test_who_is_transferred_is_promised_no_whole_month(now: datetime) -> None:
    units = build(now, counter=False)
    month = drafts.read_month(plan(now, units.works, Parameters(promised=2)))
    assert month.problem.promises is not None
    assert month.problem.promises.tolist() == [2, 2]
