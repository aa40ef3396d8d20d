"""Reporting breaks: declared by a person, taken back, proposed from what files show and never declared by it."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.sources import actions, breaks, drift, queries, wording
from luwes.apps.sources.kinds import NoSuchKind
from luwes.apps.sources.models import Changed, ImportBatch, ReportingBreak, Source
from tests.apps.budget_files import HEADERS, TWO, csv_bytes, make_units, row
from tests.world import SETUP, acting, add_person, give_role

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 20)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def declare(now: datetime, kind: str = "budget", unit: str = "", on: date = FEBRUARY, actor: Actor = SETUP) -> str:
    with unit_of_work(actor, now):
        return breaks.declare_break(
            kind=kind, unit_key=unit, on=on, what=Changed.SYSTEM, description="  Aplikasi  baru\n"
        )


def actor_as(now: datetime, role: Role, scope: str = "") -> Actor:
    user = add_person(now, f"{role.value}@contoh.go.id")
    give_role(now, user, role, scope)
    return acting(user, role, scope)


def test_a_break_is_kept_with_who_and_when_and_parts_its_own_series(now: datetime) -> None:
    actor = actor_as(now, Role.ORGANISATION)
    declare(now, actor=actor)
    (found,) = queries.breaks(["budget"], None, *YEAR)
    assert (found.kind, found.on, found.what, found.description) == ("budget", FEBRUARY, "sistem", "Aplikasi baru")
    assert (found.declared_by, found.declared_at) == (actor.id, now)
    assert queries.breaks(["staff"], None, *YEAR) == []
    assert AuditEntry.objects.filter(action="break.declared", subject=found.id).count() == 1


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (date(2026, 2, 20), date(2026, 2, 21), True),
        (date(2026, 2, 21), date(2026, 12, 31), False),
        (date(2026, 1, 1), date(2026, 2, 20), False),
        (date(2025, 2, 1), date(2025, 3, 1), False),
    ],
)
def test_a_break_lies_in_a_half_open_span(now: datetime, since: date, until: date, there: bool) -> None:
    declare(now)
    assert bool(queries.breaks(["budget"], [], since, until)) is there


def test_a_break_of_all_kinds_or_units_parts_everything_one_of_a_unit_what_lies_below(now: datetime) -> None:
    declare(now, kind="")
    declare(now, unit="atas", on=date(2026, 3, 1))
    assert len(queries.breaks(["staff"], ["lain"], *YEAR)) == 1
    assert [each.unit_key for each in queries.breaks(["budget"], ["bawah", "atas"], *YEAR)] == ["", "atas"]
    assert [each.unit_key for each in queries.breaks(["budget"], ["lain"], *YEAR)] == [""]


def test_revoking_leaves_it_to_be_read_and_twice_is_once(now: datetime) -> None:
    identifier = declare(now)
    for hour in (1, 2):
        with unit_of_work(SETUP, now + timedelta(hours=hour)):
            breaks.revoke_break(break_id=identifier)
    assert queries.breaks(["budget"], None, *YEAR) == []
    (left,) = breaks.declared(SETUP)
    assert (left.id, left.revoked_at) == (identifier, now + timedelta(hours=1))
    assert AuditEntry.objects.filter(action="break.revoked").count() == 1
    assert declare(now + timedelta(hours=3)) != identifier


def test_what_cannot_be_declared(now: datetime) -> None:
    declare(now)
    with pytest.raises(breaks.BreakDeclared):
        declare(now)
    with pytest.raises(NoSuchKind):
        declare(now, kind="cuaca")
    with unit_of_work(SETUP, now):
        with pytest.raises(breaks.BreakUndescribed):
            breaks.declare_break(kind="", unit_key="", on=FEBRUARY, what=Changed.DUTY, description=" \x00 ")
        with pytest.raises(breaks.TooLong):
            breaks.declare_break(kind="", unit_key="", on=FEBRUARY, what=Changed.DUTY, description="x" * 1_001)
        with pytest.raises(breaks.NoSuchBreak):
            breaks.revoke_break(break_id="tidakada")
    assert ReportingBreak.objects.count() == 1


def test_who_may_not(now: datetime) -> None:
    with pytest.raises(Forbidden):
        declare(now, actor=actor_as(now, Role.INSPECTOR))
    with pytest.raises(Forbidden):
        declare(now, actor=actor_as(now, Role.HEAD, "unit"))
    with pytest.raises(OutsideScope):
        breaks.declared(Actor(kind=SETUP.kind, id="x", scope="unit"))
    assert not ReportingBreak.objects.exists()


def test_an_owner_is_set_and_its_name_can_be_erased(now: datetime) -> None:
    source = Source.objects.create(kind="budget", name="Biro")
    for owner in (" Kasubbag  Perencanaan ", "Kasubbag Perencanaan"):
        with unit_of_work(SETUP, now):
            breaks.set_owner(source_id=source.public_id, owner=owner)
    assert queries.sources(SETUP, now)[0].owner == "Kasubbag Perencanaan"
    entry = AuditEntry.objects.get(action="source.owner_set")
    assert "Kasubbag" not in str(entry.__dict__)
    with unit_of_work(SETUP, now):
        with pytest.raises(breaks.TooLong):
            breaks.set_owner(source_id=source.public_id, owner="x" * 201)
        with pytest.raises(actions.NoSuchSource):
            breaks.set_owner(source_id="tidakada", owner="x")


def bring(now: datetime, *, as_of: str, headers: tuple[str, ...] = HEADERS, source: str = "Biro") -> ImportBatch:
    rows = [(2026, as_of, *each[2:]) for each in TWO]
    with unit_of_work(SETUP, now):
        batch = actions.stage(
            kind="budget", source_name=source, file_name="rekap.csv", payload=csv_bytes(rows, headers)
        )
    with unit_of_work(SETUP, now):
        return actions.confirm(batch_id=batch.public_id, version=batch.version)


@pytest.fixture
def september(now: datetime) -> datetime:
    """A month ago the first file came."""
    then = now - timedelta(days=40)
    with unit_of_work(SETUP, then):
        make_units()
    bring(then, as_of="2026-09-30")
    return then


OTHER = tuple("Realisasi Keu (%)" if each == "realisasi_keu_pct" else each for each in HEADERS)


def test_changed_headers_propose_a_break_and_declare_none(now: datetime, september: datetime) -> None:
    bring(now, as_of="2026-10-31", headers=OTHER)
    (found,) = drift.proposals(now)
    assert (found.kind, found.source_name, found.on) == ("budget", "Biro", date(2026, 10, 31))
    assert {each["code"] for each in found.found} == {"headers_vanished", "headers_new"}
    assert not ReportingBreak.objects.exists()
    for each in found.found:
        assert wording.drift(each).endswith(".")


def test_a_source_that_takes_the_place_of_another_is_proposed(now: datetime, september: datetime) -> None:
    bring(now, as_of="2026-10-31", source="Biro Adpem")
    (found,) = drift.proposals(now)
    assert found.found == [{"code": "source_renamed", "before": "Biro", "now": "Biro Adpem"}]
    assert "“Biro”" in wording.drift(found.found[0])


def test_two_sources_side_by_side_are_no_change(now: datetime, september: datetime) -> None:
    bring(now, as_of="2026-10-31", source="Biro Adpem")
    bring(now + timedelta(days=1), as_of="2026-11-15", source="Biro")
    assert drift.proposals(now + timedelta(days=1)) == []


def test_a_regular_file_proposes_nothing(now: datetime, september: datetime) -> None:
    bring(now, as_of="2026-10-31")
    assert drift.proposals(now) == []


@pytest.mark.parametrize(
    ("kind", "on", "left"),
    [("budget", "2026-11-01", 0), ("", "2026-10-20", 0), ("staff", "2026-11-01", 1), ("budget", "2026-08-01", 1)],
)
def test_a_declared_break_nearby_answers_the_proposal(
    now: datetime, september: datetime, kind: str, on: str, left: int
) -> None:
    bring(now, as_of="2026-10-31", headers=OTHER)
    declare(now, kind=kind, on=date.fromisoformat(on))
    assert len(drift.proposals(now)) == left


def test_an_old_change_is_asked_about_no_more(now: datetime, september: datetime) -> None:
    bring(now, as_of="2026-10-31", headers=OTHER)
    assert len(drift.proposals(now + timedelta(days=119))) == 1
    assert drift.proposals(now + timedelta(days=121)) == []


def test_every_refusal_and_every_change_has_words() -> None:
    for refused in (breaks.NoSuchBreak, breaks.BreakDeclared, breaks.BreakUndescribed, breaks.TooLong):
        assert wording.refusal(refused.code).endswith(".")
    assert all(wording.changed(each.value) for each in Changed)


def test_the_jump_of_a_recap_is_a_sign_too(now: datetime, september: datetime) -> None:
    rows = [row(f"9.{each:02d}", f"Dinas {each}", 10, 5) for each in range(8)]
    with unit_of_work(SETUP, now):
        batch = actions.stage(kind="budget", source_name="Biro", file_name="r.csv", payload=csv_bytes([*TWO, *rows]))
    with unit_of_work(SETUP, now):
        batch = actions.choose_values(batch_id=batch.public_id, version=batch.version, choices={}, rest="skip")
    with unit_of_work(SETUP, now):
        actions.confirm(batch_id=batch.public_id, version=batch.version)
    assert [each["code"] for each in drift.proposals(now)[0].found] == ["rows_jump"]


def test_asking_costs_the_same_however_many_files_came(
    now: datetime, september: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, 9):
        bring(now + timedelta(hours=day), as_of=f"2026-10-{day:02d}")
    with django_assert_max_num_queries(3):
        drift.proposals(now + timedelta(days=1))
