"""Changing what is published: sick calls, late holidays, floors, swaps, transfers, and the nightly check."""

from datetime import date, datetime, timedelta

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.models import CalendarVersion, Posting, ServicePoint, Unit
from luwes.apps.schedule.models import DraftState, PersonDay, RosterDraft
from luwes.apps.schedule.rosters import drafts, following
from luwes.apps.schedule.rosters.solving import at_once
from luwes.apps.schedule.tasks import mend
from luwes.core.workdays.calendar import HolidayKind
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import NAMES, NIPS, build, flexible, floors, id_of, plan, publish, reckoned
from tests.world import SETUP

pytestmark = pytest.mark.django_db
LATER = timedelta(days=13)  # 8 December


def replanned(now: datetime, old: RosterDraft, from_day: date, **rest: object) -> RosterDraft:
    with unit_of_work(SETUP, now):
        asked = drafts.request_replan(draft_id=old.public_id, from_day=from_day, reason="Sakit", **rest)  # type: ignore[arg-type] # keywords passed through
    return reckoned(now, asked)


def sick(now: datetime, nip: str, day: date) -> None:
    files.store("leave", now, (nip, f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}", "Penuh"))


def test_a_sick_call_moves_only_what_the_floor_forces_and_leaves_the_past(now: datetime) -> None:
    units = build(now)
    old = plan(now, units.section)
    publish(now, old)
    before = flexible()
    busy = min(day for _, day in before if sum(one == day for _, one in before) == 3 and day > date(2026, 12, 8))
    gone = {name for name, day in before if day == busy}
    caller = next(at for at, name in enumerate(NAMES[:6]) if name not in gone)
    sick(now, NIPS[caller], busy)
    assert [one.violations[0].kind for one in following.endangered(date(2026, 12, 8))] == ["floor"]
    then = now + LATER
    new = replanned(then, old, date(2026, 12, 8))
    publish(then, new)
    after = flexible()
    assert {one for one in after ^ before if one[1] < date(2026, 12, 8)} == set()
    dropped = before - after
    assert len(dropped) == 1
    assert next(iter(dropped))[1] == busy
    assert following.endangered(date(2026, 12, 8)) == []
    old.refresh_from_db()
    assert (old.state, new.replaces_id) == (DraftState.REPLACED, old.pk)


def test_unchanged_days_keep_their_row_and_a_third_plan_follows_the_second(now: datetime) -> None:
    units = build(now)
    old = plan(now, units.section)
    publish(now, old)
    rows = set(PersonDay.objects.filter(origin="roster", superseded_at=None).values_list("pk", flat=True))
    new = replanned(now, old, date(2026, 12, 1), on_site=[date(2026, 12, 8)])
    publish(now, new)
    kept = set(PersonDay.objects.filter(origin="roster", superseded_at=None).values_list("pk", flat=True))
    assert flexible(date(2026, 12, 8)) == set()
    assert len(rows & kept) >= len(rows) - 2 * 3
    third = replanned(now, new, date(2026, 12, 1))
    assert drafts.lineage(third) == {old.pk, new.pk}
    publish(now, third)
    assert flexible(date(2026, 12, 8)) == set()
    assert set(PersonDay.objects.filter(origin="roster", superseded_at=None).values_list("pk", flat=True)) == kept
    with pytest.raises(drafts.NotReady):
        replanned(now, old, date(2026, 12, 1))


def test_leave_that_is_withdrawn_later_does_not_bring_back_a_day_given_to_another(now: datetime) -> None:
    units = build(now)
    old = plan(now, units.section)
    publish(now, old)
    name, day = min(flexible(), key=lambda one: (one[1], one[0]))
    sick(now, NIPS[NAMES.index(name)], day)
    assert (name, day) not in flexible()
    publish(now, replanned(now, old, date(2026, 12, 1)))
    current = PersonDay.objects.filter(origin="roster", superseded_at=None, day=day, employee__name=name)
    assert not current.exists()


def test_a_late_holiday_takes_its_flexible_days_away_at_night(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section))
    day = min(day for _, day in flexible() if day > date(2026, 12, 8))
    with unit_of_work(SETUP, now):
        add_holiday(
            version=CalendarVersion.objects.get(year=2026, superseded_at=None).public_id,
            day=day,
            kind=HolidayKind.NATIONAL,
            name="Pilkada susulan",
            decree="Keputusan contoh",
            number="1/2026",
            issued=None,
        )
    found = following.endangered(date(2026, 11, 25))
    assert [(one.stale > 0, one.violations) for one in found] == [(True, [])]
    made = mend(now=now, run=at_once)
    assert len(made) == 1
    assert mend(now=now, run=at_once) == []
    publish(now, RosterDraft.objects.get(public_id=made[0]))
    assert flexible(day) == set()
    assert following.endangered(date(2026, 11, 25)) == []


