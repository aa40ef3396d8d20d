"""Points changed and ended, services ended, standards settled in bulk, and stale forms refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.actions import ALWAYS, NoSuchUnit
from luwes.apps.people.models import Counting, CoverageFloor, ServiceVersion, Signal, Unit, Zone
from luwes.apps.people.services import actions, changing, floors, places, queries, unfinished, wording
from luwes.apps.people.services.changing import Entry
from luwes.apps.people.services.facts import Floor, Link, Point, Standard
from luwes.core.services.hours import Window
from tests.apps.people.services.world import OPEN, TODAY, plant, run, standard
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
NEXT = date(2027, 1, 1)
MONDAYS = (Window(1, 480, 720),)


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def point_of(key: str, day: date = TODAY) -> queries.PointRow:
    return queries.points(day, service_keys=[key])[0]


def place(now: datetime, unit_key: str) -> str:
    unit = Unit.objects.get(key=unit_key)
    return run(
        now,
        lambda: places.set_workplace(
            unit=unit, name="Gedung A", zone=Zone("Asia/Jakarta"), signal=Signal.GOOD, since=ALWAYS
        ),
    )


def test_a_point_changes_from_a_day_on_and_has_hours_of_its_own(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    row, hall = point_of(key), place(now, units.section)
    changed = Point("Loket 2", units.section, hall, "Senin 08.00-12.00", MONDAYS)
    run(now, lambda: changing.change_point(key=row.key, version=row.version, point=changed, since=NEXT))
    assert (point_of(key).name, point_of(key).windows) == ("Loket 1", ())
    later = point_of(key, NEXT)
    assert (later.name, later.place, later.windows, later.place_key) == ("Loket 2", "Gedung A", MONDAYS, hall)


def test_a_point_is_refused_when_it_cannot_be_so(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    row, foreign = point_of(key), place(now, units.works)

    def change(**changed: object) -> Callable[[], object]:
        usual: dict[str, object] = {"key": row.key, "version": row.version, "point": Point("B", units.section)}
        return lambda: changing.change_point(**(usual | {"since": TODAY} | changed))  # type: ignore[arg-type] # passed through

    other = Actor(kind=ActorKind.PERSON, id="h", role=Role.HEAD.value, scope=units.works)
    attempts: list[tuple[Callable[[], object], type[Refused], Actor | None]] = [
        (change(version=row.version + 1), changing.StalePoint, None),
        (change(point=Point(" ", units.section)), actions.NameMissing, None),
        (change(point=Point("B", "tidakada")), NoSuchUnit, None),
        (change(point=Point("B", units.section, foreign)), places.NoSuchPlace, None),
        (change(key="tidakada"), floors.NoSuchPoint, None),
        (change(), OutsideScope, other),
        (
            lambda: actions.add_point(key=key, point=Point("B", units.section, foreign), since=TODAY),
            places.NoSuchPlace,
            None,
        ),
    ]
    for attempt, refusal, actor in attempts:
        with pytest.raises(refusal):
            run(now, attempt, actor)
    assert point_of(key) == row


def test_a_point_that_ends_takes_its_floors_along(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    row = point_of(key)
    held = [Floor(MONDAYS[0], 2)]
    run(now, lambda: floors.set_floors(point_key=row.key, floors=held, source="SK", since=ALWAYS))
    run(now, lambda: changing.end_point(key=row.key, version=row.version, since=NEXT))
    assert point_of(key).key == row.key
    assert queries.points(NEXT, service_keys=[key]) == []
    assert (len(floors.floors_of([row.key], TODAY)[row.key]), len(floors.floors_of([row.key], NEXT)[row.key])) == (1, 0)
    with pytest.raises(floors.NoSuchPoint):
        run(now, lambda: changing.end_point(key=row.key, version=row.version, since=NEXT))


def test_a_service_that_ends_is_gone_from_that_day_with_all_that_hangs_on_it(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    version = queries.service(key, TODAY)
    assert version is not None
    end = lambda **rest: changing.end_service(  # noqa: E731
        **({"key": key, "version": version.version, "since": NEXT, "reason": "Digabung"} | rest)  # type: ignore[arg-type] # passed through
    )
    for rest, refusal in (({"version": 0}, actions.StaleService), ({"reason": " "}, changing.ReasonMissing)):
        with pytest.raises(refusal):
            run(now, lambda rest=rest: end(**rest))
    run(now, end)
    assert queries.service(key, NEXT) is None
    assert queries.counting_services(NEXT) == []
    assert [len(one.chain) for one in queries.counting_services(TODAY)] == [1]
    assert AuditEntry.objects.filter(action="service.ended").count() == 1


def test_the_chain_of_a_stale_form_is_refused(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    old = actions.chain_version(key, TODAY)
    links = [Link("depan", units.section), Link("ti", units.works)]
    run(now, lambda: actions.set_chain(key=key, links=links, since=TODAY, version=old))
    with pytest.raises(actions.StaleChain):
        run(now, lambda: actions.set_chain(key=key, links=links[:1], since=TODAY, version=old))
    newest = actions.chain_version(key, TODAY)
    run(now, lambda: actions.set_chain(key=key, links=links[:1], since=TODAY, version=newest))
    assert len(queries.chain([key], TODAY)[key]) == 1


def test_many_standards_are_settled_with_points_and_floors(now: datetime, units: Units) -> None:
    bare: dict[str, object] = {"minutes": None, "implementers": None, "windows": (), "source": ""}
    keys = [plant(now, units.section, name=f"L{n}", status=Counting.PROPOSED, **bare) for n in range(3)]
    run(
        now,
        lambda: actions.settle_proposals(unit_key=units.health, confirmed=keys, dropped=[], since=TODAY),
    )
    waiting = unfinished.unfinished(TODAY, [units.section])
    assert [one.key for one in waiting] == keys
    entries = [
        Entry(one.key, one.version, standard(units.section, one.standard.name, minutes=None, days=3))
        for one in waiting[:2]
    ]
    run(
        now,
        lambda: changing.settle_standards(entries=entries, since=TODAY, point="Loket utama", floor_share=50),
    )
    assert [one.key for one in unfinished.unfinished(TODAY, [units.section])] == keys[2:]
    assert unfinished.unfinished_count(TODAY, [units.section]) == 1
    rows = CoverageFloor.objects.filter(superseded_at=None)
    assert rows.count() == 2 * len(OPEN)
    assert set(rows.values_list("minimum", "share", "base")) == {(2, 50, 3)}
    again = queries.service(keys[0], TODAY)
    assert again is not None
    assert (again.standard.days, again.standard.minutes, [point.name for point in again.points]) == (
        3,
        None,
        ["Loket 1"],
    )


def test_a_service_without_point_waits_and_gets_one_where_it_is_named(now: datetime, units: Units) -> None:
    made = lambda: actions.create_service(standard=standard(units.section), since=ALWAYS)  # noqa: E731
    key = run(now, made)
    (one,) = unfinished.unfinished(TODAY, [units.section])
    entry = Entry(key, one.version, one.standard)
    run(now, lambda: changing.settle_standards(entries=[entry], since=TODAY))
    (one,) = unfinished.unfinished(TODAY, [units.section])
    entry = Entry(key, one.version, one.standard)
    run(now, lambda: changing.settle_standards(entries=[entry], since=TODAY, point="Loket utama"))
    assert point_of(key).name == "Loket utama"
    assert not CoverageFloor.objects.exists(), "without a share no floor is set"
    assert unfinished.unfinished_count(TODAY, [units.section]) == 0


def test_what_a_stale_form_was_made_from_can_still_be_read(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    first = ServiceVersion.objects.get()
    new = standard(units.section, "Lain", required_share=75)
    later = now + timedelta(days=1)
    run(later, lambda: actions.change_service(key=key, version=first.pk, standard=new, since=NEXT))
    was = unfinished.standard_at(first.pk, key)
    assert was is not None
    assert (was.name, was.required_share) == ("Pengujian sampel", 90)
    assert unfinished.standard_at(first.pk, "lain") is None
    assert [(one.since, one.name) for one in unfinished.later_changes(key, TODAY)] == [(NEXT, "Lain")]
    assert unfinished.usual_hours(TODAY, [units.section]) == ""


@pytest.mark.parametrize(
    ("rest", "words"),
    [({"minutes": 150}, "2 jam 30 menit"), ({"minutes": 45}, "45 menit"), ({"days": 3}, "3 hari kerja"), ({}, "")],
)
def test_the_promise_in_words(rest: dict[str, int], words: str) -> None:
    assert wording.promise(Standard("A", "u", **rest)) == words  # type: ignore[arg-type] # passed through


def test_hours_in_words() -> None:
    week = [*(Window(day, 480, 900) for day in range(1, 5)), Window(5, 480, 660)]
    assert wording.hours(week) == "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00"
    assert wording.closed(week) == "Sabtu, Minggu"
    assert wording.closed([Window(day, 0, 1440) for day in range(1, 8)]) == ""
