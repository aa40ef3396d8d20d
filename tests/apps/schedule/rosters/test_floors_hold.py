"""Attempts to empty a counter: counters above the unit, half days, signers, files over a published roster."""

from datetime import date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import ChainLink, LinkRole, Post, Posting, Service, Unit
from luwes.apps.schedule.models import RosterDraft
from luwes.apps.schedule.rosters import drafts, following
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import at_once
from luwes.apps.schedule.tasks import mend
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import NAMES, NIPS, build, flexible, floors, plan, publish
from tests.world import plant_service

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 12, 2)


def most_at_once() -> int:
    held = flexible()
    return max(sum(other == day for _, other in held) for _, day in held)


def test_the_counter_of_a_unit_above_keeps_its_people_too(now: datetime) -> None:
    units = build(now, floor=3)
    _, point = plant_service(now, units.health, name="Izin")
    floors(now, point, 5)
    publish(now, plan(now, units.section))
    assert most_at_once() == 1


def test_who_is_flexible_for_half_a_day_is_not_counted_at_the_counter(now: datetime) -> None:
    units = build(now, floor=5)
    files.store("flexdays", now, (NIPS[0], "02/12/2026", "Rumah", "Permohonan", "Pagi", ""))
    publish(now, plan(now, units.section))
    assert flexible(WEDNESDAY) == set()
    assert most_at_once() == 1


def test_the_only_signer_stays(now: datetime) -> None:
    units = build(now, floor=1)
    section = Unit.objects.get(key=units.section)
    post = Post.objects.create(unit=section, name="Kepala", name_key="kepala", kind="struktural")
    Posting.objects.filter(employee__name="Ani", superseded_at=None).update(post=post)
    ChainLink.objects.create(
        service=Service.objects.get(),
        role=LinkRole.SIGN,
        unit=section,
        post=post,
        period=DateRange(date(2026, 1, 1), None),
        recorded_at=now,
    )
    publish(now, plan(now, units.section, Parameters(weekly=5)))
    assert "Ani" not in {name for name, _ in flexible()}
    assert len({name for name, _ in flexible()}) == 5


def test_a_file_over_a_published_roster_is_found_and_others_come_in(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section))
    held = flexible()
    day = min(day for _, day in held if sum(other == day for _, other in held) == 3)
    free = next(name for name in NAMES[:6] if (name, day) not in held)
    row = (NIPS[NAMES.index(free)], f"{day:%d/%m/%Y}", "Rumah", "Permohonan", "Penuh", "")
    batch = files.store("flexdays", now, row)
    assert not files.findings(batch)
    (found,) = following.endangered(date(2026, 12, 1))
    assert "floor" in {one.kind for one in found.violations}
    publish(now, RosterDraft.objects.get(public_id=mend(now=now, run=at_once)[0]))
    assert following.endangered(date(2026, 12, 1)) == []
    assert len(flexible(day)) == 2


def test_a_file_that_says_office_wins_over_the_roster_and_says_so(now: datetime) -> None:
    units = build(now)
    publish(now, plan(now, units.section))
    name, day = min(flexible(), key=lambda one: (one[1], one[0]))
    row = (NIPS[NAMES.index(name)], f"{day:%d/%m/%Y}", "Kantor", "Wajib", "Penuh", "")
    assert files.findings(files.store("flexdays", now, row)) == {"office_overrides_roster": 1}
    assert (name, day) not in flexible()
    assert following.endangered(date(2026, 12, 1)) == []


def test_the_whole_government_is_not_planned_over_what_is_published_and_nothing_wins_over_all_closed(
    now: datetime,
) -> None:
    units = build(now)
    publish(now, plan(now, units.works))
    assert plan(now, units.government).refusal == "roster_already_published"
    publish(now, plan(now, units.health))
    assert following.endangered(date(2026, 12, 1)) == []
    january = date(2027, 1, 1)
    everyday = tuple(date(2027, 1, at) for at in range(1, 32))
    for wanted in (Parameters(weekly=7, quota=0), Parameters(weekly=0), Parameters(weekly=7, on_site=everyday)):
        assert not drafts.plan_of(plan(now, units.works, wanted, january)).any()