def test_a_higher_floor_is_found_at_night_and_mended(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section))
    floors(now, ServicePoint.objects.get().key, 5, since=date(2026, 12, 14))
    assert {one.kind for found in following.endangered(date(2026, 12, 1)) for one in found.violations} == {"floor"}
    made = mend(now=now, run=at_once)
    new = RosterDraft.objects.get(public_id=made[0])
    assert new.reason.startswith("Data berubah setelah terbit:")
    publish(now, new)
    later = [day for _, day in flexible() if day >= date(2026, 12, 14)]
    assert later
    assert max(later.count(day) for day in later) == 1
    assert following.endangered(date(2026, 12, 1)) == []


def test_a_swap_stands_when_every_rule_does(now: datetime) -> None:
    units = build(now)
    old = plan(now, units.section)
    publish(now, old)
    held = flexible()
    name, day = min(held, key=lambda one: (one[1], one[0]))
    week = day.isocalendar().week
    counts = {one: sum(other == one for _, other in held) for _, one in held}
    free = next(
        date(2026, 12, at)
        for at in range(1, 31)
        if date(2026, 12, at).isocalendar().week == week
        and date(2026, 12, at).isoweekday() < 6
        and counts.get(date(2026, 12, at), 0) < 3
    )
    with unit_of_work(SETUP, now):
        asked = drafts.request_replan(draft_id=old.public_id, from_day=date(2026, 12, 1), reason="Tukar hari")
    with pytest.raises(drafts.Broken):
        following.swapped(asked, (id_of(name), day), (id_of(name), date(2026, 12, 9)))
    with pytest.raises(drafts.NotReady):
        following.swapped(asked, (id_of(name), free), (id_of(name), day))
    with pytest.raises(drafts.NotReady):
        following.swapped(asked, ("tidak-ada", day), (id_of(name), free))
    outcome = following.swapped(asked, (id_of(name), day), (id_of(name), free))
    with unit_of_work(SETUP, now):
        drafts.store(draft_id=asked.public_id, outcome=outcome)
    publish(now, asked)
    assert flexible() ^ held == {(name, day), (name, free)}


def test_a_replan_needs_a_reason_and_a_day_to_come(now: datetime) -> None:
    units = build(now)
    old = plan(now, units.section)
    with pytest.raises(drafts.NotReady):
        replanned(now, old, date(2026, 12, 1))
    publish(now, old)
    with unit_of_work(SETUP, now), pytest.raises(drafts.ReasonMissing):
        drafts.request_replan(draft_id=old.public_id, from_day=date(2026, 12, 1), reason=" ")
    for day in (date(2026, 11, 24), date(2027, 1, 1)):
        with pytest.raises(drafts.MonthPast):
            replanned(now, old, day)
    one, other = replanned(now, old, date(2026, 12, 1)), replanned(now, old, date(2026, 12, 1))
    publish(now, one)
    with pytest.raises(drafts.InputsChanged):
        publish(now, other)


def test_somebody_transferred_away_takes_no_day_of_the_old_unit_along(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section))
    posting = Posting.objects.get(employee__nip=NIPS[0], superseded_at=None)
    Posting.objects.filter(pk=posting.pk).update(period=(posting.period.lower, date(2026, 12, 10)))
    Posting.objects.create(
        employee=posting.employee,
        unit=Unit.objects.get(key=units.works),
        period=(date(2026, 12, 10), None),
        batch=posting.batch,
        row_number=1,
        recorded_at=now,
    )
    found = following.endangered(date(2026, 12, 1))
    assert [one.stale for one in found] == [
        sum(name == "Ani" and day >= date(2026, 12, 10) for name, day in flexible())
    ]
    publish(now, RosterDraft.objects.get(public_id=mend(now=now, run=at_once)[0]))
    assert not [day for name, day in flexible() if name == "Ani" and day >= date(2026, 12, 10)]
    moved = drafts.read_month(plan(now, units.works))
    ani = next(row for row in moved.rows if row.stay)
    assert min(ani.works) == date(2026, 12, 10)
    limits = [int(cap.limit[moved.rows.index(ani)]) for cap in moved.problem.caps]
    assert limits[0] == 1
