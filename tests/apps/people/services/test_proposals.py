"""Proposals from the catalogue: an offer, stored once, that counts nowhere before it is confirmed."""

from datetime import datetime

import pytest

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Job
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.models import ServiceVersion, Signal, Unit, WorkplaceVersion, Zone
from luwes.apps.people.services import actions, places, proposals, queries
from luwes.core.services.catalogue import ROLES
from tests.apps.people.services.world import TODAY, plant, run
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def test_the_shipped_catalogue_is_whole() -> None:
    found = proposals.catalogue()
    assert len(found) >= 40
    assert {step.role for one in found for step in one.chain} <= set(ROLES)
    assert all(one.chain[0].role == "depan" for one in found)


def test_names_of_units_suggest_services_once(now: datetime, units: Units) -> None:
    def ask() -> int:
        return proposals.propose_services(unit_key=units.health, since=ALWAYS, day=TODAY)

    link = Actor(kind=ActorKind.JOB_LINK, id="l", role=Job.CONFIRM_SERVICES.value, scope=units.health)
    assert run(now, ask, link) == 2
    assert run(now, ask) == 0
    names = [(row.name, row.owner_name, row.confirmed) for row in queries.services(TODAY).rows]
    assert ("Pengujian laboratorium", "UPT Laboratorium", False) in names
    assert queries.counting_services(TODAY) == []


def test_what_was_turned_down_or_recorded_is_not_offered_again(now: datetime, units: Units) -> None:
    plant(now, units.section, name="PENGUJIAN laboratorium")
    run(now, lambda: proposals.propose_services(unit_key=units.health, since=ALWAYS, day=TODAY))
    proposed = ServiceVersion.objects.get(status="usulan").service.key
    settle = {"unit_key": units.health, "confirmed": [], "dropped": [proposed], "since": TODAY}
    run(now, lambda: actions.settle_proposals(**settle))
    assert proposals.proposals(units.health, TODAY) == []


def test_nobody_proposes_outside_the_scope(now: datetime, units: Units) -> None:
    link = Actor(kind=ActorKind.JOB_LINK, id="l", role=Job.CONFIRM_SERVICES.value, scope=units.works)
    with pytest.raises(OutsideScope):
        run(now, lambda: proposals.propose_services(unit_key=units.health, since=ALWAYS, day=TODAY), link)


def test_a_place_is_known_by_its_name_and_keeps_its_history(now: datetime, units: Units) -> None:
    unit = Unit.objects.get(key=units.section)

    def put(signal: Signal | None, zone: Zone = Zone.WEST, name: str = "Kantor Muara") -> str:
        return run(now, lambda: places.set_workplace(unit=unit, name=name, zone=zone, signal=signal, since=TODAY))

    first = put(None)
    assert put(Signal.WEAK, Zone.EAST, "kantor  MUARA") == first
    assert put(Signal.GOOD, name="Kantor Hulu") != first
    assert [(row.name, row.signal) for row in places.workplaces(TODAY, [units.section])] == [
        ("Kantor Hulu", "baik"),
        ("kantor  MUARA", "lemah"),
    ]
    assert WorkplaceVersion.objects.exclude(superseded_at=None).get().signal == ""
    assert places.zones(TODAY) == {units.section: "Asia/Jakarta"}
