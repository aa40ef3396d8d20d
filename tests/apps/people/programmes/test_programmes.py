"""Strategic programmes: every save is a version, and the feed tells whose days are touched."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from luwes.apps.accounts.access import Forbidden
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.changes import changes_after
from luwes.apps.people.models import ProgramVersion
from luwes.apps.people.programmes import actions, queries
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts
from luwes.core.workdays.periods import Period
from tests.world import SETUP, Units, plant_units

pytestmark = pytest.mark.django_db
RUN = Period(date(2026, 9, 1), date(2026, 12, 10))


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def facts(units: Units) -> ProgramFacts:
    return ProgramFacts(
        name="Seratus hari jalan desa",
        owner=units.works,
        team=[units.health],
        period=RUN,
        milestones=[
            Milestone(date(2026, 11, 1), "Aspal 40 km"),
            Milestone(date(2026, 10, 1), "Lelang", date(2026, 9, 28)),
        ],
        as_of=date(2026, 11, 20),
        physical_target=Decimal("80.00"),
        physical_progress=Decimal("71.50"),
        money_target=90_000_000_000,
        money_progress=61_000_000_000,
    )


def create(now: datetime, wanted: ProgramFacts) -> str:
    with unit_of_work(SETUP, now):
        return actions.create_program(facts=wanted)


def change(now: datetime, key: str, number: int, wanted: ProgramFacts) -> None:
    with unit_of_work(SETUP, now):
        actions.change_program(key=key, number=number, facts=wanted, reason="SK 2")


def test_a_programme_is_kept_as_given_with_its_milestones_in_order(now: datetime, units: Units) -> None:
    key = create(now, facts(units))
    (row,) = queries.programs()
    assert (row.key, row.number, row.recorded_at) == (key, 1, now)
    assert replace(row.facts, milestones=[]) == replace(facts(units), milestones=[])
    assert [step.name for step in row.facts.milestones] == ["Lelang", "Aspal 40 km"]
    (announced,) = changes_after(0)
    assert (announced.kind, announced.subject, announced.unit, announced.period) == ("program", key, units.works, RUN)


def test_a_change_is_a_version_and_the_old_one_is_readable(now: datetime, units: Units) -> None:
    later = now + timedelta(days=1)
    key = create(now, facts(units))
    longer = Period(RUN.start, date(2027, 2, 1))
    change(later, key, 1, replace(facts(units), period=longer, team=[]))
    newest, oldest = queries.versions_of(key)
    assert (newest.number, newest.facts.period, newest.reason) == (2, longer, "SK 2")
    assert (oldest.number, oldest.facts.period) == (1, RUN)
    assert [row.number for row in queries.programs(known_at=now)] == [1]
    assert queries.programs(known_at=now - timedelta(days=1)) == []
    assert {entry.period for entry in changes_after(0)} == {RUN, longer}
    assert AuditEntry.objects.filter(action__startswith="program.").count() == 2


def test_a_programme_is_found_by_day_owner_and_team(now: datetime, units: Units) -> None:
    create(now, facts(units))
    found = {
        (day.isoformat(), key): len(queries.programs_on(day, [key, units.government]))
        for day in (date(2026, 12, 9), date(2026, 12, 10))
        for key in (units.works, units.health, units.section)
    }
    assert [key for key, count in found.items() if count] == [("2026-12-09", units.works), ("2026-12-09", units.health)]


def test_the_one_ending_first_stands_first(now: datetime, units: Units) -> None:
    create(now, replace(facts(units), name="B", period=Period(RUN.start)))
    create(now, replace(facts(units), name="A"))
    assert [row.facts.name for row in queries.programs()] == ["A", "B"]


def test_refusals_change_nothing(now: datetime, units: Units) -> None:
    key = create(now, facts(units))
    with pytest.raises(actions.StaleProgram):
        change(now, key, 2, facts(units))
    with pytest.raises(actions.NoSuchProgram):
        change(now, "tidakada", 1, facts(units))
    with pytest.raises(actions.NameMissing):
        create(now, replace(facts(units), name=" "))
    with pytest.raises(actions.ProgressWithoutDate):
        create(now, replace(facts(units), as_of=None))
    for wrong in (replace(facts(units), owner="x"), replace(facts(units), team=["x"])):
        with pytest.raises(NoSuchUnit):
            create(now, wrong)
    head = Actor(kind=ActorKind.PERSON, id="h", role="kepala_pd", scope=units.works)
    with pytest.raises(Forbidden), unit_of_work(head, now):
        actions.create_program(facts=facts(units))
    assert ProgramVersion.objects.count() == 1
    assert queries.versions_of("tidakada") == []
