"""After a merge, a split or a succession everything that named the old unit names its heir; earlier days keep it."""

from datetime import date, datetime, timedelta

import pytest

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import actions, following, lineage, succession
from luwes.apps.people.models import (
    ChainLink,
    Post,
    PostAssessment,
    Posting,
    ServicePointVersion,
    ServiceVersion,
    Unit,
    UnitKind,
)
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Link, Point, Standard
from luwes.apps.people.staff.actions import assess_posts
from luwes.apps.people.staff.units import Unor, UnorBook
from tests.apps.staff_files import RINA, bring, person
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
EVE = NEW_YEAR - timedelta(days=1)
ME = system("t")


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def service(now: datetime, units: Units) -> str:
    with unit_of_work(ME, now):
        return services.create_service(
            standard=Standard(name="Izin apotek", owner=units.health, source="Standar 2026"),
            since=date(2026, 1, 1),
            links=[Link("depan", units.health, weight=2), Link("depan", units.works), Link("ti", units.works)],
            points=[Point("Loket", units.health)],
        )


def merge(now: datetime, *keys: str) -> str:
    with unit_of_work(ME, now):
        return succession.merge_units(
            unit_keys=keys, on=NEW_YEAR, code="1.09", name="Dinas Gabungan", basis="Perda 7/2026"
        )


def chain(key: str, day: date) -> set[tuple[str, str, int]]:
    rows = ChainLink.objects.filter(service__key=key, superseded_at=None, period__contains=day)
    return set(rows.values_list("role", "unit__key", "weight"))


def owner(key: str, day: date) -> str:
    return str(ServiceVersion.objects.get(service__key=key, superseded_at=None, period__contains=day).owner.key)


def test_a_service_its_chain_and_points_go_on_under_the_heir(now: datetime, units: Units, service: str) -> None:
    before = chain(service, EVE)
    heir = merge(now, units.health, units.works)
    assert (owner(service, EVE), owner(service, NEW_YEAR)) == (units.health, heir)
    assert chain(service, EVE) == before
    assert chain(service, NEW_YEAR) == {("depan", heir, 3), ("ti", heir, 1)}, "two links of one role weigh together"
    points = ServicePointVersion.objects.filter(point__service__key=service, superseded_at=None)
    assert [(row.unit.key, row.period.lower) for row in points.order_by("period")] == [
        (units.health, date(2026, 1, 1)),
        (heir, NEW_YEAR),
    ]


def test_people_hold_the_like_post_with_its_assessment(now: datetime, units: Units) -> None:
    bring(now, person(unor_nama="Dinas Kesehatan"))
    post = Post.objects.get(unit__key=units.health)
    with unit_of_work(ME, now):
        assess_posts(post_ids=[post.public_id], answers={"field": "ya"}, reason="uji")
    heir = merge(now, units.health, units.works)
    rows = Posting.objects.filter(superseded_at=None).order_by("period")
    assert [(row.unit.key, row.period.upper) for row in rows] == [(units.health, NEW_YEAR), (heir, None)]
    moved = Posting.objects.get(superseded_at=None, unit__key=heir)
    assert moved.post is not None
    assert moved.post.name == post.name
    assert PostAssessment.objects.get(post=moved.post, superseded_at=None).field == "ya"


def test_a_split_puts_each_service_where_it_was_told(now: datetime, units: Units, service: str) -> None:
    with unit_of_work(ME, now):
        other = services.create_service(
            standard=Standard(name="Izin klinik", owner=units.works, source="Standar 2026"), since=date(2026, 1, 1)
        )
        parts = succession.split_unit(
            unit_key=units.works,
            on=NEW_YEAR,
            parts=[("1.04", "Dinas Jalan"), ("1.05", "Dinas Air")],
            basis="Perda 7/2026",
            placing={service: 1},
        )
    assert owner(other, NEW_YEAR) == parts[0]
    assert {unit for _, unit, _ in chain(service, NEW_YEAR)} == {units.health, parts[1]}


def test_what_will_follow_is_told_beforehand(now: datetime, units: Units, service: str) -> None:
    bring(now, person(unor_nama="Dinas Kesehatan"), person(RINA, "Rina"))
    told = following.naming({units.health}, NEW_YEAR)
    assert [(one.name, one.owned) for one in told.services] == [("Izin apotek", True)]
    assert (told.links, told.points, told.workplaces, told.heads) == (1, 1, 0, 0)
    assert following.naming({units.works}, NEW_YEAR).services[0].owned is False
    heir = merge(now, units.health, units.works)
    assert following.naming({units.health, units.works}, NEW_YEAR) == following.Naming((), 0, 0, 0, 0, 0)
    assert following.naming({heir}, NEW_YEAR).people == told.people


def test_a_file_that_goes_on_naming_the_old_unit_means_its_heir(now: datetime, units: Units) -> None:
    heir = merge(now, units.health, units.works)
    unor, chosen = Unor("", "Dinkes", ""), {"Dinkes": units.health}
    book = UnorBook.read(NEW_YEAR)
    assert book.names[book.resolve(unor, chosen) or 0] == "Dinas Gabungan"
    assert UnorBook.read(EVE).names[UnorBook.read(EVE).resolve(unor, chosen) or 0] == "Dinas Kesehatan"
    assert lineage.Heirs().of(units.works, NEW_YEAR) == heir


def test_a_file_that_says_a_former_code_or_name_means_who_does_the_work_now(now: datetime, units: Units) -> None:
    heir = merge(now, units.health, units.works)
    book, before = UnorBook.read(NEW_YEAR), UnorBook.read(EVE)
    works, health = Unor("", "dinas pekerjaan  umum", "Dinas Pekerjaan Umum"), Unor("1.02", "Kesehatan dan Gizi", "")
    section = Unor("", "UPT Laboratorium", "Dinas Kesehatan")
    for unor in (works, health):
        assert book.names[book.resolve(unor, {}) or 0] == "Dinas Gabungan"
        assert before.names[before.resolve(unor, {}) or 0] != "Dinas Gabungan"
    assert book.names[book.resolve(section, {}) or 0] == "UPT Laboratorium", "its office is named as it was"
    with unit_of_work(ME, now):
        actions.create_unit(
            code="1.02", name="Dinas Pekerjaan Umum", kind=UnitKind.AGENCY, parent=None, since=date(2027, 2, 1)
        )
    later = UnorBook.read(date(2027, 2, 1))
    for unor in (works, health):
        found = later.resolve(unor, {}) or 0
        assert later.names[found] == "Dinas Pekerjaan Umum", "who bears it today comes first"
        assert Unit.objects.get(pk=found).key != heir


def test_after_a_split_nothing_is_guessed(now: datetime, units: Units) -> None:
    with unit_of_work(ME, now):
        succession.split_unit(
            unit_key=units.works, on=NEW_YEAR, parts=[("1.04", "Jalan"), ("1.05", "Air")], basis="Perda 7/2026"
        )
    assert lineage.Heirs().of(units.works, NEW_YEAR) is None
    assert lineage.Heirs().of(units.works, EVE) == units.works
    assert UnorBook.read(NEW_YEAR).resolve(Unor("", "PU", ""), {"PU": units.works}) is None
    assert UnorBook.read(NEW_YEAR).resolve(Unor("1.03", "Dinas Pekerjaan Umum", ""), {}) is None
