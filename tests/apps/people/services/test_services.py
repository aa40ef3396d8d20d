"""Services by version: what holds on which day, what was known when, and what counts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.ids import new_public_id
from luwes.apps.people.actions import ALWAYS, NoSuchUnit
from luwes.apps.people.changes import changes_after
from luwes.apps.people.models import ChainLink, Counting, PeopleChange, ServiceVersion
from luwes.apps.people.services import actions, queries
from luwes.apps.people.services.facts import Link, Point
from luwes.apps.people.services.queries import ServiceDetail
from tests.apps.people.services.world import TODAY, plant, run, standard
from tests.world import Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
NEXT = date(2027, 1, 1)


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def head_of(unit: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, id="h", role=Role.HEAD.value, scope=unit)


def read(key: str, day: date = TODAY) -> ServiceDetail:
    found = queries.service(key, day)
    assert found is not None
    return found


def test_a_service_stands_with_its_owner_as_front_unless_told(now: datetime, units: Units) -> None:
    one = read(plant(now, units.section))
    assert [(link.role, link.unit_name, link.weight) for link in one.links] == [("depan", "UPT Laboratorium", 1)]
    assert [(point.name, point.unit_name, point.place) for point in one.points] == [("Loket 1", "UPT Laboratorium", "")]
    assert (one.confirmed, one.standard.implementers, len(one.standard.windows)) == (True, 3, 5)


def test_a_change_keeps_the_days_before_it_and_what_was_known(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    later = now + timedelta(days=1)
    changed = standard(units.section, "Uji mutu", implementers=5)
    run(later, lambda: actions.change_service(key=key, version=read(key).version, standard=changed, since=NEXT))
    assert (read(key).standard.implementers, read(key, NEXT).standard.implementers) == (3, 5)
    assert [row.name for row in queries.counting_services(NEXT, known_at=now)] == ["Pengujian sampel"]
    assert [row.name for row in queries.counting_services(NEXT)] == ["Uji mutu"]


def test_a_stale_form_is_refused(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    old = read(key).version
    for day, name in ((TODAY, "A"), (TODAY, "B")):

        def change(day: date = day, name: str = name) -> None:
            actions.change_service(key=key, version=old, standard=standard(units.section, name), since=day)

        if name == "A":
            run(now, change)
        else:
            with pytest.raises(actions.StaleService):
                run(now, change)
    assert read(key).standard.name == "A"


def test_the_chain_is_set_from_a_day_on(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    links = [Link("verifikasi", units.health, weight=2), Link("depan", units.section), Link("ti", units.works)]
    run(now, lambda: actions.set_chain(key=key, links=links, since=NEXT))
    assert [link.role for link in read(key).links] == ["depan"]
    assert [(link.role, link.weight) for link in read(key, NEXT).links] == [("depan", 1), ("verifikasi", 2), ("ti", 1)]
    rows = ChainLink.objects.filter(superseded_at=None).count()
    run(now + timedelta(days=1), lambda: actions.set_chain(key=key, links=links, since=NEXT))
    assert ChainLink.objects.filter(superseded_at=None).count() == rows == ChainLink.objects.count()


def test_a_link_may_be_one_post(now: datetime, units: Units) -> None:
    staff_of(now, units)
    key = plant(now, units.section)
    from luwes.apps.people.models import Post

    post = Post.objects.get(unit__key=units.section)
    run(now, lambda: actions.set_chain(key=key, links=[Link("depan", units.section, post.public_id)], since=TODAY))
    assert [link.post_name for link in read(key).links] == ["Pengolah Data"]
    with pytest.raises(actions.NoSuchPost):
        run(now, lambda: actions.set_chain(key=key, links=[Link("depan", units.works, post.public_id)], since=TODAY))


def test_refusals_store_nothing(now: datetime, units: Units) -> None:
    key = plant(now, units.section)
    front = Link("depan", units.section)
    before = (ServiceVersion.objects.count(), ChainLink.objects.count())
    attempts: list[tuple[Callable[[], object], type[Refused]]] = [
        (lambda: plant(now, units.section, name=" "), actions.NameMissing),
        (lambda: plant(now, units.section, source=" "), actions.SourceMissing),
        (lambda: plant(now, "tidakada"), OutsideScope),
        (lambda: plant(now, units.section, name="pengujian SAMPEL"), actions.AlreadyThere),
        (lambda: plant(now, units.section, name="B", days=2), actions.PromiseTwice),
        (lambda: plant(now, units.section, name="B", links=[front, front]), actions.LinkTwice),
        (lambda: plant(now, units.section, name="B", links=[Link("ti", units.works)]), actions.NoFront),
        (lambda: plant(now, units.section, name="B", links=[Link("depan", "tidakada")]), NoSuchUnit),
        (lambda: run(now, lambda: actions.set_chain(key="x", links=[front], since=TODAY)), actions.NoSuchService),
        (
            lambda: run(now, lambda: actions.add_point(key=key, point=Point(" ", units.section), since=TODAY)),
            actions.NameMissing,
        ),
    ]
    for attempt, refusal in attempts:
        with pytest.raises(refusal):
            attempt()
    assert (ServiceVersion.objects.count(), ChainLink.objects.count()) == before


def test_only_what_is_confirmed_counts(now: datetime, units: Units) -> None:
    key = plant(now, units.section, status=Counting.PROPOSED, source="")
    assert queries.counting_services(TODAY) == []
    settle = lambda: actions.settle_proposals(unit_key=units.health, confirmed=[key], dropped=[], since=TODAY)  # noqa: E731
    later = now + timedelta(hours=1)
    assert run(later, settle, head_of(units.health)) == 1
    assert [row.key for row in queries.counting_services(TODAY)] == [key]
    assert queries.counting_services(TODAY, known_at=now) == []
    assert run(later, settle, head_of(units.health)) == 0, "a second answer changes nothing"
    assert ServiceVersion.objects.get(superseded_at=None).confirmed_by == "h"


def test_a_proposal_turned_down_is_gone_but_readable(now: datetime, units: Units) -> None:
    key = plant(now, units.section, status=Counting.PROPOSED, source="")
    run(now, lambda: actions.settle_proposals(unit_key=units.section, confirmed=[], dropped=[key], since=TODAY))
    assert queries.service(key, TODAY) is None
    assert queries.points(TODAY, service_keys=[key]) == []
    assert ServiceVersion.objects.get().status == Counting.PROPOSED


def test_a_head_confirms_the_own_services_alone(now: datetime, units: Units) -> None:
    key = plant(now, units.section, status=Counting.PROPOSED, source="")
    other = head_of(units.works)
    for actor, unit, refusal in (
        (other, units.section, OutsideScope),
        (other, units.works, actions.NoSuchService),
        (Actor(kind=ActorKind.PERSON, id="p", role=Role.LEADER.value), units.section, Forbidden),
    ):
        with pytest.raises(refusal):
            run(
                now,
                lambda unit=unit: actions.settle_proposals(unit_key=unit, confirmed=[key], dropped=[], since=TODAY),
                actor,
            )
    assert not read(key).confirmed


def test_lists_find_by_name_without_marks_and_page_by_key(now: datetime, units: Units) -> None:
    for number in range(55):
        plant(now, units.section, name=f"Layanan {number:02d}")
    yose = plant(now, units.works, name="Izin Yosé D’Arcy")
    assert [row.key for row in queries.services(TODAY, search="darcy YOSE").rows] == [yose]
    first = queries.services(TODAY, unit_keys=[units.section])
    second = queries.services(TODAY, unit_keys=[units.section], after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (50, 5, "")
    assert len({row.key for row in (*first.rows, *second.rows)}) == 55
    assert queries.services(TODAY, status=Counting.PROPOSED).rows == []


def test_changes_are_in_the_feed(now: datetime, units: Units) -> None:
    last = PeopleChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = plant(now, units.section)
    run(now, lambda: actions.add_point(key=key, point=Point("Loket 2", units.section), since=TODAY))
    assert [(one.kind, one.subject, one.unit) for one in changes_after(last)] == [("service", key, units.section)] * 2


def test_the_database_refuses_two_versions_of_one_day(now: datetime, units: Units) -> None:
    plant(now, units.section)
    row, link = ServiceVersion.objects.get(), ChainLink.objects.get()
    row.pk = link.pk = None
    with pytest.raises(IntegrityError, match="service_one_version_a_day"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="chain_link_once_a_day"), transaction.atomic():
        link.save(force_insert=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=1, max_size=4))
def test_any_changes_leave_no_gap_and_the_last_one_made_holds(now: datetime, units: Units, days: list[date]) -> None:
    key = plant(now, units.section, name=new_public_id())
    for number, day in enumerate(days):
        new = standard(units.section, f"{key} N{number}")
        run(now, lambda new=new, day=day: actions.change_service(
            key=key, version=read(key, day).version, standard=new, since=day
        ))  # fmt: skip
    rows = ServiceVersion.objects.filter(service__key=key, superseded_at=None)
    periods = sorted((row.period.lower, row.period.upper) for row in rows)
    assert (periods[0][0], periods[-1][1]) == (ALWAYS, None)
    assert [end for _, end in periods[:-1]] == [start for start, _ in periods[1:]]
    for day, number in {day: number for number, day in enumerate(days)}.items():
        assert read(key, day).standard.name == f"{key} N{number}"
