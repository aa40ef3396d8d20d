"""Merged, split and succeeded units keep their own days; sums over a panel count nobody twice."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import lineage, queries, succession
from luwes.apps.people.actions import create_unit
from luwes.apps.people.changes import changes_after
from luwes.apps.people.models import PeopleChange, UnitKind, UnitSuccession, UnitVersion
from luwes.apps.people.staff.queries import headcounts
from tests.apps.staff_files import RINA, YOSE, bring, person
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
EVE = NEW_YEAR - timedelta(days=1)
ME = system("t")


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def merge(now: datetime, *keys: str, code: str = "1.09", basis: str = "Perda 7/2026") -> str:
    with unit_of_work(ME, now):
        return succession.merge_units(unit_keys=keys, on=NEW_YEAR, code=code, name="Dinas Gabungan", basis=basis)


def split(now: datetime, key: str, *parts: tuple[str, str]) -> list[str]:
    with unit_of_work(ME, now):
        return list(succession.split_unit(unit_key=key, on=NEW_YEAR, parts=parts, basis="Perda 7/2026"))


def succeed(now: datetime, key: str, heir: str, on: date = NEW_YEAR) -> None:
    with unit_of_work(ME, now):
        succession.succeed(unit_key=key, heir_key=heir, on=on, basis="Perda 7/2026")


def test_a_merge_ends_its_units_and_moves_what_stood_below(now: datetime, units: Units) -> None:
    heir = merge(now, units.health, units.works)
    assert {row.key for row in queries.units_on(EVE)} == {units.government, units.health, units.section, units.works}
    assert {row.key for row in queries.units_on(NEW_YEAR)} == {units.government, units.section, heir}
    assert queries.above(units.section, EVE) == [units.section, units.health, units.government]
    assert queries.above(units.section, NEW_YEAR) == [units.section, heir, units.government]


def test_the_panel_reaches_over_the_merge_from_every_side(now: datetime, units: Units) -> None:
    heir = merge(now, units.health, units.works)
    for key in (units.health, units.works, heir):
        assert lineage.panel(key, NEW_YEAR) == {units.health, units.works, heir}
        assert lineage.panel(key, EVE) == {key}, "not known yet"
    assert lineage.panel(units.section, NEW_YEAR) == {units.section}
    assert [(row.kind, row.basis) for row in lineage.succession(heir)] == [("gabung", "Perda 7/2026")] * 2


def test_a_chain_of_steps_is_one_line(now: datetime, units: Units) -> None:
    heir = merge(now, units.health, units.works)
    on = date(2028, 1, 1)
    with unit_of_work(ME, now):
        other = create_unit(code="1.5", name="Dinas Lain", kind=UnitKind.AGENCY, parent=None)
    succeed(now, heir, other.key, on)
    assert lineage.panel(other.key, on) == {units.health, units.works, heir, other.key}
    assert len(lineage.succession(units.works)) == 3
    with CaptureQueriesContext(connection) as used:
        lineage.panel(units.health, on)
    assert len(used) == 1


def test_a_split_gives_each_part_its_own_days(now: datetime, units: Units) -> None:
    one, two = split(now, units.works, ("1.31", "Dinas Jalan"), ("1.32", "Dinas Air"))
    assert queries.unit_on(units.works, NEW_YEAR) is None
    row = queries.unit_on(two, NEW_YEAR)
    assert row is not None
    assert (row.name, row.parent_key, row.kind) == ("Dinas Air", units.government, UnitKind.AGENCY)
    assert queries.unit_on(two, EVE) is None
    assert lineage.panel(one, NEW_YEAR) == {units.works, one, two}


def test_a_successor_that_stands_already_takes_over(now: datetime, units: Units) -> None:
    succeed(now, units.health, units.works)
    assert queries.above(units.section, NEW_YEAR) == [units.section, units.works, units.government]
    assert [row.period.lower for row in UnitVersion.objects.filter(unit__key=units.works, superseded_at=None)]
    assert UnitSuccession.objects.get().kind == "pengganti"


def test_every_unit_touched_is_in_the_feed(now: datetime, units: Units) -> None:
    last = PeopleChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    heir = merge(now, units.health, units.works)
    told = [change for change in changes_after(last) if change.kind == "unit"]
    assert {change.unit for change in told} == {units.health, units.works, heir}
    assert {change.period.start for change in told} == {NEW_YEAR}


def test_what_was_known_before_the_merge_can_still_be_read(now: datetime, units: Units) -> None:
    later = now + timedelta(days=1)
    merge(later, units.health, units.works)
    believed = UnitVersion.objects.filter(unit__key=units.health, recorded_at__lte=now, superseded_at__gt=now).get()
    assert (believed.period.upper, believed.superseded_at) == (None, later)


def test_refusals_leave_the_tree_as_it_was(now: datetime, units: Units) -> None:
    before = list(UnitVersion.objects.order_by("pk").values())
    for attempt, refusal in (
        (lambda: merge(now, units.health), succession.TooFewUnits),
        (lambda: merge(now, units.health, units.health), succession.TooFewUnits),
        (lambda: merge(now, units.health, "tidakada"), succession.NoSuchUnit),
        (lambda: merge(now, units.health, units.section), succession.StillHasUnits),
        (lambda: merge(now, units.health, units.works, basis=" "), succession.BasisMissing),
        (lambda: merge(now, units.health, units.works, code="0"), Refused),
        (lambda: split(now, units.works, ("1.31", "Dinas Jalan")), succession.TooFewUnits),
        (lambda: split(now, units.health, ("1", "A"), ("2", "B")), succession.StillHasUnits),
        (lambda: succeed(now, units.health, units.health), succession.TooFewUnits),
        (lambda: succeed(now, units.health, units.section), succession.StillHasUnits),
        (lambda: succeed(now, units.health, "tidakada"), succession.NoSuchUnit),
    ):
        with pytest.raises(refusal):
            attempt()
    assert list(UnitVersion.objects.order_by("pk").values()) == before


def test_a_head_reorganises_nothing(now: datetime, units: Units) -> None:
    admin = Actor(kind=ActorKind.PERSON, id="a", role=Role.ADMIN.value, scope=units.health)
    with pytest.raises(OutsideScope), unit_of_work(admin, now):
        succession.succeed(unit_key=units.health, heir_key=units.works, on=NEW_YEAR, basis="x")


def test_b112_who_moves_is_counted_where_the_day_was_spent_and_never_twice(now: datetime, units: Units) -> None:
    """A transfer on 1 December and a merge on 1 January: each month counts the unit as it stood then."""
    bring(now, person(YOSE, "Rusmini", unor_nama="UPT Laboratorium"), person(RINA, "Rina"))
    works = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}
    bring(
        now + timedelta(days=6),
        person(YOSE, "Rusmini", tmt_jabatan="01-12-2026", **works),
        person(RINA, "Rina"),
    )
    merge(now + timedelta(days=7), units.health, units.works)
    november, december = headcounts(date(2026, 11, 30)), headcounts(date(2026, 12, 1))
    assert (november.get(units.section), november.get(units.works)) == (2, None)
    assert (december[units.section], december[units.works]) == (1, 1)
    assert sum(november.values()) == sum(december.values()) == 2
    panel = lineage.panel(units.works, NEW_YEAR)
    assert sum(december.get(key, 0) for key in panel) == 1
